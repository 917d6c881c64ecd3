"""A meeting as it is read: its words in order, who says what in them, what was put right later, and its neighbours."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, and_, func, select

from corpus.around import with_id
from corpus.corrections import corrections_of, is_named
from corpus.models import Attendee, Kind, PassageOnRecord, Span, Statement, Status
from corpus.records import Record
from corpus.schema import corrected, corrections, documents, items, meetings, passages
from corpus.spoken import statements_of
from corpus.stored import date_of


@dataclass(frozen=True, slots=True)
class PassageRead:
    """A passage where it stands; `address` is the id of exactly what is embedded for it, `item` counts from 0."""

    id: int
    address: str
    item: int
    kind: Kind
    start: int
    end: int
    lead: Span | None
    page: int | None


@dataclass(frozen=True, slots=True)
class ItemRead:
    """An item's heading, as far as the minutes print one."""

    number: str | None
    title: str | None
    minute: str | None


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """A meeting to be read: `[low, high)` of the document's `text`, in which its passages lie in order.

    It is the `n`th of the `of` meetings in its document.
    """

    document_id: str
    document: str
    link: str | None
    retrieved: str
    notices: tuple[str, ...]
    text: str
    n: int
    of: int
    council: str | None
    committee: str | None
    date: dt.date | None
    title: str | None
    status: Status
    supplied: tuple[str, ...]
    place: str | None
    people: tuple[Attendee, ...]
    low: int
    high: int
    items: tuple[ItemRead, ...]
    passages: tuple[PassageRead, ...]

    @property
    def text_hash(self) -> str:
        """The SHA-256 of the document's whole text on record, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another meeting, and where it is read: the `n`th of its document."""

    document_id: str
    n: int
    committee: str | None
    date: dt.date | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The meetings of the same committee and council before and after, the others of its day, and of its document."""

    before: Neighbour | None
    after: Neighbour | None
    same_day: tuple[Neighbour, ...]
    same_document: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What belongs beside a meeting's passages, by their ids: who says what, what later minutes put right in them,
    and the passages of earlier minutes that they put right.
    """

    said: dict[int, list[Statement]]
    put_right: dict[int, list[tuple[PassageOnRecord, Span]]]
    puts_right: dict[int, list[PassageOnRecord]]


def read_meeting(record: Record, document_id: str, n: int) -> MeetingRead | None:
    """The `n`th meeting of a document, from 1; None if it is not on record."""
    with record.engine.connect() as connection:
        document = connection.execute(select(documents).where(documents.c.id == document_id)).one_or_none()
        query = select(meetings).where(meetings.c.document_id == document_id).order_by(meetings.c.id)
        held = connection.execute(query).all()
        if document is None or not 1 <= n <= len(held):
            return None
        meeting = held[n - 1]
        listed, found = _read(connection, meeting.id)
        low, high = _bounds(connection, document_id, found, len(document.text))
    return MeetingRead(
        document_id=document_id,
        document=document.name,
        link=document.link,
        retrieved=document.retrieved,
        notices=tuple(json.loads(document.notices)),
        text=document.text,
        n=n,
        of=len(held),
        council=meeting.council,
        committee=meeting.committee,
        date=date_of(meeting.date),
        title=meeting.title,
        status=meeting.status,
        supplied=tuple(json.loads(meeting.supplied)),
        place=meeting.place,
        people=tuple(Attendee(**person) for person in json.loads(meeting.people)),
        low=low,
        high=high,
        items=listed,
        passages=found,
    )


def _read(connection: Connection, meeting_id: int) -> tuple[tuple[ItemRead, ...], tuple[PassageRead, ...]]:
    query = select(items.c.id, items.c.number, items.c.title, items.c.minute).where(items.c.meeting_id == meeting_id)
    listed = connection.execute(query.order_by(items.c.id)).all()
    place = {row.id: at for at, row in enumerate(listed)}
    own = select(passages).join(items, items.c.id == passages.c.item_id).where(items.c.meeting_id == meeting_id)
    found = tuple(
        PassageRead(
            row.id,
            row.vector_id,
            place[row.item_id],
            row.kind,
            row.start,
            row.end,
            None if row.lead_start is None else Span(row.lead_start, row.lead_end),
            row.page,
        )
        for row in connection.execute(own.order_by(passages.c.start))
    )
    return tuple(ItemRead(row.number, row.title, row.minute) for row in listed), found


def _bounds(connection: Connection, document_id: str, own: Sequence[PassageRead], length: int) -> tuple[int, int]:
    """Where a meeting's words begin and end: behind the one before it, and for the last at the text's end."""
    first, last = (own[0].start, own[-1].end) if own else (0, 0)
    of = passages.c.document_id == document_id
    low = connection.scalar(select(func.max(passages.c.end)).where(of, passages.c.start < first)) or 0
    more = connection.scalar(select(func.count()).select_from(passages).where(of, passages.c.start >= last))
    return low, last if more else length


def remarks(record: Record, meeting: MeetingRead) -> Remarks:
    """What stands beside the words of a meeting's passages."""
    ids = [passage.id for passage in meeting.passages]
    links = select(corrections.c.correcting, corrected.c.passage).join(
        corrected, corrected.c.correction == corrections.c.id
    )
    with record.engine.connect() as connection:
        pairs = [(row[0], row[1]) for row in connection.execute(links)]
    mine = set(ids)
    earlier = {p.id: p for p in record.passages({wrong for right, wrong in pairs if right in mine})}
    puts_right: dict[int, list[PassageOnRecord]] = {}
    for right, wrong in pairs:
        if right in mine and wrong in earlier:
            puts_right.setdefault(right, []).append(earlier[wrong])
    put_right = {wrong: _borne_out(record, corrections_of(record, wrong)) for _, wrong in pairs if wrong in mine}
    return Remarks(statements_of(record, ids), put_right, puts_right)


def _borne_out(record: Record, found: list[tuple[PassageOnRecord, Span]]) -> list[tuple[PassageOnRecord, Span]]:
    """Those whose words their source has: they are shown as a quotation."""
    return [
        (p, at)
        for p, at in found
        if record.says(p.document_id, p.start + at.start, p.start + at.end, p.text[at.start : at.end])
    ]


def find_passage(record: Record, address: str, start: int | None, end: int | None) -> tuple[str, int] | None:
    """Where the passage with this address is read: its document and which meeting of it, from 1; None if nowhere.

    The same words may stand in two documents: those around `[start, end)` come first, then what came on record last.
    """
    found = with_id(record, address)
    if not found:
        return None
    around = (p for p in found if start is not None and end is not None and p.start <= start < end <= p.end)
    place = next(around, found[0])
    of = select(items.c.meeting_id).join(passages, passages.c.item_id == items.c.id).where(passages.c.id == place.id)
    with record.engine.connect() as connection:
        meeting = connection.scalar(of)  # None if an ingest has taken it off meanwhile
        return None if meeting is None else (place.document_id, _place(connection, place.document_id, meeting))


def neighbours(record: Record, meeting: MeetingRead) -> Neighbours:
    """The meetings to go on to."""
    with record.engine.connect() as connection:
        others = select(meetings).where(meetings.c.document_id == meeting.document_id).order_by(meetings.c.id)
        held = connection.execute(others).all()
        in_document = tuple(_neighbour(connection, row) for at, row in enumerate(held, 1) if at != meeting.n)
        if meeting.date is None or (meeting.council is None and meeting.committee is None) or len(held) < meeting.n:
            return Neighbours(None, None, (), in_document)
        same = and_(is_named(meetings.c.council, meeting.council), is_named(meetings.c.committee, meeting.committee))
        day = meeting.date.isoformat()
        query = select(meetings).where(same)
        # Of several on one day, those that are not drafts come first.
        order = (meetings.c.status == "draft", meetings.c.id)
        before = query.where(meetings.c.date < day).order_by(meetings.c.date.desc(), *order)
        after = query.where(meetings.c.date > day).order_by(meetings.c.date, *order)
        beside = query.where(meetings.c.date == day, meetings.c.document_id != meeting.document_id).order_by(*order)
        return Neighbours(
            next(iter(_neighbours(connection, before.limit(1))), None),
            next(iter(_neighbours(connection, after.limit(1))), None),
            _neighbours(connection, beside),
            in_document,
        )


def _neighbours(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Neighbour, ...]:
    return tuple(_neighbour(connection, row) for row in connection.execute(query).all())


def _neighbour(connection: Connection, row: Row[tuple[object, ...]]) -> Neighbour:
    n = _place(connection, row.document_id, row.id)
    return Neighbour(row.document_id, n, row.committee, date_of(row.date), row.title)


def _place(connection: Connection, document_id: str, meeting_id: int) -> int:
    """Which meeting of its document it is, from 1."""
    up_to = (meetings.c.document_id == document_id, meetings.c.id <= meeting_id)
    return connection.scalar(select(func.count()).select_from(meetings).where(*up_to)) or 1
