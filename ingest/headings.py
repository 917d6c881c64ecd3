"""Which lines are an item's heading, by what they look like and what stands around them."""

from __future__ import annotations

import re
from functools import cache

from ingest import labels

# The agenda's own number, under a running minute number or behind a title.
AGENDA_NUMBER = re.compile(r"\(Item (?P<number>[\w./]*\w)\.?\)$")
NUMBERED = re.compile(
    r"^(?P<number>\d{1,4}|\d{1,4}[a-z]|[A-Z&]{1,6}[./]?\d{0,4}/\d{1,4}|\d{1,4}/\d{1,4})[.):]?\s+"
    r"(?P<title>(?:\d+/\d+\s*[-–]\s*)?[A-Z“\"].*)$"  # a decision's number may stand before the title
)
_PROSE = re.compile(r"(?:To|That|The|It|Mr|Mrs|Cllr|Councillor)\s")
LONGEST_LINE = 300  # characters: a paragraph is longer
LONGEST = 60  # words of a title that its agenda number, standing under it, proves to be one


def is_agenda_number(line: str) -> bool:
    """True for a line that is only "(Item 7)"."""
    return line.startswith("(") and AGENDA_NUMBER.fullmatch(line) is not None


def heading(line: str, sure: bool = False) -> tuple[str | None, str] | None:
    """The number (as printed) and title if a line is an item's heading, else None.

    It is `sure` where the agenda's own number stands under it.
    """
    if len(line) > LONGEST_LINE and not sure:
        return None
    numbered = NUMBERED.match(line)
    title = numbered["title"] if numbered else line
    if title.endswith(")"):
        title = AGENDA_NUMBER.sub("", title)
    title = title.strip()
    words = title.split()
    if sure and numbered and 1 <= len(words) <= LONGEST:
        return numbered["number"], title.rstrip(":").strip()
    if not 1 <= len(words) <= 16 or labels.verdict().match(title) or labels.attendance().match(line):
        return None
    if numbered:
        if title.endswith((".", ";", ",")) or (len(words) > 6 and _PROSE.match(title)):
            return None
        if title.endswith(":") and (len(words) > 8 or "following" in title):
            return None
        return numbered["number"], title.rstrip(":").strip()
    bare = title.rstrip(":").strip()
    if labels.procedural().match(title) or bare.lower() in labels.minutes_label() or re.search(r"\d{4}$", bare):
        return None
    if title.isupper() and len(words) <= 12 and len(bare) > 5 and not title.endswith("."):
        return None, bare
    long_words = [w for w in bare.split() if len(w) > 3]
    if title.endswith(":") and 1 < len(words) <= 7 and long_words and all(w[0].isupper() for w in long_words):
        return None, bare
    return None


@cache
def _bodies() -> re.Pattern[str]:
    """The words of a body's own name."""
    known = labels.labels()
    words = [*known["committee_words"], *known["council_words"], "Minutes", "District", "Agenda"]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def first_heading(line: str, sure: bool = False) -> bool:
    """True for the heading that ends a meeting's header: not the body's own name above it."""
    if NUMBERED.match(line):
        return heading(line, sure) is not None
    return heading(line) is not None and not _bodies().search(line)


def list_goes_on(before: str | None, line: str) -> bool:
    """True if what looks like a heading is the next point of a numbered list; `before` is the line above it."""
    number = re.match(r"^(\d{1,2})[.)]\s", line)
    if not number or before is None:
        return False
    previous = re.match(r"^(\d{1,2})[.)]\s", before)
    if previous:
        return int(number.group(1)) in (int(previous.group(1)), int(previous.group(1)) + 1)
    return number.group(1) == "1" and before.endswith(":")


def counts_on(last: str | None, number: str | None) -> bool:
    """True if a running minute number is the next after `last`. In such minutes another number is a paragraph's."""
    if last is None or number is None or not (last.isdigit() and number.isdigit()):
        return True
    return int(number) == int(last) + 1
