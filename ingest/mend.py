"""Extracted text -> canonical text: furniture deleted, broken lines joined, line-end hyphens restored.

Nothing else is changed, and every change is an `Edit`, so that any slice of the canonical text can be
traced back to the source. In canonical text a line is a paragraph, a bullet or a heading.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus.models import Edit
from ingest import labels
from ingest.furniture import RULED, Line, furniture, lines_of, separators
from ingest.markup import markup
from ingest.source import Extracted


def mend(source: Extracted) -> tuple[Edit, ...]:
    """The edits that make `source.text` canonical, in order, without overlap."""
    lines = lines_of(source)
    gone = furniture(source, lines) if source.wrapped else separators(lines)
    edits = [Edit(line.start, min(line.end + 1, len(source.text))) for line in lines if line.start in gone]
    kept = [line for line in lines if line.start not in gone]
    ruled: dict[int, str] = {}
    if source.format == "markdown":
        ruled = {line.start: RULED.sub("", line.text) for line in kept if RULED.search(line.text)}
        edits += [Edit(line.start + len(ruled[line.start]), line.end) for line in kept if line.start in ruled]
        kept = [line._replace(text=ruled.get(line.start, line.text)) for line in kept]
        edits += [edit for line in kept for edit in markup(line.text, line.start)]
    if source.wrapped:
        edits += _joins(source, kept, ruled)
    if source.page_starts:
        edits += _split_letters(source.text, kept)
    return tuple(_without_overlap(edits))


def _joins(source: Extracted, kept: list[Line], ruled: Collection[int]) -> list[Edit]:
    text = source.text
    edits = [Edit(m.start(), m.end(), _hyphen(text, m.start(), m.end())) for m in re.finditer("\ufffe\n?", text)]
    wide = _width(kept)
    no_gaps = not source.spaced and (bool(source.page_starts) or _double_spaced(kept, wide))
    previous: Line | None = None
    gap = False
    for line in kept:
        if not line.text.strip():
            gap = True
            continue
        # No blank line tells whether a paragraph goes on overleaf.
        overleaf = previous is not None and line.page > previous.page
        # Where a converter ruled a page off in the middle of a sentence, it goes on in small letters.
        broken = previous is not None and previous.start in ruled and _goes_on_small(line)
        if gap and not no_gaps and not (source.spaced and overleaf) and not broken:
            previous = None
        gap = False
        if previous and (
            broken
            or (
                _runs_on_overleaf(previous, line, wide)
                if source.spaced and overleaf
                else _runs_on(previous, line, wide, no_gaps, source.spaced)
            )
        ):
            low = previous.start + len(previous.text.rstrip())
            high = line.start + len(line.text) - len(line.text.lstrip())
            if previous.text.rstrip().endswith("\ufffe"):
                pass  # the hyphen's own edit joins these lines
            elif _RAISED.match(line.text) and previous.text.rstrip()[-1:].isdigit():
                edits.append(Edit(low, high))
            elif previous.text.rstrip().endswith("-") and line.text.lstrip()[:1].isalpha():
                kept_hyphen = _hyphen(text, low - 1, high)
                edits.append(Edit(low - 1, high, kept_hyphen) if not kept_hyphen else Edit(low, high))
            else:
                edits.append(Edit(low, high, " "))
        previous = line
    return edits


def _goes_on_small(line: Line) -> bool:
    words = line.text.lstrip(" \t*_")
    return words[:1].islower() and not labels.bullet().match(words)  # Word's second kind of bullet is an "o"


def _width(lines: list[Line]) -> int:
    """How wide the source sets its lines; 0 where it does not break them (a line is a paragraph)."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if line.text.strip())
    if not lengths or lengths[-1] > 250:
        return 0
    return lengths[int(len(lengths) * 0.9)]


def _double_spaced(lines: list[Line], wide: int) -> bool:
    """True where a converter put a blank line after every broken line, so that gaps say nothing."""
    if not 60 <= wide <= 130:
        return False
    pairs = [(a, b) for a, b in pairwise(lines) if a.text.strip()]
    tight = sum(bool(b.text.strip()) for _, b in pairs)
    return len(pairs) > 10 and tight < len(pairs) * 0.1


_ENDS = (".", "!", "?", ":", ";", "”", '."')
_RAISED = re.compile(r"\s*(?:st|nd|rd|th)\b")
# A list point's mark that no sentence breaks off at; "2025." or "- which" at a line's start may be its middle.
_SURE_MARK = re.compile(r"^(?:[·•▪◦●‣⁃∙\uf0b7\uf0a7]|\((?:[a-z]|[ivx]{1,4})\)|[a-z][.)]\s|\d{1,2}\.\s+[A-Z])")


def _runs_on(before: Line, line: Line, wide: int, no_gaps: bool, spaced: bool) -> bool:
    """True if `line` goes on with the sentence that `before` broke off."""
    head, tail = before.text.rstrip(), line.text.strip()
    ends = head.endswith(_ENDS)
    if spaced:
        # Only lines of one paragraph stand together here; yet a list may be set without any space.
        starts = labels.bullet().match(tail) if ends else _SURE_MARK.match(tail)
        return not (starts or (ends and labels.verdict().match(tail)) or re.match(r"\(Item \d", tail))
    if wide < 40:
        return False
    goes_on = len(head) >= wide * 0.72
    if no_gaps:
        # No blank line tells a paragraph's end: a short line that ends a sentence does.
        goes_on = (goes_on or tail[:1].islower()) and not (ends and len(head) < wide * 0.85)
    return goes_on and not (
        labels.bullet().match(tail)
        or (ends and labels.verdict().match(tail))
        or labels.attendance().match(tail)
        or re.match(r"^(?:\d{1,4}\\?[.)]\s|\(Item \d)|^#", tail)
        or labels.procedural().match(tail)
    )


def _runs_on_overleaf(before: Line, line: Line, wide: int) -> bool:
    """True if a page's first line goes on with a sentence that the page before broke off."""
    head, tail = before.text.rstrip(), line.text.strip()
    if labels.bullet().match(tail) or re.match(r"^(?:\d{1,4}[.)]\s|\(Item \d)", tail):
        return False
    return tail[:1].islower() or (not head.endswith(_ENDS) and len(head) >= wide * 0.72)


def _hyphen(text: str, low: int, high: int) -> str:
    """A hyphen at a line's end belongs to the word, unless the text elsewhere writes it as one."""
    left = re.search(r"[A-Za-z]+$", text[max(0, low - 40) : low])
    right = re.match(r"\s*([A-Za-z]+)", text[high : high + 40])
    if left and right:
        joined = left.group() + right.group(1)
        if joined.lower() in _vocabulary(text):
            return ""
    return "-"


@lru_cache(maxsize=1)
def _vocabulary(text: str) -> frozenset[str]:
    """The words of the text being mended, in small letters."""
    return frozenset(re.findall(r"[a-z]+", text.lower()))


@cache
def _never_joined() -> frozenset[str]:
    words = tomllib.loads(files("ingest").joinpath("mend.toml").read_text("utf-8"))
    return frozenset(words["stands_alone_after_a"])


# Inside a line a letter may stand for itself: "Option A greed" is no "Option Agreed".
_SPLIT = re.compile(r"\s*(?:\d{1,4}(?:[/.]\d{1,4})?[a-z]?[.):]?\s+)?([A-Za-z]) ([a-z]{3,})\b(?!['’])")


def _split_letters(text: str, kept: list[Line]) -> list[Edit]:
    """A word whose first letter print set apart ("A pologies"), where the text itself has the word whole."""
    found = [(line.start + m.start(1), m) for line in kept if (m := _SPLIT.match(line.text))]
    if not found:
        return []
    pieces = Counter(m.group(2) for _, m in found)
    words = Counter(word.lower() for word in re.findall(r"[^\W\d_]+", text))
    return [
        Edit(start + 1, start + 2)
        for start, m in found
        if words[(m.group(1) + m.group(2)).lower()]
        # A piece that is ever a word by itself may be one here: then it is left as it is.
        and words[m.group(2)] == pieces[m.group(2)]
        and not (m.group(1) in "Aa" and m.group(2) in _never_joined())
    ]


def _without_overlap(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if kept and edit.start < kept[-1].end:
            continue
        if edit.start < edit.end:
            kept.append(edit)
    return kept
