"""Chroma, derived from the record: it can be thrown away and made again. The only importer of chromadb.

Embedded Chroma 1.5 can be left unreadable when killed while it writes, and a client opened before
another process wrote does not see the change, or raises. So nobody ever writes to an index that is
in use: a change is made in a copy (a *generation*), and the record names the new generation only
when it is whole and closed. A torn copy was never named; the next command throws it away and
makes the index match the record again.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.changes import set_meta
from corpus.errors import UserError
from corpus.records import Filters, Record

if TYPE_CHECKING:
    from llama_index.vector_stores.chroma import ChromaVectorStore

COLLECTION = "passages"
DATABASE = "chroma.sqlite3"
WRITE_BATCH = 2_000
DAMAGED = "The index of this record is damaged; run `onrecord reindex` to make it again"


def _open(folder: Path, sync_threshold: int = 1_000) -> tuple[Any, Any]:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=folder, settings=Settings(anonymized_telemetry=False))
    settings = {"hnsw": {"space": "cosine", "sync_threshold": sync_threshold, "batch_size": min(100, sync_threshold)}}
    return client, client.get_or_create_collection(COLLECTION, configuration=settings, embedding_function=None)


def is_current(record: Record) -> bool:
    """True if the index holds what the record holds."""
    named = record.fact("index") or ""
    if named.partition("@")[2] != (record.fact("revision") or "0"):
        return False
    return _held(_folder(record, named)) == len(record.vector_ids())


def publish(
    record: Record,
    sync_threshold: int = 1_000,
    progress: Callable[[int, int], None] = lambda done, total: None,
    fresh: bool = False,
) -> None:
    """Make the index match the record, in a new generation. The caller holds the writer's lock.

    The same few lines add what is new, finish what a killed command left undone, and rebuild
    from nothing (`fresh` takes nothing over from the old one). Calls `progress` with vectors
    written and to write.
    """
    named = record.fact("index") or ""
    revision = record.fact("revision") or "0"
    root = record.home / "index"
    number = int(named.partition("@")[0] or 0)
    target = root / str(number + 1)
    for folder in root.glob("*"):
        if folder.name not in (str(number), str(number - 1)):
            shutil.rmtree(folder, ignore_errors=True)  # torn, or long out of use
    wanted = record.vector_ids()
    try:
        _copy(root / ("none" if fresh else str(number)), target)
        _fill(record, target, wanted, sync_threshold, progress)
    except Exception:  # whatever ails the old index, the record can do without it
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        _fill(record, target, wanted, sync_threshold, progress)
    with record.change() as connection:
        set_meta(connection, "index", f"{number + 1}@{revision}")


def _held(folder: Path) -> int | None:
    """How many vectors an index holds, without opening it; None if it is gone or no longer a database."""
    try:
        with closing(sqlite3.connect(f"{(folder / DATABASE).absolute().as_uri()}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM embeddings").fetchone()[0])
    except sqlite3.Error:
        return None


def _folder(record: Record, named: str) -> Path:
    return record.home / "index" / (named.partition("@")[0] or "none")


def _copy(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    if not source.is_dir():
        return
    for path in source.iterdir():
        if path.is_dir():
            shutil.copytree(path, target / path.name)
    with (
        closing(sqlite3.connect(source / DATABASE)) as old,
        closing(sqlite3.connect(target / DATABASE)) as new,
    ):
        old.backup(new)


def _fill(
    record: Record, folder: Path, wanted: set[str], sync_threshold: int, progress: Callable[[int, int], None]
) -> None:
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client, collection = _open(folder, sync_threshold)
    try:
        held = set(collection.get(include=[])["ids"])
        gone, new = sorted(held - wanted), sorted(wanted - held)
        for at in range(0, len(gone), WRITE_BATCH):
            collection.delete(ids=gone[at : at + WRITE_BATCH])
        store = ChromaVectorStore(chroma_collection=collection)
        for at in range(0, len(new), WRITE_BATCH):
            batch = record.vectors(new[at : at + WRITE_BATCH])
            store.add([TextNode(id_=i, embedding=v.tolist(), metadata=facts) for i, v, facts in batch])
            progress(min(at + WRITE_BATCH, len(new)), len(new))
        if collection.count() != len(wanted):
            raise RuntimeError(f"the index holds {collection.count()} vectors instead of {len(wanted)}")
    finally:
        client.close()


class Nearest:
    """Search by meaning in the newest whole index. Reopens itself when the record names another."""

    def __init__(self, record: Record) -> None:
        """Open nothing yet."""
        self._record = record
        self._lock = Lock()
        self._named = ""
        self._client: Any = None
        self._store: ChromaVectorStore | None = None

    def find(self, embedding: NDArray[np.float32], filters: Filters, limit: int) -> dict[str, float]:
        """The `limit` nearest vectors: vector id to cosine similarity."""
        from llama_index.core.vector_stores import VectorStoreQuery

        query = VectorStoreQuery(
            query_embedding=embedding.tolist(), similarity_top_k=limit, filters=_metadata_filters(filters)
        )
        for attempt in (1, 2):
            try:
                store = self._newest()
                if store is None:
                    return {}
                result = store.query(query)
                break
            except Exception as error:
                # The generation left while it was being asked: once more, from the one now named.
                if attempt == 2:
                    raise UserError(DAMAGED) from error
                with self._lock:
                    self._named = ""
        if filters == Filters() and len(result.ids or []) < limit:
            held = _held(_folder(self._record, self._named))
            if held is not None and len(result.ids or []) < min(limit, held):
                raise UserError(DAMAGED)  # Chroma says nothing when its graph is gone
        # LlamaIndex gives exp(-distance); Chroma's cosine distance is 1 - similarity.
        return {i: 1.0 + float(np.log(s)) for i, s in zip(result.ids or [], result.similarities or [], strict=True)}

    def _newest(self) -> ChromaVectorStore | None:
        from llama_index.vector_stores.chroma import ChromaVectorStore

        named = self._record.fact("index") or ""
        with self._lock:
            if named == self._named:
                return self._store
            folder = _folder(self._record, named)
            if not folder.is_dir():
                return None
            # The old client is not closed: another thread may still be asking it.
            self._client, collection = _open(folder)
            self._store = ChromaVectorStore(chroma_collection=collection)
            self._named = named
            return self._store


def _metadata_filters(filters: Filters) -> Any:
    from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters

    def number(date: dt.date) -> int:
        return int(f"{date:%Y%m%d}")

    parts = []
    if filters.council:
        councils = [filters.council.lower(), *([""] if filters.or_unstated else [])]  # Chroma's None is ""
        parts.append(MetadataFilter(key="council", value=councils, operator=FilterOperator.IN))
    if filters.committee:
        parts.append(MetadataFilter(key="committee", value=filters.committee.lower()))
    if filters.date_from:
        parts.append(MetadataFilter(key="date", value=number(filters.date_from), operator=FilterOperator.GTE))
    if filters.date_to:
        parts.append(MetadataFilter(key="date", value=number(filters.date_to), operator=FilterOperator.LTE))
    return MetadataFilters(filters=parts) if parts else None
