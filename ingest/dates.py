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
    r"(?<!\bat the )(?<!\bat our )\b(?:previous|last|next) [^\n]{0,40}$"  # "draft for approval at the next meeting"
    r"|\b(?:approved|adopted|signed|published|printed|issued|(?<!minutes )(?<!notes )(?<!report )from)\b[^\n\d]{0,20}$",
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
# Whatever it may be that was done, is due or begins on a date, this is not how a meeting's date is led in.
_HELD = (
    "unapproved|unconfirmed|held|convened|reconvened|adjourned|resumed|commenced|conducted|scheduled|summoned|called"
)
_OTHER_DATE = re.compile(
    rf"\b(?:(?!(?:{_HELD}|united|hundred|shed)\b)\w+ed|publication|issue|effect|expir\w+|deadline|version"
    r"|(?<!held on )(?<!held on  )draft|v\d[\d.]*"
    r"|date of (?!(?:the |this |our |council |annual |parish )*meeting)\w+)\W*"
    rf"(?:\b(?:on|at|by|to|of|from|until|till|date|the|{'|'.join(_WEEKDAYS)})\b\W*)*$",
    re.IGNORECASE,
)
# "HELD IN / THE CORN HALL, / QUILLBECK, ON MONDAY, ..." is one sentence, wherever its lines break.
_HELD_ON = re.compile(
    r"\b(?i:held|meeting|proceedings)\b[^:]*?(?:,|\b[A-Z]\w*)[.,]?\s+(?i:on)\W+(?i:\w+day)\W*(?i:the\W+)?$"
)
# As a site heads a meeting: "Cabinet Member's Decisions - Thursday, 9th May, 2024 7.00 pm".
_APART = re.compile(r"\s[-–—|]\s*$")
_TIME = re.compile(r"[\s,]*(?:at\s+)?\d{1,2}(?:[.:]\d\d)?\s*[ap]\.?m\b", re.IGNORECASE)
_NAMED = re.compile(r"\W*(?:(?:[A-Z][\w'’.&-]*|of|the|and|upon|on)\s+)*[A-Z][\w'’.&-]*\s*(?:,|\s[-–—])\s*")
_OF_A_MEETING = re.compile(r"\b(?:meeting|minutes|held|met|proceedings)\b", re.IGNORECASE)
# What may stand around a date that is a whole line's matter.
_LITTLE = (
    r"agm|agenda|am|and|annual|april|assembly|at|cofnodion|commencing|date|day|extraordinary|from|full|general|in"
    r"|meetings?|minutes|noon|notes|of|on|online|ordinary|parish|pm|special|start(?:ing|s)?|teams|the|this|time|to|until|venue"
    r"|via|virtual|zoom|no|hrs|hours|h|o['’]clock|\d{1,2}(?:[.:][\dOo]{2})?\s?(?:[ap]\.?m\.?)?|[ap]\.m\.?"
    rf"|dydd|llun|mawrth|mercher|iau|gwener|sadwrn|sul|{'|'.join(_WEEKDAYS)}"
)
_ABOUT_A_MEETING = re.compile(rf"\W*(?:(?:draft|unconfirmed)\s+(?=minutes))?(?:(?:{_LITTLE})\b\W*)+", re.IGNORECASE)
_PLACES = (
    "hall", "halls", "chamber", "chambers", "room", "rooms", "centre", "church", "chapel", "school", "academy", "inn",
    "library", "offices", "house", "pavilion", "club", "institute", "hotel", "building", "buildings", "theatre",
)  # fmt: skip
_AT = re.compile(r"(?:at|in|via|from|by|commencing|starting|venue)\b(?!.*\b\w{3,}ed\b)", re.IGNORECASE)
_PARTS = re.compile(r"[,;:|()\[\]\n]|\s[-–—]+\s|\.\s|\s[-–—]*$|^[-–—]")
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
    start = before.rfind("\n") + 1
    above, ahead, behind = before[:start].rstrip(), before[start:], after.partition("\n")[0]
    if _OTHER_DATE.search(ahead):
        return False
    line = ahead + match.group() + behind
    if len(line.split()) > _SHORT:
        # A date among somebody's prose is no meeting's, unless it speaks of one.
        return bool(_OF_A_MEETING.search(before[-_NEAR:] + line))
    weekday = match.groupdict().get("weekday") or ""
    if _HELD_ON.search(f"{before[-_NEAR:]}{weekday}"):
        return True
    timed = weekday and _TIME.match(behind)
    if timed and _APART.search(ahead):
        return True
    bare = not re.search(r"\w", ahead)
    if bare and _is_led_in(above[above.rfind("\n") + 1 :]) is False:
        return False
    if bare and timed:
        return True
    if _OF_A_MEETING.search(line):
        # An address may stand behind "held"; behind "minutes", what stands apart before the date is of the date.
        apart = _PARTS.split(ahead.rstrip(" ,:;|(-–—"))[-1]
        return bool(re.search(r"(?i)\bheld\b", ahead) or _OF_A_MEETING.search(apart) or _says_where(apart))
    named = _NAMED.fullmatch(ahead) is not None  # "Quillbeck, 9 May 2024"
    return (named or _says_where(ahead)) and (bool(weekday) or _says_where(behind, behind=True))


def _is_led_in(line: str) -> bool | None:
    """Whether a line above a bare date leads in a meeting's date; None where it leads in none."""
    if _OTHER_DATE.search(line) and len(line.split()) <= _SHORT:
        return False
    return bool(_OF_A_MEETING.search(line) or _says_where(line)) if line.endswith(":") else None


def _says_where(words: str, behind: bool = False) -> bool:
    """True if what stands beside a date on its line is no more than what met, when and where."""
    for part in (part.strip() for part in _PARTS.split(words)):
        if not re.search(r"[^\W_]", part) or _ABOUT_A_MEETING.fullmatch(part):
            continue
        if behind and (_AT.match(part) or _names().search(part)):
            return True  # the rest is an address
        if not _names().search(part):
            return False
    return True


@cache
def _names() -> re.Pattern[str]:
    """What ends with a body's, a council's or a hall's name, perhaps with "minutes", a weekday or a time behind it."""
    known = labels()
    ends = "|".join(re.escape(word) for word in [*known["council_words"], *known["committee_words"], *_PLACES, "PC"])
    return re.compile(rf"\b(?i:{ends})(?:['’]s)?(?:\W+(?i:{_LITTLE}))*\W*$|^(?:Pwyllgor|Cyngor|Panel)\b")


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
