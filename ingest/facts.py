"""Council, committee, date and status, read from a meeting's header where it states them; else None."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from corpus.models import MONTHS, Status
from ingest.labels import labels

_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" if m != "may" else "may" for m in MONTHS) + "|sept"
# OCR gives "11th" as "11™" and "9th" as '9"'.
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})\s*(?:st|nd|rd|th|[™”\"'°])?,?\s*(?:day\s+)?(?:of\s+)?({_MONTH})\b\.?,?\s*(\d{{4}})\b",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})\s*(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_OTHER_MEETING = re.compile(r"(?:previous|last|minutes of (?:the|that) meeting|next) [^\n]{0,40}$", re.IGNORECASE)

_NOT_IN_A_NAME = (
    "minutes|proceedings|meeting|held|draft|annual|monthly|ordinary|extraordinary|special|general|full|the|our|"
    + "|".join(MONTHS)
)
# "Mr Quill of Harwell Green Parish Council" was a guest; what ends a sentence ends a name.
_SOMEBODYS = re.compile(r"(?i:\b(?:mr|mrs|ms|cllr|councillor|chair\w*|cathaoirleach|mayor|member)\b)|[a-z]{3}\.\s")
_BEFORE_A_COMMITTEE = "minutes|proceedings|meeting|held|draft|" + "|".join(MONTHS)
_NAME = r"(?:[A-Z][\w'’.&-]*|of|and|the|upon|in|on|with|&)"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a header states of its meeting."""

    council: str | None = None
    committee: str | None = None
    date: dt.date | None = None
    status: Status = "unknown"
    item_number: str | None = None


def facts(header: str) -> Facts:
    """What `header` (the lines above the first item) states; nothing is inferred from elsewhere."""
    item = re.search(r"\(Item\s+([\w./]+?)\.?\)", header)
    return Facts(_council(header), _committee(header), find_date(header), _status(header), item and item.group(1))


def find_date(text: str) -> dt.date | None:
    """The first full date in `text` that is not said to be another meeting's."""
    found: list[tuple[int, dt.date]] = []
    for pattern, order in ((_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy"), (_NUMBERS, "dmy")):
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            date = _make(parts["y"], parts["m"], parts["d"])
            if date and not _OTHER_MEETING.search(text[: match.start()]):
                found.append((match.start(), date))
    return min(found)[1] if found else None


def _make(year: str, month: str, day: str) -> dt.date | None:
    number = (
        int(month)
        if month.isdigit()
        else next((i for i, name in enumerate(MONTHS, 1) if name.startswith(month.lower()[:3])), 0)
    )
    try:
        return dt.date(int(year), number, int(day))
    except ValueError:
        return None


def _status(header: str) -> Status:
    words = "|".join(labels()["draft_words"])
    return "draft" if re.search(rf"^\W*(?:{words})\b", header, re.IGNORECASE | re.MULTILINE) else "unknown"


def _council(header: str) -> str | None:
    ends = "|".join(labels()["council_words"])
    # "held in the Council Chamber" names a room.
    named = rf"(?:{_NAME}\s+){{1,10}}?(?i:{ends})\b(?!\s+(?i:chambers?|offices?|house|hall|buildings?))"
    for line in header.splitlines():
        for match in re.finditer(named, line):
            if _SOMEBODYS.search(match.group()):
                continue
            name = _behind(match.group(), _NOT_IN_A_NAME)
            if name.lower() not in labels()["not_councils"] and len(name.split()) > 1:
                return _cased(name)
    return None


def _committee(header: str) -> str | None:
    ends = "|".join(labels()["committee_words"])
    patterns = (
        rf"\bmeeting of (?i:the )?((?:{_NAME}\s+){{0,8}}?(?i:{ends}))\b(?! (?i:of))",
        r"\b((?:Municipal|Metropolitan) District of [A-Z][\w'’-]*(?:[\s-][A-Z][\w'’-]*)*)",
        rf"Meeting:?\s+\S+\s+[-–]\s+((?:{_NAME}\s+){{0,8}}?(?:{ends}))",
        rf"^\W*((?:{_NAME}\s+){{0,8}}?(?:{ends}))\W*(?:$|[-–])",
    )
    for pattern in patterns:
        # Case counts in a name's words, not in "MEETING OF THE" before it.
        match = re.search(pattern.replace("meeting of", "(?i:meeting of)"), header, re.MULTILINE)
        if match:
            return _cased(_behind(match.group(1), _BEFORE_A_COMMITTEE))
    capitals = re.search(rf"^\W*([A-Z][A-Z ,&'’-]*(?:{ends.upper()}))\W*$", header, re.MULTILINE)
    if capitals:
        return _cased(_behind(capitals.group(1), _BEFORE_A_COMMITTEE))
    district = re.search(
        r"\b((?:MUNICIPAL|METROPOLITAN) DISTRICT OF [A-Z’'-]+(?:[ -](?!HELD|ON|AT|IN)[A-Z’'-]+)*)", header
    )
    return _cased(district.group(1)) if district else None


def _behind(name: str, words: str) -> str:
    """What stands behind the last of these words: "Minutes of the Planning Panel" names the Planning Panel."""
    name = re.split(rf"(?i:\b(?:{words})\b\W*)", name)[-1]
    return re.sub(r"^(?:(?:of|at|in|on|by|for|from|with|the|and|a|&)\s+)+", "", name, flags=re.IGNORECASE)


def _cased(name: str) -> str:
    """A name printed in capitals, as one writes it in a sentence."""
    name = re.sub(r"\s+", " ", name).strip(" ,.-–")
    if not name.isupper():
        return name
    small = {"and", "of", "the", "in", "for", "on", "upon", "with", "to"}
    words = re.sub(r"[A-Z’']+", lambda m: m.group().capitalize(), name).split(" ")
    return " ".join(w.lower() if i and w.lower() in small else w for i, w in enumerate(words))
