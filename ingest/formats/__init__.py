"""The formats that minutes come in, a file each. To add one: write its file, and name it in FORMATS.

A format is a module with `NAME`, `SUFFIXES`, `recognises(data)` and `extract(data, encoding)`. Of the formats with
a source's suffix, the first that recognises its bytes reads it.
"""

from __future__ import annotations

from typing import Protocol

from ingest.formats import docx, html, markdown, moderngov, moderngov_service, pdf, text
from ingest.source import Extracted, Skip


class Format(Protocol):
    """What a format's module holds."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """What the record calls the format."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802 - a module's constant
        """Of the files that may be of this format, with their dot, lower-case."""

    def recognises(self, data: bytes) -> bool:
        """True if these bytes are of this format; asked only where the suffix is one of its own."""

    def extract(self, data: bytes, encoding: str | None) -> Extracted:
        """The text of the bytes. Raises Skip, with the reason, where there is none to read."""


FORMATS: tuple[Format, ...] = (
    text,
    markdown,
    pdf,
    docx,
    moderngov,
    moderngov_service,
    html,
)

# What people have, and what they can do about it.
NOT_READ = {
    ".doc": "it is a Word file of the old kind; open it and save it as .docx or PDF",
    ".rtf": "RTF is not read; open it and save it as .docx or PDF",
    ".odt": "OpenDocument is not read; save it as .docx or PDF",
}


def suffixes() -> frozenset[str]:
    """Every suffix that is read, with its dot, lower-case."""
    return frozenset(suffix for known in FORMATS for suffix in known.SUFFIXES)


def find(suffix: str, data: bytes) -> Format:
    """The format that reads `data` from a file with this suffix. Raises Skip where none does."""
    suffix = suffix.lower()
    if suffix == ".doc":
        suffix = docx.really(data)
    if suffix in NOT_READ:
        raise Skip(NOT_READ[suffix])
    known = [found for found in FORMATS if suffix in found.SUFFIXES]
    if not known:
        read = ", ".join(sorted(suffixes()))
        raise Skip(f"{suffix or 'a file without a suffix'} is not read; these are: {read}")
    for found in known:
        if found.recognises(data):
            return found
    raise Skip(f"it is not a {suffix.lstrip('.').upper()} file, whatever its name says")
