"""Where a printed page's paragraphs end, told by where its lines stand: a text layer itself does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

GAP = 1.22  # of the usual distance between two lines: more than this parts two paragraphs
FEW = 3  # lines that run on: fewer say nothing about the usual distance
SENTENCE_ENDS = (".", "!", "?", ":", ";", "”", '."')


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it is printed: its text, and in points where it stands."""

    text: str
    left: float
    right: float
    base: float  # of the letters, above the page's lower edge
    first_word: float  # how wide its first word is
    size: float
    bold: bool


def with_paragraphs(pages: Sequence[Sequence[PrintedLine]]) -> list[str] | None:
    """The pages' texts with a blank line between any two paragraphs; None where the places do not tell."""
    edges = sorted(line.right for page in pages for line in page)
    if not edges:
        return None
    column = edges[int(len(edges) * 0.95)]
    steps = [a.base - b.base for a, b in _neighbours(pages) if _would_not_fit(a, b, column) and a.base > b.base]
    if len(steps) < FEW:
        return None
    usual = median(steps)
    return ["".join(_spaced(page, column, usual)) for page in pages]


def _neighbours(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[tuple[PrintedLine, PrintedLine]]:
    for page in pages:
        yield from pairwise(page)


def _would_not_fit(line: PrintedLine, after: PrintedLine, column: float) -> bool:
    """True if the line was broken because it was full: the next line's first word had no room on it."""
    return line.right + after.first_word + after.size * 0.2 > column - 2


def _spaced(page: Sequence[PrintedLine], column: float, usual: float) -> Iterator[str]:
    for line, after in pairwise(page):
        yield line.text + ("\n\n" if _parts(line, after, column, usual) else "\n")
    if page:
        yield page[-1].text


def _parts(line: PrintedLine, after: PrintedLine, column: float, usual: float) -> bool:
    """True if a paragraph ends between these two lines."""
    step = line.base - after.base
    if abs(step) < usual * 0.45:
        return False  # a raised "th", or more of the same line
    if step < 0 or step > usual * GAP:
        return True
    if line.text.rstrip().endswith("\ufffe"):
        return False
    if line.bold != after.bold or abs(line.size - after.size) > 1:
        return True
    if _would_not_fit(line, after, column):
        return False
    # The line ends early. That is a paragraph's end, unless a sentence is plainly in the middle.
    if line.text.rstrip().endswith(SENTENCE_ENDS):
        return True
    far = (line.right - line.left) / max(column - line.left, 1) > 0.75
    return not (re.match(r"\s*[a-z]{2}", after.text) or far)
