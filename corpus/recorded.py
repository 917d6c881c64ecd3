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
from corpus.stored import date_of


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion on record with its vote, where it stands, and the passages that hold its words."""

    vote: Vote
    item_id: int
    title: str | None
    council: str | None
    committee: str | None
    date: dt.date | None
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was at a meeting, as its minutes list them, and the passages that do."""

    document_id: str
    council: str | None
    committee: str | None
    date: dt.date | None
    people: tuple[Attendee, ...]
    passages: tuple[int, ...]


def motions(record: Record, filters: Filters, within: Collection[int] | None = None) -> list[Motion]:
    """The motions recorded in meetings within the filters, the newest first; or those of the items that the passages
    `within` belong to.
    """
    facts = (items.c.id, items.c.title, meetings.c.council, meetings.c.committee, meetings.c.date, items.c.votes)
    query = (
        select(*facts)
        .join(meetings, meetings.c.id == items.c.meeting_id)
        .where(items.c.votes != "[]", filters.clause())
        .order_by(meetings.c.date.desc(), items.c.id)
    )
    if within is not None:
        query = query.where(items.c.id.in_(select(passages.c.item_id).where(passages.c.id.in_(within))))
    found = []
    with record.engine.connect() as connection:
        for item_id, title, council, committee, date, votes in connection.execute(query).all():
            own = select(passages.c.id, passages.c.start, passages.c.end).where(passages.c.item_id == item_id)
            places = connection.execute(own.order_by(passages.c.start)).all()
            for vote in map(_vote, json.loads(votes)):
                held = tuple(i for i, start, end in places if start < vote.end and end > vote.start)
                found.append(Motion(vote, item_id, title, council, committee, date_of(date), held))
    return found


def attendances(record: Record, filters: Filters) -> list[Attendance]:
    """Who was at each meeting within the filters whose minutes list it, the newest first."""
    facts = [meetings.c[name] for name in ("id", "document_id", "council", "committee", "date", "people")]
    query = select(*facts).where(meetings.c.people != "[]", filters.clause())
    lists = select(items.c.meeting_id, passages.c.id).join(items, items.c.id == passages.c.item_id)
    lists = lists.where(passages.c.kind == "attendance").order_by(passages.c.start)
    told: dict[int, list[int]] = {}
    with record.engine.connect() as connection:
        for meeting_id, passage_id in connection.execute(lists):
            told.setdefault(meeting_id, []).append(passage_id)
        rows = connection.execute(query.order_by(meetings.c.date.desc(), meetings.c.id)).all()
    found = []
    for meeting_id, document_id, council, committee, date, people in rows:
        listed = tuple(Attendee(**person) for person in json.loads(people))
        held = tuple(told.get(meeting_id, ()))
        found.append(Attendance(document_id, council, committee, date_of(date), listed, held))
    return found


def _vote(facts: dict[str, Any]) -> Vote:
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    return Vote(**known)
