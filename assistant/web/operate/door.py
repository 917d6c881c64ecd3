"""The routes of /operate that are no part of Gradio's page: signing in and out, and files as they are uploaded."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.web.limits import Busy
from assistant.web.operate import uploads
from assistant.web.operate.guard import COOKIE, PATH, SIGN_IN, SIGNED_IN, SignIn
from assistant.web.pages.frame import shown
from assistant.web.texts import operate as texts
from assistant.web.waiting import house
from corpus.errors import UserError
from corpus.records import Record

LONGEST_FORM = 10_000  # bytes


def routes(sign_in: SignIn, record: Record) -> APIRouter:
    """The routes, for an app that `Guard` stands before. They come before the mount of Gradio's page."""
    router = APIRouter(prefix=PATH)

    @router.get("/sign-in")
    def form(request: Request) -> Response:
        return RedirectResponse(f"{PATH}/", 303) if sign_in.who(request) else _form(sign_in)

    @router.post("/sign-in")
    async def enter(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LONGEST_FORM:
                return _form(sign_in, texts.WRONG_PASSWORD, 413)
        given = {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}
        name, visitor = given.get("name", ""), house(request.client.host if request.client else "")
        try:
            cookie = await run_in_threadpool(sign_in.enter, visitor, name, given.get("password", ""))
        except Busy as busy:
            return _form(sign_in, texts.WAIT.format(seconds=busy.seconds), 429, name)
        if cookie is None:
            return _form(sign_in, texts.WRONG_PASSWORD, 403, name)
        answer = RedirectResponse(f"{PATH}/", 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, cookie, SIGNED_IN, path=PATH, secure=secure, httponly=True, samesite="strict")
        return answer

    @router.post("/sign-out")
    def leave(request: Request) -> Response:
        sign_in.leave(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(SIGN_IN, 303)
        answer.delete_cookie(COOKIE, path=PATH)
        return answer

    @router.post("/upload")
    async def upload(request: Request, name: str = "", batch: str = "") -> JSONResponse:
        try:
            batch = batch or await run_in_threadpool(uploads.begin, record)
            await uploads.put(record.home, batch, name, request.stream())
        except UserError as error:
            return JSONResponse({"error": f"{str(error).rstrip('.')}."}, 400)
        return JSONResponse({"batch": batch})

    @router.get("")
    def without_slash() -> Response:
        return RedirectResponse(f"{PATH}/", 303)

    return router


def _form(sign_in: SignIn, problem: str = "", status: int = 200, name: str = "") -> Response:
    values: dict[str, Any] = {"problem": problem, "name": name, "passwords": bool(sign_in.operators.names())}
    answer = shown("sign_in.html", status, texts=texts, action=SIGN_IN, **values)
    answer.headers["Cache-Control"] = "no-store"
    return answer
