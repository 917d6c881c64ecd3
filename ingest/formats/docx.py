"""Word files (.docx, .docm): a line for each paragraph, with the number that Word prints before it.

Read with the standard library: python-docx refuses .docm and files with a link to nothing, and knows nothing of
automatic numbers, tracked changes and content controls, so that all of this would stand here anyway.
Tracked changes are taken as accepted. Headers, footers, footnotes, comments and text boxes are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest import labels
from ingest.formats.ooxml import parts
from ingest.formats.word import BULLET, Numbers, Styles, is_on
from ingest.source import Extracted, Lines, Skip

NAME = "docx"
SUFFIXES = (".docx", ".docm")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word's old kind of file; also what a password makes of a new one
_SIGNS = {  # of Wingdings, in which officers tick tables
    "F0FC": "✓", "F0FB": "✗", "F0FE": "☑", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F0B7": BULLET, "F0A7": BULLET,
}  # fmt: skip
_LETTERS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Fields' code, what is struck out, drawings with their text boxes, and a ruby's small letters.
_UNSEEN = frozenset(
    ["pPr", "rPr", "sdtPr", "del", "moveFrom", "delText", "instrText", "drawing", "pict", "object", "rt"],
)
# What stands before a title in a table's cell of its own.
_ITEM_NUMBER = re.compile(r"\(?[\w.]{1,6}[.)]|\d{1,4}[a-z]?|[\w&.]{0,8}/\d{1,4}|\d{1,3}\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class _Line:
    number: str
    text: str
    heading: bool = False

    @property
    def whole(self) -> str:
        """The line as Word shows it."""
        return f"{self.number} {self.text}".strip()


def recognises(data: bytes) -> bool:
    """True for a zip, and for what a password makes of one."""
    return data.startswith((b"PK", _OLE))


def really(data: bytes) -> str:
    """The suffix that a .doc should have: Word opens any file of that name, so all sorts are sent under it."""
    start = data[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"PK"):
        return ".docx"
    if start.startswith(b"{\\rtf"):
        return ".rtf"
    return ".html" if start.startswith((b"<html", b"<!doctype html", b"mime-version:")) else ".doc"


def extract(data: bytes, encoding: str | None) -> Extracted:
    """The file's words. Raises Skip for one that is locked, damaged, dangerous or without any."""
    if data.startswith(_OLE):
        raise Skip(
            "it is locked with a password; save it without one"
            if "EncryptedPackage".encode("utf-16-le") in data
            else "it is a Word file of the old kind, whatever its name says; open it and save it as .docx or PDF"
        )
    found = parts(data)
    body = found["document"].find("body")
    if body is None:
        raise Skip("it holds no text")
    out = Lines()
    styles = Styles(found.get("styles"))
    for line in _lines(body, styles, Numbers(found.get("numbering"), styles)):
        if line.heading:
            out.mark("heading")
        if line.text:  # Word shows the number of an empty point too; it says nothing
            out.add(line.whole)
    if not out.text:
        raise Skip("it holds no text, only pictures or nothing at all")
    return Extracted(out.text, NAME, marks=tuple(out.marks), wrapped=False, notices=tuple(_notices(body)))


def _notices(body: Element) -> Iterator[str]:
    if any((text.text or "").strip() for box in body.iter("txbxContent") for text in box.iter("t")):
        yield "the words in its text boxes were not read"
    if any(True for tag in ("footnoteReference", "endnoteReference") for _ in body.iter(tag)):
        yield "its footnotes were not read"
    if any(True for tag in ("ins", "del", "moveFrom") for _ in body.iter(tag)):
        yield "it has tracked changes, which were taken as accepted"


def _lines(parent: Element, styles: Styles, numbers: Numbers) -> Iterator[_Line]:
    """The paragraphs below an element, and its tables' rows, in order."""
    carried: list[str] = []
    for block in _below(parent, "p", "tbl"):
        if block.tag == "tbl":
            yield from _rows(block, styles, numbers)
            continue
        carried.append(_text(block))
        if any(block.find(f"pPr/rPr/{change}") is not None for change in ("del", "moveFrom")):
            continue  # its end is struck out: the next paragraph goes on with it
        text = "".join(carried)
        carried.clear()
        number = numbers.of(block)
        if re.fullmatch(r"toc( heading|\s?\d)", styles.name(block)):
            continue  # a table of contents says nothing that does not stand below it
        first, *others = text.split("\n")
        yield _Line(number, first.strip(), _is_heading(first, styles.heading_level(block)))
        yield from (_Line("", other.strip()) for other in others)
    yield _Line("", "".join(carried).strip())


def _is_heading(text: str, level: int | None) -> bool:
    """True for a short line in a heading's style: such styles are also given to whole paragraphs, and to verdicts."""
    words = text.split()
    if level is None or level > 3 or not 1 <= len(words) <= 16 or labels.verdict().match(text):
        return False
    return len(words) <= 6 or not text.rstrip().endswith((".", ";", ","))


def _rows(table: Element, styles: Styles, numbers: Numbers) -> Iterator[_Line]:
    """A table of data as a line for each row; the cells of one that lays out minutes as the paragraphs they hold."""
    rows = [
        [[] if _is_merged(cell) else _filled(_lines(cell, styles, numbers)) for cell in _below(row, "tc")]
        for row in _below(table, "tr")
        if row.find("trPr/del") is None
    ]
    layout = any(_is_prose(cell) for row in rows for cell in row)
    for row in rows:
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and (layout or len(row) == 1):
            yield from (line for line in filled[0] if line.text)
        elif layout and (len(filled) == 2 or any(map(_is_prose, filled))):
            yield from _side_by_side(filled)
        else:
            cells = [" ".join(line.whole for line in cell) for cell in row]
            yield _Line("", " | ".join(cells).rstrip(" |"))


def _filled(lines: Iterator[_Line]) -> list[_Line]:
    """Without empty lines; but a cell may hold nothing except the number that Word counts."""
    return [line for line in lines if line.text or line.number not in ("", BULLET)]


def _is_prose(cell: list[_Line]) -> bool:
    return len(cell) > 1 and any(len(line.text.split()) > 12 for line in cell)


def _side_by_side(cells: list[list[_Line]]) -> Iterator[_Line]:
    """Cells that lay out minutes, such as the item's number, what was said, and who is to act."""
    first, second, *others = cells
    if len(first) == 1 and (not first[0].text or _ITEM_NUMBER.fullmatch(first[0].whole)):
        title = second[0]
        yield _Line(first[0].whole, title.whole, title.heading)
        second = second[1:]
    else:
        yield from first
    for cell in (second, *others):
        yield from cell


def _is_merged(cell: Element) -> bool:
    """True for a cell that goes on from the one above or before it."""
    merges = [cell.find(f"tcPr/{kind}") for kind in ("vMerge", "hMerge")]
    return any(m is not None and m.get("val", "continue") == "continue" for m in merges) or (
        cell.find("tcPr/cellDel") is not None
    )


def _below(parent: Element, *tags: str) -> Iterator[Element]:
    """The nearest elements of these tags, whatever content control or change they stand in."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag == "AlternateContent":
            yield from _below(found, *tags) if (found := child.find("Fallback")) is not None else ()
        elif child.tag not in _UNSEEN and not _is_empty_control(child):
            yield from _below(child, *tags)


def _text(parent: Element) -> str:
    """What a paragraph, or a part of it, shows."""
    found: list[str] = []
    for child in parent:
        if child.tag == "t":
            found.append(child.text or "")
        elif child.tag in _LETTERS:
            found.append(_LETTERS[child.tag])
        elif child.tag == "sym":
            found.append(_SIGNS.get(child.get("char", "").upper(), ""))
        elif child.tag == "AlternateContent":
            found += [_text(fallback) for fallback in child.findall("Fallback")]
        elif child.tag not in _UNSEEN and not is_on(child, "rPr/vanish") and not _is_empty_control(child):
            found.append(_text(child))
    return "".join(found)


def _is_empty_control(element: Element) -> bool:
    """True for a content control that nobody has filled in: it shows "Click here to enter text"."""
    return is_on(element, "sdtPr/showingPlcHdr")
