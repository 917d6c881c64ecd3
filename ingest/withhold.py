"""Takes out of an extracted text what must never be stored: exempt minutes, and people's contact data.

It is done before anything else looks at the text, so that neither the record nor its copy of the source holds it.
Where contact data was, square brackets say so; exempt text is counted in the notices.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from corpus.canonical import SourceMap, replay
from corpus.models import Edit
from corpus.sentences import sentences
from ingest.contact import pattern, private, words
from ingest.source import Extracted

_BEGINNINGS = ("exempt_parts", "exempt_begins", "exempt_alone")
_NUMBERED = re.compile(r"^[\s*#_|]*(?P<number>\d{1,4})(?:/\d{2,4})?(?:[.)]\s+\S|\s+[^\s\da-z])")
_ANY_NUMBER = r"(?:[A-Z]{0,4}\d{1,4}(?:[/.]\d{1,4})*[.):]?\s+)?"


def withhold(source: Extracted) -> Extracted:
    """`source` without exempt text and contact data, its offsets moved, with a notice of what was left out."""
    exempt = _joined(_exempt(source))
    contacts = [edit for edit in private(source.text) if not any(e.start <= edit.start < e.end for e in exempt)]
    edits = _joined([*exempt, *contacts])
    if not edits:
        return source
    where = SourceMap(edits)
    return replace(
        source,
        text=replay(source.text, edits),
        page_starts=tuple(where.canonical_offset(start) for start in source.page_starts),
        marks=tuple(
            replace(mark, start=where.canonical_offset(mark.start))
            for mark in source.marks
            if not any(edit.start <= mark.start < edit.end for edit in exempt)
        ),
        notices=(*source.notices, *_notices(exempt, contacts)),
    )


def _notices(exempt: list[Edit], contacts: list[Edit]) -> Iterator[str]:
    if exempt:
        yield f"{len(exempt)} exempt part{'s' * (len(exempt) != 1)} left out"
    if contacts:
        several = "e-mail addresses, phone numbers or home addresses"
        yield f"{len(contacts)} {several} left out" if len(contacts) > 1 else "a private contact detail left out"


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that says that what follows is exempt."""

    end: int
    part: bool  # of several items: only an explicit heading makes it public again
    next_numbers: tuple[int, ...]  # an item's own heading: this number ends it


def _exempt(source: Extracted) -> Iterator[Edit]:
    """What follows an exempt heading: an item's own to the next item, a part's until it is public again."""
    text = source.text
    if not _may_hold_any(text):
        return
    items = sorted(mark.start for mark in source.marks if mark.part == "item")
    meetings = sorted(mark.start for mark in source.marks if mark.part == "meeting")
    begun: _Heading | None = None
    first = False  # the line is the first below the heading
    passed = met = 0
    for line in re.compile(r"[^\n\f]+").finditer(text):
        said = line.group()
        if not said.strip():
            continue
        is_item, passed = bisect_left(items, line.end()) > passed, bisect_left(items, line.end())
        is_meeting, met = bisect_left(meetings, line.end()) > met, bisect_left(meetings, line.end())
        found = _heading(said, line.end(), is_item)
        if begun is not None:
            over = is_meeting or _says("public_again", said)
            if first and begun.part and _says("none_follows", said):
                rest = text[line.end() :].lstrip()
                over = not rest or _number(rest) is not None or bisect_left(items, len(text) - len(rest) + 1) > passed
            if over or (not begun.part and (is_item or _number(said) in begun.next_numbers)):
                yield from _all_but_exclusion(text, begun.end, line.start())
                begun = None
            elif found:  # an exempt part, or another item, begins below
                begun = replace(begun, part=begun.part or found.part, next_numbers=found.next_numbers)
        first = begun is None and found is not None
        begun = begun or found
    if begun is not None:
        yield from _all_but_exclusion(text, begun.end, len(text))


def _may_hold_any(text: str) -> bool:
    """False for most minutes, which are wholly public: only lines with a hint are looked at, for speed."""
    small = text.lower()
    if len(small) != len(text):
        return True
    for hint in words()["hints"]:
        at = small.find(hint)
        while at >= 0:
            low, high = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            high = len(text) if high < 0 else high
            if any(begins.search(text, low, high) for begins in (_may_begin(), *_exempt_titles())):
                return True
            at = small.find(hint, high)
    return False


def _heading(line: str, end: int, is_item: bool) -> _Heading | None:
    """The exempt heading that a line is, if it is one: `is_item` where the source itself says that it is an item's."""
    number = _number(line)
    title = is_item or (number is not None and len(line.split()) < 25)
    said = re.sub(rf"^\W*{_ANY_NUMBER}", "", line)
    short = len(said.split()) <= 14
    is_part = short and (_matches("exempt_parts", said) or (title and _matches("exempt_alone", said)))
    is_exempt = is_part or (short and (_matches("exempt_begins", said) or _matches("exempt_alone", said)))
    is_exempt = is_exempt or (title and any(marked.search(line) for marked in _exempt_titles()))
    if not is_exempt or _searches("open_all_the_same", line):
        return None
    return _Heading(end, is_part, () if number is None or is_item else (number + 1,))


def _number(line: str) -> int | None:
    numbered = _NUMBERED.match(line)
    return int(numbered["number"]) if numbered else None


def _is_exclusion(sentence: str) -> bool:
    """True for the words by which a meeting excluded the public: they are public. A sum of money is never in them."""
    return (
        _searches("exclusion", sentence) and _searches("excluded_from", sentence) and not _searches("money", sentence)
    )


def _all_but_exclusion(text: str, start: int, end: int) -> Iterator[Edit]:
    """One edit for a stretch, or two around the words that excluded the public, which are themselves public."""
    at = begun = start
    apart = r"\n[ \t]*\n" if re.search(r"\n[ \t]*\n", text[start:end]) else r"\n"
    for paragraph in re.split(rf"({apart})", text[start:end]):
        # Where lines are broken, so are the sentences in them.
        joined = paragraph.replace("\n", " ")
        for sentence in sentences(joined) if _searches("exclusion", joined) else ():
            if _is_exclusion(joined[sentence.start : sentence.end]):
                if text[at : begun + sentence.start].strip():
                    yield Edit(at, begun + sentence.start, "\n")
                at = begun + sentence.end
        begun += len(paragraph)
    if text[at:end].strip():
        yield Edit(at, end, "\n")


def _joined(edits: Any) -> list[Edit]:
    """Edits in order, one for each stretch that several touch."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if kept and edit.start < kept[-1].end:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, edit.end))
        else:
            kept.append(edit)
    return kept


@cache
def _may_begin() -> re.Pattern[str]:
    """Where a line begins as an exempt heading does."""
    begins = "|".join(pattern(key).pattern for key in _BEGINNINGS)
    return re.compile(rf"^\W{{0,8}}{_ANY_NUMBER}(?:{begins})", re.IGNORECASE | re.MULTILINE)


@cache
def _exempt_titles() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(title) for title in words()["exempt_title"])


def _matches(key: str, line: str) -> bool:
    """True where a line begins so."""
    return pattern(key).match(line) is not None


def _says(key: str, line: str) -> bool:
    """True where a whole line says so, its number apart."""
    return re.fullmatch(rf"\W*{_ANY_NUMBER}(?:{pattern(key).pattern})\W*", line, re.IGNORECASE) is not None


def _searches(key: str, line: str) -> bool:
    return pattern(key).search(line) is not None
