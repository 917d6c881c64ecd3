"""Whether the record says what a language model wrote: a sentence at a time, before anybody sees it.

The words that a sentence rests on must stand in the passage. Its numbers, dates and names must be theirs, as values;
its force no stronger; its polarity and scope the same. So far rules (assistant/differs.py) have the word. What they
cannot see, the supporter reads, which was trained to tell what a draft's sentence is to one on record.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.compose import cite
from assistant.differs import differences, without_times
from assistant.evidence import log_odds, probability_of
from assistant.objections import known_of, objection_by_rules, reason
from assistant.quote import Quotation
from assistant.reading.comparer import FINDINGS, Comparer
from assistant.reading.text import text_of
from assistant.strength import ALIKE, said_in
from assistant.words import data, pattern, stems
from assistant.written import Written
from corpus.models import Span
from corpus.records import Record
from corpus.sentences import sentences

FEWEST = 3  # words that a sentence must rest on


@dataclass(frozen=True, slots=True)
class Weighed:
    """What became of a sentence: the quotations that bear it out, or the reason why it is not shown."""

    sentence: str
    quotations: tuple[Quotation, ...] = ()
    reason: str | None = None


def weigh(written: Written, given: Sequence[Quotation], record: Record, supporter: Comparer) -> Weighed:
    """A sentence held against the quotations that the model was given, numbered from 1."""
    quotations = []
    for n, said in written.rests_on:
        found = rested_on(given[n - 1], said) if 0 < n <= len(given) else None
        if found is None:
            return Weighed(written.sentence, reason=reason("not quoted", " ".join(said.split())[:80]))
        quotations.append(found)
    if not quotations:
        return Weighed(written.sentence, reason=reason("uncited"))
    kept = tuple(dict.fromkeys(quotations))
    objection = objection_by_rules(written.sentence, kept, record)
    if objection is None:
        weights, known = data("supporting"), described(written.sentence, kept, record, supporter)
        objection = reason("reader") if probability_of(weights["says"], known) < weights["limit"] else None
    return Weighed(written.sentence, () if objection else kept, objection)


def rested_on(given: Quotation, said: str) -> Quotation | None:
    """The whole sentences of a quotation that hold these words, letter by letter but for white space and the form of
    quotation marks; None where it does not hold them.
    """
    plain = html.unescape(said).strip().strip("\"“”'‘’… ").rstrip(".").split()
    if len(plain) < FEWEST:
        return None
    pattern = r"\s+".join(re.escape(word.translate(ALIKE)) for word in plain)
    found = re.search(rf"(?<!\w){pattern}(?!\w)", given.text.translate(ALIKE))
    if found is None:
        return None
    start, end = given.span.start + found.start(), given.span.start + found.end()
    held = [s for s in sentences(given.passage.text) if s.start < end and start < s.end]
    span = Span(max(given.span.start, held[0].start), min(given.span.end, held[-1].end))
    return replace(given, span=span, best=held[0].start)


def described(sentence: str, quotations: Sequence[Quotation], record: Record, supporter: Comparer) -> dict[str, float]:
    """What is known of whether quotations say what a sentence says: the supporter's numbers of what is quoted, and
    how many of its words are theirs. All values are of the order of 1.
    """
    passages = {q.passage.id: q.passage for q in quotations}
    texts = [text_of(passage) for passage in passages.values()]
    read = [
        one
        for passage, text, found in zip(passages.values(), texts, supporter.compare(sentence, texts), strict=True)
        for span, one in zip(text.sentences, found, strict=True)
        if any(q.passage.id == passage.id and q.span.start < span.end and span.start < q.span.end for q in quotations)
    ]
    nearest = max(read, key=lambda one: one.same)
    likely = dict(zip(FINDINGS, nearest.findings, strict=True))
    values = likely["consistent"] + likely.pop("number") + likely.pop("date")  # values are compared by rules
    cited = cite(quotations, record)
    mine, known = stems(sentence), stems(known_of(cited))
    said = " ".join(c.quote for c in cited)
    found = {one.aspect for c in cited for one in differences(sentence, c)}
    return {
        **likely,
        "denied": float("polarity" in found),
        "not added": max(0.0, _nots(sentence) - _nots(said)),
        "not left out": max(0.0, _nots(said) - _nots(sentence)),
        **_left_open(sentence, " ".join(map(said_in, cited))),
        "same": nearest.same / 10,
        "consistent": log_odds(likely["consistent"]),
        "but for values": log_odds(values),
        "shared": len(mine & known) / max(1, len(mine)),
        "missing": float(len(mine - known)),
    }


def _left_open(sentence: str, said: str) -> dict[str, float]:
    """How many kinds of words that leave something open a sentence leaves out, or adds; how often it adds a "will"."""
    mine, theirs = _kinds(sentence), _kinds(said)
    ahead = len(pattern("supported", "ahead").findall(sentence)) - len(pattern("supported", "ahead").findall(said))
    return {
        "opened": float(len(mine - theirs)),
        "closed": float(len(theirs - mine)) if len(said) < 2 * len(sentence) else 0.0,
        "will added": float(max(0, ahead)),
    }


def _kinds(text: str) -> set[int]:
    return {kind for kind, one in enumerate(data("supported")["open"]) if re.search(one, without_times(text), re.I)}


def _nots(text: str) -> float:
    """How often a text denies something."""
    return float(len(pattern("check", "not").findall(text)))
