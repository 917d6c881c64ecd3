"""Who is let in to /operate: nobody but operators, whatever is asked for below it.

Gradio's own sign-in leaves some of its routes open (streams, heartbeats, cancelling), so the whole prefix is guarded
here, in front of it; Gradio is told the same once more (`auth_dependency`).
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.config import Settings
from assistant.operators import Operators
from assistant.web.limits import Busy
from assistant.web.texts import operate as texts
from corpus.errors import UserError

PATH = "/operate"
SIGN_IN = f"{PATH}/sign-in"
COOKIE = "onrecord-operator"
SIGNED_IN = 8 * 3600  # seconds
FREE_TRIES, LONGEST_WAIT = 3, 300.0  # wrong passwords before the first wait, and the longest, in seconds
MOST_REMEMBERED = 10_000  # visitors who gave a wrong password


class SignIn:
    """The operators who are signed in, and the tries of those who are not: in memory, gone with the page."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody is signed in."""
        self.operators = Operators(settings.home)
        self.hostnames = settings.hostnames
        self.by_header = bool(settings.sign_in_header and settings.sign_in_proxies)
        # Behind a proxy, whoever asks seems to be on this machine.
        self._open = is_loopback(settings.host) and not settings.hostnames and not settings.sign_in_proxies
        self._clock = clock
        self._sessions: dict[str, tuple[str, str, float]] = {}  # a cookie's hash: whose, by which line, until when
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()  # wrong passwords, and when to try again
        self._lock = Lock()

    @property
    def is_set_up(self) -> bool:
        """Whether there is a way to sign in."""
        return self.by_header or bool(self.operators.names())

    @property
    def may_be_off(self) -> bool:
        """Whether nobody needs to sign in: on this machine alone, as long as nobody is named an operator."""
        return self._open and not self.is_set_up

    def who(self, request: Request) -> str | None:
        """The operator who asks, or None."""
        if self.by_header and (named := getattr(request.state, "operator", None)):
            return str(named)
        name = self._of_session(request.cookies.get(COOKIE, ""))
        if name is not None:
            return name
        return texts.THIS_MACHINE if self.may_be_off and _is_here(request) else None

    def enter(self, visitor: str, name: str, password: str) -> str | None:
        """A new session's cookie, or None where the password is wrong. Raises Busy after several of these."""
        with self._lock:
            count, until = self._wrong.get(visitor, (0, 0.0))
            if (wait := until - self._clock()) > 0:
                raise Busy(wait)
            # Counted before it is checked: ten tries at once are ten tries.
            later = min(LONGEST_WAIT, 2.0 ** min(count + 1 - FREE_TRIES, 30)) if count + 1 >= FREE_TRIES else 0.0
            self._wrong[visitor] = count + 1, self._clock() + later
            self._wrong.move_to_end(visitor)
            while len(self._wrong) > MOST_REMEMBERED:
                self._wrong.popitem(last=False)
        name = " ".join(name.split())
        line = self.operators.line(name)
        if not self.operators.is_right(name, password):
            return None
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            self._wrong.pop(visitor, None)
            now = self._clock()
            self._sessions = {key: held for key, held in self._sessions.items() if held[2] > now}
            self._sessions[_hash(cookie)] = name, line, now + SIGNED_IN
        return cookie

    def leave(self, cookie: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_hash(cookie), None)

    def _of_session(self, cookie: str) -> str | None:
        with self._lock:
            name, line, until = self._sessions.get(_hash(cookie), ("", "", 0.0))
        # Whoever is no operator any longer, or was given another password, is out at once.
        return name if until > self._clock() and line == self.operators.line(name) else None


class Guard:
    """Lets nobody past who is no operator, and no other site's page, to anything below /operate."""

    def __init__(self, app: ASGIApp, sign_in: SignIn, operated: bool = True) -> None:
        """`app` holds the mount; where the page is not `operated`, nothing is there for anybody."""
        self.app = app
        self.operated = operated
        self.sign_in = sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an operator's request on; answer any other."""
        if scope["type"] == "lifespan" or not _is_below(scope["path"]):
            return await self.app(scope, receive, send)
        if scope["type"] != "http":  # nothing here is a web socket
            return await send({"type": "websocket.close", "code": 1008})
        request = Request(scope)
        try:
            passes = self._passes(request)
        except UserError:  # its words name a path
            answer: Response = JSONResponse({"error": texts.SPOILT}, 503)
            return await answer(scope, receive, send)
        if not self._is_own(request):
            answer = JSONResponse({"error": texts.OTHER_SITE}, 403)
        elif not self.operated:
            answer = JSONResponse({"error": texts.LEFT_OUT}, 404)
        elif passes:
            return await self.app(scope, receive, send)
        elif request.method == "GET" and scope["path"] in (PATH, f"{PATH}/"):
            answer = RedirectResponse(SIGN_IN, 303)
        else:
            answer = JSONResponse({"error": texts.NOT_SIGNED_IN}, 401)
        answer.headers["Cache-Control"] = "no-store"
        await answer(scope, receive, send)

    def _passes(self, request: Request) -> bool:
        """Whether it is an operator's, or asks to sign in. Raises UserError where the operators cannot be read."""
        if request.url.path == SIGN_IN:
            self.sign_in.operators.names()
            return True
        return self.sign_in.who(request) is not None

    def _is_own(self, request: Request) -> bool:
        """Whether it does not come from another site's page: a browser tells where from, and sends cookies along."""
        if request.method not in ("GET", "HEAD") and request.headers.get("sec-fetch-site") == "cross-site":
            return False
        origin = request.headers.get("origin")
        if origin is None:
            return True
        asked = {request.headers.get("host"), request.headers.get("x-forwarded-host")}
        parts = urlsplit(origin)
        return parts.netloc in asked or parts.hostname in self.sign_in.hostnames


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, which no other machine reaches."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_here(request: Request) -> bool:
    through_another = getattr(request.state, "unnamed", False)
    return bool(request.client and is_loopback(request.client.host)) and not through_another


def _is_below(path: str) -> bool:
    return path == PATH or path.startswith(f"{PATH}/")


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
