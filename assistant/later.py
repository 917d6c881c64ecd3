"""What a later meeting of the same council says of a promise, quoted and dated; never that it was broken."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sqlalchemy import func, select

from assistant.answer import Citation
from assistant.compose import cite
from assistant.query import Query, understand
from assistant.quote import Quotation
from assistant.retrieve import Retriever
from assistant.words import content_words, data, words
from corpus.models import PassageOnRecord, Span
from corpus.records import Filters
from corpus.schema import meetings
from corpus.sentences import sentences
from corpus.spoken import Spoken

What = Literal["no later mention", "mentioned later", "reported done", "cannot be told"]
LOOKED_AT = 8  # later passages
SHARED = 0.5  # of the promise's own rarer words that a later sentence must hold, to be of the same thing
FEWEST = 3  # words that both must hold
MOST = 3  # quoted


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a promise: later words about it, or that none are on record `since` then in so many `meetings`."""

    what: What
    since: dt.date | None
    meetings: int
    later: tuple[Citation, ...] = ()


class Later:
    """A record looked through for what came after; it remembers each body's meetings."""

    def __init__(self, retriever: Retriever) -> None:
        """Look in this retriever's record."""
        self.retriever = retriever
        self.record = retriever.record
        self._dates: dict[tuple[str | None, str | None], list[dt.date]] = {}

    def next_meeting(self, passage: PassageOnRecord) -> dt.date | None:
        """The day of the same body's next meeting, if that is on record."""
        days = self._held(passage.council, passage.committee) if passage.committee else []
        return next((day for day in days if passage.date and day > passage.date), None)

    def came(self, spoken: Spoken) -> Came:
        """What the council's later meetings on record say of what is promised here."""
        passage = spoken.passage
        if passage.date is None:
            return Came("cannot be told", None, 0)
        after = [day for day in self._held(passage.council, None) if day > passage.date]
        found = self._mentions(spoken) if after else []
        if not found:
            return Came("no later mention", passage.date, len(after))
        done = any(_done().search(q.text) for q in found)
        return Came("reported done" if done else "mentioned later", passage.date, len(after), cite(found, self.record))

    def _mentions(self, spoken: Spoken) -> list[Quotation]:
        passage = spoken.passage
        assert passage.date is not None
        filters = Filters(council=passage.council, date_from=passage.date + dt.timedelta(days=1))
        query = replace(_query(spoken.text, self.retriever), filters=filters)
        _, found = self.retriever.retrieve(query, LOOKED_AT)
        wanted = _rare(f"{passage.item or ''} {spoken.text}", self.retriever)
        mine = _rare(spoken.text, self.retriever)
        said = []
        for one in found:
            context = set(words(one.passage.item or ""))
            for span in sentences(one.passage.text):
                text = one.passage.text[span.start : span.end]
                held = set(words(text))
                both = mine & held
                if len(both) >= FEWEST and len(wanted & (held | context)) >= SHARED * len(wanted):
                    said.append(Quotation(one.passage, Span(span.start, span.end), one.score))
        said.sort(key=lambda q: (str(q.passage.date), q.passage.start, q.span.start))
        return said[:MOST]

    def _held(self, council: str | None, committee: str | None) -> list[dt.date]:
        if (council, committee) not in self._dates:
            clause = Filters(council=council, committee=committee).clause()
            with self.record.engine.connect() as connection:
                days = connection.scalars(select(func.distinct(meetings.c.date)).where(clause))
                self._dates[council, committee] = sorted(dt.date.fromisoformat(day) for day in days if day)
        return self._dates[council, committee]


def _query(text: str, retriever: Retriever) -> Query:
    return understand(text[:400], (), Filters(), retriever.record, ("all",))


def _rare(text: str, retriever: Retriever) -> set[str]:
    """The words of a promise that tell it from others: neither everyday words nor how promises are worded."""
    worded = set(data("later")["worded"].split())
    return {word for word in content_words(text) if word not in worded and not word.isdigit() and len(word) > 2}


@cache
def _done() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in data("later")["done"]), re.I)
