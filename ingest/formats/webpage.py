"""A web page's bytes -> its tree: its encoding, its address, and whether it can be read in good time."""

from __future__ import annotations

import codecs
import contextlib
import email
import email.policy
import re

from selectolax.lexbor import LexborHTMLParser

from ingest.formats import text
from ingest.source import Skip

DEEPEST = 500  # elements within each other: a parser takes seconds, then hours, for more
# fmt: off
_NEVER_CLOSED = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead",
))
# fmt: on


def page(data: bytes, encoding: str | None) -> tuple[LexborHTMLParser, str | None]:
    """A page's tree and its address, where the file tells it. Raises Skip for one that cannot be read."""
    address = None
    if re.match(rb"(?i)\s*(?:from|snapshot-content-location|mime-version|subject|date|content-type):", data):
        data, address = _from_single_file(data)
    declared = re.search(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", data[:4_096])
    words = text.decode(data, encoding, web_encoding(declared.group(1).decode() if declared else None))
    check_depth(words)
    if address is None:
        saved = re.search(r"<!-- saved from url=\(\d+\)(\S+) -->", words[:2_000])
        address = saved and saved.group(1)
    tree = LexborHTMLParser(words)
    if address is None:
        canonical = tree.css_first("link[rel=canonical]")
        address = canonical.attributes.get("href") if canonical else None
    return tree, without_session(address) if address and address.startswith("http") else None


def without_session(address: str) -> str:
    """An address without the session that some sites put in its path: `/(S(lxyn5))/`."""
    return re.sub(r"/\(S\([^)/]*\)\)(?=/)", "", address)


def known_encoding(encoding: str | None) -> str | None:
    """A declared encoding that there is; pages declare all sorts of things."""
    try:
        return codecs.lookup(encoding).name if encoding else None
    except LookupError:
        return None


def web_encoding(name: str | None) -> str | None:
    """What a page's or a header's name of an encoding means on the web, where Latin-1 is cp1252 (WHATWG's Standard)."""
    latin = ("iso-8859-1", "latin1", "latin-1", "us-ascii")
    return "cp1252" if name and name.lower() in latin else known_encoding(name)


def check_depth(words: str) -> None:
    """Raises Skip where elements stand too deep within each other to be read in good time."""
    depth = 0
    for found in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)", words):
        if found.group(2).lower() not in _NEVER_CLOSED:
            depth = max(0, depth - 1) if found.group(1) else depth + 1
            if depth > DEEPEST:
                raise Skip(f"its elements stand more than {DEEPEST} deep within each other; no page of minutes does")


def _from_single_file(data: bytes) -> tuple[bytes, str | None]:
    """The page in a browser's "single file" (MHTML, RFC 2557), as UTF-8 where it says its encoding."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            address = message.get("Snapshot-Content-Location") or part.get("Content-Location")
            if isinstance(body, bytes):
                charset = known_encoding(part.get_content_charset())
                if charset:
                    with contextlib.suppress(UnicodeDecodeError):
                        body = body.decode(charset).encode()
                return body, address
    raise Skip("it is a saved page that holds no web page")
