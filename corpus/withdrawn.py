"""Withdrawing a document: its words are blanked wherever people hold on to them. That a quotation stood there stays."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy import text as sql

from corpus.feedback import feedback
from corpus.kept import Kept, kept
from corpus.people import Anchor, letters, notes, readable
from corpus.records import Record
from corpus.schema import documents, meetings, sources
from corpus.stored import date_of

RUN = 8  # words in a row that are taken for a quotation, where nothing else shows one
SHORT = 3  # words that a quotation in quotation marks must have: what is shorter is a verb, or a name
BLANKED = "(withdrawn)"
_WORDS = ("quote", "passage")
_ASKED = ("question", "standalone_question")
_FACTS = ("lead_in", "speaker", "role", "addressee", "force", "verb", "item", "link")


@dataclass(frozen=True)
class Withdrawn:
    """A document that is withdrawn: its id, its names, its text, and council, committee and date of its meetings."""

    id: str
    names: frozenset[str] = frozenset()
    text: str = ""
    where: tuple[tuple[str | None, str | None, dt.date | None], ...] = ()

    def is_cited(self, c: dict[str, Any]) -> bool:
        """Whether a kept quotation is of this document, or of an earlier or later version of it."""
        if c["document_id"] == self.id:
            return True
        anchor = Anchor(c["quote"], c.get("council"), c.get("committee"), date_of(c.get("date")), None)
        return self._is_place(anchor) and (c["document"] in self.names or self._holds(c["quote"]))

    def is_noted(self, anchor: Anchor) -> bool:
        """Whether a note's words are this document's."""
        return self._is_place(anchor) and self._holds(anchor.quote)

    def is_quoted(self, words: str) -> bool:
        """Whether an answer, or what somebody wrote, quotes this document: in quotation marks, or words in a row."""
        quoted = re.findall(r"[“\"]([^“”\"]+)[”\"]", words)
        if any(len(one.split()) >= SHORT and self._holds(one) for one in quoted):
            return True
        run = re.findall(r"\w+", words.lower())
        return any(f" {' '.join(run[at : at + RUN])} " in self._run for at in range(len(run) - RUN + 1))

    def _is_place(self, anchor: Anchor) -> bool:
        return any(anchor.may_be_at(*place, None) for place in self.where)

    def _holds(self, quote: str) -> bool:
        return bool(letters(quote)) and letters(quote) in self._letters

    @cached_property
    def _letters(self) -> str:
        return letters(self.text)

    @cached_property
    def _run(self) -> str:
        return " ".join(["", *re.findall(r"\w+", self.text.lower()), ""])


@dataclass(frozen=True, slots=True)
class Blanked:
    """In how many kept pages, notes and opinions words were blanked."""

    kept: int
    notes: int
    opinions: int


def on_record(record: Record, ids: Collection[str]) -> list[Withdrawn]:
    """The documents with these ids, as far as they are on record."""
    found = []
    with record.engine.connect() as connection:
        for key, name, text in connection.execute(
            select(documents.c.id, documents.c.name, documents.c.text).where(documents.c.id.in_(ids))
        ):
            names = connection.scalars(select(sources.c.name).where(sources.c.document_id == key))
            facts = select(meetings.c.council, meetings.c.committee, meetings.c.date)
            places = connection.execute(facts.where(meetings.c.document_id == key)).all()
            where = tuple((a, b, date_of(day)) for a, b, day in places)
            found.append(Withdrawn(key, frozenset([name, *names]), text, where))
    return found


def as_kept(home: Path, document_id: str) -> Withdrawn | None:
    """What people's kept pages still tell of the document with this id, which is off the record: its text is then no
    more than the passages they quote. None if nothing kept is of it.
    """
    found = [c for one in Kept(home).all() for a in one.answers for c in _cited(a) if c["document_id"] == document_id]
    if not found:
        return None
    words = dict.fromkeys(c[name] for c in found for name in _WORDS)
    where = {(c.get("council"), c.get("committee"), date_of(c.get("date"))) for c in found if c["quote"]}
    return Withdrawn(document_id, frozenset(c["document"] for c in found), "\n".join(words), tuple(where))


def blank(home: Path, gone: Sequence[Withdrawn]) -> Blanked:
    """Blank the words of these documents in all that people added to the record in `home`, in one step."""
    if (engine := readable(home)) is None:
        return Blanked(0, 0, 0)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete=ON")  # not in the file's free space either
        return Blanked(_in_kept(connection, gone), _in_notes(connection, gone), _in_feedback(connection, gone))


def _in_kept(connection: Connection, gone: Sequence[Withdrawn]) -> int:
    count = 0
    for key, written in connection.execute(select(kept.c.id, kept.c.answers)).all():
        answers = json.loads(written)
        if sum(_in_answer(answer, gone) for answer in answers):  # a sum goes through all of them
            connection.execute(
                update(kept).where(kept.c.id == key).values(answers=json.dumps(answers, ensure_ascii=False))
            )
            count += 1
    return count


def _in_answer(answer: dict[str, Any], gone: Sequence[Withdrawn]) -> bool:
    asked = [name for name in _ASKED if any(one.is_quoted(answer.get(name) or "") for one in gone)]
    answer.update(dict.fromkeys(asked, BLANKED))
    theirs = [c for c in _cited(answer) if c["quote"] and any(one.is_cited(c) for one in gone)]
    for c in theirs:
        c.update(dict.fromkeys(_WORDS, ""), **dict.fromkeys(_FACTS))
    if theirs:
        # What was written over the quotations, or told of them, may say the same.
        answer.update(removed=[], notice=None, **({} if answer["refused"] else {"answer": ""}))
        return True
    if any(one.is_quoted(" ".join(map(str, left.values()))) for left in answer["removed"] for one in gone):
        answer["removed"] = []  # what was left out of an answer, and not shown, is kept with it
        return True
    return bool(asked)


def _cited(answer: dict[str, Any]) -> list[dict[str, Any]]:
    shown = [*answer["citations"], *answer["nearest"]]
    return [*shown, *(c["corrected_by"] for c in shown if c.get("corrected_by"))]


def _in_notes(connection: Connection, gone: Sequence[Withdrawn]) -> int:
    count = 0
    for row in connection.execute(select(notes)).all():
        anchor = Anchor(row.quote, row.council, row.committee, date_of(row.date), row.item)
        blanked: dict[str, str | None] = {}
        if any(one.is_noted(anchor) for one in gone):
            blanked |= {"quote": "", "item": None}
        if any(one.is_quoted(row.words) for one in gone):
            blanked |= {"words": BLANKED}
        if blanked:
            connection.execute(update(notes).where(notes.c.id == row.id).values(blanked))
            count += 1
    return count


def _in_feedback(connection: Connection, gone: Sequence[Withdrawn]) -> int:
    count = 0
    written = select(feedback.c.id, feedback.c.answer, feedback.c.question, feedback.c.reason)
    for key, *words in connection.execute(written).all():
        quoting = [n for n, one in enumerate(words) if any(document.is_quoted(one) for document in gone)]
        if quoting:
            blanked = {("answer", "question", "reason")[n]: BLANKED for n in quoting}
            connection.execute(update(feedback).where(feedback.c.id == key).values(blanked))
            count += 1
    return count


def scrub(record: Record) -> None:
    """Leave nothing of what was taken off the record in its file: SQLite and full text only mark it as gone, and a
    backup would take it along. The caller holds the writer's lock. Seconds on a large record.
    """
    with record.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sql("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')"))
        connection.execute(sql("VACUUM"))
        connection.execute(sql("PRAGMA wal_checkpoint(TRUNCATE)"))
