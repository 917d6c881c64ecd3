"""What was said on record, by whom, with what force and about what: statements as citations."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.compose import cite_statement
from assistant.config import Settings
from assistant.people import matching
from assistant.query import understand
from assistant.retrieve import Retriever
from corpus.errors import UserError
from corpus.records import Filters, Record
from corpus.spoken import Spoken, find, speakers
from corpus.weights import Embedder

FORCES = ("decided", "committed", "stated", "asked", "wished", "proposed")
ABOUT = 40  # passages that are near enough to a subject


def heard(
    retriever: Retriever,
    filters: Filters,
    speaker: str | None = None,
    forces: Sequence[str] = (),
    about: str | None = None,
) -> list[Spoken]:
    """Statements within the filters, by date, or those about a subject, the nearest passage first.

    Raises UserError where nobody of that name spoke.
    """
    record = retriever.record
    said_by = None
    if speaker:
        said_by = matching(speaker, speakers(record))
        if not said_by:
            raise UserError(f"Nobody called {speaker} is on record as having spoken; try a surname alone")
    within = None
    if about:
        query = understand(about, (), filters, record, ("all",))
        within = [found.passage.id for found in retriever.retrieve(query, ABOUT)[1]]
    return find(record, filters, said_by, forces, within)


def opened(settings: Settings) -> Retriever:
    """The record to look in. Raises UserError where nothing is on record."""
    record = Record(settings.home)
    if record.is_empty():
        raise UserError("Nothing is on record yet; run `onrecord ingest PATH` first")
    return Retriever(record, Embedder(settings.embedding_model, settings.precision))


def said(spoken: Sequence[Spoken], record: Record) -> tuple[Citation, ...]:
    """Statements as citations, numbered from 1."""
    return tuple(cite_statement(n, one, record) for n, one in enumerate(spoken, 1))
