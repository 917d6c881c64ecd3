"""Markdown, as converters make it of PDFs and web pages: a source's address in the first line, or front matter."""

from __future__ import annotations

import re

from ingest.formats import text
from ingest.source import Extracted

NAME = "markdown"
SUFFIXES = (".md",)

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_SOURCE_LINK = re.compile(r"\A\s*\[[^\]\n]*\]\((https?://[^)\s]+)\)")


def recognises(data: bytes) -> bool:
    """Any text may be Markdown."""
    return True


def extract(data: bytes, encoding: str | None) -> Extracted:
    """The text, with its title and address. Front matter's date is when a page was published, so it is not read."""
    words = text.decode(data, encoding)
    front = FRONT_MATTER.match(words)
    title = re.search(r'^title:\s*"?(.*?)"?\s*$', front.group(1), re.MULTILINE) if front else None
    link = _SOURCE_LINK.match(words[front.end() :] if front else words)
    return Extracted(words, NAME, title=title and title.group(1), link=link and link.group(1))
