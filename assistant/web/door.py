"""The page's other doors: what the command line asks, and whether the page is well. And who is let in at all."""

from __future__ import annotations

import json
import secrets
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.query import checked_without
from assistant.web import texts
from assistant.web.filters import read_filters
from assistant.web.pages import frame, kept
from assistant.web.startup import StartUp
from corpus.errors import UserError
from corpus.records import Record

LONGEST_REQUEST = 200_000  # bytes
PATIENCE = 10.0  # seconds that a command waits for the page to be ready, before it answers by itself

# The browser itself holds the page to this machine. Gradio needs inline scripts, and eval for its templates.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _Headed:
    """Adds HEADERS to every response; as bare ASGI, since Starlette's own way would hold up streams."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # a plain page has a tighter policy of its own
            await send(message)

        await self.app(scope, receive, headed)


def door(startup: StartUp, key: str, host: str) -> FastAPI:
    """An app that answers /ask, for those who hold `key`, and /health; the page is mounted on it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # Another site's name pointed at this machine must not reach the page.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[host, "127.0.0.1", "localhost"])
    app.add_middleware(_Headed)
    app.include_router(frame.router)
    app.include_router(kept.router)
    app.state.record = Record(startup.settings.home)  # where the plain pages read

    @app.get("/health")
    def health() -> dict[str, bool]:
        return {"ok": True, "ready": startup.ready}

    @app.post("/ask")
    async def ask(request: Request) -> JSONResponse:
        given = request.headers.get("X-Onrecord-Key", "")
        if not secrets.compare_digest(given.encode(), key.encode()):
            return JSONResponse({"error": "The key is missing or wrong"}, 403)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LONGEST_REQUEST:
                return JSONResponse({"error": "That is too long"}, 413)
        try:
            return await run_in_threadpool(_answer, startup, _asked(body))
        except UserError as error:
            return JSONResponse({"error": str(error)})
        except Exception:
            return JSONResponse({"error": texts.WRONG.rstrip(".")}, 500)

    return app


def _answer(startup: StartUp, asked: dict[str, Any]) -> JSONResponse:
    if not startup.settled.wait(PATIENCE):
        return JSONResponse({"error": texts.STARTING}, 503)
    given = asked.get("filters") or {}
    filters = read_filters(given.get("council"), given.get("committee"), given.get("from"), given.get("to"))
    history = [str(earlier) for earlier in asked.get("history") or ()]
    without = checked_without(asked.get("without") or ())
    return JSONResponse(startup.assistant().ask(asked["question"], history, filters, without).to_json())


def _asked(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except ValueError:
        raise UserError("The request is not JSON") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise UserError("The request holds no question")
    return asked
