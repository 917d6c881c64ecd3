"""What stands around a passage: the other passages of its item, in the order in which they are read."""

from __future__ import annotations

from sqlalchemy import select

from corpus.models import PassageOnRecord
from corpus.records import Filters, Record
from corpus.schema import passages


def with_id(record: Record, passage: str) -> list[PassageOnRecord]:
    """The passages that an address names, by what is embedded for them: several where a document is on record twice,
    what came on record last first, as the reader has them.
    """
    return record.passages(sorted(record.passages_of_vectors([passage], Filters()).get(passage, []), reverse=True))


def in_item(record: Record, passage: PassageOnRecord) -> list[PassageOnRecord]:
    """All passages of a passage's item, itself among them."""
    item = select(passages.c.item_id).where(passages.c.id == passage.id).scalar_subquery()
    query = select(passages.c.id).where(passages.c.item_id == item).order_by(passages.c.start)
    with record.engine.connect() as connection:
        ids = list(connection.scalars(query))
    return record.passages(ids)
