"""By when something was promised: the minutes' own words, and the last day of it where they and the meeting tell.

"By October 2020" and "within six weeks" can be worked out; "in due course" cannot, and "at the next meeting" only
where that meeting is on record. What cannot be told stays unknown.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from assistant.words import data
from corpus.models import MONTHS

_MONTH = "|".join(MONTHS)
_NUMBER = r"(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen)"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words that say by when, and the last day that they leave; None where that cannot be told."""

    words: str
    date: dt.date | None


@cache
def _worded() -> re.Pattern[str]:
    facts = data("deadlines")
    until = "|".join(facts["until"])
    day = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<day_month>{_MONTH}),?(?:\s+(?P<day_year>\d{{4}}))?"
    part = r"(?:the\s+)?(?:end|beginning|start|middle|close)\s+of\s+|early\s+|late\s+|mid-?\s?"
    month = rf"(?P<part>{part})?(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?"
    year = r"(?:the\s+(?:end\s+of\s+)?)?(?P<of_year>(?:the\s+)?(?:calendar\s+)?year(?:['’]s end)?|(?:19|20)\d\d)"
    whose = rf"(?:(?P<next>next|following)|(?P<meeting_month>{_MONTH})(?:\s+(?P<meeting_year>\d{{4}}))?)"
    meeting = rf"(?:the|its|their|our)\s+{whose}\s+(?:\w+\s+){{0,3}}?(?:meeting|committee)"
    unit = r"(?P<unit>day|working day|week|fortnight|month|year)s?(?:['’]\s+time)?\b(?!\s+ago)"
    within = rf"(?:within|in)\s+(?:the\s+)?(?:next\s+)?{_NUMBER}\s+{unit}"
    soon = r"next week|this week|this month|next month|this year|next year|tomorrow|today"
    then = rf"{meeting}|{day}|{month}|(?:the\s+end\s+of\s+)?(?P<soon>{soon})|{year}"
    vague = "|".join(facts["vague"])
    return re.compile(rf"\b(?:{within}|(?P<until>{until})\s+(?:{then})|(?P<alone>{soon})|(?P<vague>{vague}))\b", re.I)


def deadline(words: str, held: dt.date | None, next_meeting: dt.date | None = None) -> Deadline | None:
    """By when these words promise, at a meeting `held` then, with its body's `next_meeting` if that is known.

    A day before the meeting was held is no deadline; one that can be told goes before one that cannot.
    """
    found = [Deadline(match.group(), _last_day(match, held, next_meeting)) for match in _worded().finditer(words)]
    found = [one for one in found if not (one.date and held and one.date < held)]
    return next((one for one in found if one.date), found[0] if found else None)


def _last_day(found: re.Match[str], held: dt.date | None, next_meeting: dt.date | None) -> dt.date | None:
    until, part = (found["until"] or "").lower(), (found["part"] or "").lower()
    if until == "from" or (part and not re.search("end|close|late", part)):
        return None  # it begins then; or how long "early December" lasts nobody can tell
    if found["next"]:
        return next_meeting
    if found["day"]:
        day = _on(int(found["day"]), found["day_month"], found["day_year"], held)
        return day - dt.timedelta(days=1) if day and re.match("before|ahead|in advance", until) else day
    for month, year in (("month", "year"), ("meeting_month", "meeting_year")):
        if found[month]:
            return _end_of(found[month], found[year], held)
    if found["of_year"]:
        stated = re.search(r"\d{4}", found["of_year"])
        return dt.date(int(stated.group()), 12, 31) if stated else held and dt.date(held.year, 12, 31)
    if held is None:
        return None
    if found["number"]:
        return _after(held, _count(found["number"]), found["unit"].lower())
    soon = (found["soon"] or found["alone"] or "").lower()
    if soon in ("today", "tomorrow"):
        return held + dt.timedelta(days=soon == "tomorrow")
    if soon.endswith("week"):
        return held + dt.timedelta(days=6 - held.weekday() + 7 * soon.startswith("next"))
    if soon.endswith("month"):
        return _month_end(held.year, held.month + soon.startswith("next"))
    return dt.date(held.year + soon.startswith("next"), 12, 31) if soon.endswith("year") else None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else int(data("deadlines")["numbers"][words.lower()])


def _after(held: dt.date, count: int, unit: str) -> dt.date:
    if unit == "month":
        last = _month_end(held.year, held.month + count)
        return last.replace(day=min(held.day, last.day))
    if unit == "year":
        return _after(held, 12 * count, "month")
    if unit == "working day":
        count = count + 2 * ((held.weekday() + count) // 5)
    return held + dt.timedelta(days=count * {"week": 7, "fortnight": 14}.get(unit, 1))


def _end_of(month: str, year: str | None, held: dt.date | None) -> dt.date | None:
    number = MONTHS.index(month.lower()) + 1
    if year:
        return _month_end(int(year), number)
    if held is None:
        return None
    return _month_end(held.year + (number < held.month), number)


def _on(day: int, month: str, year: str | None, held: dt.date | None) -> dt.date | None:
    last = _end_of(month, year, held)
    if last is None or not 1 <= day <= last.day:
        return None
    on = last.replace(day=day)
    return on.replace(year=on.year + 1) if held and not year and on < held else on


def _month_end(year: int, month: int) -> dt.date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])
