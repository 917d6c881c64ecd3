"""What was said, as the record gives it back: the statements of a passage, and those that a person looks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from corpus.models import PassageOnRecord, Statement
from corpus.records import Filters, Record
from corpus.schema import items, meetings, passages, statements

_COLUMNS = [statements.c[name] for name in ("start", "end", "speaker", "sort", "role", "addressee", "force", "verb")]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement with the passage that it stands in; its offsets are of the canonical text."""

    passage: PassageOnRecord
    statement: Statement

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.statement.start - self.passage.start : self.statement.end - self.passage.start]


def statements_of(record: Record, ids: Collection[int]) -> dict[int, list[Statement]]:
    """The statements of these passages, in the order in which they stand."""
    query = select(statements.c.passage_id, *_COLUMNS).where(statements.c.passage_id.in_(ids))
    found: dict[int, list[Statement]] = {}
    with record.engine.connect() as connection:
        for passage_id, *facts in connection.execute(query.order_by(statements.c.id)):
            found.setdefault(passage_id, []).append(Statement(*facts))
    return found


def speakers(record: Record) -> dict[str, int]:
    """Everybody who speaks on record, by name or role as printed, with how often."""
    query = select(statements.c.speaker, func.count()).where(statements.c.speaker.is_not(None))
    with record.engine.connect() as connection:
        return {str(row[0]): int(row[1]) for row in connection.execute(query.group_by(statements.c.speaker))}


def find(
    record: Record,
    filters: Filters,
    said_by: Collection[str] | None = None,
    forces: Collection[str] = (),
    within: Sequence[int] | None = None,
) -> list[Spoken]:
    """Statements in the order of their meetings' dates, the undated last; or, of the passages `within`, in theirs.

    `said_by` holds speakers or roles exactly as printed.
    """
    query = (
        select(statements.c.passage_id, *_COLUMNS)
        .join(passages, passages.c.id == statements.c.passage_id)
        .join(items, items.c.id == passages.c.item_id)
        .join(meetings, meetings.c.id == items.c.meeting_id)
        .where(filters.clause())
        .order_by(meetings.c.date.is_(None), meetings.c.date, passages.c.document_id, statements.c.start)
    )
    if said_by is not None:
        query = query.where(or_(statements.c.speaker.in_(said_by), statements.c.role.in_(said_by)))
    if forces:
        query = query.where(statements.c.force.in_(forces))
    if within is not None:
        query = query.where(statements.c.passage_id.in_(within))
    with record.engine.connect() as connection:
        rows = [(row[0], Statement(*row[1:])) for row in connection.execute(query)]
    if within is not None:
        place = {passage_id: n for n, passage_id in enumerate(within)}
        rows.sort(key=lambda row: place[row[0]])
    known: dict[int, PassageOnRecord] = {}
    wanted = list(dict.fromkeys(passage_id for passage_id, _ in rows))
    for at in range(0, len(wanted), 500):
        known |= {p.id: p for p in record.passages(wanted[at : at + 500])}
    return [Spoken(known[i], statement) for i, statement in rows if i in known]
