"""Which of Gradio's own addresses are answered: what the page itself needs, and the six tools. The rest is not there.
And how much anybody may send.

Gradio lets any of a page's functions, private ones too, be called by its name, writes what somebody's page holds to
disk for whoever names their session, and takes uploads.
"""

from __future__ import annotations

import re

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.operate.guard import PATH as OPERATE
from assistant.web.tools import NAMES

PREFIX = "/gradio_api/"
# The page calls its own functions by number and session: at queue/join, or at run/predict where none wait in turn.
ANSWERED = re.compile(
    PREFIX
    + r"(?:info|mcp/?|queue/join|queue/data|run/predict|heartbeat/\w+|cancel|reset|startup-events|app_id|login_check"
    + rf"|call/(?:v2/)?(?:{'|'.join(NAMES)})(?:/\w+)?)/?"
)

# What the page's own functions are given may hold a draft's file, in base 64.
HOLDS_FILES = (f"{PREFIX}queue/join", f"{PREFIX}run/predict")
LARGEST_FILE, LARGEST = 15_000_000, 200_000  # bytes of a request with a file, and of any other


class Gate:
    """Answers for Gradio where it is not to, and for anything where too much is sent."""

    def __init__(self, app: ASGIApp) -> None:
        """Before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say that there is nothing, or too much."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        path = scope["path"]
        if path == "/openapi.json" or (path.startswith(PREFIX) and not ANSWERED.fullmatch(path)):
            return await JSONResponse({"detail": "Not Found"}, 404)(scope, receive, send)
        # Operators upload more than this, and are known.
        if scope["method"] in ("GET", "HEAD") or path.startswith(f"{OPERATE}/"):
            return await self.app(scope, receive, send)
        most = LARGEST_FILE if path.rstrip("/") in HOLDS_FILES else LARGEST
        if (read := await _read(receive, most)) is None:
            await JSONResponse({"error": "That is too long"}, 413)(scope, receive, send)
        else:
            await self.app(scope, _again(read, receive), send)


async def _read(receive: Receive, most: int) -> list[Message] | None:
    """The messages that a request's body comes in, or None where it has more than `most` bytes."""
    read: list[Message] = []
    size = 0
    while not read or read[-1].get("more_body"):
        read.append(await receive())
        size += len(read[-1].get("body", b""))
        if size > most:
            return None
    return read


def _again(read: list[Message], receive: Receive) -> Receive:
    """The messages that were read, and then what comes."""
    left = iter(read)

    async def given() -> Message:
        return next(left, None) or await receive()

    return given
