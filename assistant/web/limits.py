"""How much may be asked for: so many questions a minute by each visitor, and so many at once by all."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from assistant.web import texts
from corpus.errors import UserError

MOST_VISITORS = 10_000  # remembered at once: who was here longest ago is forgotten first
SOON = 5  # seconds after which to try again, where too many wait at once


class Busy(UserError):  # noqa: N818 - nothing went wrong
    """It is too much just now; the text says when to try again."""

    def __init__(self, seconds: float) -> None:
        """Wait `seconds`, rounded up to whole ones."""
        self.seconds = max(1, math.ceil(seconds))
        one = self.seconds == 1
        super().__init__(texts.BUSY_ONE if one else texts.BUSY.format(seconds=self.seconds))


@dataclass(slots=True)
class _Bucket:
    """What a visitor may still ask for, and when that was reckoned."""

    left: float
    at: float


class Limits:
    """Counts what is asked for, in memory alone. Threads may share it.

    A visitor's bucket holds `a_minute` questions and fills again within a minute; 0 is no limit. `at_most` may wait or
    be worked on at once.
    """

    def __init__(self, a_minute: int, at_most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody has asked yet."""
        self.a_minute, self.at_most = a_minute, at_most
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._running = 0
        self._lock = Lock()

    @contextmanager
    def asking(self, visitor: str | None) -> Iterator[None]:
        """Hold a place while something is looked for; a visitor's is counted. Raises Busy where there is none."""
        self._enter(visitor)
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1

    def _enter(self, visitor: str | None) -> None:
        with self._lock:
            if self._running >= self.at_most:  # what is turned away costs its visitor nothing
                raise Busy(SOON)
            if visitor is not None and self.a_minute:
                self._take(visitor)
            self._running += 1

    def _take(self, visitor: str) -> None:
        now = self._clock()
        bucket = self._buckets.pop(visitor, None) or _Bucket(self.a_minute, now)
        self._buckets[visitor] = bucket
        while len(self._buckets) > MOST_VISITORS:
            self._buckets.popitem(last=False)
        bucket.left = min(self.a_minute, bucket.left + (now - bucket.at) * self.a_minute / 60)
        bucket.at = now
        if bucket.left < 1:
            raise Busy((1 - bucket.left) * 60 / self.a_minute)
        bucket.left -= 1
