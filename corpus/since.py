"""Where words that were once quoted stand on record now: their document may have been replaced by a later version."""

from __future__ import annotations

import re

from sqlalchemy import and_, select, text

from corpus.models import PassageOnRecord, Span
from corpus.people import EDGE, Anchor
from corpus.records import Record
from corpus.schema import passages

PHRASE = 24  # words by which a passage is looked up; whether it holds all of them is then seen


def place_now(anchor: Anchor, document_id: str, at: Span, record: Record) -> tuple[PassageOnRecord, Span] | None:
    """The passage that holds the anchor's words now, and the slice of its text that they are: where they stood (`at`),
    if the document that was quoted is still there; else in a meeting that may be theirs.
    """
    if not anchor.quote:
        return None
    if record.says(document_id, at.start, at.end, anchor.quote):
        there = and_(passages.c.document_id == document_id, passages.c.start <= at.start, passages.c.end >= at.end)
        with record.engine.connect() as connection:
            ids = list(connection.scalars(select(passages.c.id).where(there)))
        for passage in record.passages(ids):
            return passage, Span(at.start - passage.start, at.end - passage.start)
    pattern = _as_printed(anchor.quote)
    for passage in record.passages(_with_phrase(anchor.quote, record)) if pattern else ():
        # The item is not asked for: a later version may title it otherwise.
        theirs = anchor.may_be_at(passage.council, passage.committee, passage.date, None)
        exact = re.search(f"{EDGE}{re.escape(anchor.quote)}{EDGE}", passage.text)
        if theirs and (found := exact or re.search(pattern, passage.text, re.IGNORECASE)):
            return passage, Span(*found.span())
    return None


def _with_phrase(quote: str, record: Record) -> list[int]:
    words = re.findall(r"\w+", quote)[:PHRASE]
    query = text("SELECT rowid FROM passages_fts WHERE passages_fts MATCH :query ORDER BY rowid")
    with record.engine.connect() as connection:
        return list(connection.scalars(query, {"query": f'body : "{" ".join(words)}"'})) if words else []


def _as_printed(quote: str) -> str:
    """A pattern for the same whole words and figures, whatever marks stand between them; empty if there are none."""
    words = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", quote)
    pattern = r"[\W_]*".join(rf"(?<!\d)(?<!\d[.,]){re.escape(w)}(?!\d|[.,]\d)" if w[0].isdigit() else w for w in words)
    return f"{EDGE}{pattern}{EDGE}" if words else ""
