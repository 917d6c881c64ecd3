"""Dates as values, to be compared: "13 January 2025" is in "the middle of January"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from corpus.models import MONTHS


@dataclass(frozen=True, slots=True)
class When:
    """A day, month or year at `[start, end)`, as its first and last day; without a year, as of the year 2000."""

    low: dt.date
    high: dt.date
    start: int
    end: int
    yearless: bool = False

    def agrees(self, other: When) -> bool:
        """Whether both may be the same time."""
        if self.yearless == other.yearless or self.low.year != self.high.year or other.low.year != other.high.year:
            return self.low <= other.high and other.low <= self.high
        low, high, first, last = (_leap(day) for day in (self.low, self.high, other.low, other.high))
        return low <= last and first <= high

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies in it; of a month without a year, in any year."""
        return self.low <= (_leap(day) if self.yearless else day) <= self.high


def _leap(day: dt.date) -> dt.date:
    return day.replace(year=2000)


_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip  # noqa: E501
_MONTH = "|".join((*MONTHS, *_SHORT))
_YEAR = r"(?:19|20)\d\d"
# A month alone; "May" and "March" are other words too, and "June Archer" is somebody, where "November Meeting" is none.
_PEOPLE = ("april", "june", "august")
_ALONE = (
    rf"(?-i:{'|'.join(month.title() for month in MONTHS if month not in ('may', 'march', *_PEOPLE))})\b"
    rf"|(?-i:{'|'.join(month.title() for month in _PEOPLE)})\b(?!\s+(?-i:(?!Meeting|Council)[A-Z][a-z]))"
)
# "On January 20" is a day; in "in May 20 people came" there is none.
_FRONT = "|".join(rf"(?<={word}\s)" for word in ("on", "by", "the", "of", "until", "from", "since", "after", "dated"))
_BARE = rf"{_ALONE}|(?<=in\s)(?:may|march)|(?:(?<=of\s)|(?<=by\s)|(?<=until\s)|(?<=since\s)|(?<=mid-))(?-i:May|March)"
# The months of a season, wide: the autumn term ends in December, and "winter 2026" may begin or end that year. One of
# no year counts only where something is said to be in it ("Spring Gardens" is no time); winter, of two years, never.
_SEASONS = {"spring": (2, 5), "summer": (5, 9), "autumn": (8, 12), "winter": (1, 14)}
_IN = "|".join(rf"(?<={words}\s)" for words in ("in", "by", "until", "since", "in the", "by the", "during the"))
_DATE = re.compile(
    rf"\b(?:(?P<iso>{_YEAR}-\d\d-\d\d)|(?P<slashed>\d{{1,2}}[/.]\d{{1,2}}[/.](?:{_YEAR}|\d\d))"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>{_YEAR}))?"
    rf"|(?P<first>{_MONTH})\b\.?\s+(?P<first_day>\d{{1,2}})(?:st|nd|rd|th)\b(?:,?\s+(?P<first_year>{_YEAR}))?"
    rf"|(?P<front>{_MONTH})\b\.?\s+(?P<front_day>\d{{1,2}}),?\s+(?P<front_year>{_YEAR})"
    rf"|(?:{_FRONT}|(?<=day,\s))(?P<on>{_MONTH})\b\.?\s+(?P<on_day>\d{{1,2}})(?!\s+[a-z]+s\b)"
    rf"|(?P<season>spring|summer|autumn|winter),?\s+(?:of\s+)?(?P<season_year>{_YEAR})"
    rf"|(?:{_IN})(?P<in_season>spring|summer|autumn)(?!\s+\w+ing\b)"
    rf"|(?P<alone>{_MONTH})\b\.?,?\s+(?P<alone_year>{_YEAR})|(?P<bare>{_BARE})"
    rf"|(?<![£€$])(?P<financial>{_YEAR})[/–-](?:{_YEAR}|\d\d)"
    # "2000 pupils" are no year.
    rf"|(?<![£€$])(?P<whole>{_YEAR})(?!(?<=00)\s+[a-z]+s\b))(?![\w%]|,\d|\.\d)",
    re.I,
)


def times(text: str) -> list[When]:
    """The days, months and years that a text names."""
    found = []
    for match in _DATE.finditer(text):
        try:
            low, high, yearless = _span(match)
        except ValueError:
            continue  # there is no such day
        found.append(When(low, high, match.start(), match.end(), yearless))
    return found


def _span(match: re.Match[str]) -> tuple[dt.date, dt.date, bool]:
    if match["iso"]:
        day = dt.date.fromisoformat(match["iso"])
        return day, day, False
    if match["slashed"]:
        number, month, year = (int(part) for part in re.split(r"[/.]", match["slashed"]))
        day = dt.date(year if year > 99 else 2000 + year, month, number)
        return day, day, False
    if match["financial"]:
        april = dt.date(int(match["financial"]), 4, 1)
        return april, april.replace(year=april.year + 1, month=3, day=31), False
    if season := match["season"] or match["in_season"]:
        of = int(match["season_year"] or 2000)
        first, last = _SEASONS[season.lower()]
        over, last = divmod(last - 1, 12)
        high = dt.date(of + over, last + 1, calendar.monthrange(of + over, last + 1)[1])
        return dt.date(of, first, 1), high, not match["season_year"]
    named = ("month", "first", "front", "on", "alone", "bare")
    said = next((match[name] for name in named if match[name]), "").lower()
    first = last = (MONTHS.index(said) + 1 if said in MONTHS else _SHORT[said]) if said else 0
    if not said:
        first, last = 1, 12
    stated = match["year"] or match["first_year"] or match["front_year"] or match["alone_year"] or match["whole"]
    of = int(stated) if stated else 2000
    if on := match["day"] or match["first_day"] or match["front_day"] or match["on_day"]:
        day = dt.date(of, first, int(on))
        return day, day, stated is None
    return dt.date(of, first, 1), dt.date(of, last, calendar.monthrange(of, last)[1]), stated is None
