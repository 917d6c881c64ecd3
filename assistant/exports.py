"""Promises as a CSV file, or as a Word file for the record, each with its source."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from assistant.compose import source_line
from assistant.promises import Promise, in_words
from corpus.errors import UserError

COLUMNS = (
    "promise", "kind", "who", "role", "to whom", "deadline", "deadline date", "what came of it", "later words",
    "council", "committee", "date", "item", "page", "document", "link", "retrieved",
)  # fmt: skip


def to_csv(promises: Sequence[Promise], path: Path) -> None:
    """Write a row for each promise; spreadsheets open it as UTF-8. Raises UserError if the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            rows.writerows(map(_row, promises))
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}); choose another place") from error


def _row(promise: Promise) -> list[str]:
    c, deadline = promise.citation, promise.deadline
    later = " | ".join(f"{' '.join(one.quote.split())} ({source_line(one)})" for one in promise.came.later)
    values = (
        " ".join(c.quote.split()), promise.kind, promise.who, c.role, promise.to_whom, deadline and deadline.words,
        deadline and deadline.date, promise.came.what, later, c.council, c.committee, c.date, c.item, c.page,
        c.document, c.link, c.retrieved,
    )  # fmt: skip
    return [_plain(value) for value in values]


def _plain(value: object) -> str:
    text = "" if value is None else str(value)
    # A spreadsheet would run what begins like a formula.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def to_word(promises: Sequence[Promise], path: Path) -> None:
    """Write a Word file: each promise in its words, who, by when, what came of it, and its source.

    Raises UserError if the file cannot be written.
    """
    from docx import Document

    document = Document()
    document.core_properties.title = "Promises on record"
    document.add_heading("Promises on record", level=1)
    today = dt.date.today()
    count = len(promises)
    document.add_paragraph(f"{count} promise{'s' * (count != 1)}, as on record on {today.day} {today:%B %Y}.")
    for promise in promises:
        document.add_heading(source_line(promise.citation), level=2)
        document.add_paragraph(f"“{' '.join(promise.citation.quote.split())}”", style="Intense Quote")
        for line in in_words(promise):
            document.add_paragraph(line, style="List Bullet")
        where = f"Source: {promise.citation.document}, on record since {promise.citation.retrieved}"
        document.add_paragraph(where + (f", {promise.citation.link}" if promise.citation.link else ""))
    try:
        document.save(str(path))
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}); choose another place") from error
