"""Whether the record says what a language model wrote: a sentence at a time, before anybody sees it.

The words that a sentence rests on must stand in the passage. Its numbers, dates and names must be theirs, as values;
its force no stronger; its polarity and scope the same. So far rules (assistant/differs.py) have the word. What they
cannot see, the comparer reads, which was trained to tell what a draft's sentence is to one on record.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.compose import cite, source_line
from assistant.differs import affirmed, differences, without_times
from assistant.evidence import log_odds, probability_of
from assistant.quote import Quotation
from assistant.reading.comparer import FINDINGS, Comparer
from assistant.reading.text import text_of
from assistant.times import times
from assistant.values import agreeing, numbers
from assistant.words import data, pattern, stem, stems, words
from assistant.written import Written
from corpus.models import Span, Statement
from corpus.records import Record
from corpus.sentences import sentences
from corpus.speech import Talk
from corpus.spoken import statements_of
from corpus.voices import expressions

FEWEST = 3  # words that a sentence must rest on
LONGEST = 60  # words of a sentence that is shown
_ADDRESS = re.compile(r"https?:\S+|www\.\S+|\S+@\S+|[<>{}\[\]]")
_NAME = re.compile(r"(?<![.!?:“\"‘'(]\s)(?<!^)(?<![A-Za-zÀ-þ’'-])[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ][\w’'-]*|\b[A-Z]{2,}\b")
_AHEAD = re.compile(r"\b(?:would|will|is to|are to|was to|were to)\b", re.I)
_ALIKE = str.maketrans("’‘“”–—‑", "''\"\"---")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What became of a sentence: the quotations that bear it out, or the reason why it is not shown."""

    sentence: str
    quotations: tuple[Quotation, ...] = ()
    reason: str | None = None


def weigh(written: Written, given: Sequence[Quotation], record: Record, comparer: Comparer) -> Weighed:
    """A sentence held against the quotations that the model was given, numbered from 1."""
    quotations = []
    for n, said in written.rests_on:
        found = rested_on(given[n - 1], said) if 0 < n <= len(given) else None
        if found is None:
            return Weighed(written.sentence, reason=_reason("not quoted", " ".join(said.split())[:80]))
        quotations.append(found)
    if not quotations:
        return Weighed(written.sentence, reason=_reason("uncited"))
    kept = tuple(dict.fromkeys(quotations))
    objection = objection_by_rules(written.sentence, kept, record)
    weights = data("supporting")
    if (
        not objection
        and probability_of(weights["says"], described(written.sentence, kept, record, comparer)) < weights["limit"]
    ):
        objection = _reason("reader")
    return Weighed(written.sentence, () if objection else kept, objection)


def rested_on(given: Quotation, said: str) -> Quotation | None:
    """The whole sentences of a quotation that hold these words, letter by letter but for white space and the form of
    quotation marks; None where it does not hold them.
    """
    plain = html.unescape(said).strip().strip("\"“”'‘’… ").rstrip(".").split()
    if len(plain) < FEWEST:
        return None
    pattern = r"\s+".join(re.escape(word.translate(_ALIKE)) for word in plain)
    found = re.search(rf"(?<!\w){pattern}(?!\w)", given.text.translate(_ALIKE))
    if found is None:
        return None
    start, end = given.span.start + found.start(), given.span.start + found.end()
    held = [s for s in sentences(given.passage.text) if s.start < end and start < s.end]
    span = Span(max(given.span.start, held[0].start), min(given.span.end, held[-1].end))
    return replace(given, span=span, best=held[0].start)


def objection_by_rules(sentence: str, quotations: Sequence[Quotation], record: Record) -> str | None:
    """Why, by rules alone, the quotations do not bear the sentence out; None where no rule objects."""
    if address := _ADDRESS.search(sentence):
        return _reason("address", address.group())
    if len(sentence.split()) > LONGEST:
        return _reason("long")
    if any(pattern("supported", "instruction").search(q.text) for q in quotations):
        return _reason("instruction")
    cited = cite(quotations, record)
    whole = _together(cited, _statements(quotations, record))
    if value := _unheld(sentence, whole):
        return _reason(*value)
    if name := _unknown_name(sentence, cited):
        return _reason("name", name)
    if stronger := _stronger(sentence, whole):
        return _reason("force", stronger)
    # "Not" beside other words is too often no denial where both are freely worded: the comparer has that word.
    found = (one for one in differences(sentence, whole) if one.aspect != "polarity")
    return next((_reason(one.aspect, ", ".join(one.mine)) for one in found), None)


def _statements(quotations: Sequence[Quotation], record: Record) -> list[Statement]:
    """Who says each of the quoted sentences, with what force."""
    known = statements_of(record, {q.passage.id for q in quotations})
    return [
        one
        for q in quotations
        for one in known.get(q.passage.id, [])
        if one.start < q.passage.start + q.span.end and q.passage.start + q.span.start < one.end
    ]


def _unheld(sentence: str, cited: Citation) -> tuple[str, str] | None:
    """A number or a date of the sentence that its quotation does not hold, nor the date of its meeting; which it is."""
    said = _said(cited)
    held = affirmed(said, numbers(said))
    denied = [number for number in numbers(said) if number not in held]  # "92, and not 112": nor where it first stood
    for number in numbers(sentence):
        if not agreeing([number], held) or agreeing([number], denied):
            return "number", sentence[number.start : number.end]
    then = affirmed(said, times(said))
    for when in times(sentence):
        if not agreeing([when], then) and not (cited.date and when.holds(cited.date)):
            return "date", sentence[when.start : when.end]
    return None


def described(sentence: str, quotations: Sequence[Quotation], record: Record, comparer: Comparer) -> dict[str, float]:
    """What is known of whether quotations say what a sentence says: the comparer's numbers of the sentences quoted, and
    how many of its words are theirs. All values are of the order of 1.
    """
    passages = {q.passage.id: q.passage for q in quotations}
    texts = [text_of(passage) for passage in passages.values()]
    read = [
        one
        for passage, text, found in zip(passages.values(), texts, comparer.compare(sentence, texts), strict=True)
        for span, one in zip(text.sentences, found, strict=True)
        if any(q.passage.id == passage.id and q.span.start < span.end and span.start < q.span.end for q in quotations)
    ]
    nearest = max(read, key=lambda one: one.same)
    likely = dict(zip(FINDINGS, nearest.findings, strict=True))
    values = likely["consistent"] + likely.pop("number") + likely.pop("date")  # values are compared by rules
    mine, known = stems(sentence), stems(_known(cite(quotations, record)))
    return {
        **likely,
        "same": nearest.same / 10,
        "consistent": log_odds(likely["consistent"]),
        "but for values": log_odds(values),
        "shared": len(mine & known) / max(1, len(mine)),
        "missing": float(len(mine - known)),
    }


def _together(cited: Sequence[Citation], said: Sequence[Statement]) -> Citation:
    """Several quotations as one: the words of all, with the greatest force that any of their sentences has."""
    order = expressions()["order"]
    strongest = max(said, key=lambda one: order.index(one.force or order[0]), default=None)
    first = cited[0]
    return replace(
        first,
        quote=" ".join(f"{c.quote} {c.corrected_by.quote if c.corrected_by else ''}".strip() for c in cited),
        lead_in=" ".join(filter(None, (c.lead_in for c in cited))) or None,
        speaker=" and ".join(dict.fromkeys(one.speaker for one in said if one.speaker)) or first.speaker,
        force=strongest.force if strongest else first.force,
        verb=(strongest and strongest.verb) or first.verb,
        corrected_by=None,
    )


def _stronger(sentence: str, cited: Citation) -> str | None:
    """The words by which a sentence has more force than the record's; None where it has not."""
    said = _said(cited)
    for strong in data("supported")["strong"]:
        word = re.search(strong["says"], sentence, re.I)
        if word and not re.search(strong["needs"], said, re.I):
            return word.group()
    order = expressions()["order"]
    mine = next(iter(Talk().statements(sentence)), None)
    force, verb = ((mine and mine.force) or "stated"), ((mine and mine.verb) or "")
    if order.index(force) <= order.index(cited.force or "stated"):
        return None
    if verb and re.search(rf"\b{re.escape(verb)}\b", said, re.I):
        return None  # the record's own word, whoever of several it stands with
    if force == "stated" and pattern("supported", "less than stated").search(sentence):
        return None
    if force == "committed" and _AHEAD.match(verb) and _AHEAD.search(said):
        return None  # what is to come, told as the record tells it
    return verb or force


def _unknown_name(sentence: str, cited: Sequence[Citation]) -> str | None:
    known = _words(_known(cited))
    names = _NAME.findall(without_times(sentence))
    return next((name for name in names if not _words(name) <= known), None)


def _words(text: str) -> set[str]:
    return {stem(word.removesuffix("'s")) for word in words(text.translate(_ALIKE))}


def _said(c: Citation) -> str:
    return f"{c.lead_in or ''} {c.quote}"


def _known(cited: Sequence[Citation]) -> str:
    """What was said, and what the record knows of where and by whom."""
    facts = ((_said(c), source_line(c), c.speaker, c.role, c.addressee, c.verb) for c in cited)
    return " ".join(" ".join(filter(None, one)) for one in facts)


def _reason(name: str, said: str = "") -> str:
    return str(data("supported")["reasons"][name]).format(words=said).rstrip(": ")
