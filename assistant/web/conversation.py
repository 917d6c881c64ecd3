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
    not to be read from the question's own words; `next` are questions to go on with, `kept` is the id under which it
    was kept, and `helpful` what the person said of it.
    """

    n: int
    question: str
    looked_in: str = ""
    state: Literal["waiting", "answered", "failed", "stopped"] = "waiting"
    words: str = texts.LOOKING
    answer: Answer | None = None
    filters: Filters = field(default_factory=Filters)
    without: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    kept: str = ""
    helpful: bool | None = None

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
    """The turns of one session, oldest first. `editing` is the number of a turn whose question is being changed,
    `kept` the id under which all of them were kept; `stores` says whether anything may be.
    """

    turns: list[Turn] = field(default_factory=list)
    asked: int = 0
    editing: int | None = None
    kept: str = ""
    stores: bool = True

    def ask(self, question: str, without: tuple[str, ...] = ()) -> Turn:
        """A new turn, waiting for its answer: in place of the one that is being changed and of all after it."""
        if self.editing is not None:
            self.turns = [turn for turn in self.turns if turn.n < self.editing]
        self.editing, self.kept = None, ""
        self.asked += 1
        turn = Turn(self.asked, question, without=without)
        self.turns = [*self.turns, turn][-MOST_TURNS:]
        return turn

    def again(self, turn: Turn) -> Turn:
        """The same turn in the same place, waiting for another answer."""
        anew = Turn(turn.n, turn.question, turn.looked_in, filters=turn.filters, without=turn.without)
        self.turns = [anew if one is turn else one for one in self.turns]
        self.kept = ""
        return anew

    def find(self, number: str) -> Turn | None:
        """The turn of that number; None if it is gone."""
        return next((turn for turn in self.turns if str(turn.n) == number), None)

    def answers(self, of: Turn | None = None) -> list[Answer]:
        """The answers that are whole, of all turns or of one."""
        turns = self.turns if of is None else [of]
        return [turn.answer for turn in turns if turn.answer and turn.state == "answered"]

    def stop(self) -> None:
        """Wait no longer for what has not been answered."""
        for turn in self.turns:
            if turn.state == "waiting":
                turn.state, turn.words = "stopped", texts.STOPPED

    def history(self, before: int | None = None) -> list[str]:
        """The questions answered so far, or before the turn of that number, for one that follows up."""
        return [t.question for t in self.turns if t.state == "answered" and (before is None or t.n < before)]

    def without(self, asked: str) -> tuple[Turn, tuple[str, ...]] | None:
        """The turn, and what to leave out of it, that a button named ("3 council from"; "3" leaves out
        nothing more); None if it is gone.
        """
        number, *names = asked.split() or [""]
        turn = self.find(number)
        if turn is None:
            return None
        understood = turn.answer.filters_understood if turn.answer else {}
        return turn, (*turn.without, *(name for name in names if name in understood))
