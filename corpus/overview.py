"""What is on record, counted: for `onrecord status` and the page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from corpus.records import Record
from corpus.schema import documents, items, meetings, passages, sources


@dataclass(frozen=True, slots=True)
class MeetingCount:
    """A meeting on record, with how much of it there is."""

    council: str | None
    committee: str | None
    date: str | None
    title: str | None
    status: str
    items: int
    passages: int


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """A document on record with its sources and meetings."""

    document: str
    document_id: str
    sources: list[str]
    meetings: list[MeetingCount]
    pages: int | None
    words: int
    parser: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All documents, and what they were embedded with."""

    documents: list[DocumentCount]
    passages: int
    model: str
    fingerprint: str

    def by_council(self) -> list[str]:
        """A line for each council: meetings, date range, undated."""
        groups: dict[str, list[MeetingCount]] = {}
        for document in self.documents:
            for meeting in document.meetings:
                groups.setdefault(meeting.council or "(council not stated)", []).append(meeting)
        lines = []
        for council, held in sorted(groups.items()):
            dates = sorted(m.date for m in held if m.date)
            undated = len(held) - len(dates)
            span = f"{dates[0]} to {dates[-1]}" if dates else "no dates"
            lines.append(f"{council}: {len(held)} meetings, {span}" + (f", {undated} undated" if undated else ""))
        return lines

    def to_json(self) -> dict[str, Any]:
        """The shape that `onrecord status --json` prints."""
        facts = asdict(self)
        for document in facts["documents"]:
            del document["parser"]
        return facts


def overview(record: Record) -> Overview:
    """Count what is on record."""
    with record.engine.connect() as connection:
        named: dict[str, list[str]] = {}
        for document_id, path in connection.execute(select(sources.c.document_id, sources.c.path)):
            named.setdefault(document_id, []).append(path)
        held: dict[str, list[MeetingCount]] = {}
        query = (
            select(
                meetings.c.document_id,
                meetings.c.council,
                meetings.c.committee,
                meetings.c.date,
                meetings.c.title,
                meetings.c.status,
                func.count(items.c.id.distinct()),
                func.count(passages.c.id),
            )
            .select_from(meetings)
            .outerjoin(items, items.c.meeting_id == meetings.c.id)
            .outerjoin(passages, passages.c.item_id == items.c.id)
            .group_by(meetings.c.id)
        )
        for row in connection.execute(query):
            held.setdefault(row[0], []).append(MeetingCount(*row[1:]))
        columns = (documents.c.name, documents.c.id, documents.c.pages, documents.c.words, documents.c.parser)
        found = [
            DocumentCount(name, key, sorted(named.get(key, [])), held.get(key, []), pages, words, parser)
            for name, key, pages, words, parser in connection.execute(select(*columns).order_by(documents.c.name))
        ]
    fingerprint = record.fact("fingerprint") or ""
    return Overview(found, record.passage_count(), fingerprint.rsplit(" ", 3)[0], fingerprint)
