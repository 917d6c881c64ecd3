"""Where a meeting was held, from its header: "held in the Council Chamber, Corn Hall on Tuesday, …"."""

from __future__ import annotations

import re

LONGEST = 160  # characters

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
# What a place ends before: the day, the hour, what the meeting did next.
_ENDS = (
    rf"(?=[\s,]+(?:on\s+(?:the\s+)?(?:{_DAY}|\d)|on\s+the\b|{_DAY}\b|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:day of\s+)?"
    rf"{_MONTHS}"
    r"|(?:at|from|commencing|starting|beginning|@)\s+(?:at\s+)?\d|commencing\b|when\b"
    r"|and\s+(?:via|online|remotely))|\s*[.;(\n]|\s*$)"
)
_HELD = re.compile(
    rf"\bheld\b(?:[^.\n]{{0,70}}?\b\d{{4}},?)?(?:[^.\n]{{0,30}}?\b\d{{1,2}}[.:]\d\d\s*[ap]\.?m\.?,?)?\s+(?:in|at|via|by)\s+(?:the\s+)?"
    rf"(?P<place>(?!\d)[A-ZÀ-Þ][^\n;]{{2,{LONGEST}}}?){_ENDS}",
    re.IGNORECASE,
)
_VENUE = re.compile(r"^\W*(?:venue|location|place)\s*:\s*(?P<place>[^\n]{3,160}?)\W*$", re.IGNORECASE | re.MULTILINE)


def place(header: str) -> str | None:
    """The place as printed, without the article in front; None where the header names none."""
    for pattern in (_HELD, _VENUE):
        found = pattern.search(header)
        if found and re.search(r"[A-ZÀ-Þ]", found["place"]):
            name = found["place"].strip(" ,.-–*")
            return name if len(name) > 2 else None
    return None
