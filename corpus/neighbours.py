"""What stands beside a passage in its item."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from corpus.records import Record
from corpus.schema import passages


def beside(record: Record, ids: Sequence[int]) -> dict[int, list[int]]:
    """The passages just before and after each of these in its item, the one after it first."""
    near = passages.alias()
    query = (
        select(passages.c.id, near.c.id, near.c.start > passages.c.start)
        .join(near, and_(near.c.item_id == passages.c.item_id, near.c.id != passages.c.id))
        .where(passages.c.id.in_(ids))
        .order_by(passages.c.id, func.abs(near.c.start - passages.c.start))
    )
    sides: dict[int, dict[bool, int]] = {}
    with record.engine.connect() as connection:
        for passage, other, after in connection.execute(query):
            sides.setdefault(passage, {}).setdefault(bool(after), other)
    return {i: [side[after] for after in (True, False) if after in side] for i, side in sides.items()}
