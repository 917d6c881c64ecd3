"""Which of Gradio's own addresses are answered: what the page itself needs, and the six tools. The rest is not there.

Gradio lets any of a page's functions, private ones too, be called by its name, writes what somebody's page holds to
disk for whoever names their session, and takes uploads.
"""

from __future__ import annotations

import re

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.tools import NAMES

PREFIX = "/gradio_api/"
# The page calls its own functions by number and session: at queue/join, or at run/predict where none wait in turn.
ANSWERED = re.compile(
    PREFIX
    + r"(?:info|mcp/?|queue/join|queue/data|run/predict|heartbeat/\w+|cancel|reset|startup-events|app_id|login_check"
    + rf"|call/(?:v2/)?(?:{'|'.join(NAMES)})(?:/\w+)?)/?"
)


class Gate:
    """Answers for Gradio where it is not to."""

    def __init__(self, app: ASGIApp) -> None:
        """Before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say that there is nothing."""
        if scope["type"] == "http" and scope["path"].startswith(PREFIX) and not ANSWERED.fullmatch(scope["path"]):
            await JSONResponse({"detail": "Not Found"}, 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
