"""Which lines of a source are furniture: what the site or the printer put around the minutes, not the minutes.

A line kept in vain is noise; a line taken that was a verdict is a decision lost. So where both may be, it is kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from ingest import labels
from ingest.headings import NUMBERED, heading
from ingest.source import Extracted


class Line(NamedTuple):
    """A line of a source, where it starts and on which page."""

    start: int
    text: str
    page: int

    @property
    def end(self) -> int:
        """Where it ends, its line break apart."""
        return self.start + len(self.text)


def lines_of(source: Extracted) -> list[Line]:
    """All of a source's."""
    lines, at, page = [], 0, 0
    for part in re.split(r"(?<=[\n\f])", source.text):
        text = part.rstrip("\n\f")
        lines.append(Line(at, text, page))
        page += part.endswith("\f")
        at += len(part)
    return lines


RULED = re.compile(r"(?<=[^\s-])-{3,}\s*$")  # a converter's mark of a page's end, set behind its last word


def furniture(source: Extracted, lines: list[Line]) -> set[int]:
    """The starts of the lines that go."""
    gone: set[int] = set()
    heads = _running_heads(lines) if source.page_starts else set()
    numbers = _page_numbers(source, lines)
    front = re.match(r"\A---\n.*?\n---\n", source.text, re.DOTALL) if source.format == "markdown" else None
    item_page = any(line.text.strip().lower() == "agenda item" for line in lines[:12])
    ended = False
    for at, line in enumerate(lines):
        bare = line.text.strip()
        if not bare:
            continue
        if labels.ends().match(bare) and bare[0].isupper():  # not a broken line's last word: "documents:"
            ended = True
        elif ended and _starts_again(lines, at, item_page):
            ended = False
        if (
            ended
            or (front and line.start < front.end())
            or bare.lower() in labels.furniture()
            or line.start in heads
            or labels.separator().match(bare)
            or line.start in numbers
            or bare.startswith(("[Original file](", "*<small>Scanned page"))
        ):
            gone.add(line.start)
    return gone


def separators(lines: list[Line]) -> set[int]:
    """All the furniture that is left in a source which knows its own structure."""
    return {line.start for line in lines if labels.separator().match(line.text.strip())}


_FILE = re.compile(
    r"(?i:,\s*item\s+[\w./]+\s*\.?(?:\W|$)|\b\d+(?:\.\d+)?\s*[KM]B\b|\.(?:pdf|docx?|xlsx?|pptx?)\b|\bpdf\b|^view\b)"
)
_A_FILES_TITLE = re.compile(r"(?i)\W*(?:appendi(?:x|ces)|annex|enc(?:losure|\b)|report|supplement|background paper)")
_LONGEST_TITLE = 25  # words: a file's title is shorter
_SENTENCE = 5  # words: a file's title with a stop behind it is shorter


def _starts_again(lines: list[Line], at: int, item_page: bool) -> bool:
    """True for a line below a list of files that is none of its: the minutes go on.

    On an item's own page nothing but files follows, unless it plainly is a verdict or somebody's prose.
    """
    line = lines[at].text.strip()
    if _FILE.search(line):
        return False
    if labels.verdict().match(line):
        return True
    if not item_page:
        if re.match(r"^(?:\d{1,4}[.)]|[A-Z]{1,4}[.&/]?\S*\d)\s+\S", line) or len(line.split()) > _LONGEST_TITLE:
            return True
        if line.isupper() and heading(line) and not _A_FILES_TITLE.match(line):
            return True
    if re.match(r"(?i)(?:appendix|annexe?|enclosure)\b", line) and len(line.split()) <= _SENTENCE:
        return False
    paragraph: list[str] = []
    for after in lines[at : at + 12]:
        if not after.text.strip() or after.page != lines[at].page or labels.ends().match(after.text.strip()):
            break
        paragraph.append(after.text.strip())
    said = " ".join(paragraph)
    if _FILE.search(said):
        return False
    enough = _SENTENCE * 2 if item_page else _SENTENCE
    return len(said.split()) >= enough and re.search(r"[a-z)\d][.?!][”\"')]*$", said) is not None


def _page_numbers(source: Extracted, lines: list[Line]) -> set[int]:
    """Lines that are a page's number. A number inside a page may be a vote, or part of a table: it stays."""
    bare = [(i, line) for i, line in enumerate(lines) if labels.page_number().match(line.text)]
    words = {line.start for _, line in bare if re.search(r"page|of|[-–]\s*\d", line.text, re.IGNORECASE)}
    words |= {
        line.start
        for above, line in pairwise(lines)
        if source.format == "markdown"
        and RULED.search(above.text)
        and re.fullmatch(r"\s*(\*{0,2})\d{1,3}\1\s*", line.text)
    }
    if source.page_starts:
        filled = [line for line in lines if line.text.strip()]
        edges = {
            ends[at].start
            for page in range(lines[-1].page + 1)
            if (ends := [line for line in filled if line.page == page])
            for at in (0, -1)
        }
        return words | {line.start for _, line in bare if line.start in edges}
    # Without pages, only numbers that count up through the text, well apart, are pages'.
    found: list[tuple[int, int, int]] = []
    for i, line in bare:
        number = int(re.findall(r"\d+", line.text)[0])
        if (not found and number <= 2) or (found and number == found[-1][1] + 1 and i - found[-1][0] >= 10):
            found.append((i, number, line.start))
    return words | ({start for *_, start in found} if len(found) > 1 else set())


_LONGEST_HEAD = 12  # words
_DECIDED = re.compile(r"(?i)\b(?:resolved|agreed|carried|lost|granted|refused|deferred|votes?|voted|unanimous\w*)\b")


def _running_heads(lines: list[Line]) -> set[int]:
    """The starts of lines that most pages have at the same end, a page's number in them apart.

    What may be the minutes' own is none: a verdict ends many a page, and an item begins it.
    """
    pages: list[list[Line]] = [[] for _ in range(lines[-1].page + 1)]
    for line in lines:
        if line.text.strip():
            pages[line.page].append(line)
    places: dict[str, list[Line]] = defaultdict(list)
    for line in (line for page in pages for line in page):
        places[re.sub(r"\d+", "#", line.text.strip())].append(line)
    often = max(3, len(pages) // 2)
    heads: set[int] = set()
    for text, found in places.items():
        on = {line.page for line in found}
        if len(on) < often or _may_be_said(found[0].text.strip()) or not _numbers_are_pages(found):
            continue
        for edge in (slice(None, 2), slice(-2, None)):
            at = {line.start: line.page for page in on for line in pages[page][edge] if _same(line, text)}
            if set(at.values()) == on:
                heads |= at.keys()
    return heads


def _same(line: Line, text: str) -> bool:
    return re.sub(r"\d+", "#", line.text.strip()) == text


def _may_be_said(text: str) -> bool:
    return bool(
        len(text.split()) > _LONGEST_HEAD
        or re.search(r"[.?!;][”\"')]*$", text)
        or re.search(r"\(Item\s", text)
        or labels.verdict().match(text)
        or _DECIDED.search(text)
        or NUMBERED.match(text)
    )


# A page's number stands apart from the words; that of an application, one a page, does not.
_APART_BEFORE = re.compile(r"(?i)(?:^|\bpage|\bp\.?|[-–—|•·]|\s\s|\bof)\s*$")
_APART_BEHIND = re.compile(r"(?i)\s*[-–—|•·]|\s\s|\s+of\b")


def _numbers_are_pages(found: list[Line]) -> bool:
    """True if a number in these lines is the same in all, or counts the pages and stands apart."""
    rows = [(line.page, [*re.finditer(r"\d+", line.text.strip())]) for line in found]
    for column in zip(*(numbers for _, numbers in rows), strict=True):
        if len({number.group() for number in column}) == 1:
            continue
        if len({int(number.group()) - page for number, (page, _) in zip(column, rows, strict=True)}) > 1:
            return False
        before, behind = column[0].string[: column[0].start()], column[0].string[column[0].end() :]
        if not (_APART_BEFORE.search(before) or _APART_BEHIND.match(behind)):
            return False
    return True
