"""Approved minutes replace their draft: which document stands for which other."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, func, select

from corpus.models import Document, Meeting
from corpus.schema import documents, items, meetings

MOST = 0.6  # of a draft's items: who holds so many holds the meeting, and no single item's page does


def is_draft(document: Document) -> bool:
    """True if all that a document holds is a draft of minutes."""
    return all(meeting.status == "draft" for meeting in document.meetings)


def replaces(final: Document, draft: Document) -> bool:
    """True if `final` holds the minutes of every meeting of `draft`, and not one item of them alone."""
    held = {_key(meeting): _size(meeting) for meeting in final.meetings if meeting.status != "draft"}
    return all((key := _key(m)) is not None and held.get(key, -1) >= _size(m) * MOST for m in draft.meetings)


def _size(meeting: Meeting) -> int:
    """How many items with a title a meeting has: its header's lines are none."""
    return sum(item.title is not None for item in meeting.items)


def _key(meeting: Meeting) -> tuple[str, str, str] | None:
    """What tells one meeting from another; None where it is not known."""
    if meeting.date is None or not (meeting.council or meeting.committee):
        return None
    return meeting.date.isoformat(), (meeting.council or "").lower(), (meeting.committee or "").lower()


def approved_of(connection: Connection, document: Document) -> str | None:
    """The name of the document on record that holds the minutes of which `document` is a draft, if there is one."""
    if not is_draft(document):
        return None
    names = []
    for meeting in document.meetings:
        held = _held(connection, meeting, meetings.c.status != "draft")
        names.append(next((name for _, name, count in held if count >= _size(meeting) * MOST), None))
    return names[0] if all(names) else None


def drafts_of(connection: Connection, document: Document) -> list[tuple[str, str]]:
    """The drafts on record, by id and name, whose minutes `document` holds. An item's own page replaces no meeting."""
    drafts: dict[str, str] = {}
    for meeting in document.meetings:
        if meeting.status != "draft":
            held = _held(connection, meeting, meetings.c.status == "draft")
            drafts |= {key: name for key, name, count in held if _size(meeting) >= count * MOST}
    others = select(func.count()).select_from(meetings)
    return [
        (key, name)
        for key, name in drafts.items()
        if key != document.id
        and connection.scalar(others.where(meetings.c.document_id == key, meetings.c.status != "draft")) == 0
    ]


def _held(connection: Connection, meeting: Meeting, status: ColumnElement[bool]) -> list[tuple[str, str, int]]:
    """Documents that hold the same meeting, with how many of its items: (id, name, items)."""
    key = _key(meeting)
    if key is None:
        return []
    date, council, committee = key
    same = and_(
        meetings.c.date == date,
        func.lower(func.coalesce(meetings.c.council, "")) == council,
        func.lower(func.coalesce(meetings.c.committee, "")) == committee,
        status,
    )
    query = (
        select(documents.c.id, documents.c.name, func.count(items.c.title))
        .select_from(meetings)
        .join(documents, documents.c.id == meetings.c.document_id)
        .join(items, items.c.meeting_id == meetings.c.id)
        .where(same)
        .group_by(meetings.c.id)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]
