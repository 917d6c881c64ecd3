"""A subject across meetings: the passages that mention it by month, what they say of it, and the nearest by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.compose import cite
from assistant.quote import Quotation
from assistant.retrieve import Retriever
from assistant.statements import heard, said
from assistant.verify import verified
from assistant.words import content_words, stem, stems
from corpus.errors import UserError
from corpus.mentions import Mention, marks, mentions, months_met
from corpus.models import PassageOnRecord, Span
from corpus.records import Filters, Record, Searched
from corpus.sentences import sentences
from corpus.spoken import Spoken, statements_of

NEAREST = 5  # passages by meaning, where the words find few
LONGEST = 200  # characters of a subject


@dataclass(frozen=True, slots=True)
class Timeline:
    """The passages that mention a subject, by date, the undated last; and the months with a meeting on record, as
    (year, month), in order, with how many meetings.
    """

    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    months: dict[tuple[int, int], int]
    searched: Searched

    @property
    def by_month(self) -> dict[tuple[int, int], int]:
        """How many passages mention it in each month that has a meeting on record: 0 where none does."""
        found = dict.fromkeys(self.months, 0)
        for mention in self.mentions:
            if mention.date:
                month = mention.date.year, mention.date.month
                if month in found:  # else it came on record between the two look-ups
                    found[month] += 1
        return found

    @property
    def meetings(self) -> int:
        """In how many meetings it is mentioned."""
        return len({mention.meeting_id for mention in self.mentions})

    @property
    def undated(self) -> int:
        """How many passages mention it in meetings without a date."""
        return sum(mention.date is None for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Told:
    """What one passage says of a subject: its sentences, each a citation, with the subject's words in each."""

    citations: tuple[Citation, ...]
    marked: tuple[tuple[Span, ...], ...] = ()


def timeline(record: Record, about: str, filters: Filters) -> Timeline:
    """Where a subject is mentioned. Raises UserError where the subject holds no word that tells one, or is a text."""
    words = tuple(content_words(about)) if len(about) <= LONGEST else ()
    if not words:
        raise UserError("Name the subject in a word or two, like “school transport”")
    found = tuple(mentions(record, words, filters))
    return Timeline(words, found, months_met(record, filters), record.searched(filters))


def told(record: Record, words: Sequence[str], wanted: Sequence[Mention]) -> list[Told]:
    """What these passages say, in their order: of each, the sentences that hold most of the words, to the letter."""
    ids = [mention.passage_id for mention in wanted]
    held, marked, spoken = record.passages(ids), marks(record, words, ids), statements_of(record, ids)
    found = []
    for passage in held:
        said_there = [Span(s.start - passage.start, s.end - passage.start) for s in spoken.get(passage.id, [])]
        spans = _fullest(passage, said_there, marked.get(passage.id, []))
        quoted, _ = verified(cite([Quotation(passage, span, 1.0) for span in spans], record), record)
        if quoted:
            within = (_within(c, passage, marked.get(passage.id, [])) for c in quoted)
            found.append(Told(quoted, tuple(within)))
    return found


def nearest(retriever: Retriever, about: str, filters: Filters, found: Timeline) -> list[Told]:
    """What is said in the passages nearest to a subject by meaning that do not mention it, the nearest first: of each
    the statement with most of its words.
    """
    counted, wanted = {mention.passage_id for mention in found.mentions}, stems(about)
    best: dict[int, Spoken] = {}
    for one in heard(retriever, filters, about=about):
        if one.passage.id in counted:
            continue
        other = best.setdefault(one.passage.id, one)
        if len(wanted & stems(one.text)) > len(wanted & stems(other.text)):
            best[one.passage.id] = one
    quoted, _ = verified(said(list(best.values())[:NEAREST], retriever.record), retriever.record)
    return [Told((citation,)) for citation in quoted]


def _fullest(passage: PassageOnRecord, said_there: Sequence[Span], marked: Sequence[Span]) -> list[Span]:
    """The statements and other sentences of a passage that hold as many of the words as any of them does."""
    others = [s for s in sentences(passage.text) if not any(s.start < t.end and t.start < s.end for t in said_there)]
    held = {
        span: len({stem(passage.text[m.start : m.end].lower()) for m in marked if span.start <= m.start < span.end})
        for span in sorted([*said_there, *others], key=lambda span: span.start)
    }
    most = max(held.values(), default=0)
    return [span for span, count in held.items() if count and count == most]


def _within(citation: Citation, passage: PassageOnRecord, marked: Sequence[Span]) -> tuple[Span, ...]:
    """The marks inside a quotation, as spans of its words."""
    start = citation.start - passage.start
    inside = (m for m in marked if start <= m.start and m.end <= start + len(citation.quote))
    return tuple(Span(m.start - start, m.end - start) for m in inside)
