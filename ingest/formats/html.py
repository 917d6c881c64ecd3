"""Web pages, saved by a browser or fetched: their blocks as lines, as a browser shows them.

A page of a known system (`ingest/formats/moderngov.py`) is read by its own elements; any other, here, by its
headings, paragraphs and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest import labels
from ingest.formats.webpage import page
from ingest.formats.word import roman
from ingest.source import Extracted, Lines, Skip

NAME = "html"
SUFFIXES = (".html", ".htm", ".aspx", ".mhtml", ".mht")


# fmt: off
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "option", "button",
    "input", "textarea", "nav", "footer",
))
# fmt: on
# fmt: off
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Line:
    """A block of a page as one line: its words, and the elements it stands in, innermost last."""

    text: str
    within: tuple[LexborNode, ...]

    def has(self, *classes: str) -> bool:
        """True if an element around the line has one of these classes."""
        wanted = set(classes)
        return any(wanted & set((node.attributes.get("class") or "").split()) for node in self.within)

    @property
    def is_heading(self) -> bool:
        """True for what the page marks as a heading."""
        return any(re.fullmatch("h[1-6]", node.tag or "") for node in self.within)


def recognises(data: bytes) -> bool:
    """Any page with a tag in it."""
    return b"<" in data


def extract(data: bytes, encoding: str | None) -> Extracted:
    """The words of a page that no other format knows, its headings marked."""
    tree, address = page(data, encoding)
    part = main_part(tree)
    above = tree.css_first("h1")  # often names the body that met, and stands above the part that holds its minutes
    shown = lines(above) if above is not None and part.css_first("h1") is None else []
    out = Lines()
    downloads = False
    for line in [*shown, *lines(part)]:
        if line.is_heading:
            downloads = line.text.lower() in labels.labels()["downloads"]
            out.mark("heading")
        if not downloads and not labels.page_line().match(line.text):
            out.add(line.text)
    if not out.text:
        raise Skip("it is a web page without text")
    return Extracted(out.text, NAME, link=address, marks=tuple(out.marks), wrapped=False)


def main_part(tree: LexborHTMLParser) -> LexborNode:
    """The element that holds what a page is about: without the site's menus where the page tells them apart."""
    for selector in ("main", "[role=main]", "article", "#content", "#main", "body"):
        found = tree.css(selector)
        if len(found) == 1 or (found and selector == "body"):
            return found[0]
    raise Skip("it is a web page without text")


def lines(root: LexborNode) -> list[Line]:
    """The blocks of an element in order; list points with the mark that a browser shows, a table's row as one line."""
    # What a button of the page opens and closes is a part of its text, though closed when it was saved.
    opened = {node.attributes.get("aria-controls") or "" for node in root.css("[aria-controls]")}
    blocks = _Blocks(frozenset(opened))
    blocks.read(root, ())
    blocks.end(())
    return blocks.lines


class _Blocks:
    """Gathers words until a block ends."""

    def __init__(self, opened: frozenset[str]) -> None:
        self.lines: list[Line] = []
        self._opened = opened
        self._words: list[str] = []
        self._point = ""  # of a list item just begun, until its first words
        self._items: dict[int, int] = {}  # how many of each list have begun

    def read(self, node: LexborNode, around: tuple[LexborNode, ...]) -> None:
        """Add what `node` shows; `around` are the elements that it stands in."""
        if node.is_text_node:
            self._words.append(node.text_content or "")
        if not node.is_element_node or self._hidden(node):
            return
        tag = node.tag or ""
        inside = (*around, node)
        if tag == "tr" and (row := _row(node)):
            self.end(around)
            self._words.append(row)
            self.end(inside)
        elif tag in _INLINE:
            for child in _children(node):
                self.read(child, inside)
        else:
            self.end(around)
            if tag == "li":
                self._point = self._mark_of(node)
            for child in _children(node):
                self.read(child, inside)
            self.end(inside)

    def _hidden(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if node.tag == "button":
            return "aria-controls" not in attributes and "aria-expanded" not in attributes
        if attributes.get("id") in self._opened and node.tag not in _UNSEEN:
            return False
        return (
            node.tag in _UNSEEN
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
        )

    def _mark_of(self, item: LexborNode) -> str:
        """What a browser shows before a list item."""
        listed = item.parent
        if listed is None or listed.tag != "ol":
            return "•"
        start = listed.attributes.get("start") or "1"
        before = self._items.get(listed.mem_id, int(start) - 1 if re.fullmatch(r"\d{1,4}", start) else 0)
        self._items[listed.mem_id] = number = before + 1
        kind = listed.attributes.get("type") or "1"
        if kind in "aA" and number <= 26:
            return f"{chr(ord(kind) + number - 1)}."
        if kind in "iI":
            return f"{roman(number) if kind == 'I' else roman(number).lower()}."
        return f"{number}."

    def end(self, within: tuple[LexborNode, ...]) -> None:
        """A block ends here: its words are a line."""
        said = " ".join("".join(self._words).replace("\xad", "").split())
        self._words.clear()
        if said:
            self.lines.append(Line(f"{self._point} {said}" if self._point else said, within))
            self._point = ""


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _row(row: LexborNode) -> str | None:
    """The cells of a row of data, a bar between them; None for a row that only lays out the page."""
    cells = [child for child in _children(row) if child.tag in ("td", "th")]
    if any(len(cell.css("p, div, li, table, h1, h2, h3, h4")) > 1 for cell in cells):
        return None
    if any("mg" in (cell.attributes.get("class") or "") for cell in cells):
        return None
    return " | ".join(said for cell in cells if (said := " ".join(line.text for line in lines(cell))))
