"""What recorded fields say in answer to a question, and the words they were read from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.query import Query
from assistant.quote import Quotation
from assistant.words import data, pattern, stem, stems

MOST = 3  # motions, or meetings, told at once


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a field says, in a sentence, and the words it was read from: without these it is not told."""

    told: str
    quotations: tuple[Quotation, ...]


def asks(kind: str, question: str) -> bool:
    """Whether a question, or other words, holds one of the patterns of that name in recorded.toml."""
    return pattern("recorded", kind).search(question) is not None


def subject(query: Query) -> set[str]:
    """The stems of what a question is about, without whom, when and which meetings it asks after.

    A letter by itself counts: "Option B" is told from "Option A" by one.
    """
    where = " ".join(filter(None, (query.filters.council, query.filters.committee, *query.people, *query.councils)))
    known = stems(where) | {stem(word) for word in data("recorded")["no_subject"].split()}
    return {word for word in stems(query.text) if not word.isdigit()} - known | letters(query.text)


def letters(text: str) -> set[str]:
    """Capitals that stand alone behind a word, in small letters."""
    return {letter.lower() for letter in re.findall(r"(?<=[a-z] )\b[A-Z]\b(?!\.)", text)}


def named(surname: str, names: Iterable[str]) -> list[str]:
    """Those of the names as printed that have this surname: "Councillor A Quill", "Quill (A)"."""
    return [name for name in names if last_name(name) == surname.lower()]


def last_name(name: str) -> str:
    """The surname of a name as printed, in small letters: of "Quill (A)" "quill"."""
    return next(reversed(re.sub(r"\s*\([^)]*\)", "", name).lower().split()), "")


def heading(council: str | None, committee: str | None, date: dt.date | None, item: str | None = None) -> str:
    """Where it is recorded, in front of what is."""
    day = f"{date.day} {date:%B %Y}" if date else "undated"
    return f"Recorded ({', '.join(filter(None, (council, committee, day, item and item.strip(' .'))))})"


def listed(names: Sequence[str]) -> str:
    """ "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
