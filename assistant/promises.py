"""What was promised on record: who took what on, for whom, by when, and what the record says of it later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.answer import Citation, plain
from assistant.compose import cite_statement, quoted_line
from assistant.deadlines import Deadline, deadline
from assistant.later import Came, Later, is_done
from assistant.retrieve import Retriever
from assistant.statements import heard
from corpus.people import Anchor, Note, People, latest
from corpus.promises import Promised, promised
from corpus.records import Filters, Record
from corpus.spoken import Spoken

Sort = Literal["date", "deadline", "who"]


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise in its exact words; what came of it as far as the record tells, once that was looked for; and what a
    person has noted on it.
    """

    citation: Citation
    spoken: Spoken
    who: str | None
    to_whom: str | None
    deadline: Deadline | None
    kind: Promised
    came: Came | None = None
    note: Note | None = None

    @property
    def anchor(self) -> Anchor:
        """What a note on it holds on to."""
        c = self.citation
        return Anchor(c.quote, c.council, c.committee, c.date, c.item)

    def is_due(self, today: dt.date) -> bool:
        """Whether its day is past."""
        return self.deadline is not None and self.deadline.date is not None and self.deadline.date < today

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its day is past, and nothing later on record speaks of it."""
        return self.is_due(today) and self.came is not None and self.came.what == "no later mention"

    def to_json(self) -> dict[str, Any]:
        """The shape that `onrecord promises --json` prints."""
        return {
            **plain(self.citation),
            "who": self.who,
            "to_whom": self.to_whom,
            "deadline": self.deadline and self.deadline.words,
            "deadline_date": plain(self.deadline and self.deadline.date),
            "kind": self.kind,
            "what_came": self.came and self.came.what,
            "since": plain(self.came and self.came.since),
            "later_meetings": self.came and self.came.meetings,
            "later": plain(self.came.later if self.came else ()),
            "note": _noted(self.note),
            "id": self.anchor.id,
        }


def promises(
    retriever: Retriever, filters: Filters, who: str | None = None, about: str | None = None, sort: Sort = "date"
) -> list[Promise]:
    """The promises within the filters, by `who` made them and `about` what, in the order asked for, with notes.

    What came of them is not looked for yet: see `followed`. Raises UserError where nobody of that name spoke.
    """
    record = retriever.record
    spoken = heard(retriever, filters, who, ("committed", "decided"), about)
    later, kept = Later(record), People(record.home).notes()
    found = [one for number, each in enumerate(spoken, 1) if (one := _promise(number, each, record, later))]
    if kept:
        found = [replace(promise, note=latest(promise.anchor, kept)) for promise in found]
    return found if about and sort == "date" else sorted(found, key=lambda p: _place(p, sort))


def followed(found: Iterable[Promise], record: Record) -> Iterator[Promise]:
    """Each promise with what came of it: some hundredths of a second for each."""
    later = Later(record)
    for promise in found:
        yield replace(promise, came=later.came(promise.spoken))


def overdue(found: Iterable[Promise], record: Record, today: dt.date) -> list[Promise]:
    """Those whose day is past, and of which nothing later on record speaks."""
    due = (promise for promise in found if promise.is_due(today))
    return [promise for promise in followed(due, record) if promise.is_overdue(today)]


def _promise(number: int, spoken: Spoken, record: Record, later: Later) -> Promise | None:
    kind = promised(spoken.statement, spoken.text)
    if kind is None:
        return None
    statement, passage = spoken.statement, spoken.passage
    return Promise(
        cite_statement(number, spoken, record),
        spoken,
        who=statement.speaker if kind == "commitment" else None,
        to_whom=statement.addressee,
        deadline=deadline(spoken.text, passage.date, later.next_meeting(passage)),
        kind=kind,
    )


def _noted(note: Note | None) -> dict[str, Any] | None:
    if note is None:
        return None
    return {"status": note.status, "words": note.words, "name": note.name, "at": note.at.isoformat()}


def _place(promise: Promise, sort: Sort) -> tuple[bool, str]:
    if sort == "who":
        return promise.who is None, (promise.who or "").lower()
    day = promise.citation.date if sort == "date" else promise.deadline and promise.deadline.date
    return day is None, day.isoformat() if day else ""


def counted(found: Sequence[Promise]) -> dict[str, int]:
    """How many there are, and how many of each outcome."""
    counts = {"promises": len(found)}
    for came in (promise.came for promise in found if promise.came):
        counts[came.what] = counts.get(came.what, 0) + 1
    return counts


def in_words(promise: Promise) -> list[str]:
    """Who, by when, what came of it, and what a person has noted, a line each."""
    lines = []
    if promise.who:
        to = f", to {promise.to_whom}" if promise.to_whom else ""
        lines.append(f"By: {promise.who}{to}")
    elif promise.kind == "resolution":
        lines.append("By: the meeting's own decision")
    if promise.deadline:
        day = promise.deadline.date
        lines.append(f"By when: {promise.deadline.words}" + (f" ({day.day} {day:%B %Y})" if day else ""))
    lines += _came(promise.came, promise.citation.quote) if promise.came else []
    return [*lines, note_line(promise.note)] if promise.note else lines


def note_line(note: Note) -> str:
    """A person's word, told apart from the record's."""
    status = f"{note.status}. " if note.status else ""
    return f"Note by {note.name}, {note.at.day} {note.at:%B %Y}, not from the record: {status}{note.words}".rstrip()


def _came(came: Came, words: str) -> list[str]:
    if came.what == "cannot be told":
        return ["What came later cannot be told: the meeting is undated"]
    assert came.since is not None
    if came.what == "no later mention":
        since = f"{came.since.day} {came.since:%B %Y}"
        held = f"{came.meetings} later meeting{'s' * (came.meetings != 1)} held"
        return [f"No later mention on record since {since}, in {held}"]
    said = [("Reported done" if is_done(words, c.quote) else "Mentioned later", c) for c in came.later]
    return [f"{label}: {quoted_line(c)}" for label, c in said]
