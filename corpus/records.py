"""The record as it is read: a handful of queries, each a plain answer to one question."""

from __future__ import annotations

import datetime as dt
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Engine, and_, false, func, literal_column, or_, select, text

from corpus.canonical import is_verbatim
from corpus.models import Edit, PassageOnRecord
from corpus.schema import documents, items, meetings, meta, open_database, passages, sources, vectors
from corpus.stored import date_of, quoted


@dataclass(frozen=True, slots=True)
class Filters:
    """Which meetings to look in. Dates are inclusive; a date bound leaves undated meetings out."""

    council: str | None = None
    committee: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    or_unstated: bool = False  # also meetings of no stated council

    def clause(self) -> ColumnElement[bool]:
        """The same as SQL over `meetings`. Names are compared without regard to case."""
        parts: list[ColumnElement[bool]] = [meetings.c.id.is_not(None)]
        if self.council:
            named = func.lower(meetings.c.council) == self.council.lower()
            parts.append(or_(named, meetings.c.council.is_(None)) if self.or_unstated else named)
        if self.committee:
            parts.append(func.lower(meetings.c.committee) == self.committee.lower())
        if self.date_from:
            parts.append(meetings.c.date >= self.date_from.isoformat())
        if self.date_to:
            parts.append(meetings.c.date <= self.date_to.isoformat())
        return and_(*parts)


@dataclass(frozen=True, slots=True)
class Searched:
    """The bounds of a search: what an honest "not on record" has to name."""

    documents: int
    meetings: int
    councils: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    undated: int
    unnamed: int = 0  # meetings whose council is not known


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source on record: the stamp of how it was read, its document, and what the command line said of it."""

    stamp: str
    document_id: str
    supplied: dict[str, Any]


class Record:
    """One record, opened for reading. Safe to share between threads; sees every committed change."""

    def __init__(self, home: Path) -> None:
        """Open the record in the folder `home`, making an empty one if there is none."""
        self.home = home
        self.engine: Engine = open_database(home / "record.sqlite")

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """One transaction. Only for a caller that holds `corpus.changes.writing`."""
        with self.engine.begin() as connection:
            yield connection

    def fact(self, key: str) -> str | None:
        """One of the record's own facts: `revision`, `fingerprint`, `index`."""
        with self.engine.connect() as connection:
            return connection.scalar(select(meta.c.value).where(meta.c.key == key))

    def is_empty(self) -> bool:
        """True if no document is on record."""
        with self.engine.connect() as connection:
            return connection.scalar(select(documents.c.id).limit(1)) is None

    def names(self, field: str) -> list[str]:
        """The distinct councils or committees on record, sorted."""
        column = meetings.c[field]
        with self.engine.connect() as connection:
            return list(connection.scalars(select(column).where(column.is_not(None)).distinct().order_by(column)))

    def searched(self, filters: Filters) -> Searched:
        """How much of the record a search with `filters` covers."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(
                    func.count(meetings.c.document_id.distinct()),
                    func.count(),
                    func.min(meetings.c.date),
                    func.max(meetings.c.date),
                    func.count() - func.count(meetings.c.date),
                    func.count() - func.count(meetings.c.council),
                ).where(filters.clause())
            ).one()
            councils = connection.scalars(
                select(meetings.c.council)
                .where(filters.clause(), meetings.c.council.is_not(None))
                .distinct()
                .order_by(meetings.c.council)
            )
            return Searched(row[0], row[1], tuple(councils), date_of(row[2]), date_of(row[3]), row[4], row[5])

    def find_words(self, words: Sequence[str], filters: Filters, limit: int) -> dict[int, float]:
        """Passages that hold any of `words` (stemmed), by BM25: passage id to score, best highest."""
        if not words:
            return {}
        hits = select(text("rowid"), text("bm25(passages_fts, 1.0, 0.4) AS rank")).select_from(text("passages_fts"))
        hits = hits.where(text("passages_fts MATCH :query").bindparams(query=" OR ".join(map(quoted, words))))
        if filters != Filters():
            where = passages.join(items, items.c.id == passages.c.item_id)
            where = where.join(meetings, meetings.c.id == items.c.meeting_id)
            wanted = select(passages.c.id).select_from(where).where(filters.clause())
            # The plus keeps SQLite from matching once for every row wanted: seconds, on a large record.
            hits = hits.where(literal_column("+rowid").in_(wanted))
        with self.engine.connect() as connection:
            rows = connection.execute(hits.order_by(text("rank")).limit(limit))
            return {row[0]: -float(row[1]) for row in rows}

    def document_frequency(self, word: str) -> int:
        """In how many passages (or their contexts) a word occurs, stemmed."""
        query = text("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH :query")
        with self.engine.connect() as connection:
            return int(connection.scalar(query, {"query": quoted(word)}) or 0)

    def passage_count(self) -> int:
        """How many passages are on record."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(passages)) or 0

    def passages_of_vectors(self, vector_ids: Sequence[str], filters: Filters) -> dict[str, list[int]]:
        """Which passages each vector stands for, within `filters`."""
        query = (
            select(passages.c.vector_id, passages.c.id)
            .join(items, items.c.id == passages.c.item_id)
            .join(meetings, meetings.c.id == items.c.meeting_id)
            .where(passages.c.vector_id.in_(vector_ids), filters.clause())
        )
        found: dict[str, list[int]] = {}
        with self.engine.connect() as connection:
            for vector_id, passage_id in connection.execute(query):
                found.setdefault(vector_id, []).append(passage_id)
        return found

    def passages(self, ids: Iterable[int]) -> list[PassageOnRecord]:
        """The passages with these ids that are still on record, in the order asked for."""
        wanted = list(ids)
        lead = func.substr(documents.c.text, passages.c.lead_start + 1, passages.c.lead_end - passages.c.lead_start)
        query = (
            select(
                passages.c.id,
                documents.c.id,
                documents.c.name,
                documents.c.link,
                documents.c.retrieved,
                meetings.c.council,
                meetings.c.committee,
                meetings.c.date,
                meetings.c.title,
                meetings.c.status,
                meetings.c.supplied,
                items.c.number,
                items.c.title,
                passages.c.kind,
                passages.c.start,
                passages.c.end,
                func.substr(documents.c.text, passages.c.start + 1, passages.c.end - passages.c.start),
                lead,
                passages.c.page,
            )
            .select_from(passages)
            .join(documents, documents.c.id == passages.c.document_id)
            .join(items, items.c.id == passages.c.item_id)
            .join(meetings, meetings.c.id == items.c.meeting_id)
            .where(passages.c.id.in_(wanted))
        )
        with self.engine.connect() as connection:
            found = {row[0]: _passage(tuple(row)) for row in connection.execute(query)}
        return [found[i] for i in wanted if i in found]

    def says(self, document_id: str, start: int, end: int, quote: str) -> bool:
        """True if the document's canonical slice is `quote` and its source, through the map, says so too."""
        query = select(documents.c.text, documents.c.extracted, documents.c.edits)
        with self.engine.connect() as connection:
            row = connection.execute(query.where(documents.c.id == document_id)).one_or_none()
        if row is None:
            return False
        return is_verbatim(*_source(row[1], row[2]), row[0], start, end, quote)

    def known_sources(self) -> dict[str, KnownSource]:
        """Every source by its path: what an ingest compares with."""
        query = select(sources.c.path, sources.c.stamp, sources.c.document_id, sources.c.supplied)
        with self.engine.connect() as connection:
            return {row[0]: KnownSource(row[1], row[2], json.loads(row[3])) for row in connection.execute(query)}

    def find_sources(self, target: str) -> list[tuple[str, str]]:
        """Sources that a person means by a path, a file's name or a document id: (path, name)."""
        query = select(sources.c.path, sources.c.name).where(
            or_(
                sources.c.path == target,
                sources.c.path == str(Path(target).resolve()),
                sources.c.name == target,
                sources.c.document_id.startswith(target) if re.fullmatch("[0-9a-f]{8,32}", target) else false(),
            )
        )
        with self.engine.connect() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def embedded_texts(self) -> dict[int, str]:
        """What every passage's vector is made from: passage id to text."""
        with self.engine.connect() as connection:
            ids = list(connection.scalars(select(passages.c.id)))
        found: dict[int, str] = {}
        for at in range(0, len(ids), 500):
            found |= {p.id: p.embedded for p in self.passages(ids[at : at + 500])}
        return found

    def vector_ids(self) -> set[str]:
        """The ids of all vectors on record."""
        with self.engine.connect() as connection:
            return set(connection.scalars(select(vectors.c.id)))

    def vectors(self, ids: Sequence[str]) -> Iterator[tuple[str, NDArray[np.float32], dict[str, str | int]]]:
        """Vectors with the metadata that Chroma filters by. A date is yyyymmdd, absent if unknown."""
        query = (
            select(
                vectors.c.id,
                vectors.c.embedding,
                func.max(meetings.c.council),
                func.max(meetings.c.committee),
                func.max(meetings.c.date),
            )
            .join(passages, passages.c.vector_id == vectors.c.id)
            .join(items, items.c.id == passages.c.item_id)
            .join(meetings, meetings.c.id == items.c.meeting_id)
            .where(vectors.c.id.in_(ids))
            .group_by(vectors.c.id)
        )
        with self.engine.connect() as connection:
            for vector_id, packed, council, committee, date in connection.execute(query):
                names = {"council": council, "committee": committee}
                facts: dict[str, str | int] = {key: (name or "").lower() for key, name in names.items()}
                if date:
                    facts["date"] = int(date.replace("-", ""))
                yield vector_id, np.frombuffer(packed, np.float16).astype(np.float32), facts


@lru_cache(maxsize=16)  # by content: many quotations of one document are looked up in a row
def _source(packed: bytes, edits: str) -> tuple[str, tuple[Edit, ...]]:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass"), tuple(Edit(*edit) for edit in json.loads(edits))


def _passage(row: tuple[object, ...]) -> PassageOnRecord:
    values = list(row)
    values[7] = date_of(values[7])  # type: ignore[arg-type]  # the column is TEXT
    values[10] = tuple(json.loads(str(values[10])))
    return PassageOnRecord(*values)  # type: ignore[arg-type]  # in the order of the select above
