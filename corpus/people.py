"""What people add to the record, in a file of its own, which ingest never opens: here notes on its words; answers that
were kept and what was thought of answers are in `corpus.kept` and `corpus.feedback`.

A note holds on to the words themselves, the meeting and the item, and not to a document's id: it follows a document
that is replaced by a later version of itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from sqlalchemy import Column, Engine, Integer, MetaData, NullPool, String, Table, create_engine, or_, select, text

from corpus.errors import UserError
from corpus.models import digest
from corpus.records import Record
from corpus.schema import documents, meetings, passages
from corpus.stored import quoted

FILE = "people.sqlite"
LONGEST = 2_000  # characters of a note
NAME = 100  # and of a name
EDGE = r"(?!(?<=[^\W_])[^\W_])(?!(?<=\d)[.,]\d)(?<!\d[.,](?=\d))"  # a place that is inside no word and no figure
_LETTER = re.compile(r"[^\W_]|(?<=\d)[.,](?=\d)")

Status = Literal["done", "partly done", "in hand", "not done", "overtaken"]
STATUSES: tuple[Status, ...] = get_args(Status)

metadata = MetaData()
notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quote", String, nullable=False),
    Column("council", String),
    Column("committee", String),
    Column("date", String),  # ISO
    Column("item", String),
    Column("status", String),
    Column("words", String, nullable=False),
    Column("name", String, nullable=False),
    Column("at", String, nullable=False),  # ISO, UTC
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a note holds on to: words on record, exactly, and where they were said."""

    quote: str
    council: str | None
    committee: str | None
    date: dt.date | None
    item: str | None

    @property
    def id(self) -> str:
        """A short handle, from the words and where they stand."""
        return digest(letters(self.quote), *(str(fact or "") for fact in self._where))[:8]

    @property
    def _where(self) -> tuple[object, ...]:
        return self.council, self.committee, self.date, self.item

    def is_of(self, other: Anchor) -> bool:
        """Whether both hold on to the same words. What one of them does not know, it cannot deny."""
        if not self.quote or letters(self.quote) != letters(other.quote):
            return False
        return self.may_be_at(*other._where)

    def may_be_at(self, *where: object) -> bool:
        """Whether council, committee, date and item are those of the words, as far as they are known."""
        return all(a is None or b is None or a == b for a, b in zip(self._where, where, strict=True))


@dataclass(frozen=True, slots=True)
class Note:
    """What a person says of words on record: a status, words of their own, or both; who, and when (UTC)."""

    anchor: Anchor
    status: str | None
    words: str
    name: str
    at: dt.datetime
    id: int = 0  # of its row


class People:
    """The file of what people added to the record in the folder `home`; made when something is first added."""

    def __init__(self, home: Path) -> None:
        """Open nothing yet."""
        self._home = home

    def add(self, anchor: Anchor, status: str | None, words: str, name: str) -> Note:
        """Keep a note. Raises UserError for one that says nothing, is nobody's, or has a status that is none."""
        words, name = " ".join(words.split()), " ".join(name.split())
        if not words and not status:
            raise UserError("The note is empty; write something, or choose a status")
        if status and status not in STATUSES:
            raise UserError(f"{status} is no status; choose {', '.join(STATUSES[:-1])} or {STATUSES[-1]}")
        if not name:
            raise UserError("Say whose note it is: notes are kept with a name")
        if len(words) > LONGEST or len(name) > NAME:
            raise UserError(f"A note may have {LONGEST:,} characters, and a name {NAME}; shorten it")
        note = Note(anchor, status or None, words, name, dt.datetime.now(dt.UTC).replace(microsecond=0))
        row = {
            "quote": anchor.quote, "council": anchor.council, "committee": anchor.committee, "item": anchor.item,
            "date": anchor.date and anchor.date.isoformat(), "status": note.status, "words": words, "name": name,
            "at": note.at.isoformat(),
        }  # fmt: skip
        with writable(self._home).begin() as connection:
            row_id = connection.execute(notes.insert(), row).inserted_primary_key
        return replace(note, id=int(row_id[0]) if row_id else 0)

    def delete(self, note_id: int) -> None:
        """Delete the note of that `id`. Raises UserError if there is none."""
        if note_id not in {note.id for note in self.notes()}:
            raise UserError("That note is gone already")
        with writable(self._home).begin() as connection:
            connection.execute(notes.delete().where(notes.c.id == note_id))

    def notes(self) -> list[Note]:
        """All notes, the oldest first."""
        if (engine := readable(self._home)) is None:
            return []
        with engine.connect() as connection:
            return [_note(tuple(row)) for row in connection.execute(select(notes).order_by(notes.c.id))]


def readable(home: Path) -> Engine | None:
    """The file of what people added to the record in `home`; None if nobody added anything yet."""
    return writable(home) if (home / FILE).exists() else None


def writable(home: Path) -> Engine:
    """The same file, made if it is not there yet, with all its tables."""
    home.mkdir(parents=True, exist_ok=True)
    # What somebody wrote is in no error's message; and no file stays open for an engine that nobody holds.
    engine = create_engine(
        f"sqlite:///{home / FILE}", connect_args={"timeout": 30}, hide_parameters=True, poolclass=NullPool
    )
    metadata.create_all(engine)
    return engine


def latest(anchor: Anchor, kept: Iterable[Note]) -> Note | None:
    """The last of the notes on these words."""
    return next((note for note in reversed(list(kept)) if note.anchor.is_of(anchor)), None)


def is_on_record(anchor: Anchor, record: Record) -> bool:
    """Whether words are still there: in a meeting that may be theirs, whatever marks stand between them."""
    if not anchor.quote:
        return False  # they were withdrawn
    facts = (meetings.c.council, meetings.c.committee, meetings.c.date, documents.c.text)
    query = select(*facts).join(documents, documents.c.id == meetings.c.document_id)
    if anchor.date:
        query = query.where(or_(meetings.c.date == anchor.date.isoformat(), meetings.c.date.is_(None)))
    if anchor.council:
        query = query.where(or_(meetings.c.council == anchor.council, meetings.c.council.is_(None)))
    if rare := _rarest(anchor.quote, record):
        matching = text("SELECT rowid FROM passages_fts WHERE passages_fts MATCH :query").bindparams(query=rare)
        query = query.where(documents.c.id.in_(select(passages.c.document_id).where(passages.c.id.in_(matching))))
    with record.engine.connect() as connection:
        for council, committee, date, words in connection.execute(query):
            held = Anchor(anchor.quote, council, committee, dt.date.fromisoformat(date) if date else None, None)
            if anchor.is_of(held) and _holds(words, anchor.quote):
                return True
    return False


def _rarest(quote: str, record: Record) -> str:
    """The two rarest of a quotation's long words, as full text takes them: to go through a whole record takes seconds.
    Two, since one may be printed with a hyphen now.
    """
    longest = sorted(set(re.findall(r"[^\W\d_]+", quote)), key=lambda word: (-len(word), word))[:6]
    return " OR ".join(map(quoted, sorted(longest, key=record.document_frequency)[:2]))


def _holds(words: str, quote: str) -> bool:
    """Whether a text holds a quotation, as whole words, whatever marks stand between them."""
    wanted, words = letters(quote), words.lower()
    if not wanted or wanted not in letters(words):
        return False
    places = [one.start() for one in _LETTER.finditer(words)]
    held = "".join(words[at] for at in places)
    edge, at = re.compile(EDGE), held.find(wanted)
    while at >= 0:
        if edge.match(words, places[at]) and edge.match(words, places[at + len(wanted) - 1] + 1):
            return True
        at = held.find(wanted, at + 1)
    return False


def letters(words: str) -> str:
    """What is left of words without the marks between them. A figure keeps its own: £1.4 million is not £14 million."""
    return "".join(_LETTER.findall(words.lower()))


def _note(row: tuple[object, ...]) -> Note:
    key, quote, council, committee, date, item, status, words, name, at = (v if v is None else str(v) for v in row)
    anchor = Anchor(str(quote), council, committee, dt.date.fromisoformat(date) if date else None, item)
    return Note(anchor, status, str(words), str(name), dt.datetime.fromisoformat(str(at)), int(str(key)))
