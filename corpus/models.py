"""What flows through On Record: frozen, plain, and the same from ingest to answer.

A *document* is a source file's text; it holds *meetings*, which hold *items*, which hold *passages*.
All offsets are `[start, end)` in characters of the document's canonical text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal["purpose", "attendance", "discussion", "bullet", "verdict", "procedural"]
Status = Literal["approved", "draft", "unknown"]
Standing = Literal["present", "in attendance", "apologies", "absent"]
Force = Literal["decided", "committed", "stated", "asked", "wished", "proposed"]
Sort = Literal["named", "role", "collective", "nobody"]  # of speaker


# In English, as minutes print them, whatever the machine is set to.
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


# Characters of a title, or of a lead-in, that are embedded in front of a passage.
IN_FRONT = 160


@dataclass(frozen=True, slots=True)
class Edit:
    """One mend: characters `[start, end)` of the extracted text become `replacement`."""

    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A slice `[start, end)` of a canonical text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, bullet or verdict of an item: what is embedded, found and cited."""

    start: int
    end: int
    kind: Kind
    lead: Span | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence `[start, end)`: who says it as printed, to whom, and with what force, by the record's own verb.

    `speaker` is None where nobody is named; `force` is None where nothing is said.
    """

    start: int
    end: int
    speaker: str | None = None
    sort: Sort = "nobody"
    role: str | None = None
    addressee: str | None = None
    force: Force | None = None
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody whom a meeting's header names, with the role it prints. Attendance is not speech."""

    name: str
    role: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Vote:
    """A motion as recorded at `[start, end)`. Names are as printed; a count is None where none is given."""

    start: int
    end: int
    mover: str | None = None
    seconder: str | None = None
    votes_for: tuple[str, ...] = ()
    votes_against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    count_for: int | None = None
    count_against: int | None = None
    count_abstained: int | None = None
    outcome: Literal["carried", "lost"] | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Words `[start, end)` that put the minutes of an earlier meeting right; `of` is its date, where they say it."""

    start: int
    end: int
    of: dt.date | None


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item: its number and title as printed, its passages, and the votes taken in it.

    `minute` is the running number of minutes that print one beside the agenda's own.
    """

    number: str | None
    title: str | None
    passages: tuple[Passage, ...]
    minute: str | None = None
    votes: tuple[Vote, ...] = ()
    corrections: tuple[Correction, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. What the text does not state, and nobody supplied, is None."""

    council: str | None
    committee: str | None
    date: dt.date | None
    title: str | None
    status: Status
    items: tuple[Item, ...]
    supplied: tuple[str, ...] = ()
    place: str | None = None
    people: tuple[Attendee, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source's canonical text with the map back to what was extracted, and its meetings.

    `text` is what passages are slices of; `edits` turn `extracted` into `text`.
    """

    name: str
    format: str
    text: str
    extracted: str
    edits: tuple[Edit, ...]
    meetings: tuple[Meeting, ...]
    title: str | None = None
    link: str | None = None
    pages: int | None = None
    notices: tuple[str, ...] = ()  # what was left out, or is missing, in plain words

    @property
    def id(self) -> str:
        """The document's id: from its canonical text with council, committee and date."""
        known = [(m.council, m.committee, m.date and m.date.isoformat()) for m in self.meetings]
        return digest(self.text, repr(known))


@dataclass(frozen=True, slots=True)
class PassageOnRecord:
    """A passage as the record gives it back, with everything a citation has to say."""

    id: int
    document_id: str
    document: str
    link: str | None
    retrieved: str | None
    council: str | None
    committee: str | None
    date: dt.date | None
    meeting_title: str | None
    status: Status
    supplied: tuple[str, ...]
    item_number: str | None
    item: str | None
    kind: Kind
    start: int
    end: int
    text: str
    lead_in: str | None
    page: int | None

    @property
    def embedded(self) -> str:
        """Exactly what its vector is made from."""
        context = context_line(self.council, self.committee, self.date, self.item)
        return embedded_text(context, self.lead_in, self.text)


def digest(*parts: str) -> str:
    """A content id: the first 32 hex digits of the SHA-256 of the parts, unambiguously joined."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def context_line(council: str | None, committee: str | None, date: dt.date | None, item: str | None) -> str:
    """What stands in front of a passage when it is embedded, never when it is quoted."""
    day = f"{date.day} {date:%B %Y}" if date else None
    return " · ".join(part for part in (council, committee, day, _shortened(item)) if part)


def embedded_text(context: str, lead_in: str | None, words: str) -> str:
    """Exactly what is embedded for a passage: its context, the lead-in of its list, and its words."""
    return "\n".join(part for part in (context, _shortened(lead_in), words) if part)


def _shortened(words: str | None) -> str | None:
    """The first whole words of a long title or lead-in, so that the passage's own fit the model's window."""
    return words if words is None or len(words) <= IN_FRONT else words[:IN_FRONT].rpartition(" ")[0]
