"""What people thought of answers: helpful or not, why, and the question and answer that they say it of.

Pressing a thumb is what stores it; the page says so beside it. It stays on this machine.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Boolean, Column, Integer, String, Table, delete, func, insert, select

from corpus.errors import UserError
from corpus.people import metadata, readable, writable

REASON = 1_000  # characters that a reason may have
LONGEST = {"question": 2_000, "outcome": 40, "answer": 20_000}  # what is longer is cut: the reason is what counts
MOST = 20_000  # of them in one record

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String, nullable=False),
    Column("question", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("answer", String, nullable=False),
    Column("at", String, nullable=False),  # ISO, UTC
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether an answer helped somebody, and their reason, if they gave one; when (UTC)."""

    helpful: bool
    reason: str
    question: str
    outcome: str
    answer: str
    at: dt.datetime


class Feedback:
    """What people thought of the answers from the record in the folder `home`."""

    def __init__(self, home: Path) -> None:
        """Open nothing yet."""
        self._home = home

    def add(self, helpful: bool, reason: str, question: str, outcome: str, answer: str) -> None:
        """Store one. Raises UserError if the reason is too long, or no more can be stored."""
        reason = " ".join(reason.split())
        if len(reason) > REASON:
            raise UserError(f"A reason may have {REASON:,} characters; shorten it")
        told = {"question": question, "outcome": outcome, "answer": answer}
        row = {name: words[: LONGEST[name]] for name, words in told.items()}
        at = dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
        with writable(self._home).begin() as connection:
            if (connection.scalar(select(func.count()).select_from(feedback)) or 0) >= MOST:
                raise UserError("No more can be stored here; tell who runs the page")
            connection.execute(insert(feedback), {**row, "helpful": helpful, "reason": reason, "at": at})

    def all(self) -> list[Opinion]:
        """All of them, the oldest first."""
        if (engine := readable(self._home)) is None:
            return []
        with engine.connect() as connection:
            rows = connection.execute(select(feedback).order_by(feedback.c.id)).all()
        return [
            Opinion(row.helpful, row.reason, row.question, row.outcome, row.answer, dt.datetime.fromisoformat(row.at))
            for row in rows
        ]

    def clear(self) -> int:
        """Delete all of them; gives how many there were."""
        if (engine := readable(self._home)) is None:
            return 0
        with engine.begin() as connection:
            return connection.execute(delete(feedback)).rowcount
