"""The page's other doors: what the command line asks, and whether the page is well. And who is let in at all."""

from __future__ import annotations

import json
import secrets
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.config import Settings
from assistant.query import checked_without
from assistant.web import texts
from assistant.web.filters import read_filters
from assistant.web.gate import Gate
from assistant.web.headers import Headed
from assistant.web.log import Logged
from assistant.web.operate.door import routes
from assistant.web.operate.guard import Guard, SignIn
from assistant.web.pages import frame, kept, news, reader
from assistant.web.proxied import Proxied
from assistant.web.startup import StartUp
from corpus.errors import UserError
from corpus.records import Record

LONGEST_REQUEST = 200_000  # bytes
PATIENCE = 10.0  # seconds that a command waits for the page to be ready, before it answers by itself


def door(startup: StartUp, key: str, sign_in: SignIn, operated: bool) -> FastAPI:
    """An app that answers /ask, for those who hold `key`, and /health; the page is mounted on it, and /operate where
    the page is `operated`.
    """
    settings = startup.settings
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # The last one added is the first that a request meets.
    app.add_middleware(Guard, sign_in=sign_in, operated=operated)
    # Another site's name pointed at this machine must not reach the page.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts(settings), www_redirect=False)
    app.add_middleware(Gate)
    app.add_middleware(Headed)
    app.add_middleware(Logged, log=startup.log)
    app.add_middleware(Proxied, proxies=settings.sign_in_proxies, sign_in_header=settings.sign_in_header)
    app.state.record = Record(settings.home)  # where the plain pages read
    for pages in (frame, reader, kept, news):
        app.include_router(pages.router)
    if operated:
        app.include_router(routes(sign_in, app.state.record))

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
            # Whoever holds the key runs the page: only what all ask for at once is counted.
            with startup.log.timed("ask") as facts, startup.limits.asking(None):
                answer = await run_in_threadpool(_answer, startup, _asked(body), facts)
            return answer
        except UserError as error:
            return JSONResponse({"error": str(error)})
        except Exception:
            return JSONResponse({"error": texts.WRONG.rstrip(".")}, 500)

    return app


def hosts(settings: Settings) -> list[str]:
    """The names that the page may be asked by."""
    return [settings.host, "127.0.0.1", "localhost", *settings.hostnames]


def _answer(startup: StartUp, asked: dict[str, Any], facts: dict[str, Any]) -> JSONResponse:
    if not startup.settled.wait(PATIENCE):
        facts["outcome"] = "starting"
        return JSONResponse({"error": texts.STARTING}, 503)
    given = asked.get("filters") or {}
    filters = read_filters(given.get("council"), given.get("committee"), given.get("from"), given.get("to"))
    history = [str(earlier) for earlier in asked.get("history") or ()]
    without = checked_without(asked.get("without") or ())
    answer = startup.assistant().ask(asked["question"], history, filters, without)
    facts["outcome"] = answer.outcome
    return JSONResponse(answer.to_json())


def _asked(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except ValueError:
        raise UserError("The request is not JSON") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise UserError("The request holds no question")
    return asked
