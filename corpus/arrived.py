"""Every meeting on record with the document that holds it, and the day on which that came on record."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from corpus.mentions import holding, named
from corpus.models import Status
from corpus.records import Filters, Record
from corpus.schema import documents, items, meetings, passages


@dataclass(frozen=True, slots=True)
class Arrival:
    """A meeting, the `n`th of its document from 1; `arrived` is when the document came on record."""

    document_id: str
    n: int
    document: str
    arrived: dt.date
    council: str | None
    committee: str | None
    date: dt.date | None
    title: str | None
    status: Status
    supplied: tuple[str, ...]

    @property
    def own_title(self) -> str | None:
        """Its title, where that says more than the name of its committee."""
        return self.title if (self.title or "").lower() != (self.committee or "").lower() else None


def arrivals(
    record: Record, filters: Filters | None = None, since: dt.date | None = None, words: Sequence[str] = ()
) -> list[Arrival]:
    """The meetings within the filters that came on record on the day `since` or later, the latest come first, then by
    date; with `words`, only those that have a passage with all of these.
    """
    nth = func.row_number().over(partition_by=meetings.c.document_id, order_by=meetings.c.id)
    placed = select(meetings.c.id, nth.label("n")).subquery()
    query = (
        select(
            meetings.c.document_id,
            placed.c.n,
            documents.c.name,
            documents.c.retrieved,
            meetings.c.council,
            meetings.c.committee,
            meetings.c.date,
            meetings.c.title,
            meetings.c.status,
            meetings.c.supplied,
        )
        .join(documents, documents.c.id == meetings.c.document_id)
        .join(placed, placed.c.id == meetings.c.id)
        .where((filters or Filters()).clause())
        .order_by(documents.c.retrieved.desc(), meetings.c.date.desc(), documents.c.name, placed.c.n)
    )
    if since:
        query = query.where(documents.c.retrieved >= since.isoformat())
    if words:
        theirs = select(items.c.meeting_id).join(passages, passages.c.item_id == items.c.id)
        query = query.where(meetings.c.id.in_(theirs.where(passages.c.id.in_(holding(words, named(record, words))))))
    with record.engine.connect() as connection:
        return [
            Arrival(
                *(key, n, name, dt.date.fromisoformat(arrived), council, committee),
                date=dt.date.fromisoformat(date) if date else None,
                title=title,
                status=status,
                supplied=tuple(json.loads(supplied)),
            )
            for key, n, name, arrived, council, committee, date, title, status, supplied in connection.execute(query)
        ]
