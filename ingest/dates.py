"""The date of a meeting, read where a header states it whole; never guessed, never another meeting's."""

from __future__ import annotations

import datetime as dt
import re
from difflib import SequenceMatcher
from functools import cache

from corpus.models import MONTHS
from ingest.labels import labels

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
# Scans give "11th" as "11™", "3rd" as "3°°", "21st" as "21%" and "9th" as '9"'.
_ORDINAL = "st|nd|rd|th|h|af|ail|ydd|ed|fed|eg"  # the last ones are Welsh
_DAY = rf"(?<![\d/.:£-])(?P<day>\d{{1,2}})(?:\s?(?:{_ORDINAL})\.?|(?P<garbled>[^\w\s,.:;/()£-]{{1,3}}))?"
_MONTH = r"(?P<month>[a-z]{3,10})"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_WORDED = (
    re.compile(
        rf"(?:{_WEEKDAY}[\s,.]*(?:the\s+)?)?{_DAY}[\s,.]*-?(?:day\s+)?(?:of\s+)?{_MONTH}[\s,.]*-?{_YEAR}", re.IGNORECASE
    ),
    re.compile(rf"(?:{_WEEKDAY}[\s,.]*)?\b{_MONTH}\.?\s+(?:the\s+)?{_DAY}[\s,.]+{_YEAR}", re.IGNORECASE),
)
_NUMBERS = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>(?:19|20)?\d\d)(?![\d/-])")
_ISO = re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/-])")
_SAID_TO_BE_HELD = re.compile(r"\b(?:held|meeting|date)\W+(?:on\W+)?(?:\w+day\W+)?(?:the\W+)?$", re.IGNORECASE)
_OTHER_MEETING = re.compile(
    r"\b(?:previous|last|next) [^\n]{0,40}$"
    r"|\b(?:approved|adopted|signed|published|printed|issued|from)\b[^\n\d]{0,20}$",
    re.IGNORECASE,
)
_SECOND_DAY = re.compile(
    rf"(?<![\d/.:])(?<!no )(?<!no\. )\d{{1,2}}(?:{_ORDINAL})?\s*(?:[-–—&]|and|to)\s*(?:\w+day\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_MINUTES_OF = re.compile(r"\bminutes\b[^\n]{0,60}$", re.IGNORECASE)
_DEALT_WITH = re.compile(
    r"^[^\n]{0,60}?\b(?:were|was|be|been)\b[^\n]{0,30}?\b(?:approved|agreed|confirmed|signed|adopted|accepted|taken)\b",
    re.IGNORECASE,
)
_OF_A_MEETING = re.compile(r"\b(?:meeting|minutes|held|proceedings)\b", re.IGNORECASE)
_SHORT = 15  # words: a line of its own for a date says little else
_NEAR = 200  # characters between "held" and the date: a hall's address stands there


def find_date(text: str) -> dt.date | None:
    """The first full date in `text`, or the first behind "held", that can be this meeting's."""
    found = sorted((match.start(), date) for match, date in _dates(text) if _this_meetings(text, match))
    held = re.search(r"\bheld\b", text, re.IGNORECASE)
    after = [date for start, date in found if held and start > held.start()]
    return next(iter([*after, *(date for _, date in found)]), None)


def _dates(text: str) -> list[tuple[re.Match[str], dt.date]]:
    found = []
    for pattern in _WORDED:
        for match in pattern.finditer(text):
            month = _month(match["month"].lower())
            date = _date(int(match["year"]), month, int(match["day"])) if month else None
            # Where a scan has garbled what follows the day, part of the day may be gone too: its weekday tells.
            if date and not (match["garbled"] and _is_another_weekday(match["weekday"], date)):
                found.append((match, date))
    for match in (*_NUMBERS.finditer(text), *_ISO.finditer(text)):
        year = match["year"]
        if len(year) == 4 or _SAID_TO_BE_HELD.search(text[: match.start()]):
            date = _date(int(year) if len(year) == 4 else 2000 + int(year), int(match["month"]), int(match["day"]))
            if date:
                found.append((match, date))
    return found


def _this_meetings(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    # A meeting on two days: neither is its date alone.
    if (
        _SECOND_DAY.search(before[-40:])
        or _OTHER_MEETING.search(before)
        or (_MINUTES_OF.search(before) and _DEALT_WITH.search(after))
    ):
        return False
    # A date among somebody's prose is no meeting's: its line is short, or speaks of one.
    line = before[before.rfind("\n") + 1 :] + match.group() + after.partition("\n")[0]
    return len(line.split()) <= _SHORT or bool(_OF_A_MEETING.search(before[-_NEAR:] + line))


@cache
def _month(word: str) -> int | None:
    """A month's number: written out, shortened, or with a slip in it ("Decemeber", "Januay")."""
    welsh = labels()["months_in_welsh"]
    if word in welsh:
        return int(welsh.index(word)) + 1
    for number, name in enumerate(MONTHS, 1):
        short = word in (name[:3], "sept" if name == "september" else name)
        if short or (word[:3] == name[:3] and SequenceMatcher(None, word, name).ratio() > 0.8):
            return number
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _is_another_weekday(weekday: str | None, date: dt.date) -> bool:
    return weekday is not None and _WEEKDAYS[date.weekday()] != weekday.lower()


def first_date(text: str) -> dt.date | None:
    """The first full date in `text`, whatever it is the date of."""
    return min(((match.start(), date) for match, date in _dates(text)), default=(0, None))[1]
