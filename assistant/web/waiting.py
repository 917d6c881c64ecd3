"""Work that somebody at the page waits for: done aside, once the page is ready, its failures told in a sentence."""

from __future__ import annotations

import asyncio
import ipaddress
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar, cast

from gradio.context import LocalContext

from assistant.web.startup import StartUp

T = TypeVar("T")


async def waited(startup: StartUp, work: Callable[[], T]) -> T:
    """What `work` gives, done in a thread when the page is ready. Raises Busy where too much is asked for."""
    with startup.log.timed("work"), startup.limits.asking(visitor()):
        return await _aside(startup, work)


async def each(startup: StartUp, begin: Callable[[], Iterator[T]], what: str = "ask") -> AsyncIterator[T]:
    """What an iterator gives, one by one, each fetched in a thread when the page is ready; `what` stands in the log.

    Its place is held until the last has come. Raises Busy as `waited`.
    """
    with startup.log.timed(what) as facts, startup.limits.asking(visitor()):
        found = await _aside(startup, begin)
        none = object()
        while (one := await asyncio.to_thread(next, found, none)) is not none:
            facts["outcome"] = getattr(one, "outcome", "done")
            yield cast(T, one)


async def _aside(startup: StartUp, work: Callable[[], T]) -> T:
    while not startup.settled.is_set():
        await asyncio.sleep(0.1)
    return await asyncio.to_thread(work)


def visitor() -> str:
    """The address of whoever asks, for counting; of one house, where addresses are many. Gradio knows the request."""
    request = LocalContext.request.get(None)
    client = getattr(request, "client", None)
    return house(str(getattr(client, "host", "") or ""))


def house(address: str) -> str:
    """What visits are counted by: an IPv4 address, or the first half of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return address if found.version == 4 else str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))


def tell(error: Exception) -> None:
    """Say on standard error what broke and where, without the message: it may hold somebody's question."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(f"A question could not be answered: {type(error).__name__} at {last.filename}:{last.lineno}", file=sys.stderr)
