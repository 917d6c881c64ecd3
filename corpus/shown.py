"""A document as On Record understood it: its meetings, who was there, items, votes, and what was left out."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import select

from corpus.records import Record
from corpus.schema import documents, items, meetings, passages


def shown(record: Record, document_id: str) -> dict[str, Any]:
    """Everything read from a document but its words, as JSON's own types. Raises KeyError if it is not on record."""
    with record.engine.connect() as connection:
        head = connection.execute(select(documents).where(documents.c.id == document_id)).mappings().one_or_none()
        if head is None:
            raise KeyError(document_id)
        held = connection.execute(
            select(meetings).where(meetings.c.document_id == document_id).order_by(meetings.c.id)
        ).mappings()
        found = []
        for meeting in held.all():
            listed = connection.execute(
                select(items).where(items.c.meeting_id == meeting["id"]).order_by(items.c.id)
            ).mappings()
            found.append({**_meeting(dict(meeting)), "items": [_item(connection, dict(item)) for item in listed.all()]})
    return {
        "document": head["name"],
        "document_id": document_id,
        "format": head["format"],
        "link": head["link"],
        "retrieved": head["retrieved"],
        "pages": head["pages"],
        "notices": json.loads(head["notices"]),
        "meetings": found,
    }


def _meeting(row: dict[str, Any]) -> dict[str, Any]:
    facts = {key: row[key] for key in ("council", "committee", "date", "title", "status", "place")}
    return {**facts, "supplied": json.loads(row["supplied"]), "people": json.loads(row["people"])}


def _item(connection: Any, row: dict[str, Any]) -> dict[str, Any]:
    kinds = Counter(connection.scalars(select(passages.c.kind).where(passages.c.item_id == row["id"])))
    facts = {key: row[key] for key in ("number", "minute", "title")}
    return {**facts, "passages": dict(kinds), "votes": json.loads(row["votes"])}
