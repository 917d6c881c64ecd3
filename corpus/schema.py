"""The record's tables, in SQLite through SQLAlchemy Core, with full text by FTS5."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    inspect,
    select,
    text,
)

from corpus.errors import UserError

SCHEMA_VERSION = "3"

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("format", String, nullable=False),
    Column("title", String),
    Column("link", String),
    Column("retrieved", String, nullable=False),  # ISO date on which it came on record
    Column("text", String, nullable=False),  # canonical
    Column("extracted", LargeBinary, nullable=False),  # zlib
    Column("edits", String, nullable=False),  # JSON [[start, end, replacement], ...]
    Column("pages", Integer),
    Column("words", Integer, nullable=False),
    Column("parser", Integer, nullable=False),
    Column("notices", String, nullable=False, server_default="[]"),  # JSON list: what was left out or is missing
)

# A document can have several sources: the same text under other names.
sources = Table(
    "sources",
    metadata,
    Column("path", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("stamp", String, nullable=False),  # hash of bytes, what was supplied, and the parser's version
    Column("supplied", String, nullable=False),  # JSON: what the command line said of it, kept for the next time
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("council", String),
    Column("committee", String),
    Column("date", String),  # ISO
    Column("title", String),
    Column("status", String, nullable=False),
    Column("supplied", String, nullable=False),  # JSON list of field names
    Column("place", String),
    Column("people", String, nullable=False, server_default="[]"),  # JSON list of Attendee
)

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("number", String),
    Column("title", String),
    Column("minute", String),
    Column("votes", String, nullable=False, server_default="[]"),  # JSON list of Vote
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("lead_start", Integer),
    Column("lead_end", Integer),
    Column("page", Integer),
    Column("vector_id", String, nullable=False),
    Index("passages_by_vector", "vector_id"),
    sqlite_autoincrement=True,  # a passage's id is never given to another
)

# Words of a passage that put the minutes of an earlier meeting right, and the passages that they correct (derived by
# corpus.corrections from all that is on record).
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("correcting", ForeignKey("passages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("of_date", String),  # ISO
)
corrected = Table(
    "corrected",
    metadata,
    Column("correction", ForeignKey("corrections.id", ondelete="CASCADE"), primary_key=True),
    Column("passage", ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# Each sentence of a passage in which somebody speaks or something is decided.
statements = Table(
    "statements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("passage_id", ForeignKey("passages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("speaker", String),
    Column("sort", String, nullable=False),
    Column("role", String),
    Column("addressee", String),
    Column("force", String),
    Column("verb", String),
)

vectors = Table(
    "vectors",
    metadata,
    Column("id", String, primary_key=True),  # from exactly the text embedded
    Column("embedding", LargeBinary, nullable=False),  # float16
)

# From each older version to the next: what `create_all`, which adds missing tables, does not do.
MIGRATIONS = {
    "1": (
        "ALTER TABLE documents ADD COLUMN notices VARCHAR NOT NULL DEFAULT '[]'",
        "ALTER TABLE meetings ADD COLUMN place VARCHAR",
        "ALTER TABLE meetings ADD COLUMN people VARCHAR NOT NULL DEFAULT '[]'",
        "ALTER TABLE items ADD COLUMN minute VARCHAR",
        "ALTER TABLE items ADD COLUMN votes VARCHAR NOT NULL DEFAULT '[]'",
    ),
    "2": (),  # its statements come when its sources are read again
}

FULL_TEXT = "CREATE VIRTUAL TABLE IF NOT EXISTS passages_fts USING fts5(body, context, tokenize='porter unicode61')"


def open_database(path: Path) -> Engine:
    """Open the record at `path`, making it when it is new.

    Raises UserError where the file is not a record, or one of a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two commands may be the first to open a new record: one makes it, the other finds it made.
        with FileLock(path.with_name("open.lock"), timeout=60):
            return _opened(path)
    except OSError as error:
        raise UserError(f"{path.parent} cannot be the record's folder ({error.strerror}); choose another") from error


def _opened(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    try:
        with engine.connect() as connection:
            ready = inspect(connection).has_table("meta")
            version = connection.scalar(select(meta.c.value).where(meta.c.key == "schema")) if ready else None
    except Exception as error:
        raise UserError(f"{path} cannot be read as a record ({error.__class__.__name__}); move it away") from error
    if version is None:
        with engine.begin() as connection:
            metadata.create_all(connection)
            connection.execute(text(FULL_TEXT))
            connection.execute(meta.insert(), {"key": "schema", "value": SCHEMA_VERSION})
    elif version in MIGRATIONS:
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # else SQLite's driver commits each change of a table
            metadata.create_all(connection)
            for older in range(int(version), int(SCHEMA_VERSION)):
                for statement in MIGRATIONS[str(older)]:
                    connection.execute(text(statement))
            connection.execute(meta.update().where(meta.c.key == "schema").values(value=SCHEMA_VERSION))
    elif version != SCHEMA_VERSION:
        raise UserError(f"The record in {path.parent} is of version {version}; install the On Record that made it")
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    # SQLite's own lower() knows ASCII only: a council may be called Údarás.
    connection.create_function("lower", 1, lambda name: name and name.lower(), deterministic=True)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
