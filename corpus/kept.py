"""Answers that somebody kept, as they were given: each at an address that nobody can guess.

Nothing is stored unless a person asks for it. What is given to `keep` must be an answer that this program made, never
what a browser sends: it is shown later as what the record said.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, String, Table, delete, func, insert, select, text

from corpus.errors import UserError
from corpus.people import metadata, readable, writable
from corpus.records import Record
from corpus.schema import documents

LARGEST = 2_000_000  # characters of JSON: a conversation of a hundred questions
MOST = 20_000  # answers and conversations kept in one record
FULL = 1_000_000_000  # bytes of the file of what people add, beyond which no answer is kept
ID = re.compile(r"[\w-]{16}")  # what 12 random bytes look like

kept = Table(
    "kept",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False),  # ISO, UTC
    Column("revision", String),  # of the record, as `revision_of` tells it
    Column("answers", String, nullable=False),  # JSON list, each as `onrecord ask --json` prints one
)


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """One answer, or the answers of a conversation in order, as they were; when they were kept (UTC), and how the
    record stood then. Each answer is a JSON object: question, mode, quotations with their sources, bounds.
    """

    id: str
    at: dt.datetime
    revision: str | None
    answers: tuple[dict[str, Any], ...]

    @property
    def modes(self) -> tuple[str, ...]:
        """In what words the answers are: the record's own (`quotes`), a language model's (`prose`), or both."""
        return tuple(dict.fromkeys(str(answer.get("mode", "quotes")) for answer in self.answers))

    @property
    def index_date(self) -> dt.date | None:
        """The day on which something last came on record before; None if that was not known."""
        try:
            return dt.date.fromisoformat((self.revision or "")[:10])
        except ValueError:
            return None


class Kept:
    """The answers kept in the record in the folder `home`; stored with what else people add to it."""

    def __init__(self, home: Path) -> None:
        """Open nothing yet."""
        self._home = home

    def keep(self, answers: Sequence[dict[str, Any]], revision: str | None) -> str:
        """Store an answer or a whole conversation, each as the JSON of an Answer, and give the id to find it by.

        Raises UserError if there is nothing to keep, or it is more than can be kept.
        """
        if not answers:
            raise UserError("There is no answer to keep yet; ask a question first")
        written = json.dumps(list(answers), ensure_ascii=False)
        if len(written) > LARGEST:
            raise UserError("That is too much to keep in one piece; keep the answers one by one")
        row = {"id": secrets.token_urlsafe(12), "at": _now(), "revision": revision, "answers": written}
        with writable(self._home).begin() as connection:
            count = connection.scalar(select(func.count()).select_from(kept)) or 0
            if count >= MOST or _used(connection) + len(written.encode()) > FULL:
                raise UserError("No more answers can be kept here; save this one as a file, and tell who runs the page")
            connection.execute(insert(kept), row)
        return row["id"] or ""

    def find(self, id: str) -> KeptAnswers | None:
        """What is kept under this id, exactly; None if nothing is."""
        engine = readable(self._home) if ID.fullmatch(id) else None
        if engine is None:
            return None
        with engine.connect() as connection:
            row = connection.execute(select(kept).where(kept.c.id == id)).one_or_none()
        return _read(tuple(row)) if row else None

    def all(self) -> list[KeptAnswers]:
        """Everything that is kept, the oldest first."""
        if (engine := readable(self._home)) is None:
            return []
        with engine.connect() as connection:
            return [_read(tuple(row)) for row in connection.execute(select(kept).order_by(kept.c.at, kept.c.id))]

    def forget(self, id: str) -> bool:
        """Delete what is kept under this id; False if nothing is."""
        if (engine := readable(self._home)) is None:
            return False
        with engine.begin() as connection:
            return bool(connection.execute(delete(kept).where(kept.c.id == id)).rowcount)


def revision_of(record: Record) -> str | None:
    """How the record stands: the day on which something last came on it, and the number of its changes ("2026-03-14
    9"). None for an empty record.
    """
    with record.engine.connect() as connection:
        newest = connection.scalar(select(func.max(documents.c.retrieved)))
    return f"{newest} {record.fact('revision') or 0}" if newest else None


def _used(connection: Connection) -> int:
    """How many bytes of the file are in use; of what was forgotten, none."""
    pages, free, size = (
        connection.scalar(text(f"PRAGMA {name}")) or 0 for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _now() -> str:
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()


def _read(row: tuple[object, ...]) -> KeptAnswers:
    key, at, revision, answers = row
    held = tuple(json.loads(str(answers)))
    return KeptAnswers(str(key), dt.datetime.fromisoformat(str(at)), None if revision is None else str(revision), held)
