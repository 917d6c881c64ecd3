"""What every response tells the browser: to load nothing from elsewhere, and to run no script but the page's own."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from functools import cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.pages.frame import assets

# What Gradio needs beyond 'self', each tried without in Chromium. A plain page has a tighter policy of its own.
#   script-src 'unsafe-eval'     Gradio makes functions of strings when it starts: without, there is no page at all.
#   script-src by hash           Its page has scripts in line; 'unsafe-inline' is not needed for them, nor for ours.
#                                So a script that came into the page later, or an onerror, does not run.
#   style-src 'unsafe-inline'    It adds <style> and style="" while it runs, of other words each time.
#   img-src data:                Icons in its style sheets.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STRICT = "max-age=31536000"  # a year

_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class Headed:
    """Adds these to every response; as bare ASGI, since Starlette's own way would hold up streams.

    Only a page's HTML is held until it is whole, for the hashes of the scripts that Gradio wrote into it.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Responses are `app`'s."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = Headers(scope=scope)
        if "text/html" in asked.get("accept", ""):  # it is read here, so it must not come compressed
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]}
        held: list[bytes] = []
        begun: Message | None = None

        async def headed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":  # only a named proxy is believed to have been asked so
                    headers.setdefault("Strict-Transport-Security", STRICT)
                is_page = headers.get("content-type", "").startswith("text/html")
                if is_page and "content-security-policy" not in headers and scope["method"] != "HEAD":
                    begun = message
                    return
                headers.setdefault("Content-Security-Policy", POLICY.format(scripts=""))
            elif begun is not None:
                held.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                body, start = b"".join(held), begun
                headers = MutableHeaders(scope=start)
                headers["Content-Security-Policy"] = POLICY.format(scripts=_hashes(body))
                if "gzip" in asked.get("accept-encoding", ""):
                    body = gzip.compress(body, 5)
                    headers["Content-Encoding"] = "gzip"
                    headers.add_vary_header("Accept-Encoding")
                headers["Content-Length"] = str(len(body))
                await send(start)
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self.app(scope, receive, headed)


def _hashes(page: bytes) -> str:
    found = [*_SCRIPT.findall(page), _ours()]
    return "".join(f" 'sha256-{base64.b64encode(hashlib.sha256(one).digest()).decode()}'" for one in found)


@cache
def _ours() -> bytes:
    """Our own script, which Gradio puts into the head when it starts."""
    return assets("script").encode()
