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
from ingest.printed import as_written, bare, is_name, join_lines

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
_BEFORE_A_BODY = "draft|annual|following|after|before|a|an|the|of|at|in|on|by|for|from|with|and|&|" + "|".join(MONTHS)
# "Mr Quill of Harwell Green Parish Council" was a guest; what ends a sentence ends a name.
_SOMEBODY = r"(?i:\b(?:mr|mrs|ms|cllr|councillor|chair\w*|cathaoirleach|mayor|member|letter)\b)"
_NOT_IN_A_NAME = re.compile(rf"{_SOMEBODY}|[a-z]{{3}}\.\s")
# A word of a name; not one with which the header goes on.
_WORD = (
    r"(?:(?!(?i:held|\w*meetings?|minutes|proceedings|notes|report|was|present|members|(?:mon|tues|wednes|thurs|fri)day)\b)"
    r"(?:[A-ZÀ-Þ][\w'’.&-]*|of|and|for|the|upon|in|on|with|le|&))"
)
_PLACE = r"(?!(?i:held|on|at|in|and|to|for|was|meeting|present|joint)\b)[A-ZÀ-Þ][\w'’]*"
_DISTRICT = rf"(?i:municipal|metropolitan) (?i:district of(?: the)?) {_PLACE}(?:[ -]+{_PLACE})*"
# What makes of a council a place, a guest, the other side of a letter, or what somebody's sentence is about.
_IN_PASSING_BEFORE = re.compile(
    rf"{_SOMEBODY}|(?i:\b(?:venue|location|guests?|speakers?|representatives?|hosted|reply|asks?|between)\b[^.]*$"
    r"|\b(?:offices?|rooms?|headquarters|premises|buildings?|leader|invitation) of (?:the )?$"
    r"|\bheld (?:in|at) (?:the )?$|\b(?:if|that|whether|with|(?<!held )by) (?:the )?$)"
)
_IN_PASSING_AFTER = re.compile(
    r"(?:['’]s)?\s+(?:reply|response|letter|representatives?"
    r"|are|can|could|did|do|does|had|has|have|must|shall|should|were|would"
    r"|will(?! meet\b| hold\b)|(?:is|was)(?! held\b))\b"
)
_ROOMS = r"(?:chambers?|offices?|house|hall|buildings?|headquarters)\b"
_IN_A_ROOM = re.compile(r"(?i:\b(?:chambers?|offices?|rooms?|village hall)\b)")
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
    whose = _councils(re.sub(r"\bPC\b", "Parish Council", title or ""))
    council = next((name for name in whose if name in councils), None) or next(iter([*councils, *titled]), None)
    committee = _committee(said, council) or (None if councils else _committee(title or "", council))
    if not councils and committee and committee.endswith(" Parish Meeting"):
        council = None  # all electors of a parish met: its council is who filed their minutes
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
    minutes = rf"\b(?:{words})\s+m\s?i\s?n\s?u\s?t\s?e\s?s\b"
    alone = rf"^\W*(?:{words})\W*$|\b(?:{words})\s*\("
    headed = any(_heads(line, found) for line in header.splitlines() for found in re.finditer(minutes, line, re.I))
    split = rf"^\W*(?:{words})\s*\n\s*minutes\b"
    if headed or re.search(rf"{split}|{alone}", header, re.IGNORECASE | re.MULTILINE):
        return "draft"
    # A site that calls its drafts so, and these not, has approved them.
    headings = {line.strip().lower() for line in header.splitlines()}
    return "approved" if headings & set(labels()["approved_headings"]) else "unknown"


# What makes of "draft minutes" the minutes of a meeting before, which this one dealt with.
_SPOKEN_OF = re.compile(
    r"\b(?:the|that|of|on|previous|last|to|(?:approv|agree|confirm|accept|adopt|receiv|sign)\w*)\s+$", re.I
)
_DEALT_WITH = re.compile(
    r"\b(?:were|was|be|been|being|are|is|had|have|having)\b[^.]*\b(?:approved|agreed|confirmed|signed|adopted|accepted"
    r"|taken|read|received|considered|noted|amended|circulated|proposed)\b",
    re.I,
)


def _heads(line: str, found: re.Match[str]) -> bool:
    """True if "draft minutes" heads these minutes; in prose it speaks of others."""
    before, after = line[: found.start()], line[found.end() :]
    return not (_SPOKEN_OF.search(before) or _DEALT_WITH.search(after) or len(before.split()) > PROSE)


def _councils(header: str) -> list[str]:
    """The councils that a header names, those behind "meeting of" first, of these the one that held it."""
    joined = join_lines(header)
    behind = [*re.finditer(f"{_MEETING_OF}({_council_name()})", joined)]
    behind.sort(key=lambda match: not re.match(r"[^\n]{0,30}?\s(?i:held)\b", joined[match.end() :]))
    found = [match.group(1) for match in behind]
    # "Guests:" or "Venue:" may stand in the line above theirs.
    for line in header.replace(":\n", ": ").splitlines():
        # A long line is prose, and may speak of any council: only what it begins with is its own.
        found += [
            match.group()
            for match in re.finditer(_council_name(), line)
            if (match.start() == 0 or len(line.split()) <= PROSE) and not _in_passing(line, match.group())
        ]
    found += re.findall(r"\bCyngor(?: [A-Z][\w'’-]+){1,5}", header)
    committees = "|".join(labels()["committee_words"])
    found = [re.sub(rf"^.*\b(?i:{committees}) of (?:the )?(?=[A-Z])", "", name) for name in found]
    names = (as_written(bare(name, _BEFORE_A_COUNCIL)) for name in found)
    return [
        name
        for name in (re.sub(r"(?i:\b(?:annual|general|extra-?\s?ordinary) )", "", name) for name in names)
        if is_name(name)
        and not (_NOT_IN_A_NAME.search(name) or _IN_A_ROOM.search(name))
        and name.lower() not in labels()["not_councils"]
    ]


def _in_passing(line: str, found: str) -> bool:
    """True if the line does not say that this council met: it was there, or is spoken of."""
    before, _, after = line.partition(found)
    name = bare(found, _BEFORE_A_COUNCIL)
    before += found.removesuffix(name)
    return bool(_IN_PASSING_BEFORE.search(before) or _IN_PASSING_AFTER.match(after))


@cache
def _council_name() -> str:
    ends = "|".join(labels()["council_words"])
    # "held in the Council Chamber" names a room.
    return rf"\b(?:{_WORD} ){{1,10}}?(?i:{ends})\b(?!(?:['’]s)?\s+(?i:{_ROOMS}))"


def _committee(header: str, council: str | None) -> str | None:
    for name in _bodies(header):
        name = as_written(bare(name, _BEFORE_A_BODY))
        if council and name.lower().startswith(council.lower()):
            # "Quillbeck District Council's Audit Committee", "Quillbeck District Council, Audit Committee"
            name = re.sub(r"^(?:['’]s)?[\s,]+", "", name[len(council) :])
        if name.lower() in labels()["not_councils"] or _NOT_IN_A_NAME.search(name):
            continue
        if name in labels()["bodies_alone"] or is_name(name):
            return name
    return None


def _bodies(header: str) -> Iterator[str]:
    joined = join_lines(header)
    ends = "|".join(labels()["committee_words"])
    body = rf"(?:{_WORD},? ){{0,14}}(?=[A-Z])(?i:{ends})\b(?! (?i:rooms?|members?|suite)\b)"
    behind = re.search(rf"{_MEETING_OF}({body}(?: (?i:meeting )?(?i:of the) {_DISTRICT})?)", joined)
    if behind:
        yield re.sub(r" (?i:meeting) (?=(?i:of the))", " ", behind.group(1))
    district = re.search(rf"\b{_DISTRICT}", joined)
    if district:
        yield re.sub(r"(?i:(district of) the )", r"\1 ", district.group())
    # All electors of a parish: it is not its council.
    parish = rf"(?:{_WORD} ){{1,6}}(?i:parish meeting)\b"
    electors = re.search(rf"{_MEETING_OF}({parish})", joined) or re.search(rf"(?m:^)({parish})", joined)
    if electors:
        yield re.sub(r"(?i:\bannual |['’]s(?= (?:annual )?parish))", "", electors.group(1))
    for line in header.splitlines():
        # An issue's page: "Meeting: 13/09/2021 - Adult Care Panel (Item 39)".
        named = re.match(
            rf"(?:Meeting:?\s+\S+\s+[-–]\s+|\W*)({body})\W*(?:$|[-–]|(?i:\(item|minutes|meeting|agm)\b)", line
        )
        if named:
            yield named.group(1)
    # A club or a village hall has members, who meet once a year.
    members = rf"((?:{_WORD} ){{2,7}})(?:(?i:agm|annual general meeting)\b|\((?i:registered )?(?i:charity))"
    for found in re.finditer(rf"(?:{_MEETING_OF}|(?m:^)\W*){members}", joined):
        if not re.search(r"(?i:\bcouncil\b)", found.group(1)):
            yield found.group(1)
