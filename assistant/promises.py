"""What was promised on record: who took what on, for whom, by when, and what the record says of it later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import Citation, plain
from assistant.compose import cite_statement, source_line
from assistant.deadlines import Deadline, deadline
from assistant.later import Came, Later, is_done
from assistant.retrieve import Retriever
from assistant.statements import heard
from corpus.promises import Promised, promised
from corpus.records import Filters, Record
from corpus.spoken import Spoken

Sort = Literal["date", "deadline", "who"]


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise in its exact words, and what came of it as far as the record tells."""

    citation: Citation
    who: str | None
    to_whom: str | None
    deadline: Deadline | None
    kind: Promised
    came: Came

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its day is past, and nothing later on record speaks of it."""
        due = self.deadline.date if self.deadline else None
        return due is not None and due < today and self.came.what == "no later mention"

    def to_json(self) -> dict[str, Any]:
        """The shape that `onrecord promises --json` prints."""
        return {
            **plain(self.citation),
            "who": self.who,
            "to_whom": self.to_whom,
            "deadline": self.deadline and self.deadline.words,
            "deadline_date": plain(self.deadline and self.deadline.date),
            "kind": self.kind,
            "what_came": self.came.what,
            "since": plain(self.came.since),
            "later_meetings": self.came.meetings,
            "later": plain(self.came.later),
            "note": None,
        }


def promises(
    retriever: Retriever,
    filters: Filters,
    who: str | None = None,
    about: str | None = None,
    sort: Sort = "date",
    one_by_one: Callable[[Sequence[Spoken]], Iterable[Spoken]] = iter,
) -> list[Promise]:
    """The promises within the filters, by `who` made them and `about` what, in the order asked for.

    What came of each takes some hundredths of a second: `one_by_one` may show how far it is. Raises UserError where
    nobody of that name spoke.
    """
    record = retriever.record
    spoken = heard(retriever, filters, who, ("committed", "decided"), about)
    later = Later(record)
    found = [one for number, each in enumerate(one_by_one(spoken), 1) if (one := _promise(number, each, record, later))]
    return found if about and sort == "date" else sorted(found, key=lambda p: _place(p, sort))


def _promise(number: int, spoken: Spoken, record: Record, later: Later) -> Promise | None:
    kind = promised(spoken.statement, spoken.text)
    if kind is None:
        return None
    statement, passage = spoken.statement, spoken.passage
    return Promise(
        cite_statement(number, spoken, record),
        who=statement.speaker if kind == "commitment" else None,
        to_whom=statement.addressee,
        deadline=deadline(spoken.text, passage.date, later.next_meeting(passage)),
        kind=kind,
        came=later.came(spoken),
    )


def _place(promise: Promise, sort: Sort) -> tuple[bool, str]:
    if sort == "who":
        return promise.who is None, (promise.who or "").lower()
    day = promise.citation.date if sort == "date" else promise.deadline and promise.deadline.date
    return day is None, day.isoformat() if day else ""


def counted(found: Sequence[Promise]) -> dict[str, int]:
    """How many there are, and how many of each outcome."""
    counts = {"promises": len(found)}
    for promise in found:
        counts[promise.came.what] = counts.get(promise.came.what, 0) + 1
    return counts


def in_words(promise: Promise) -> list[str]:
    """Who, by when and what came of it, a line each."""
    lines = []
    if promise.who:
        to = f", to {promise.to_whom}" if promise.to_whom else ""
        lines.append(f"By: {promise.who}{to}")
    elif promise.kind == "resolution":
        lines.append("By: the meeting's own decision")
    if promise.deadline:
        day = promise.deadline.date
        lines.append(f"By when: {promise.deadline.words}" + (f" ({day.day} {day:%B %Y})" if day else ""))
    return [*lines, *_came(promise)]


def _came(promise: Promise) -> list[str]:
    came, words = promise.came, promise.citation.quote
    if came.what == "cannot be told":
        return ["What came later cannot be told: the meeting is undated"]
    assert came.since is not None
    if came.what == "no later mention":
        since = f"{came.since.day} {came.since:%B %Y}"
        held = f"{came.meetings} later meeting{'s' * (came.meetings != 1)} held"
        return [f"No later mention on record since {since}, in {held}"]
    said = [("Reported done" if is_done(words, c.quote) else "Mentioned later", c) for c in came.later]
    return [f"{label}: “{' '.join(c.quote.split())}” ({source_line(c)})" for label, c in said]
