"""Where a meeting was held, from its header: "held in the Council Chamber, Corn Hall on Tuesday, …"."""

from __future__ import annotations

import re

LONGEST = 130  # characters

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
# What a place ends before: the day, the hour, what the meeting did next. "Co." and "St." end no sentence.
_ENDS = (
    rf"(?=[\s,]+(?:on\s+(?:the\s+)?(?:{_DAY}|\d)|on\s+the\b|{_DAY}\b|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:day of\s+)?"
    rf"{_MONTHS}|(?:at|from|commencing|starting|beginning|@)\s+(?:at\s+)?\d|commencing\b|when\b|following\b|after\b"
    r"|and\s+(?:via|online|remotely)|(?:members\s+)?present\b|in attendance\b|was\b|to\b)"
    r"|\s*(?<!\bco)(?<!\bst)(?<!\brd)(?<!\bave)[.](?:\s|$)|\s*[;(\n]|\s*$)"
)
_HELD = re.compile(
    r"\bheld\b(?:[^.]{0,70}?\b\d{4},?)?(?:[^.]{0,30}?\b\d{1,2}[.:]\d\d\s*[ap]\.?m\.?,?)?\s+(?:in|at|via)\s+(?:the\s+)?"
    rf"(?P<place>(?!\d|(?:chair|order|public|private|accordance|camera)\b)[^;\n]{{3,{LONGEST}}}?){_ENDS}",
    re.IGNORECASE,
)
_VENUE = re.compile(r"^\W*(?:venue|location|place)\s*:\s*(?P<place>[^\n]{3,130}?)\W*$", re.IGNORECASE | re.MULTILINE)


def place(header: str) -> str | None:
    """The place as printed, its lines joined, without the article in front; None where the header names none."""
    # A header in capitals is broken anywhere; in others a line that does not end in a comma is whole.
    joined = re.sub(r"(?<=,)\s*\n\s*|(?<=[A-Z’'-])[ \t]*\n\s*(?=[A-Z]{2})", " ", header[:2_000])
    found = _HELD.search(re.sub(r"[ \t]+", " ", joined)) or _VENUE.search(header)
    name = found["place"].strip(" ,.-–*") if found else ""
    # "held in public" and "held at lunch time" name no place.
    return name if len(name) > 2 and name[0].isupper() else None
