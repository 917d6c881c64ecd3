"""When a question says that a meeting was, or that a thing was said or decided: bounds of dates.

"In March 2022" alone may be when a thing happened, so it bounds nothing: minutes of about then are only likelier.
"Since" does by itself: what happened since is in no earlier minutes.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from assistant.words import data
from corpus.models import MONTHS

AFTERWARDS = 90  # days after a thing in which minutes mostly speak of it


@dataclass(frozen=True, slots=True)
class Bounds:
    """Both ends inclusive. `sure` is False where the date is not said of meetings, or of saying or deciding."""

    low: dt.date | None = None
    high: dt.date | None = None
    sure: bool = True

    def __contains__(self, day: dt.date) -> bool:
        """Whether a day lies between them."""
        return (self.low is None or self.low <= day) and (self.high is None or day <= self.high)


_MONTH = "|".join(MONTHS)
_SHORT = "|".join(["sept", *(m[:3] for m in MONTHS if m != "may")])
# A month without its year is one only after a word like "in": "may" is also another word.
_NAMED_ALONE = "(?:" + "|".join(f"(?<={word} )" for word in data("dates")["before_month"].split()) + ")"
# A date as people write one. "2023/24" is a financial year, and bounds no meetings.
WHEN = (
    rf"(?:(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH}|{_SHORT})\.?,?\s+(?:19|20)\d\d"
    rf"|(?:{_MONTH}|{_SHORT})\.?,?\s+(?:of\s+)?(?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}/(?:19|20)\d\d"
    r"|(?:the\s+year\s+)?(?:19|20)\d\d(?![\d/]|-\d)"
    rf"|(?:last|this)\s+(?:year|month|week|{_MONTH})|(?:the\s+)?(?:past|last)\s+(?:year|month|\w+\s+(?:years|months|weeks))"
    rf"|{_NAMED_ALONE}(?:{_MONTH}))"
)
_SAYING = "|".join(data("dates")["saying"].split())
_MEETING = "|".join(data("dates")["meeting"])
_LOOSE = "(?:" + "|".join(data("dates")["loose"].split()) + r")\b"
_OF = r"(?:\s+(?:that\s+(?:was|were)\s+)?(?:of|in|on|held|from|for|during|held\s+(?:in|on)))?(?:\s+the)?"
_AT = r"(?:\s+(?:in|on|during|back\s+in))?"

# The date is of a meeting, or follows what was said or decided at once, or opens a question of saying or deciding.
_SURE = (
    re.compile(rf"\b(?:{_MEETING})\b{_OF}\s+(?P<at>{WHEN})\b"),
    re.compile(rf"\b(?P<at>{WHEN})(?:['’]s?)?\s+(?:(?!{_LOOSE})\w+\s+){{0,4}}?(?:{_MEETING})\b"),
    re.compile(rf"\b(?:{_SAYING})\b{_AT}\s+(?P<at>{WHEN})(?!['’]s)\b"),
    re.compile(
        rf"^\W*(?:in|during|on)?\s*(?P<at>{WHEN}),?\s+(?=what|who|did|was|were|which|how|why)[^.;]*\b(?:{_SAYING})\b"
    ),
)
_BETWEEN = re.compile(rf"\b(?:between|from)\s+(?P<low>{WHEN})\s+(?:and|to|until|till|up\s+to)\s+(?P<high>{WHEN})\b")
_SINCE = re.compile(rf"\b(?:since|after)\s+(?:the\s+(?:start|beginning)\s+of\s+)?(?P<at>{WHEN})\b")
_BEFORE = re.compile(rf"\b(?:before|prior\s+to)\s+(?P<at>{WHEN})\b")
_NAMED = re.compile(rf"\b(?P<at>{WHEN})\b")
_SAID = re.compile(rf"\b(?:{_MEETING}|{_SAYING})\b[^.;]*$")


def bounds(question: str, today: dt.date) -> Bounds | None:
    """The dates between which the meetings must lie that a question asks of, or None if it names none."""
    asked = " ".join(question.lower().split())
    if found := _BETWEEN.search(asked):
        low, high = span(found["low"], today), span(found["high"], today)
        if low and high and low[0] <= high[1] and _SAID.search(asked[: found.start()]):
            return Bounds(low[0], high[1])
        return None
    low_end = high_end = None
    sure = True
    if (found := _SINCE.search(asked)) and (at := span(found["at"], today)):
        after = found[0].startswith("after")
        sure = bool(_SAID.search(asked[: found.start()]))
        if sure or not after:  # "after March 2022" may be when a thing happened
            low_end = at[1] + dt.timedelta(days=1) if after else at[0]
    if (found := _BEFORE.search(asked)) and (at := span(found["at"], today)) and _SAID.search(asked[: found.start()]):
        high_end = at[0] - dt.timedelta(days=1)
    if low_end or high_end:
        return Bounds(low_end, high_end, sure)
    for pattern in _SURE:
        if (found := pattern.search(asked)) and (at := span(found["at"], today)):
            return Bounds(*at)
    return None


def mentioned(question: str, today: dt.date) -> Bounds | None:
    """When the meetings were, most likely, that speak of the times named: those days, and some weeks after."""
    asked = " ".join(question.lower().split())
    named = [found for at in _NAMED.finditer(asked) if (found := span(at["at"], today))]
    if not named:
        return None
    first, last = min(low for low, _ in named), max(high for _, high in named)
    if _SINCE.search(asked):
        return Bounds(first, None, sure=False)
    if _BEFORE.search(asked):
        return Bounds(None, first + dt.timedelta(AFTERWARDS - 1), sure=False)
    return Bounds(first, last + dt.timedelta(AFTERWARDS), sure=False)


def span(said: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The first and last day of a date as said: "march 2022", "last year", "the past two months"."""
    said = re.sub(r"^the (?:year )?|[.,]|(?<=\d)(?:st|nd|rd|th)\b|\bof\b", " ", said.strip()).strip()
    words = said.split()
    try:
        if exact := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", said):
            day = dt.date(*map(int, exact.groups()))
            return day, day
        if exact := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", said):
            day = dt.date(int(exact[3]), int(exact[2]), int(exact[1]))
            return day, day
        month = next((n for n, m in enumerate(MONTHS, 1) if any(w in (m, m[:3], m[:4]) for w in words)), 0)
        year = next((int(w) for w in words if re.fullmatch(r"(?:19|20)\d\d", w)), 0)
        if year and month and words[0].isdigit() and len(words) == 3:
            day = dt.date(year, month, int(words[0]))
            return day, day
    except ValueError:
        return None
    if year:
        return _month(year, month) if month else (dt.date(year, 1, 1), dt.date(year, 12, 31))
    return _relative(words, month, today)


def _relative(words: list[str], month: int, today: dt.date) -> tuple[dt.date, dt.date] | None:
    if month:  # the latest that has begun
        return _month(today.year if month <= today.month else today.year - 1, month)
    which, unit = words[0], words[-1]
    if len(words) == 3 or which == "past":
        count = 1 if len(words) == 2 else _count(words[1])
        days = {"year": 365, "month": 31, "week": 7}.get(unit.removesuffix("s"))
        return (today - dt.timedelta(days=count * days), today) if count and days else None
    back = int(which == "last")
    if unit == "year":
        return dt.date(today.year - back, 1, 1), dt.date(today.year - back, 12, 31)
    if unit == "month":
        begun = (today.replace(day=1) - dt.timedelta(days=1)) if back else today
        return _month(begun.year, begun.month)
    monday = today - dt.timedelta(days=today.weekday() + 7 * back)
    return monday, monday + dt.timedelta(days=6)


def _count(word: str) -> int:
    numbers: list[str] = data("dates")["numbers"].split()
    count = int(word) if word.isdigit() else numbers.index(word) + 1 if word in numbers else 0
    return count if count <= 100 else 0


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, 1), after - dt.timedelta(days=1)
