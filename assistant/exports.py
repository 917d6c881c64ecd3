"""Promises as a CSV or Word file, and a checked draft as a Word file, each with its sources."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.check import Checked, counted, found_in_words
from assistant.compose import source_line
from assistant.promises import Promise, in_words, note_line
from assistant.told import line
from corpus.errors import UserError

if TYPE_CHECKING:
    from docx.document import Document

COLUMNS = (
    "promise", "kind", "who", "role", "to whom", "deadline", "deadline date", "what came of it", "later words",
    "council", "committee", "date", "item", "page", "document", "link", "retrieved", "note",
)  # fmt: skip


def save(path: Path, data: bytes) -> None:
    """Write a file. Raises UserError if it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}); choose another place") from error


def promises_csv(promises: Sequence[Promise]) -> bytes:
    """A row for each promise; spreadsheets open it as UTF-8."""
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    rows.writerows(map(_row, promises))
    return file.getvalue().encode("utf-8-sig")


def _row(promise: Promise) -> list[str]:
    c, deadline, came = promise.citation, promise.deadline, promise.came
    later = " | ".join(f"{_quoted(one)} ({source_line(one)})" for one in (came.later if came else ()))
    values = (
        " ".join(c.quote.split()), promise.kind, promise.who, c.role, promise.to_whom, deadline and deadline.words,
        deadline and deadline.date, came and came.what, later, c.council, c.committee, c.date, c.item, c.page,
        c.document, c.link, c.retrieved, promise.note and note_line(promise.note),
    )  # fmt: skip
    return [_plain(value) for value in values]


def _plain(value: object) -> str:
    text = "" if value is None else str(value)
    # A spreadsheet would run what begins like a formula.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def promises_word(promises: Sequence[Promise]) -> bytes:
    """A Word file: each promise in its words, who, by when, what came of it, and its source."""
    document = _document("Promises on record")
    count = len(promises)
    document.add_paragraph(f"{count} promise{'s' * (count != 1)}, as on record on {_today()}.")
    for promise in promises:
        document.add_heading(source_line(promise.citation), level=2)
        document.add_paragraph(_quoted(promise.citation), style="Intense Quote")
        for words in in_words(promise):
            document.add_paragraph(_clean(words), style="List Bullet")
        document.add_paragraph(f"Source: {_source(promise.citation)}")
    return _saved(document)


def check_word(found: Sequence[Checked]) -> bytes:
    """A Word file of a whole check, for the file: each sentence, what was found, and the record's words with their
    source, when it came on record, and the hash of its text.
    """
    document = _document("A draft held against the record")
    counts = ", ".join(f"{count} {name}" for name, count in counted(found).items())
    document.add_paragraph(f"Checked on {_today()}. Sentences: {counts}.")
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, name in zip(table.rows[0].cells, ("Draft", "Finding", "On record"), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for one in found:
        cells = table.add_row().cells
        cells[0].text = _clean(one.sentence)
        cells[1].text = _clean(found_in_words(one))
        cells[2].text = "\n".join(map(_clean, (line for c in one.prior for line in _said(c))))
    return _saved(document)


def _said(c: Citation) -> list[str]:
    """A prior statement: its words, who said them with what force, its source, and its correction, if it has one."""
    told = line(c)
    lines = [_quoted(c), f"{told}. {source_line(c)}" if told else source_line(c), _source(c)]
    by = c.corrected_by
    return [*lines, f"Corrected later: {_quoted(by)} ({source_line(by)}). {_source(by)}"] if by else lines


def _clean(words: str) -> str:
    """Words in one line, without the signs that a Word file cannot hold (what is pasted from a PDF has them)."""
    return " ".join(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", words).split())


def _quoted(c: Citation) -> str:
    return f"“{_clean(c.quote)}”"


def _source(c: Citation) -> str:
    where = f"{c.document}, on record since {c.retrieved}, hash of its text {c.document_id}"
    return f"{where}, {c.link}" if c.link else where


def _document(title: str) -> Document:
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.add_heading(title, level=1)
    return document


def _saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _today() -> str:
    today = dt.date.today()
    return f"{today.day} {today:%B %Y}"
