"""Somebody and the verb that they speak by: every "Councillor Halden asked" of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.models import Force
from corpus.voices import Voice, any_of, expressions, voices_at


@dataclass(frozen=True, slots=True)
class Clause:
    """A subject and its verb at `[start, end)` of a sentence. What is told begins at `end`."""

    voice: Voice
    verb: str
    force: Force
    start: int
    end: int
    passive: bool = False


# Where somebody may begin: at a capital, or at a word in small letters that can be a subject.
_BEGINS = re.compile(
    r"(?<![\w’'-])(?=[A-ZÀ-Þ]|(?:he|she|they|it|there|the|an?|one|all|both|some|several|other|members?|"
    r"councillors|officers|officials|residents|parents|chair\w*|clerk|highways|parishioners|gardaí)\b)"
)
_ADVERBS = (
    r"(?:(?:also|then|further|again|both|all|now|therefore|subsequently|(?!reply\b|supply\b|apply\b)[a-z]+ly)\s+){0,2}"
)
# Behind these words somebody named is a part of another's clause, not the one who speaks.
_WITHIN = re.compile(
    r"\b(?:that|by|from|to|of|with|if|whether|when|which|for|as|at|on|because|how|why|where|what|or|informed|told|"
    r"asked|thanked|the|between|including|than|via|contacted)$|[(/]$",
    re.I,
)
_OPENS = re.compile(r"(?:^|[,;]\s*)(?:and|but|while|then|however)$", re.I)
_UNTO = re.compile(r"\b(?:that|if|whether|when|as)$", re.I)


@cache
def _verbs() -> dict[str, Force]:
    facts = expressions()
    known: dict[str, Force] = dict.fromkeys(facts["verdicts"]["verbs"], "decided")
    for force in ("stated", "proposed", "wished", "asked", "committed"):
        known |= dict.fromkeys(facts["verbs"][force], force)
    return known


@cache
def _infinitives() -> dict[str, Force]:
    return {verb: force for force, verbs in expressions()["infinitives"].items() for verb in verbs}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(verb.split()[0] for verb in _verbs()) | {"would", "will", "to"}


@cache
def _behind() -> re.Pattern[str]:
    acts = any_of(expressions()["acts"]["verbs"])
    return re.compile(
        rf"\s*,?\s*(?:(?:who|which)\s+)?{_ADVERBS}"
        rf"(?:(?P<aux>(?:was|were|is|are|had been|has been|had|has|have)\s+){_ADVERBS})?"
        rf"(?:(?P<first>went\s+on|wished|wanted|continued|sought|proceeded)\s+to\s+{_ADVERBS}(?P<went>[a-z]+)"
        rf"|(?P<would>(?:would|will|to)\s+(?:also\s+|again\s+|then\s+|now\s+)?(?:{acts}))\b"
        r"|(?P<will>will\s+(?:also\s+|now\s+|then\s+)?(?!(?:be|not|have|need|never|only)\b)[a-z]+|to\s+(?!be\b)[a-z]+)\b"
        rf"|(?P<words>[a-z][\w’'-]*(?:\s+[\w’'-]+){{0,3}}))"
    )


_ASIDE = re.compile(r"\s*,\s+[^,;]{3,90},")


def told(words: str) -> tuple[str, Force] | None:
    """The longest known verb at the beginning of these words, and its force."""
    parts = words.lower().split()
    for size in range(len(parts), 0, -1):
        verb = " ".join(parts[:size])
        if verb in _verbs():
            return verb, _verbs()[verb]
    return None


def clauses(sentence: str) -> list[Clause]:
    """Every subject with a verb of saying or doing, in order; a clause within another's is none."""
    spoken = [m.start() for m in re.finditer(r"[a-z]+", sentence) if m.group() in _first_words()]
    found: list[Clause] = []
    for begin in _BEGINS.finditer(sentence) if spoken else ():
        at = begin.start()
        if at > spoken[-1]:
            break
        if found and at < found[-1].end:
            continue
        clause = next(_clauses_at(sentence, at), None)
        before = sentence[:at].rstrip()
        if (
            clause
            and clause.verb.startswith("to ")
            and ((before and before[-1] not in "-–:.") or clause.voice.words.endswith("Meeting"))
        ):
            continue  # only at the beginning is "the Clerk to write" an act
        if clause and _may_begin(before, clause.voice):
            found.append(clause)
    return found


def _clauses_at(sentence: str, at: int) -> Iterator[Clause]:
    for voice, end in voices_at(sentence, at):
        aside = _ASIDE.match(sentence, end)
        for behind in (end, aside.end()) if aside else (end,):
            match = _behind().match(sentence, behind)
            clause = match and _clause(voice, at, match)
            if clause:
                yield clause


def _clause(voice: Voice, at: int, match: re.Match[str]) -> Clause | None:
    if match["went"]:
        force = _infinitives().get(match["went"])
        if force:
            return Clause(voice, match["went"], force, at, match.end())
        first = told(match["first"])  # "He wished to be judged by it"
        return Clause(voice, *first, at, match.end("first")) if first else None
    if match["would"] or (match["will"] and voice.sort in ("named", "role")):
        return Clause(voice, " ".join((match["would"] or match["will"]).split()), "committed", at, match.end())
    if match["will"]:
        return None
    aux = (match["aux"] or "").split()
    if aux:
        # "was concerned" is a verb of its own; "was advised" is told to its subject.
        whole = told(f"{' '.join(aux)} {match['words']}")
        if whole and whole[0].startswith(aux[0] + " "):
            return Clause(voice, *whole, at, _end(match, whole[0].removeprefix(" ".join(aux)).strip()))
    known = told(match["words"])
    if known is None:
        return None
    passive = bool(aux) and (aux[0] in ("was", "were", "is", "are") or "been" in aux)
    return Clause(voice, *known, at, _end(match, known[0]), passive)


def _end(match: re.Match[str], verb: str) -> int:
    words = re.match(r"\s+".join(map(re.escape, verb.split())), match["words"], re.I)
    return match.start("words") + (words.end() if words else 0)


def _may_begin(before: str, voice: Voice) -> bool:
    """Whether a clause of somebody's own may begin behind these words: at the start, behind a comma or a stop, or,
    for somebody by name or role, behind anything but what makes of them a part of another's clause.
    """
    if not before or before[-1] in ",;:–—-|•" or _OPENS.search(before):
        return True
    if voice.sort in ("named", "role"):
        return _WITHIN.search(before) is None
    return (
        voice.words.lower() in ("it", "there") and before[-1] != ")" and not _UNTO.search(before) and len(before) < 120
    )
