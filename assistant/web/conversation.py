"""What one person has asked on the page, and what came of it. It lives in memory, with their session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.answer import Answer
from assistant.web import texts
from corpus.records import Filters

MOST_TURNS = 100  # the oldest leave first: a page left open for days must not grow without end


@dataclass(slots=True)
class Turn:
    """One question, numbered from 1 in its session. `words` says what is told in an answer's place, `without` what is
    not to be read from the question's own words.
    """

    n: int
    question: str
    looked_in: str = ""
    state: Literal["waiting", "answered", "failed", "stopped"] = "waiting"
    words: str = texts.LOOKING
    answer: Answer | None = None
    filters: Filters = field(default_factory=Filters)
    without: tuple[str, ...] = ()

    def answered(self) -> None:
        """The answer is whole, unless the person stopped waiting for it."""
        if self.state == "waiting":
            self.state = "answered"

    def writes(self, answer: Answer) -> None:
        """Keep what has been written of the answer so far, unless the person stopped waiting for it."""
        if self.state == "waiting":
            self.answer, self.words = answer, texts.WRITING

    def failed(self, sentence: str) -> None:
        """Keep the sentence that says why there is no answer."""
        if self.state == "waiting":
            self.state, self.words = "failed", sentence


@dataclass(slots=True)
class Conversation:
    """The turns of one session, oldest first."""

    turns: list[Turn] = field(default_factory=list)
    asked: int = 0

    def ask(self, question: str, without: tuple[str, ...] = ()) -> Turn:
        """A new turn, waiting for its answer."""
        self.asked += 1
        turn = Turn(self.asked, question, without=without)
        self.turns = [*self.turns, turn][-MOST_TURNS:]
        return turn

    def stop(self) -> None:
        """Wait no longer for what has not been answered."""
        for turn in self.turns:
            if turn.state == "waiting":
                turn.state, turn.words = "stopped", texts.STOPPED

    def history(self, before: int | None = None) -> list[str]:
        """The questions answered so far, or before the turn of that number, for one that follows up."""
        return [t.question for t in self.turns if t.state == "answered" and (before is None or t.n < before)]

    def without(self, asked: str) -> tuple[Turn, tuple[str, ...]] | None:
        """The turn, and what to leave out of it, that a button named ("3 council from"); None if it is gone."""
        number, *names = asked.split() or [""]
        turn = next((t for t in self.turns if str(t.n) == number and t.answer), None)
        if turn is None or turn.answer is None:
            return None
        return turn, (*turn.without, *(name for name in names if name in turn.answer.filters_understood))
