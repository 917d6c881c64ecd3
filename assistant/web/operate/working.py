"""Work that an operator watches: done aside, with what it has come to shown while it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from html import escape
from typing import Generic, TypeVar

from assistant.web.texts import operate as texts

T = TypeVar("T")
OFTEN = 0.4  # seconds between two looks


class Watched:
    """What an ingest has come to. Written in one thread, read in another."""

    def __init__(self) -> None:
        """Nothing is begun."""
        self.words, self.done, self.total = "", 0, 0
        self._passages = 0

    def expect(self, passages: int) -> None:
        """How many passages will be embedded."""
        self._passages = passages

    def reading(self, done: int, total: int) -> None:
        """Sources looked at."""
        self._set(texts.READING, done, total)

    def embedding(self, passages: int) -> None:
        """Passages just embedded."""
        before = self.done if self.words == texts.EMBEDDING else 0
        self._set(texts.EMBEDDING, before + passages, max(self._passages, before + passages))

    def indexing(self, done: int, total: int) -> None:
        """Vectors just written to the index."""
        self._set(texts.INDEXING, done, total)

    def _set(self, words: str, done: int, total: int) -> None:
        self.words, self.done, self.total = words, done, total

    def shown(self) -> str:
        """The bar and the words beside it."""
        words = escape(self.words.format(done=self.done, total=self.total)) or "…"
        return f'<p class="told">{words} <progress max="{max(1, self.total)}" value="{self.done}"></progress></p>'


class Work(Generic[T]):
    """One piece of work: `shown` as it goes on, and then its `result`, or the error that it raised."""

    def __init__(self, work: Callable[[Watched], T]) -> None:
        """Begin it in a thread. It goes on whoever looks: what it changes is whole or not at all."""
        self._watched = Watched()
        self._task = asyncio.create_task(asyncio.to_thread(work, self._watched))
        # Where whoever looked has left, nobody asks for the error; asyncio would print it whole.
        self._task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def shown(self) -> AsyncIterator[str]:
        """What it has come to, whenever that is something new."""
        last = ""
        while not self._task.done():
            if (now := self._watched.shown()) != last:
                yield now
                last = now
            await asyncio.wait([self._task], timeout=OFTEN)

    @property
    def result(self) -> T:
        """What it gave. Raises what it raised."""
        return self._task.result()
