"""How much of the record there is of each council and committee."""

from __future__ import annotations

from sqlalchemy import func, select

from corpus.records import Record
from corpus.schema import meetings


def meetings_of(record: Record, field: str) -> dict[str, int]:
    """How many meetings on record each council, or each committee, has held; by name."""
    column = meetings.c[field]
    query = select(column, func.count()).where(column.is_not(None)).group_by(column).order_by(column)
    with record.engine.connect() as connection:
        return {str(name): int(count) for name, count in connection.execute(query)}
