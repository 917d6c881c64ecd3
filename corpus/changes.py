"""Every change to the record: a document enters or leaves in one transaction, under one lock."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from corpus.corrections import relink
from corpus.drafts import drafts_of
from corpus.errors import UserError
from corpus.models import Document, Item, Meeting, Passage, context_line, digest, embedded_text
from corpus.schema import corrections, documents, items, meetings, meta, passages, sources, statements, vectors


@contextmanager
def writing(home: Path, wait: float = 30.0) -> Iterator[None]:
    """Hold the one writer's lock of the record in `home`; waits up to `wait` seconds.

    Raises UserError if another process keeps it for longer.
    """
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / "writer.lock", timeout=wait):
            yield
    except Timeout:
        raise UserError("Another onrecord command is changing this record; try again when it has finished") from None


def embedded_texts(document: Document) -> dict[str, str]:
    """What is to be embedded of a document: vector id to text."""
    found = (
        _embedded(document, meeting, item, passage)
        for meeting in document.meetings
        for item in meeting.items
        for passage in item.passages
    )
    return {digest(words): words for words in found}


def _embedded(document: Document, meeting: Meeting, item: Item, passage: Passage) -> str:
    context = context_line(meeting.council, meeting.committee, meeting.date, item.title)
    lead = document.text[passage.lead.start : passage.lead.end] if passage.lead else None
    return embedded_text(context, lead, document.text[passage.start : passage.end])


def put(
    connection: Connection,
    path: str,
    stamp: str,
    document: Document,
    embeddings: Mapping[str, NDArray[np.float32]],
    parser: int,
    supplied: Mapping[str, str | bool],
) -> None:
    """Put `document` on record as what the source `path` says now, in the caller's transaction.

    What the source said before leaves with it, unless another source still says it; so does a draft of the same
    minutes. `embeddings`
    must hold every vector of the document, of unit length.
    """
    held = connection.scalar(select(documents.c.parser).where(documents.c.id == document.id))
    if held is not None and held != parser:
        _reparse(connection, document, embeddings, parser)
    elif held is None:
        _insert(connection, document, embeddings, parser)
    else:  # the id does not tell these, and a sidecar may have changed them
        facts = {"title": document.title, "link": document.link}
        connection.execute(update(documents).where(documents.c.id == document.id).values(facts))
    row = {
        "path": path,
        "name": document.name,
        "document_id": document.id,
        "stamp": stamp,
        "supplied": json.dumps(dict(supplied)),
    }
    before = connection.scalar(select(sources.c.document_id).where(sources.c.path == path))
    connection.execute(upsert(sources).values(row).on_conflict_do_update(index_elements=["path"], set_=row))
    if before and before != document.id:
        _drop_if_sourceless(connection, before)
    for draft, _ in drafts_of(connection, document):
        connection.execute(delete(sources).where(sources.c.document_id == draft))
        _drop_if_sourceless(connection, draft)
    for meeting in document.meetings:
        relink(connection, document.id, meeting)
    _bump(connection)


def remove(connection: Connection, path: str) -> None:
    """Take one source off the record, and its document if no other source has that text."""
    document_id = connection.scalar(select(sources.c.document_id).where(sources.c.path == path))
    connection.execute(delete(sources).where(sources.c.path == path))
    if document_id:
        _drop_if_sourceless(connection, document_id)
    _bump(connection)


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Set one of the record's own facts (fingerprint, index, revision)."""
    statement = upsert(meta).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def replace_vectors(
    connection: Connection, ids: Mapping[int, str], embeddings: Mapping[str, NDArray[np.float32]], fingerprint: str
) -> None:
    """Give every passage (`ids`: passage to vector id) its new vector: after a change of model, all at once."""
    connection.execute(delete(vectors))
    packed = [{"id": k, "embedding": v.astype(np.float16).tobytes()} for k, v in embeddings.items()]
    if packed:
        connection.execute(insert(vectors), packed)
    changed = [{"passage": passage, "vector": vector} for passage, vector in ids.items()]
    if changed:
        by_id = update(passages).where(passages.c.id == bindparam("passage")).values(vector_id=bindparam("vector"))
        connection.execute(by_id, changed)
    set_meta(connection, "fingerprint", fingerprint)
    _bump(connection)


def _bump(connection: Connection) -> None:
    revision = connection.scalar(select(meta.c.value).where(meta.c.key == "revision")) or "0"
    set_meta(connection, "revision", str(int(revision) + 1))


def _reparse(
    connection: Connection, document: Document, embeddings: Mapping[str, NDArray[np.float32]], parser: int
) -> None:
    """The same text, taken apart anew by a newer parser; all its sources stay, and the day on which it came."""
    came = connection.scalar(select(documents.c.retrieved).where(documents.c.id == document.id))
    named = [
        dict(row) for row in connection.execute(select(sources).where(sources.c.document_id == document.id)).mappings()
    ]
    connection.execute(delete(sources).where(sources.c.document_id == document.id))
    _drop_if_sourceless(connection, document.id)
    _insert(connection, document, embeddings, parser)
    connection.execute(update(documents).where(documents.c.id == document.id).values(retrieved=came))
    connection.execute(insert(sources), named)


def _insert(
    connection: Connection, document: Document, embeddings: Mapping[str, NDArray[np.float32]], parser: int
) -> None:
    connection.execute(
        insert(documents).values(
            id=document.id,
            name=document.name,
            format=document.format,
            title=document.title,
            link=document.link,
            retrieved=dt.date.today().isoformat(),
            text=document.text,
            extracted=zlib.compress(document.extracted.encode("utf-8", "surrogatepass")),
            edits=json.dumps([[e.start, e.end, e.replacement] for e in document.edits]),
            pages=document.pages,
            words=len(document.text.split()),
            parser=parser,
            notices=json.dumps(document.notices),
        )
    )
    packed = [{"id": k, "embedding": v.astype(np.float16).tobytes()} for k, v in embeddings.items()]
    if packed:
        connection.execute(insert(vectors).prefix_with("OR IGNORE"), packed)
    for meeting in document.meetings:
        meeting_id = connection.execute(
            insert(meetings).values(
                document_id=document.id,
                council=meeting.council,
                committee=meeting.committee,
                date=meeting.date and meeting.date.isoformat(),
                title=meeting.title,
                status=meeting.status,
                supplied=json.dumps(meeting.supplied),
                place=meeting.place,
                people=json.dumps([asdict(person) for person in meeting.people]),
            )
        ).inserted_primary_key
        for item in meeting.items:
            item_key = connection.execute(
                insert(items).values(
                    meeting_id=meeting_id and meeting_id[0],
                    number=item.number,
                    title=item.title,
                    minute=item.minute,
                    votes=json.dumps([asdict(vote) for vote in item.votes]),
                )
            ).inserted_primary_key
            ids = _insert_passages(connection, document, meeting, item, item_key and item_key[0])
            _insert_corrections(connection, item, ids)
            _insert_statements(connection, item, ids)


def _insert_passages(
    connection: Connection, document: Document, meeting: Meeting, item: Item, item_id: int | None
) -> list[int]:
    """Insert an item's passages, all at once; gives their ids in order."""
    if not item.passages:
        return []
    used = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")) or 0
    ids = [used + n for n in range(1, len(item.passages) + 1)]
    # The file's name is searched with the context (it may be all that names the council), never cited as one.
    context = " ".join(
        filter(None, [context_line(meeting.council, meeting.committee, meeting.date, item.title), document.name])
    )
    rows, words = [], []
    for key, passage in zip(ids, item.passages, strict=True):
        lead = passage.lead
        rows.append(
            {
                "id": key,
                "document_id": document.id,
                "item_id": item_id,
                "kind": passage.kind,
                "start": passage.start,
                "end": passage.end,
                "lead_start": lead and lead.start,
                "lead_end": lead and lead.end,
                "page": passage.page,
                "vector_id": digest(_embedded(document, meeting, item, passage)),
            }
        )
        under = document.text[lead.start : lead.end] if lead else ""
        body = document.text[passage.start : passage.end]
        words.append({"id": key, "body": body, "context": f"{context} {under}"})
    connection.execute(insert(passages), rows)
    connection.execute(text("INSERT INTO passages_fts(rowid, body, context) VALUES (:id, :body, :context)"), words)
    return ids


def _insert_corrections(connection: Connection, item: Item, ids: list[int]) -> None:
    for correction in item.corrections:
        at = next(i for i, p in enumerate(item.passages) if p.start <= correction.start and correction.end <= p.end)
        row = {
            "correcting": ids[at],
            "start": correction.start,
            "end": correction.end,
            "of_date": correction.of and correction.of.isoformat(),
        }
        connection.execute(insert(corrections).values(row))


def _insert_statements(connection: Connection, item: Item, ids: list[int]) -> None:
    starts = [passage.start for passage in item.passages]
    rows = [{"passage_id": ids[bisect_right(starts, s.start) - 1], **asdict(s)} for s in item.statements]
    if rows:
        connection.execute(insert(statements), rows)


def _drop_if_sourceless(connection: Connection, document_id: str) -> None:
    left = list(connection.scalars(select(sources.c.name).where(sources.c.document_id == document_id)))
    if left:
        # It is cited by a name that it still has.
        gone_by = and_(documents.c.id == document_id, documents.c.name.not_in(left))
        connection.execute(update(documents).where(gone_by).values(name=left[0]))
        return
    mine = select(passages.c.id).where(passages.c.document_id == document_id)
    connection.execute(
        text("DELETE FROM passages_fts WHERE rowid IN (SELECT id FROM passages WHERE document_id = :id)"),
        {"id": document_id},
    )
    gone = set(connection.scalars(select(passages.c.vector_id).where(passages.c.id.in_(mine))))
    connection.execute(delete(documents).where(documents.c.id == document_id))
    for vector_id in gone:
        used = select(passages.c.id).where(passages.c.vector_id == vector_id).exists()
        connection.execute(delete(vectors).where(vectors.c.id == vector_id, ~used))
