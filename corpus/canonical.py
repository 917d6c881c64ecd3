"""The map between what was extracted from a source and its canonical text, both ways."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus.models import Edit


def replay(extracted: str, edits: Sequence[Edit]) -> str:
    """The canonical text: `extracted` with every edit made. Edits are in order and do not overlap."""
    parts = []
    at = 0
    for edit in edits:
        parts += [extracted[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*parts, extracted[at:]])


class SourceMap:
    """Finds the extracted text behind a slice of the canonical text."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Index the edits by where they fall in the canonical text."""
        self._edits = list(edits)
        self._after: list[int] = []  # canonical offset just behind each edit's replacement
        shift = 0
        for edit in self._edits:
            shift += len(edit.replacement) - (edit.end - edit.start)
            self._after.append(edit.end + shift)

    def source_offset(self, offset: int) -> int:
        """The extracted offset of a canonical one; inside a replacement, where its edit starts."""
        n = bisect_right(self._after, offset)
        base = offset - (self._after[n - 1] - self._edits[n - 1].end) if n else offset
        if n < len(self._edits):
            # A character of the next edit's replacement has no place of its own in the source.
            base = min(base, self._edits[n].start)
        return base

    def canonical_offset(self, offset: int) -> int:
        """The canonical offset of an extracted one; inside an edit, where its replacement ends."""
        n = bisect_right(self._edits, offset, key=lambda edit: edit.start)
        if not n:
            return offset
        return self._after[n - 1] + max(0, offset - self._edits[n - 1].end)

    def source_slice(self, extracted: str, start: int, end: int) -> str:
        """The canonical `[start, end)` rebuilt from the extracted text alone.

        Equal to the canonical slice whenever the slice starts and ends outside replacements;
        that equality is what makes a quotation verified.
        """
        if end <= start:
            return ""
        low, last = self.source_offset(start), self.source_offset(end - 1)
        inside = [e for e in self._edits if e.start >= low and e.end <= last + 1 and e.start <= last]
        moved = [Edit(e.start - low, e.end - low, e.replacement) for e in inside]
        return replay(extracted[low : last + 1], moved)


def is_verbatim(extracted: str, edits: Sequence[Edit], text: str, start: int, end: int, quote: str) -> bool:
    """True if `quote` is the canonical slice and the source says it too, edits apart."""
    return bool(quote) and text[start:end] == quote and SourceMap(edits).source_slice(extracted, start, end) == quote
