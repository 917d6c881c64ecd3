"""In what a draft's sentence differs from a statement on record: values as values, and the words that carry weight.

Rules alone: they say which words differ, and are sure where they speak. What they cannot see the comparer reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeVar, get_args

from assistant.answer import Citation
from assistant.times import When, times
from assistant.values import Number, agreeing, numbers
from assistant.words import data, pattern, stem, stems, words
from corpus.models import Statement
from corpus.speech import Talk
from corpus.voices import expressions, voice_at

Aspect = Literal["number", "date", "scope", "certainty", "polarity", "attribution", "force"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
ROW = 6  # words under which what is on record is a row, and no sentence
BESIDE = 40  # characters behind it that belong to it
_FRONT = re.compile(r"\w+ing\b|(?:In|At|On|By|As|From|For|To|After|Before|When|If)\b")  # nobody's name
V = TypeVar("V", Number, When)


@dataclass(frozen=True, slots=True)
class Difference:
    """In what two sentences differ: words of the draft, and the record's own in their place, where there are any."""

    aspect: Aspect
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


def differences(text: str, prior: Citation) -> list[Difference]:
    """All that rules find, the surest first."""
    by = prior.corrected_by or prior
    said = f"{by.lead_in or ''} {by.quote}"
    # "May" is a month here, and no "may".
    timeless = without_times(text), without_times(said)
    found = (
        _numbers(text, said),
        _dates(text, said, prior),
        _force(text, prior),
        _polarity(text, said),
        _pair("scope", *timeless),
        _pair("certainty", *timeless),
        _attribution(_spoken(text), prior),
    )
    return [difference for difference in found if difference]


def backed(text: str, prior: Citation) -> dict[str, float]:
    """Whether the statement holds all the draft's numbers, and its dates; and how many of these, and of its names,
    stand nowhere in the passage, its date or where it is from.
    """
    by = prior.corrected_by or prior
    said = f"{by.lead_in or ''} {by.passage}"
    held = [t for t in times(text) if not (prior.date and t.holds(prior.date))]
    where = (prior.council, prior.committee, prior.item, prior.document, prior.speaker, prior.role)
    known = {stem(word) for word in words(" ".join(filter(None, (said, by.quote, *where))))}
    names = re.findall(r"(?<=[a-z,;] )[A-ZÀ-Þ][a-zà-ÿ’'-]{2,}", without_times(text))
    # A row of a table or a list has its figure beside it.
    at = by.passage.find(by.quote) if len(by.quote.split()) < ROW else -1
    beside = by.passage[at : at + len(by.quote) + BESIDE] if at >= 0 else by.quote
    quote, mine = f"{by.lead_in or ''} {beside}", numbers(text)
    counts = agreeing(mine, affirmed(quote, numbers(quote))), agreeing(held, affirmed(quote, times(quote)))
    return {
        "numbers agree": float(0 < len(mine) == counts[0]),
        "dates agree": float(0 < len(held) == counts[1]),
        "unbacked number": float(len(mine) - agreeing(mine, numbers(said))),
        "unbacked date": float(len(held) - agreeing(held, times(said))),
        "unbacked name": float(sum(stem(name.lower()) not in known for name in names)),
    }


def pointed_at(aspect: Aspect, text: str, prior: Citation) -> Difference:
    """The words that a difference of this kind most likely lies in, though no rule is sure of it."""
    by = prior.corrected_by or prior
    if aspect in ("number", "date"):
        read: Callable[[str], Sequence[Number | When]] = numbers if aspect == "number" else times
        mine, theirs = read(text), read(by.quote)
        others = [value for value in mine if not agreeing([value], theirs)] or mine
        return Difference(aspect, _slices(text, others), _slices(by.quote, theirs))
    if aspect == "attribution":
        return Difference(aspect, _known(_spoken(text).speaker), _known(prior.speaker))
    if aspect == "force":
        word = _any("decided").search(text) or _any("promised").search(text) or _any("says").search(text)
        return Difference(aspect, _found(word), _known(prior.verb))
    if aspect == "polarity":
        return Difference(aspect, _found(_any("not").search(text)), _found(_any("not").search(by.quote)))
    strong, weak = (_any(f"{aspect} {name}") for name in ("strong", "weak"))
    timeless = without_times(text), without_times(by.quote)
    first = strong.search(timeless[0]) or weak.search(timeless[0])
    return Difference(aspect, _found(first), _found(weak.search(timeless[1]) or strong.search(timeless[1])))


def _numbers(text: str, said: str) -> Difference | None:
    theirs = affirmed(said, numbers(said))
    mine = [n for n in numbers(text) if any(o.unit == n.unit for o in theirs) and not agreeing([n], theirs)]
    others = [o for o in theirs if any(o.unit == n.unit for n in mine)]
    return Difference("number", _slices(text, mine), _slices(said, others)) if mine else None


def _dates(text: str, said: str, prior: Citation) -> Difference | None:
    theirs, held = affirmed(said, times(said)), prior.date
    mine = [t for t in times(text) if not (held and t.holds(held)) and not agreeing([t], theirs)]
    return Difference("date", _slices(text, mine), _slices(said, theirs)) if mine and theirs else None


def _force(text: str, prior: Citation) -> Difference | None:
    """The draft's word for a decision or a promise, where the record has less: noted, recommended, asked for."""
    decided, promised = _any("decided").search(text), _any("promised").search(text)
    advised = re.search(r"\brecommend(?:ed|s)?\b", prior.quote, re.I) and not re.search(r"\brecommend", text, re.I)
    if decided and (prior.verb == "noted" or (advised and prior.force != "decided")):
        return Difference("force", _found(decided), _known(prior.verb))
    if decided and prior.force not in (None, "decided") and not _any("settled").search(prior.quote):
        return Difference("force", _found(decided), _known(prior.verb))
    weaker = prior.force in ("asked", "wished", "proposed", "stated") and not _any("promised").search(prior.quote)
    return Difference("force", _found(promised), _known(prior.verb)) if promised and weaker else None


def _polarity(text: str, said: str) -> Difference | None:
    """The words by which one says what the other denies: a "not" beside a word both hold, or an opposite."""
    both = stems(text) & stems(said)
    mine, theirs = ({k: v for k, v in _denied(words).items() if k in both} for words in (text, said))
    if bool(mine) != bool(theirs):
        denied = next(iter(mine or theirs))  # by the one; beside its "not" stands what the other has without
        return Difference(
            "polarity", (mine.get(denied) or _word(denied, text),), (theirs.get(denied) or _word(denied, said),)
        )
    if _any("not").search(text) or _any("not").search(said):
        return None
    for one, other in data("check")["opposites"]:
        for a, b in ((one, other), (other, one)):
            found, against = (re.search(rf"\b(?:{p})\b", t, re.I) for p, t in ((a, text), (b, said)))
            both_ways = re.search(rf"\b(?:{a})\b", said, re.I) or re.search(rf"\b(?:{b})\b", text, re.I)
            if found and against and not both_ways:
                return Difference("polarity", _found(found), _found(against))
    return None


def _word(stemmed: str, text: str) -> str:
    return next((word for word in re.findall(r"[\w'’-]+", text) if stem(word.lower()) == stemmed), stemmed)


def _denied(text: str) -> dict[str, str]:
    """The stems of the words behind a "not", each with that word."""
    found = {}
    for match in _any("not").finditer(text):
        behind = re.split(r"[,;:.]", text[match.end() :])[0]
        found.update(dict.fromkeys((stem(word) for word in words(behind)[:5]), match.group()))
    return found


def _pair(aspect: Literal["scope", "certainty"], text: str, said: str) -> Difference | None:
    """The draft's strong word where the record has only a weak one: "all" and "the vast majority"."""
    strong, weak = _any(f"{aspect} strong"), _any(f"{aspect} weak")
    mine, theirs = strong.search(text), weak.search(said)
    if not mine or not theirs or weak.search(text) or strong.search(said):
        return None
    return Difference(aspect, _found(mine), _found(theirs))


def _attribution(mine: Statement, prior: Citation) -> Difference | None:
    """Who says it in the draft, read as minutes are, where the record names somebody else."""
    if mine.sort not in ("named", "role") or not mine.speaker or not prior.speaker:
        return None
    theirs = stems(f"{prior.speaker} {prior.role or ''} {prior.quote}")
    named = stems(mine.speaker) - _titles()
    if not named or named & theirs or (mine.role and stems(mine.role) & theirs):
        return None
    return Difference("attribution", (mine.speaker,), (prior.speaker,))


@cache
def _titles() -> set[str]:
    return stems(" ".join(expressions()["speakers"]["titles"]))


def _spoken(text: str) -> Statement:
    """Who says it in a draft, and with what force, read as minutes are; with another verb, whoever stands in front."""
    said = next(iter(Talk().statements(text)), Statement(0, 0))
    first = None if said.speaker or _FRONT.match(text) else voice_at(without_times(text), 0)
    return replace(said, speaker=first.words, sort=first.sort) if first and first.sort in ("named", "role") else said


def sure_of(difference: Difference, prior: Citation) -> bool:
    """Whether rules alone are believed: somebody else's name, which is nowhere in the passage that it was said in."""
    if difference.aspect != "attribution" or not difference.mine:
        return False
    by = prior.corrected_by or prior
    return not (stems(difference.mine[0]) - _titles()) & stems(f"{by.passage} {by.lead_in or ''}")


def without_times(text: str) -> str:
    """The text with its dates blanked, every other word where it was."""
    for when in times(text):
        text = text[: when.start] + " " * (when.end - when.start) + text[when.end :]
    return text


def affirmed(text: str, values: Sequence[V]) -> list[V]:
    """Those of the values that a text does not deny: of "92, and not 112" the first alone."""
    return [v for v in values if not re.search(r"\b(?:not|rather than|instead of)\s+\W*$", text[: v.start], re.I)]


def _slices(text: str, values: Sequence[Number | When]) -> tuple[str, ...]:
    return tuple(text[value.start : value.end].strip() for value in values)


def _known(word: str | None) -> tuple[str, ...]:
    return (word,) if word else ()


def _found(match: re.Match[str] | None) -> tuple[str, ...]:
    return (match.group().strip(),) if match else ()


def _any(name: str) -> re.Pattern[str]:
    return pattern("check", name)
