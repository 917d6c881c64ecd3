"""What the record holds of meetings as fields: motions and votes, and who was there, each with where it is told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from corpus.models import Attendee, Vote
from corpus.records import Filters, Record
from corpus.schema import items, meetings, passages


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion on record with its vote, its item's title, and the passages that hold its words."""

    vote: Vote
    title: str | None
    date: dt.date | None
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was at a meeting, as its minutes list them, and the passages that do."""

    committee: str | None
    date: dt.date | None
    people: tuple[Attendee, ...]
    passages: tuple[int, ...]


def motions(record: Record, filters: Filters, within: Collection[int] | None = None) -> list[Motion]:
    """The motions recorded in meetings within the filters, the newest first; or those of the items that the passages
    `within` belong to.
    """
    query = (
        select(items.c.id, items.c.title, items.c.votes, meetings.c.date, meetings.c.document_id)
        .join(meetings, meetings.c.id == items.c.meeting_id)
        .where(items.c.votes != "[]", filters.clause())
        .order_by(meetings.c.date.desc(), items.c.id)
    )
    if within is not None:
        query = query.where(items.c.id.in_(select(passages.c.item_id).where(passages.c.id.in_(within))))
    found = []
    with record.engine.connect() as connection:
        for item_id, title, votes, date, document_id in connection.execute(query).all():
            places = connection.execute(
                select(passages.c.id, passages.c.start, passages.c.end)
                .where(passages.c.item_id == item_id, passages.c.document_id == document_id)
                .order_by(passages.c.start)
            ).all()
            for facts in json.loads(votes):
                vote = _vote(facts)
                held = tuple(i for i, start, end in places if start < vote.end and end > vote.start)
                found.append(Motion(vote, title, _date(date), held))
    return found


def attendances(record: Record, filters: Filters) -> list[Attendance]:
    """Who was at each meeting within the filters whose minutes list it, the newest first."""
    query = select(meetings.c.id, meetings.c.committee, meetings.c.date, meetings.c.people)
    query = query.where(meetings.c.people != "[]", filters.clause()).order_by(meetings.c.date.desc(), meetings.c.id)
    lists = select(passages.c.id).join(items, items.c.id == passages.c.item_id).order_by(passages.c.start)
    found = []
    with record.engine.connect() as connection:
        for meeting_id, committee, date, people in connection.execute(query).all():
            told = lists.where(items.c.meeting_id == meeting_id, passages.c.kind == "attendance")
            listed = tuple(Attendee(**person) for person in json.loads(people))
            found.append(Attendance(committee, _date(date), listed, tuple(connection.scalars(told))))
    return found


def _vote(facts: dict[str, Any]) -> Vote:
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    return Vote(**known)


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
