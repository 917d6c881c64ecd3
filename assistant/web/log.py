"""What happens at the page, as lines of JSON on standard error, where the setting `log` asks for them.

No line holds a question, an address of a visitor, or the words of anything: only what was asked for, how it ended, and
how long it took.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.limits import Busy
from corpus.errors import UserError

SILENT = re.compile(r"(/operate)?/(assets|static|svelte)/|/health$")  # what the page is made of, and who watches it
GRADIO = ("gradio_api", "operate")  # below these, the next name tells more, and nothing of anybody
PLAIN = re.compile(r"[a-z_.-]{1,30}", re.IGNORECASE)


class Log:
    """Where lines go: to standard error, or nowhere."""

    def __init__(self, kind: str) -> None:
        """`kind` is the setting: quiet or json."""
        self.on = kind == "json"

    def line(self, what: str, outcome: str, seconds: float, status: int | None = None) -> None:
        """Write one line, if any are wanted."""
        if self.on:
            at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
            told = {"time": at, "what": what, "outcome": outcome, "seconds": round(seconds, 3), "status": status}
            print(json.dumps(told), file=sys.stderr, flush=True)

    @contextmanager
    def timed(self, what: str) -> Iterator[dict[str, Any]]:
        """Log a piece of work when it ends; its `outcome` may be put into what this gives."""
        facts: dict[str, Any] = {"outcome": "done"}
        begun = time.monotonic()
        try:
            yield facts
        except UserError as error:
            facts["outcome"] = "busy" if isinstance(error, Busy) else "refused"
            raise
        except GeneratorExit:
            raise
        except Exception:
            facts["outcome"] = "failed"
            raise
        except BaseException:
            facts["outcome"] = "stopped"
            raise
        finally:
            self.line(what, str(facts["outcome"]), time.monotonic() - begun)


class Logged:
    """Logs every request: its method, what kind of thing was asked for, the status and the seconds."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        """Requests go on to `app`."""
        self.app = app
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write its line when it is answered."""
        if scope["type"] != "http" or not self.log.on or SILENT.match(scope["path"]):
            return await self.app(scope, receive, send)
        begun, status = time.monotonic(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            outcome = "done" if status < 400 else "refused" if status < 500 else "failed"
            # Where nothing is, the path may be anybody's words.
            named = kind(scope["path"]) if status not in (404, 405) else "/"
            self.log.line(f"{scope['method']} {named}", outcome, time.monotonic() - begun, status)


def kind(path: str) -> str:
    """A path as far as it names a kind of thing, and nobody's question, file or link: /kept/abc is /kept."""
    told: list[str] = []
    for part in path.strip("/").split("/"):
        name = part.partition("=")[0]
        if not PLAIN.fullmatch(name) or (told and told[-1] not in GRADIO):
            break
        told.append(name)
        if name != part:
            break
    return "/" + "/".join(told)
