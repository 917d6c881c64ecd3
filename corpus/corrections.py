"""Links corrections to what they correct: the words of an earlier meeting's minutes that were put right later.

What a correction says of its place (a minute's number, a paragraph), the words it quotes and the figures it replaces
lead to the passage. Where they do not lead to one clearly, nothing is linked: a wrong "corrected" would be worse.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sqlalchemy import Column, ColumnElement, Connection, and_, delete, func, insert, or_, select

from corpus.models import MONTHS, Meeting, PassageOnRecord, Span
from corpus.records import Record
from corpus.schema import corrected, corrections, documents, items, meetings, passages

ENOUGH = 4.0  # points from which a passage is taken for the one that is corrected
AHEAD = 1.0  # points by which it must lead the next

_QUOTED = re.compile(r"[“\"‘']([^“”\"‘’]{2,300}?)[”\"’'](?!\w)")
_FIGURE = re.compile(r"(?<![\w/])[£€]?\d[\d,]*(?:\.\d+)?%?")
# A month that is said to be the meeting's whose minutes these are.
_MONTH = "|".join(month.capitalize() for month in MONTHS)
_OF_MONTH = re.compile(
    rf"\b({_MONTH})\b(?:['’]s)?\s+(?:\d{{4}}\s+)?(?:\w+\s+){{0,2}}(?:[Mm]eeting|[Mm]inutes)\b"
    rf"|\b(?:[Mm]eeting|[Mm]inutes)\b[^.;:“\"]{{0,40}}?\b({_MONTH})\b"
)


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
    same = and_(is_named(meetings.c.council, meeting.council), is_named(meetings.c.committee, meeting.committee))
    concerned = meetings.c.document_id == document_id
    if meeting.date:
        day = meeting.date.isoformat()
        later = and_(corrections.c.of_date.is_(None), meetings.c.date > day)
        concerned = or_(concerned, corrections.c.of_date == day, later)
    words = func.substr(documents.c.text, corrections.c.start + 1, corrections.c.end - corrections.c.start)
    around = func.substr(documents.c.text, passages.c.start + 1, passages.c.end - passages.c.start)
    query = (
        select(corrections.c.id, corrections.c.of_date, meetings.c.date, words, items.c.title, around)
        .select_from(corrections)
        .join(passages, passages.c.id == corrections.c.correcting)
        .join(items, items.c.id == passages.c.item_id)
        .join(meetings, meetings.c.id == items.c.meeting_id)
        .join(documents, documents.c.id == meetings.c.document_id)
        .where(same, concerned)
    )
    for key, of_date, date, clause, title, passage in connection.execute(query).all():
        connection.execute(delete(corrected).where(corrected.c.correction == key))
        day, stated = of_date, of_date is not None
        if not stated and date:
            day = connection.scalar(select(func.max(meetings.c.date)).where(same, meetings.c.date < date))
        if not day or (date and day >= date) or (not stated and _of_another_month(day, f"{title or ''}\n{passage}")):
            continue
        found = find_corrected(clause, _passages(connection, and_(same, meetings.c.date == day)), stated)
        links = [{"correction": key, "passage": passage} for passage in found]
        if links:
            connection.execute(insert(corrected), links)


def _of_another_month(day: str, said: str) -> bool:
    """True if the minutes that are spoken of are said to be those of another month than this day's."""
    named = {(one or other).lower() for one, other in _OF_MONTH.findall(_QUOTED.sub(" ", said))}
    return bool(named) and MONTHS[int(day[5:7]) - 1] not in named


def is_named(column: Column[str], name: str | None) -> ColumnElement[bool]:
    """Whether a council or committee has this name, without regard to case; or, for None, has none."""
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


def find_corrected(clause: str, candidates: Sequence[_Candidate], stated: bool = True) -> list[int]:
    """The passages that `clause` corrects: one of each document that holds the meeting, or none.

    Unless it is `stated` that it is this meeting's minutes, the words themselves must show it.
    """
    found = []
    for document_id in dict.fromkeys(c.document_id for c in candidates):
        mine = [c for c in candidates if c.document_id == document_id]
        scored = sorted(((_points(clause, c, stated), -c.id) for c in mine), reverse=True)
        behind = scored[1][0] if len(scored) > 1 else 0.0
        if scored[0][0] >= ENOUGH and scored[0][0] >= behind + AHEAD:
            found.append(-scored[0][1])
    return found


def _points(clause: str, candidate: _Candidate, stated: bool) -> float:
    """How well a passage fits what a correction says of it."""
    text = _plain(candidate.text)
    wrong = [_plain(next(filter(None, found))) for found in _wrong().findall(clause)]
    if wrong and not any(_holds(text, words) for words in wrong):
        return 0.0  # another passage, or one that has been put right since
    quoted = [words for words in map(_plain, _QUOTED.findall(clause)) if _holds(text, words)]
    told = _pattern("item").search(clause)
    its_item = told is not None and told.group(1) in candidate.numbers
    unquoted = _pattern("place").sub(" ", _QUOTED.sub(" ", clause))
    words = set(re.findall(r"[a-z]{4,}", _FIGURE.sub(" ", unquoted).lower())) - _words("empty")
    held = sum(re.search(rf"\b{word}\b", text) is not None for word in words)
    # A figure alone may stand anywhere: the words around it must fit, too.
    around = held >= 2 and 2 * held >= len(words)
    if not quoted and not around and (words or not stated):
        return 0.0
    if not stated and not around and not any(_is_phrase(phrase, its_item) for phrase in quoted):
        return 0.0
    figures = set(_FIGURE.findall(unquoted))
    points = 4.0 * len(quoted) + 2.0 * its_item + 2.0 * sum(_holds(text, figure) for figure in figures)
    return points + (2.0 * held / len(words) if words else 0.0)


def _is_phrase(words: str, its_item: bool) -> bool:
    """True for two words or more; an amount ("£1.4 million") is enough only in the item that is named."""
    return len(re.findall(r"[^\W\d]+", words)) >= 2 or (its_item and len(words.split()) >= 2)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _holds(text: str, words: str) -> bool:
    """True if `words` stand in `text`, and not as a part of others or of a longer figure."""
    return re.search(rf"(?<![\w.,]){re.escape(words.strip(' .,;'))}(?![\w%]|[.,]\d)", text) is not None


def _words(key: str) -> frozenset[str]:
    return frozenset(_told()[key])


@cache
def _told() -> dict[str, list[str]]:
    return tomllib.loads(files("corpus").joinpath("corrections.toml").read_text("utf-8"))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """The number behind one of these words: of an item, or of any place."""
    return re.compile(rf"\b(?:{'|'.join(_told()[key])})\s*(?:no\.?\s*|number\s*)?(\d+(?:[./]\d+)*)", re.IGNORECASE)


@cache
def _wrong() -> re.Pattern[str]:
    """The words that were wrong: "to read X and not Y", "Y be replaced by X", "delete Y"."""
    said = r"(?:[“\"‘']([^“”\"‘’]{2,300}?)[”\"’'](?!\w)|([£€]?\d[\d,]*(?:\.\d+)?%?))"
    before, behind = ("|".join(_told()[key]) for key in ("before_wrong", "behind_wrong"))
    return re.compile(rf"\b(?:{before})\s+(?:the words? )?{said}|{said}\s+(?:{behind})", re.IGNORECASE)


def corrections_of(record: Record, passage_id: int) -> list[tuple[PassageOnRecord, Span]]:
    """What later minutes put right in a passage, the latest first: the passage that does, and the slice of its text.

    A citation shows the first of them only (assistant.compose): what was put right last.
    """
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
