"""Work that somebody at the page waits for: done aside, once the page is ready, its failures told in a sentence."""

from __future__ import annotations

import asyncio
import ipaddress
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from functools import partial
from threading import Event
from typing import TypeVar, cast

from gradio.context import LocalContext

from assistant.web.startup import StartUp

T = TypeVar("T")


async def waited(startup: StartUp, work: Callable[[], T], count: str = "") -> T:
    """What `work` gives, done in a thread when the page is ready. Raises Busy where too much is asked for.

    It is counted with what its visitor asks, or apart from that, under the name `count`.
    """
    with startup.log.timed("work"), ExitStack() as place:
        place.enter_context(startup.limits.asking(f"{visitor()} {count}".rstrip()))
        await _settled(startup)
        return await _aside(work, place)


async def each(startup: StartUp, begin: Callable[[], Iterator[T]], what: str = "ask") -> AsyncIterator[T]:
    """What an iterator gives, one by one, each fetched in a thread when the page is ready; `what` stands in the log.

    Its place is held until the last has come. Raises Busy as `waited`.
    """
    with startup.log.timed(what) as facts, ExitStack() as place:
        place.enter_context(startup.limits.asking(visitor()))
        await _settled(startup)
        found = await _aside(begin, place)
        none = object()
        while (one := await _aside(partial(next, found, none), place)) is not none:
            facts["outcome"] = getattr(one, "outcome", "done")
            yield cast(T, one)


async def _settled(startup: StartUp) -> None:
    while not startup.settled.is_set():
        await asyncio.sleep(0.1)


async def _aside(work: Callable[[], T], place: ExitStack) -> T:
    """What `work` gives, done in a thread. A thread cannot be stopped: where nobody waits any longer, `place` is held
    until it ends.
    """
    left = Event()
    done = asyncio.ensure_future(asyncio.to_thread(lambda: None if left.is_set() else work()))
    try:
        return cast(T, await asyncio.shield(done))
    except asyncio.CancelledError:
        left.set()
        if not done.done():
            held = place.pop_all()
            done.add_done_callback(lambda _: held.close())
            done.add_done_callback(lambda _: done.cancelled() or done.exception())  # nobody is there to be told of it
        raise


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
    print(
        f"Something asked for at the page could not be done: {type(error).__name__} at {last.filename}:{last.lineno}",
        file=sys.stderr,
    )
