"""Where a subject is mentioned: the passages that hold all of its words, whatever their endings, by full text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.sql.elements import TextClause

from corpus.models import MONTHS, Span
from corpus.records import Filters, Record
from corpus.schema import documents, items, meetings, passages
from corpus.stored import date_of, quoted

_OPEN, _CLOSE = "\x02", "\x03"  # around a word found: no canonical text holds these
NO_SUBJECT = ("attendance", "procedural")  # kinds of passage


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that mentions a subject, with its meeting and that meeting's date."""

    passage_id: int
    meeting_id: int
    date: dt.date | None


def holding(words: Sequence[str], inside: Collection[str] = ()) -> TextClause:
    """SQL for the ids of the passages that hold all of `words`, in themselves or in what stands above them: their
    item's heading, the lead-in of their list. Those of `inside` count in the passage alone.
    """
    return _matching(" AND ".join(f"body : {quoted(word)}" if word in inside else quoted(word) for word in words))


def mentions(record: Record, words: Sequence[str], filters: Filters) -> list[Mention]:
    """Every passage within the filters that holds all of `words`, and at least one of them in itself, by date, the
    undated last. Who attended, and the meeting's own heading, are no mention: an office or a committee would be one
    at every meeting.
    """
    if not words:
        return []
    query = (
        select(passages.c.id, meetings.c.id, meetings.c.date)
        .join(items, items.c.id == passages.c.item_id)
        .join(meetings, meetings.c.id == items.c.meeting_id)
        .where(
            passages.c.id.in_(holding(words, named(record, words))),
            passages.c.id.in_(_matching(f"body : ({_any(words)})", "itself")),
            passages.c.kind.not_in(NO_SUBJECT),
            filters.clause(),
        )
        .order_by(meetings.c.date.is_(None), meetings.c.date, passages.c.document_id, passages.c.start)
    )
    with record.engine.connect() as connection:
        return [Mention(row[0], row[1], date_of(row[2])) for row in connection.execute(query)]


def named(record: Record, words: Sequence[str]) -> set[str]:
    """Those of `words` that name a council, a committee, a file or a time: full text has these with every passage of
    theirs, and "health" is no more mentioned for standing in the name of its committee.
    """
    with record.engine.connect() as connection:
        names = [*connection.scalars(select(documents.c.name)), *MONTHS]
    known = " ".join([*names, *record.names("council"), *record.names("committee")]).lower()
    return {word for word in words if word.isdigit() or word[:4] in known}


def months_met(record: Record, filters: Filters) -> dict[tuple[int, int], int]:
    """How many dated meetings are on record in each month that has one: (year, month) to meetings, in order."""
    month = func.substr(meetings.c.date, 1, 7)
    query = select(month, func.count()).where(filters.clause(), meetings.c.date.is_not(None)).group_by(month)
    with record.engine.connect() as connection:
        found = [(str(key), int(count)) for key, count in connection.execute(query.order_by(month))]
    return {(int(key[:4]), int(key[5:])): count for key, count in found}


def marks(record: Record, words: Sequence[str], ids: Sequence[int]) -> dict[int, list[Span]]:
    """Where the words stand in each of these passages, as spans of the passage's own text."""
    query = text(
        "SELECT rowid, highlight(passages_fts, 0, :open, :close) FROM passages_fts "
        "WHERE passages_fts MATCH :query AND +rowid IN (SELECT value FROM json_each(:ids))"
    )
    values = {"open": _OPEN, "close": _CLOSE, "query": f"body : ({_any(words)})", "ids": str(list(ids))}
    with record.engine.connect() as connection:
        return {key: _spans(marked) for key, marked in connection.execute(query, values)}


def _matching(asked: str, name: str = "asked") -> TextClause:
    return text(f"SELECT rowid FROM passages_fts WHERE passages_fts MATCH :{name}").bindparams(**{name: asked})


def _spans(marked: str) -> list[Span]:
    found, at = [], 0
    for piece in marked.split(_OPEN):
        inside, closed, after = piece.partition(_CLOSE)
        if closed:
            found.append(Span(at, at + len(inside)))
        at += len(inside) + len(after)
    return found


def _any(words: Sequence[str]) -> str:
    return " OR ".join(map(quoted, words))
