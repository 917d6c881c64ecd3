"""Council, committee, date and status, read from a meeting's header where it states them; else None.

A header's lines are broken anywhere, some behind every word: a name is first looked for behind "meeting of" with the
lines joined, and only then in each line. What a scan has garbled is no name: a wrong fact is worse than none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.models import MONTHS, Status
from ingest.dates import find_date as find_date
from ingest.labels import attendance, labels

OPENING_WORDS = 120  # a header is shorter: beyond, it is somebody's prose
PROSE = 25  # words: so long a line is prose, too

# Who was there, wherever in a line it begins, and the first item.
_HEADER_ENDS = re.compile(
    r"\b(?:PRESENT|ATTENDANCE|[Pp]resent|[Aa]ttendance|[Aa]ttending)\b\s*(?:[:(–—]|-\s|$|IN THE)"
    r"|\bI[Nn] (?:THE CHAIR|the chair)\b|(?<![\d.])\b0?1[.)]\s+[A-Z]|^\W*(?:Item|ITEM)\s+\d"
)

# What stands in front of a name and is none of it.
_BEFORE_A_COUNCIL = (
    "draft|annual|monthly|ordinary|extraordinary|special|general|full|online|adjourned|statutory|inaugural|virtual|a|an|the|our|of|at|"
    "in|on|by|for|from|with|and|&|" + "|".join(MONTHS)
)
_BEFORE_A_BODY = "draft|annual|a|an|the|of|at|in|on|by|for|from|with|and|&|" + "|".join(MONTHS)
# "Mr Quill of Harwell Green Parish Council" was a guest; what ends a sentence ends a name.
_SOMEBODYS = re.compile(
    r"(?i:\b(?:mr|mrs|ms|cllr|councillor|chair\w*|cathaoirleach|mayor|member|letter)\b)|[a-z]{3}\.\s"
)
# A word of a name; not one with which the header goes on.
_WORD = (
    r"(?:(?!(?i:held|\w*meetings?|minutes|proceedings|notes|report|was|present|members|(?:mon|tues|wednes|thurs|fri)day)\b)"
    r"(?:[A-ZÀ-Þ][\w'’.&-]*|of|and|for|the|upon|in|on|with|le|&))"
)
_PLACE = r"(?!(?i:held|on|at|in|and|to|for|was|meeting|present|joint)\b)[A-ZÀ-Þ][\w'’]*"
_DISTRICT = rf"(?i:municipal|metropolitan) (?i:district of(?: the)?) {_PLACE}(?:[ -]+{_PLACE})*"
_MEETING_OF = r"(?i:(?:meetings?(?: \([^)]*\))?|minutes|proceedings) (?:of|at|for) (?:the )?)"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a header states of its meeting."""

    council: str | None = None
    committee: str | None = None
    date: dt.date | None = None
    status: Status = "unknown"
    item_number: str | None = None


def facts(header: str, title: str | None = None) -> Facts:
    """What the lines above the first item state; where they are silent, what the source's own title does."""
    item = re.search(r"\(Item\s+([\w./]+?)\.?\)", header)
    said = opening(header)
    councils, titled = _councils(said), _councils(title or "")
    # Where a header names several, as a site's line above it may, the title says whose minutes they are.
    council = next((name for name in titled if name in councils), None) or next(iter([*councils, *titled]), None)
    committee = _committee(said, council) or (None if councils else _committee(title or "", council))
    date = find_date(said) or find_date(title or "")
    return Facts(council, committee, date, _status(said), item and item.group(1))


def opening(text: str) -> str:
    """The header at the start of `text`: its lines, or words, above who was there and the first item."""
    lines: list[str] = []
    words = 0
    for line in text.splitlines():
        ends = _HEADER_ENDS.search(line)
        said = line[: ends.start()] if ends else line
        words += len(said.split())
        if attendance().match(line) or (lines and words > OPENING_WORDS):
            break
        lines.append(" ".join(said.split()))
        if ends:
            break
    return "\n".join(lines)


def _status(header: str) -> Status:
    words = "|".join(labels()["draft_words"])
    # Not every draft is one of minutes: "Draft Budgetary Plan Meeting".
    said = rf"\b(?:{words})\s+m\s?i\s?n\s?u\s?t\s?e\s?s\b|^\W*(?:{words})\W*$|\b(?:{words})\s*\("
    if re.search(said, header, re.IGNORECASE | re.MULTILINE):
        return "draft"
    # A site that calls its drafts so, and these not, has approved them.
    headings = {line.strip().lower() for line in header.splitlines()}
    return "approved" if headings & set(labels()["approved_headings"]) else "unknown"


def _councils(header: str) -> list[str]:
    """The councils that a header names, those behind "meeting of" first."""
    found = [match.group(1) for match in re.finditer(f"{_MEETING_OF}({_council_name()})", _joined(header))]
    for line in header.splitlines():
        # A long line is prose, and may speak of any council: only what it begins with is its own.
        matches = re.finditer(_council_name(), line)
        found += [match.group() for match in matches if match.start() == 0 or len(line.split()) <= PROSE]
    found += re.findall(r"\bCyngor(?: [A-Z][\w'’-]+){1,5}", header)
    committees = "|".join(labels()["committee_words"])
    found = [re.sub(rf"^.*\b(?i:{committees}) of (?:the )?(?=[A-Z])", "", name) for name in found]
    names = (_cased(_behind(name, _BEFORE_A_COUNCIL)) for name in found)
    return [
        name
        for name in (re.sub(r"(?i:\b(?:annual|general|extra-?\s?ordinary) )", "", name) for name in names)
        if _is_name(name) and not _SOMEBODYS.search(name) and name.lower() not in labels()["not_councils"]
    ]


@cache
def _council_name() -> str:
    ends = "|".join(labels()["council_words"])
    # "held in the Council Chamber" names a room.
    return rf"\b(?:{_WORD} ){{1,10}}?(?i:{ends})\b(?!\s+(?i:chambers?|offices?|house|hall|buildings?))"


def _committee(header: str, council: str | None) -> str | None:
    for name in _bodies(header):
        name = _cased(_behind(name, _BEFORE_A_BODY))
        if council and name.lower().startswith(council.lower()):
            # "Quillbeck District Council's Audit Committee", "Quillbeck District Council, Audit Committee"
            name = re.sub(r"^(?:['’]s)?[\s,]+", "", name[len(council) :])
        if name.lower() in labels()["not_councils"] or _SOMEBODYS.search(name):
            continue
        if name in labels()["bodies_alone"] or _is_name(name):
            return name
    return None


def _bodies(header: str) -> Iterator[str]:
    joined = _joined(header)
    ends = "|".join(labels()["committee_words"])
    body = rf"(?:{_WORD},? ){{0,14}}(?=[A-Z])(?i:{ends})\b(?! (?i:rooms?|members?|suite)\b)"
    behind = re.search(rf"{_MEETING_OF}({body}(?: (?i:meeting )?(?i:of the) {_DISTRICT})?)", joined)
    if behind:
        yield re.sub(r" (?i:meeting) (?=(?i:of the))", " ", behind.group(1))
    district = re.search(rf"\b{_DISTRICT}", joined)
    if district:
        yield re.sub(r"(?i:(district of) the )", r"\1 ", district.group())
    # All electors of a parish: it is not its council.
    parish = re.search(rf"{_MEETING_OF}((?:{_WORD} ){{1,6}}(?i:parish meeting))\b", joined)
    if parish:
        yield re.sub(r"(?i:\bannual )", "", parish.group(1))
    for line in header.splitlines():
        # An issue's page: "Meeting: 13/09/2021 - Adult Care Panel (Item 39)".
        named = re.match(
            rf"(?:Meeting:?\s+\S+\s+[-–]\s+|\W*)({body})\W*(?:$|[-–]|(?i:\(item|minutes|meeting|agm)\b)", line
        )
        if named:
            yield named.group(1)


def _joined(header: str) -> str:
    """The header with its broken lines joined: those in capitals, and those that end or begin inside a phrase."""
    joined = before = ""
    for line in filter(None, header.splitlines()):
        # Scans put small letters among capitals: "MAINCHĺN", "3rd MAY".
        inside = not re.search(r"[a-z]{4}", before + line) and line.upper() != line.lower()
        inside = inside or bool(
            re.search(r"(?i:[,&-]|\b(?:of|the|and|in|at|on|for))$", before) or re.match(r"[a-z&]", line)
        )
        joined += (" " if inside and before else "\n") + line
        before = line
    return joined


def _behind(name: str, words: str) -> str:
    """A name without what stands before it: "Minutes of the June Planning Panel" names the Planning Panel."""
    name = re.split(r"(?i:\b(?:minutes|proceedings|\w*meetings?|held)\b\W+)(?=\w)", name)[-1]
    return re.sub(rf"^(?:(?:{words})\s+)+", "", name, flags=re.IGNORECASE)


def _is_name(name: str) -> bool:
    """False for one word, which names nobody, and for what a scan has garbled."""
    words = re.findall(r"[^\s-]+", name)
    return (
        len(words) > 1
        and bool(re.fullmatch(r"[^\W\d_][^\d_\"*<>|~©®™{}\[\]\\]*", name))
        and all(re.search(r"[aeiouyáéíóúâêîôûŵŷ]", word, re.IGNORECASE) for word in words if len(word) > 3)
        and not re.search(r"[a-z](?<!\bMc)(?<!\bMac)[A-Z]|(\w)\1\1", name)
        and not re.search(r"^Of(?!f)\w|(?i:[a-z]{3}(?:parish|district|borough)\b)", name)  # words run together
        and sum(len(word) == 1 and word not in "aA&" for word in words) < 2
    )


def _cased(name: str) -> str:
    """A name printed in capitals, as one writes it in a sentence."""
    name = re.sub(r"-\s+", "-", " ".join(name.split())).strip(" ,.-–")
    if not name.isupper():
        return name
    small = {"and", "of", "the", "in", "for", "on", "upon", "with", "to"}
    kept = {word for word in labels()["committee_words"] if word.isupper()}
    words = re.sub(
        r"[^\W\d_][\w’']*", lambda m: m.group() if m.group() in kept else m.group().capitalize(), name
    ).split(" ")
    return " ".join(w.lower() if i and w.lower() in small else w for i, w in enumerate(words))
