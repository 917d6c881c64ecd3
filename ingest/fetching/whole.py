"""What a site gives, read as it comes: what is damaged is asked for once more, and is never kept in the cache."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.fetching.fetched import Fetched, NotFetched
from ingest.fetching.polite import Polite
from ingest.fetching.wire import normal
from ingest.formats import webpage
from ingest.source import Skip

_LINE = 200  # characters: what is longer lays out the page
_CUT = "it breaks off before its end"

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Page:
    """A web page: its bytes as UTF-8 where only the header told its encoding, and where it was in the end."""

    body: bytes
    landed: str
    tree: LexborHTMLParser


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page. `page` is the last part of its path and `query` its arguments, the names in lower case."""

    address: str
    page: str
    query: Mapping[str, str]
    text: str
    line: str  # of the list point, paragraph or cell that it stands in


def get(
    door: Polite, address: str, read: Callable[[bytes], Read], clean: Callable[[Fetched], bytes | None] | None = None
) -> tuple[Fetched, Read]:
    """What is at an address, cleaned, and what `read` makes of it. Raises NotFetched where that is Skip, twice."""
    why = ""
    for _ in range(2):
        fetched = door.get(address, clean)
        try:
            return fetched, read(as_utf8(fetched))
        except Skip as reason:
            why = str(reason)
            door.forget(address)  # or the site would be asked whether this has changed, and say no
    raise NotFetched(address, "failed", why[:1].upper() + why[1:])


def get_page(door: Polite, address: str, encoding: str | None) -> Page:
    """A web page, whole."""

    def read(body: bytes) -> LexborHTMLParser:
        if not re.search(rb"(?i)</(?:body|html)\s*>", body):
            raise Skip(_CUT)
        return webpage.page(body, encoding)[0]

    fetched, tree = get(door, address, read)
    return Page(as_utf8(fetched), fetched.landed, tree)


def get_pdf(door: Polite, address: str) -> bytes:
    """A PDF, whole: a reader of PDFs would make do with half of one."""

    def read(body: bytes) -> bytes:
        if not body.startswith(b"%PDF-"):
            raise Skip("what is there is no PDF")
        if b"%%EOF" not in body[-2_048:]:
            raise Skip(_CUT)
        return body

    return get(door, address, read)[1]


def as_utf8(fetched: Fetched) -> bytes:
    """The body; in UTF-8 where that is not UTF-8 and its header names an encoding that fits: a file has no header."""
    named = webpage.web_encoding(fetched.encoding)
    if named is None or (fetched.content_type or "").endswith("pdf"):
        return fetched.body
    try:
        fetched.body.decode()
    except UnicodeDecodeError:
        try:
            return fetched.body.decode(named).encode()
        except (UnicodeDecodeError, LookupError):  # a wrong header, or one that names no encoding of text
            return fetched.body
    return fetched.body


def links(page: Page) -> Iterator[Link]:
    """A page's links, without sessions; those that say http:// to a site that is on https:// are put right."""
    at = urlsplit(page.landed)
    for anchor in page.tree.css("a[href]"):
        try:
            parts = urlsplit(normal(urljoin(page.landed, (anchor.attributes.get("href") or "").strip())))
        except (NotFetched, ValueError):  # mailto:, javascript:, and what is no address at all
            continue
        if parts.netloc == at.netloc:
            parts = parts._replace(scheme=at.scheme)
        text = " ".join(anchor.text().split())
        yield Link(
            parts.geturl(),
            parts.path.rpartition("/")[2].lower(),
            {key.lower(): value for key, value in parse_qsl(parts.query)},
            text,
            _line(anchor) or text,
        )


def _line(anchor: LexborNode) -> str | None:
    """The words of the list point, paragraph or cell around a link; None where that is half the page."""
    node: LexborNode | None = anchor
    while node is not None and node.tag not in ("li", "p", "td", "dd"):
        node = node.parent
    line = " ".join(node.text(separator=" ").split()) if node else ""
    return line if 0 < len(line) <= _LINE else None
