"""What a later meeting of the same council says of a promise, quoted and dated; never that it was broken."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sqlalchemy import func, select

from assistant.answer import Citation
from assistant.compose import cite
from assistant.quote import Quotation
from assistant.words import content_words, data, stem, stop_words, words
from corpus.models import PassageOnRecord
from corpus.records import Filters, Record
from corpus.schema import items, meetings, passages
from corpus.sentences import sentences
from corpus.spoken import Spoken

What = Literal["no later mention", "mentioned later", "reported done", "cannot be told"]
RAREST = 5  # of a promise's telling words are searched for
SEARCHED = 2_000  # passages that hold one of them
LOOKED_AT = 8  # of these, later ones of the same council
SHARED = 0.4  # of the promise's telling words that a later sentence must hold, to be of the same thing
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

    def __init__(self, record: Record) -> None:
        """Look in this record."""
        self.record = record
        self._dates: dict[tuple[str | None, str | None], list[dt.date]] = {}
        self._frequencies: dict[str, int] = {}  # in how many passages a word is
        self._where: dict[int, tuple[str | None, str | None]] | None = None  # each passage's council and date

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
        done = any(is_done(spoken.text, q.text) for q in found)
        return Came("reported done" if done else "mentioned later", passage.date, len(after), cite(found, self.record))

    def _mentions(self, spoken: Spoken) -> list[Quotation]:
        passage = spoken.passage
        assert passage.date is not None
        mine = _telling(spoken)
        if len(mine) < FEWEST:
            return []  # too little is said to know it again
        said = []
        for one in self.record.passages(self._after(passage, list(mine.values()))):
            if one.kind in ("attendance", "purpose"):
                continue
            titled = _stems(one.item or "")
            for span in sentences(one.text):
                held = _stems(one.text[span.start : span.end]) & mine.keys()
                if len(held) > 1 and len(held | (titled & mine.keys())) >= max(FEWEST, SHARED * len(mine)):
                    said.append(Quotation(one, span, 0.0))
        said.sort(key=lambda q: (str(q.passage.date), q.passage.start, q.span.start))
        return said[:MOST]

    def _after(self, passage: PassageOnRecord, wanted: Sequence[str]) -> list[int]:
        """The likeliest passages of the same council's later meetings that hold any of these words."""
        if self._where is None:
            query = select(passages.c.id, meetings.c.council, meetings.c.date).select_from(passages)
            query = query.join(items, items.c.id == passages.c.item_id)
            with self.record.engine.connect() as connection:
                rows = connection.execute(query.join(meetings, meetings.c.id == items.c.meeting_id))
                self._where = {row[0]: (row[1], row[2]) for row in rows}
        day = passage.date.isoformat() if passage.date else ""
        # Narrowed here, and not in the search: there it would take as long for each promise as for all.
        found = self.record.find_words(sorted(wanted, key=self._frequency)[:RAREST], Filters(), SEARCHED)
        held = ((i, self._where.get(i, (None, None))) for i in found)
        later = [i for i, (council, date) in held if date and date > day and council == passage.council]
        return later[:LOOKED_AT]

    def _frequency(self, word: str) -> int:
        if word not in self._frequencies:
            self._frequencies[word] = self.record.document_frequency(word)
        return self._frequencies[word]

    def _held(self, council: str | None, committee: str | None) -> list[dt.date]:
        if (council, committee) not in self._dates:
            clause = Filters(council=council, committee=committee).clause()
            with self.record.engine.connect() as connection:
                days = connection.scalars(select(func.distinct(meetings.c.date)).where(clause))
                self._dates[council, committee] = sorted(dt.date.fromisoformat(day) for day in days if day)
        return self._dates[council, committee]


def _telling(spoken: Spoken) -> dict[str, str]:
    """The words of a promise that tell it from others, by their stems: not how promises are worded, nor by whom."""
    statement = spoken.statement
    by = _stems(f"{statement.speaker or ''} {statement.role or ''} {data('later')['worded']}")
    found = (word for word in content_words(spoken.text) if len(word) > 2 and not word.isdigit())
    return {stem(word): word for word in found if stem(word) not in by}


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text)}


def is_done(promised: str, words: str) -> bool:
    """Whether these words report that what is `promised` was done: the same act, or another word for it, in the past.

    What was not done, or what else was, is no more than mentioned.
    """
    acts = _stems(promised)
    others = {stem(past) for act, pasts in data("later")["acts"].items() if stem(act) in acts for past in pasts}
    for found in _done().finditer(words):
        past = found["past"].lower()
        told = past not in stop_words() and not past.endswith("ing") and stem(past) in acts | others
        if told and not _NOT.search(words[: found.start()]):
            return True
    return False


_NOT = re.compile(r"\b(?:no|not|none|never|nobody|neither|nothing|whether|if)\b", re.I)


@cache
def _done() -> re.Pattern[str]:
    """Something done: "had since been circulated", "were now in place"."""
    between = "|".join(data("later")["between"])
    return re.compile(
        rf"\b(?:has|have|had|was|were|is|are)\s+(?:(?:{between})\s+)*(?P<past>[a-z]{{3,}})(?!\s+to\s+be\b)\b", re.I
    )
