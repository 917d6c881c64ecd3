"""Sentences of a passage, by offset. sentencex finds them; council abbreviations are rejoined after it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from corpus.models import Span

LONGEST_LINE = 20_000  # characters
_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")  # a list point's: its words follow


@cache
def _abbreviation() -> re.Pattern[str]:
    words = tomllib.loads(files("corpus").joinpath("abbreviations.toml").read_text("utf-8"))
    always = "|".join(re.escape(w) for w in sorted(words["after_full_stop"], key=len, reverse=True))
    numbered = "|".join(words["before_number"])
    # Read across the boundary, marked "\0". A single capital is an initial: "Councillor D. Wilby".
    return re.compile(rf"(?:\b(?i:{always})|\b[A-Z])\.\s*\0|\b(?i:{numbered})\.\s*\0\d")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, trimmed of white space, as spans of `text`.

    Every character that is not white space belongs to exactly one of them.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    for low, high in _boundaries(text[start:end]):
        low, high = low + start, high + start
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        if low == high:
            continue
        if spans and _continues(
            text[max(spans[-1].start, spans[-1].end - 40) : spans[-1].end], text[low:high], text[spans[-1].end : low]
        ):
            spans[-1] = Span(spans[-1].start, high)
        else:
            spans.append(Span(low, high))
    return spans


def _continues(before: str, after: str, gap: str) -> bool:
    if "\n\n" in gap:
        return False
    if "\n" not in gap and _MARK.fullmatch(before):
        return True
    return bool(_abbreviation().search(f"{before[-30:]}\0{after[:1]}")) or (
        after[:1].islower() and before.endswith(".")
    )


def _boundaries(text: str) -> Iterator[tuple[int, int]]:
    from sentencex import get_sentence_boundaries  # compiled: loaded when first needed

    # sentencex is asked a line at a time: a list's lines are sentences whether or not they end in a stop.
    # No line is longer than a chapter: it takes time by the square of a line's length.
    for line in re.finditer(rf"[^\n]{{1,{LONGEST_LINE}}}(?!\S)|[^\n]{{1,{LONGEST_LINE}}}", text):
        found = get_sentence_boundaries("en", line.group())
        at = 0
        for boundary in found:
            # Its offsets are taken only where they tile the line; otherwise the line stays whole.
            if boundary["start_index"] != at:
                break
            at = boundary["end_index"]
        if at == len(line.group()):
            for boundary in found:
                yield line.start() + boundary["start_index"], line.start() + boundary["end_index"]
        else:
            yield line.start(), line.end()
