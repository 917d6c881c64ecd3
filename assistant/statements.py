"""What was said on record, by whom, with what force and about what: statements as citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import Citation
from assistant.compose import cite_statement
from assistant.config import Settings
from assistant.people import Roles, held_roles, matching
from assistant.query import understand
from assistant.retrieve import Retriever
from corpus.errors import UserError
from corpus.recorded import attendances
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
    within = None
    if about:
        query = understand(about, (), filters, record, ("all",))
        within = [found.passage.id for found in retriever.retrieve(query, ABOUT)[1]]
    if not speaker:
        return find(record, filters, None, forces, within)
    known = speakers(record)
    said_by = matching(speaker, known)
    held = held_roles(speaker, attendances(record, filters))
    if not said_by and not held:
        raise UserError(f"Nobody called {speaker} is on record as having spoken; try a surname alone")
    in_role = [name for name in known if any(roles.mean(name) for roles in held.values())]
    found = find(record, filters, {*said_by, *in_role}, forces, within)
    return [spoken for spoken in found if _is_theirs(spoken, said_by, held)]


def _is_theirs(spoken: Spoken, said_by: Sequence[str], held: Mapping[str, Roles]) -> bool:
    one = spoken.statement
    if one.speaker in said_by or one.role in said_by:
        return True
    roles = held.get(spoken.passage.document_id)
    return roles is not None and one.sort == "role" and roles.mean(one.speaker or "")


def opened(settings: Settings) -> Retriever:
    """The record to look in. Raises UserError where nothing is on record."""
    record = Record(settings.home)
    if record.is_empty():
        raise UserError("Nothing is on record yet; run `onrecord ingest PATH` first")
    return Retriever(record, Embedder(settings.embedding_model, settings.precision))


def said(spoken: Sequence[Spoken], record: Record) -> tuple[Citation, ...]:
    """Statements as citations, numbered from 1."""
    return tuple(cite_statement(n, one, record) for n, one in enumerate(spoken, 1))
