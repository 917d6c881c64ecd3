"""Work that somebody at the page waits for: done aside, once the page is ready, its failures told in a sentence."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar, cast

from assistant.web.startup import StartUp

T = TypeVar("T")


async def waited(startup: StartUp, work: Callable[[], T]) -> T:
    """What `work` gives, done in a thread when the page is ready."""
    while not startup.settled.is_set():
        await asyncio.sleep(0.1)
    return await asyncio.to_thread(work)


async def each(startup: StartUp, begin: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
    """What an iterator gives, one by one, each fetched in a thread when the page is ready."""
    found = await waited(startup, begin)
    none = object()
    while (one := await asyncio.to_thread(next, found, none)) is not none:
        yield cast(T, one)


def tell(error: Exception) -> None:
    """Say on standard error what broke and where, without the message: it may hold somebody's question."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(f"A question could not be answered: {type(error).__name__} at {last.filename}:{last.lineno}", file=sys.stderr)
