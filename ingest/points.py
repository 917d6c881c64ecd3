"""List points: the marks before them, and the words that introduce them ("the officer shared that: a. … b. …")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import Span
from corpus.sentences import sentences

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(slots=True)
class _Level:
    """A line that introduces points: its own mark's style, the words, and its points' style and last mark."""

    own: str
    words: Span
    points: str | None = None
    last: str = ""


class Leads:
    """Which words introduce the next list point, lists inside lists included, while an item is read."""

    def __init__(self) -> None:
        """Nothing is introduced yet."""
        self._levels: list[_Level] = []
        self._before: list[_Level] = []

    def paragraph(self, introduces: Span | None) -> None:
        """A line without a mark ends the lists above it; or pauses them, if the next point counts on."""
        if self._levels:
            self._before = self._levels
        self._levels = [_Level("", introduces)] if introduces else []

    def point(self, mark: str, introduces: Span | None) -> Span | None:
        """The words that introduce the point with this mark; it may introduce points of its own."""
        style, bare = style_of(mark)
        if not self._levels:
            self._resume(style, bare)
        for depth in range(len(self._levels) - 1, -1, -1):
            level = self._levels[depth]
            if level.own == style:
                del self._levels[depth:]  # the next of what introduced the list
                break
            if level.points == style:
                del self._levels[depth + 1 :]
                break
        lead = None
        if self._levels:
            top = self._levels[-1]
            lead = top.words
            if top.points in (None, style):
                top.points, top.last = style, bare
        if introduces:
            self._levels.append(_Level(style, introduces))
        return lead

    def _resume(self, style: str, bare: str) -> None:
        for depth, level in enumerate(self._before):
            if level.points == style and _follows(level.last, bare):
                self._levels = self._before[: depth + 1]
        self._before = []


def style_of(mark: str) -> tuple[str, str]:
    """A mark's style, equal for all the points of one list; and the mark without its dots and brackets."""
    bare = re.sub(r"[^\w&]", "", mark) or mark.strip()
    if re.match(r"\d+\.\d", mark.strip()):
        return "decimal", bare
    if bare.isdigit():
        return "number", bare
    if len(bare) > 1 and bare.lower() in _ROMAN:
        return "roman", bare.lower()
    # "o" without a bracket is Word's second kind of bullet.
    if bare.isalpha() and len(bare) == 1 and mark.strip() != "o":
        return "letter", bare.lower()
    return mark.strip()[:1], bare


def _follows(last: str, bare: str) -> bool:
    if last.isdigit() and bare.isdigit():
        return int(bare) == int(last) + 1
    return len(last) == len(bare) == 1 and last.isalpha() and ord(bare) == ord(last) + 1


def introduces(text: str, start: int, end: int) -> Span | None:
    """The words at the end of this line that introduce what stands below it, if any do."""
    if text[end - 1 : end] != ":" or end - start >= 1_200:
        return None
    return sentences(text, start, end)[-1]


_INSIDE = re.compile(r":\s+(?=\(?(?P<mark>a|i|1)[.)]\s)")


def points_inside(text: str, start: int, end: int) -> list[int]:
    """Where the points start that stand inside one line: "… shared that: a. … b. …"; none for fewer than two."""
    opening = _INSIDE.search(text, start, end)
    if opening is None:
        return []
    first = opening["mark"]
    marks = {"a": "abcdefghijklmnop", "i": _ROMAN, "1": [str(n) for n in range(1, 20)]}[first]
    found = [opening.end()]
    for mark in marks[1:]:
        point = re.compile(rf"(?:[.;,:?]|\band|\bor)\s+(?=\(?{mark}[.)]\s)").search(text, found[-1], end)
        if point is None:
            break
        found.append(point.end())
    return found if len(found) > 1 else []
