"""Links corrections to what they correct: the words of an earlier meeting's minutes that were put right later.

What a correction says of its place (a minute's number, a paragraph), the words it quotes and the figures it replaces
lead to the passage. Where they do not lead to one clearly, nothing is linked: a wrong "corrected" would be worse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, and_, delete, func, insert, or_, select

from corpus.models import Meeting, PassageOnRecord, Span
from corpus.records import Record
from corpus.schema import corrected, corrections, documents, items, meetings, passages

ENOUGH = 4.0  # points from which a passage is taken for the one that is corrected
AHEAD = 1.0  # points by which it must lead the next

_QUOTED = re.compile(r"[“\"‘']([^“”\"‘’]{2,300}?)[”\"’'](?!\w)")
_REFERENCE = re.compile(
    r"\b(?:minute|item|min\.?|para(?:graph)?|page|p\.)\s*(?:no\.?\s*|number\s*)?(\d+(?:[./]\d+)*)", re.I
)
_ITEM = re.compile(r"\b(?:minute|item|min\.?)\s*(?:no\.?\s*|number\s*)?(\d+(?:[./]\d+)*)", re.IGNORECASE)
# The words that were wrong: "to read X and not Y", "Y be replaced by X", "delete Y".
_SAID = r"(?:[“\"‘']([^“”\"‘’]{2,300}?)[”\"’'](?!\w)|([£€]?\d[\d,]*(?:\.\d+)?%?))"
_WRONG = re.compile(
    r"\b(?:and not|rather than|instead of|in place of|delet(?:e|ing|ion of)|replac(?:e|ing))\s+(?:the words? )?"
    rf"{_SAID}"
    rf"|{_SAID}\s+(?:should (?:have )?read|(?:to )?be (?:replaced|amended|corrected|deleted)|was amended|to read)",
    re.IGNORECASE,
)
# Words of corrections themselves, which every other passage may hold too.
_EMPTY = frozenset(
    ["read", "record", "minute", "minutes", "paragraph", "that", "should", "have", "with", "from", "this", "amended"]
)
_FIGURE = re.compile(r"(?<![\w/])[£€]?\d[\d,]*(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage that may be the one corrected."""

    id: int
    document_id: str
    numbers: tuple[str | None, ...]  # its item's, and its running minute's
    text: str


def relink(connection: Connection, document_id: str, meeting: Meeting) -> None:
    """Link the corrections that a meeting new on record records, and those that are about it, in the caller's
    transaction.
    """
    if meeting.council is None and meeting.committee is None:
        return  # nobody's minutes are nobody's to correct
    same = and_(_is(meetings.c.council, meeting.council), _is(meetings.c.committee, meeting.committee))
    concerned = meetings.c.document_id == document_id
    if meeting.date:
        day = meeting.date.isoformat()
        later = and_(corrections.c.of_date.is_(None), meetings.c.date > day)
        concerned = or_(concerned, corrections.c.of_date == day, later)
    words = func.substr(documents.c.text, corrections.c.start + 1, corrections.c.end - corrections.c.start)
    query = (
        select(corrections.c.id, corrections.c.of_date, meetings.c.date, words)
        .select_from(corrections)
        .join(passages, passages.c.id == corrections.c.correcting)
        .join(items, items.c.id == passages.c.item_id)
        .join(meetings, meetings.c.id == items.c.meeting_id)
        .join(documents, documents.c.id == meetings.c.document_id)
        .where(same, concerned)
    )
    for key, of_date, date, clause in connection.execute(query).all():
        connection.execute(delete(corrected).where(corrected.c.correction == key))
        if of_date is None and date:
            of_date = connection.scalar(select(func.max(meetings.c.date)).where(same, meetings.c.date < date))
        if of_date:
            found = find_corrected(clause, _passages(connection, and_(same, meetings.c.date == of_date)))
            links = [{"correction": key, "passage": passage} for passage in found]
            if links:
                connection.execute(insert(corrected), links)


def _is(column: Column[str], name: str | None) -> ColumnElement[bool]:
    return column.is_(None) if name is None else func.lower(column) == name.lower()


def _passages(connection: Connection, where: ColumnElement[bool]) -> list[_Candidate]:
    query = (
        select(
            passages.c.id,
            passages.c.document_id,
            items.c.number,
            items.c.minute,
            func.substr(documents.c.text, passages.c.start + 1, passages.c.end - passages.c.start),
        )
        .select_from(passages)
        .join(documents, documents.c.id == passages.c.document_id)
        .join(items, items.c.id == passages.c.item_id)
        .join(meetings, meetings.c.id == items.c.meeting_id)
        .where(where)
    )
    return [_Candidate(row[0], row[1], (row[2], row[3]), row[4]) for row in connection.execute(query)]


def find_corrected(clause: str, candidates: Sequence[_Candidate]) -> list[int]:
    """The passages that `clause` corrects: one of each document that holds the meeting, or none."""
    found = []
    for document_id in dict.fromkeys(c.document_id for c in candidates):
        scored = sorted(((_points(clause, c), -c.id) for c in candidates if c.document_id == document_id), reverse=True)
        behind = scored[1][0] if len(scored) > 1 else 0.0
        if scored[0][0] >= ENOUGH and scored[0][0] >= behind + AHEAD:
            found.append(-scored[0][1])
    return found


def _points(clause: str, candidate: _Candidate) -> float:
    """How well a passage fits what a correction says of it."""
    text = " ".join(candidate.text.lower().split())
    points = 0.0
    wrong = [" ".join(next(filter(None, found)).lower().split()) for found in _WRONG.findall(clause)]
    if wrong and not any(_holds(text, words) for words in wrong):
        return 0.0  # another passage, or one that has been put right since
    for quoted in _QUOTED.findall(clause):
        points += 4.0 * (" ".join(quoted.lower().split()).strip(" .,;") in text)
    told = _ITEM.search(clause)
    points += 2.0 * (told is not None and told.group(1) in candidate.numbers)
    unquoted = _REFERENCE.sub(" ", _QUOTED.sub(" ", clause))
    figures = set(_FIGURE.findall(unquoted))
    points += 2.0 * sum(_holds(text, figure) for figure in figures)
    words = set(re.findall(r"[a-z]{4,}", _FIGURE.sub(" ", unquoted).lower())) - _EMPTY
    return points + (2.0 * sum(word in text for word in words) / len(words) if words else 0.0)


def _holds(text: str, words: str) -> bool:
    """True if `words` stand in `text`, and not as a part of others or of a longer figure."""
    return re.search(rf"(?<![\w.,]){re.escape(words.strip(' .,;'))}(?![\w%]|[.,]\d)", text) is not None


def corrections_of(record: Record, passage_id: int) -> list[tuple[PassageOnRecord, Span]]:
    """What later minutes put right in a passage, the latest first: the passage that does, and the slice of its text."""
    query = (
        select(corrections.c.correcting, corrections.c.start, corrections.c.end)
        .join(corrected, corrected.c.correction == corrections.c.id)
        .where(corrected.c.passage == passage_id)
    )
    with record.engine.connect() as connection:
        found = connection.execute(query).all()
    by_id = {p.id: p for p in record.passages({row[0] for row in found})}
    told = [(p := by_id[key], Span(start - p.start, end - p.start)) for key, start, end in found if key in by_id]
    return sorted(told, key=lambda pair: str(pair[0].date), reverse=True)
