"""Promises as a CSV or Word file, and a checked draft as a Word file, each with its sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from assistant.check import Checked, counted, found_in_words
from assistant.compose import source_line
from assistant.promises import Promise, in_words, note_line
from assistant.word_file import clean, new_document, quoted, said, saved, source, today
from corpus.errors import UserError

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
    later = " | ".join(f"{quoted(one)} ({source_line(one)})" for one in (came.later if came else ()))
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
    document = new_document("Promises on record")
    count = len(promises)
    document.add_paragraph(f"{count} promise{'s' * (count != 1)}, as on record on {today()}.")
    for promise in promises:
        document.add_heading(source_line(promise.citation), level=2)
        document.add_paragraph(quoted(promise.citation), style="Intense Quote")
        for words in in_words(promise):
            document.add_paragraph(clean(words), style="List Bullet")
        document.add_paragraph(f"Source: {source(promise.citation)}")
    return saved(document)


def check_word(found: Sequence[Checked]) -> bytes:
    """A Word file of a whole check, for the file: each sentence, what was found, and the record's words with their
    source, when it came on record, and the hash of its text.
    """
    document = new_document("A draft held against the record")
    counts = ", ".join(f"{count} {name}" for name, count in counted(found).items())
    document.add_paragraph(f"Checked on {today()}. Sentences: {counts}.")
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, name in zip(table.rows[0].cells, ("Draft", "Finding", "On record"), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for one in found:
        cells = table.add_row().cells
        cells[0].text = clean(one.sentence)
        cells[1].text = clean(found_in_words(one))
        cells[2].text = "\n".join(map(clean, (line for c in one.prior for line in said(c))))
    return saved(document)
