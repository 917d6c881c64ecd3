"""What every format makes of its bytes: text, with what the source's own structure says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# What stands from a mark on, up to the next: a meeting's header lines, who was there, an item's title (its first line),
# what it is for, what was said, what was decided; or one line that is surely a heading, whatever it looks like.
Part = Literal["meeting", "attendance", "item", "purpose", "minutes", "decision", "heading"]


class Skip(Exception):  # noqa: N818 - it is no error: it says what is done with a source
    """This source is left out; the text is the reason, one plain line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the source itself says that its text is, from `start` (an offset into the extracted text) on."""

    start: int
    part: Part
    number: str | None = None  # an item's, as printed
    body: str | None = None  # what met, where the source's own elements name it


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a source says, before any mending. Offsets are into `text`.

    `page_starts` is empty where there are no pages; `marks` where the source has no structure but its words.
    `wrapped` is False where a line is a whole paragraph and never to be joined with the next. `notices` are plain
    words on what was left out or is missing, for whoever ingests it. `spaced` is True where a blank line surely
    stands between any two paragraphs of a page, and nowhere else.
    """

    text: str
    format: str
    page_starts: tuple[int, ...] = ()
    title: str | None = None
    link: str | None = None
    marks: tuple[Mark, ...] = ()
    wrapped: bool = True
    notices: tuple[str, ...] = ()
    spaced: bool = False


class Lines:
    """Builds an extracted text line by line, with its marks: for formats that know their own structure."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._parts: list[str] = []
        self._length = 0
        self.marks: list[Mark] = []

    @property
    def text(self) -> str:
        """All lines so far."""
        return "".join(self._parts)

    def mark(self, part: Part, number: str | None = None, body: str | None = None) -> None:
        """What is added from here on is `part`."""
        self.marks.append(Mark(self._length, part, number, body))

    def add(self, line: str) -> None:
        """Add a paragraph, bullet or heading as one line; one without words is left out."""
        line = " ".join(line.split())
        if line:
            self._parts.append(line + "\n")
            self._length += len(line) + 1
