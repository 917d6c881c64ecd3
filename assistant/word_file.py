"""What the files that people take away are made of: a quotation and its source in words, and a Word file."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.compose import source_line
from assistant.told import line

if TYPE_CHECKING:
    from docx.document import Document

WITHDRAWN = "[These words were withdrawn from the record.]"


def said(c: Citation) -> list[str]:
    """A quotation in lines: its words, who said them with what force, its source, and its correction, if it has one."""
    told = line(c)
    lines = [quoted(c), f"{told}. {source_line(c)}" if told else source_line(c), source(c)]
    by = c.corrected_by
    return [*lines, f"Corrected later: {quoted(by)} ({source_line(by)}). {source(by)}"] if by else lines


def clean(words: str) -> str:
    """Words in one line, without the signs that a Word file cannot hold (what is pasted from a PDF has them)."""
    return " ".join(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", words).split())


def quoted(c: Citation) -> str:
    """The words of a quotation; what is kept of one that was withdrawn since is that it was."""
    return f"“{clean(c.quote)}”" if c.quote else WITHDRAWN


def source(c: Citation) -> str:
    """The file, since when its text is on record, the text's hash, and the address, if one is known."""
    where = f"{c.document}, on record since {c.retrieved}, hash of its text {c.document_id}"
    return f"{where}, {c.link}" if c.link else where


def new_document(title: str) -> Document:
    """A Word file with its title."""
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.add_heading(title, level=1)
    return document


def saved(document: Document) -> bytes:
    """A Word file's bytes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def today() -> str:
    """Today's date in words."""
    date = dt.date.today()
    return f"{date.day} {date:%B %Y}"
