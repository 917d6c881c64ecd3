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

from corpus.feedback import feedback
from corpus.kept import Kept, kept
from corpus.people import Anchor, letters, notes, readable
from corpus.records import Record
from corpus.schema import documents, meetings, sources

RUN = 8  # words in a row that are taken for a quotation, where nothing else shows one
SHORT = 3  # words that a quotation in quotation marks must have: what is shorter is a verb, or a name
BLANKED = "(withdrawn)"
_WORDS = ("quote", "passage")
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
        date = dt.date.fromisoformat(c["date"]) if c.get("date") else None
        anchor = Anchor(c["quote"], c.get("council"), c.get("committee"), date, None)
        return self._is_place(anchor) and (c["document"] in self.names or self._holds(c["quote"]))

    def is_noted(self, anchor: Anchor) -> bool:
        """Whether a note's words are this document's."""
        return self._is_place(anchor) and self._holds(anchor.quote)

    def is_quoted(self, words: str) -> bool:
        """Whether an answer's text quotes this document: within quotation marks, or some words in a row."""
        quoted = re.findall(r"“([^”]+)”", words)
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
            where = tuple((a, b, dt.date.fromisoformat(day) if day else None) for a, b, day in places)
            found.append(Withdrawn(key, frozenset([name, *names]), text, where))
    return found


def is_kept(home: Path, document_id: str) -> bool:
    """Whether people keep quotations of the document with this id, on record or not."""
    return any(c["document_id"] == document_id for one in Kept(home).all() for a in one.answers for c in _cited(a))


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
    theirs = [c for c in _cited(answer) if c["quote"] and any(one.is_cited(c) for one in gone)]
    for c in theirs:
        c.update(dict.fromkeys(_WORDS, ""), **dict.fromkeys(_FACTS))
    if theirs:
        # What was written over the quotations, or told of them, may say the same.
        answer.update(removed=[], notice=None, **({} if answer["refused"] else {"answer": ""}))
    return bool(theirs)


def _cited(answer: dict[str, Any]) -> list[dict[str, Any]]:
    shown = [*answer["citations"], *answer["nearest"]]
    return [*shown, *(c["corrected_by"] for c in shown if c.get("corrected_by"))]


def _in_notes(connection: Connection, gone: Sequence[Withdrawn]) -> int:
    count = 0
    for row in connection.execute(select(notes)).all():
        date = dt.date.fromisoformat(row.date) if row.date else None
        anchor = Anchor(row.quote, row.council, row.committee, date, row.item)
        if any(one.is_noted(anchor) for one in gone):
            connection.execute(update(notes).where(notes.c.id == row.id).values(quote="", item=None))
            count += 1
    return count


def _in_feedback(connection: Connection, gone: Sequence[Withdrawn]) -> int:
    count = 0
    for row in connection.execute(select(feedback.c.id, feedback.c.answer)).all():
        if any(one.is_quoted(row.answer) for one in gone):
            connection.execute(update(feedback).where(feedback.c.id == row.id).values(answer=BLANKED))
            count += 1
    return count
