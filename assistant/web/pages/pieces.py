"""A line -> the pieces that it is shown in: what is marked, what was looked for, who speaks.

Together they are the line's words, space apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.web.pages.lines import Line
from corpus.meetings import PassageRead
from corpus.models import Span, Statement

LONGEST_SEARCH = 100  # characters
_ALIKE = {"'": "['’‘ʼ]", "-": "[-‐‑–—]", '"': '["“”]'}
_ALIKE |= {"’": _ALIKE["'"], "–": _ALIKE["-"], "“": _ALIKE['"'], "”": _ALIKE['"']}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that are shown alike. `begins` and `ends` name the passage that does so here.

    `hit` counts what was looked for, from 1; it is `first` where the words found begin.
    """

    words: str
    marker: bool = False
    cited: bool = False
    speaker: bool = False
    hit: int = 0
    first: bool = False
    begins: PassageRead | None = None
    ends: PassageRead | None = None


class Search:
    """What somebody looks for in a meeting, and how often it has been found so far."""

    def __init__(self, words: str) -> None:
        """Look for `words` as they stand, whatever their case and the space between them."""
        self.words = " ".join(words[:LONGEST_SEARCH].split())
        self.count = 0
        self._pattern = _pattern([self.words]) if self.words else None

    def apart(self) -> None:
        """Look for each of the words by itself: together they are nowhere."""
        long = [word for word in self.words.split() if len(word) > 2]
        self._pattern = _pattern(long or self.words.split())
        self.count = 0

    def spans(self, text: str, start: int, end: int) -> list[tuple[int, Span]]:
        """Where the words stand in `[start, end)`, each with its number."""
        found = []
        for match in self._pattern.finditer(text, start, end) if self._pattern else ():
            self.count += 1
            found.append((self.count, Span(match.start(), match.end())))
        return found


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    told = ("".join(r"\s+" if sign == " " else _ALIKE.get(sign, re.escape(sign)) for sign in p) for p in phrases)
    return re.compile("|".join(told), re.IGNORECASE)


def speakers_in(text: str, line: Line, said: Sequence[Statement]) -> list[Span]:
    """Where the line's statements name who speaks, as printed."""
    found = []
    for s in said:
        low, high = max(s.start, line.start), min(s.end, line.end)
        at = text.find(s.speaker, low, high) if s.speaker and s.verb and low < high else -1
        if at >= 0 and s.speaker:
            found.append(Span(at, at + len(s.speaker)))
    return found


def pieces_of(
    text: str, line: Line, cited: Span | None, hits: Sequence[tuple[int, Span]], speakers: Sequence[Span]
) -> list[tuple[bool, list[Piece]]]:
    """The line's pieces, in runs of those that are `cited` and those that are not."""
    spans: list[Span | PassageRead] = [
        *([cited] if cited else []),
        *(span for _, span in hits),
        *speakers,
        *line.passages,
    ]
    edges = {line.start, line.text, line.end} | {edge for span in spans for edge in (span.start, span.end)}
    inside = sorted(edge for edge in edges if line.start <= edge <= line.end)
    pieces = []
    for start, end in pairwise(inside):
        hit, found = next(((n, s) for n, s in hits if s.start <= start < s.end), (0, None))
        piece = Piece(
            shown(text[start:end], start < line.text),
            marker=start < line.text,
            cited=cited is not None and cited.start <= start < cited.end,
            speaker=any(s.start <= start < s.end for s in speakers),
            hit=hit,
            first=found is not None and found.start == start,
            begins=next((p for p in line.passages if p.start == start), None),
            ends=next((p for p in line.passages if p.end == end), None),
        )
        if piece.words or piece.begins or piece.ends:
            pieces.append(piece)
    return [(key, list(run)) for key, run in groupby(pieces, key=lambda piece: piece.cited)]


def heading_pieces(title: str, search: Search) -> list[Piece]:
    """An item's title, with what was looked for."""
    pieces, at = [], 0
    for n, span in search.spans(title, 0, len(title)):
        pieces += [Piece(title[at : span.start]), Piece(title[span.start : span.end], hit=n, first=True)]
        at = span.end
    return [piece for piece in (*pieces, Piece(title[at:])) if piece.words]


def shown(words: str, marker: bool = False) -> str:
    """Words with their space made plain, and without signs that nobody can see; in a marker, those are bullets."""
    plain = re.sub(r"\s+", " ", words)
    unseen = ("Cc", "Co") if marker else ("Cc",)
    return "".join(("•" if marker else "") if unicodedata.category(c) in unseen else c for c in plain)
