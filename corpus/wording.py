"""What the record says as a whole, document by document: the text and who was there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlalchemy import select

from corpus.records import Record
from corpus.schema import documents, meetings

AT_ONCE = 200  # documents


def document_ids(record: Record) -> set[str]:
    """The ids of all documents on record."""
    with record.engine.connect() as connection:
        return set(connection.scalars(select(documents.c.id)))


def read_documents(record: Record, ids: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each of these documents' text, with the names of those who attended its meetings as printed."""
    wanted = sorted(ids)
    for at in range(0, len(wanted), AT_ONCE):
        some = wanted[at : at + AT_ONCE]
        there = select(meetings.c.document_id, meetings.c.people).where(meetings.c.document_id.in_(some))
        with record.engine.connect() as connection:
            people: dict[str, list[str]] = {}
            for document, attendees in connection.execute(there):
                people.setdefault(document, []).extend(str(person["name"]) for person in json.loads(attendees))
            for document, text in connection.execute(
                select(documents.c.id, documents.c.text).where(documents.c.id.in_(some))
            ):
                yield text, people.get(document, [])
