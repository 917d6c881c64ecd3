"""Opens the page: a port first, then the page on it, then what it answers with, in the background."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.llms import open_llm
from assistant.page import announced
from corpus.errors import UserError
from corpus.weights import IN_WHEELS

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.config import Settings


def serve(settings: Settings, samples: bool, open_browser: bool) -> None:
    """Serve the page until Ctrl-C or SIGTERM. Raises UserError if it cannot be opened where it should."""
    open_llm(settings)  # a setting that is wrong is told before anything opens
    listening = _listen(settings.host, settings.port)
    address = _address(settings)
    # uvicorn passes a signal on when it has closed; this one then ends the process the ordinary way.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if settings.embedding_model in IN_WHEELS or Path(settings.embedding_model).is_dir():
        os.environ["HF_HUB_OFFLINE"] = "1"  # before Gradio imports the hub's client, which reads it once
    try:
        with listening, announced(settings.home, address, settings.llm) as key:
            app = _app(settings, samples, key)
            asyncio.run(_run(app, listening, address, open_browser))
    except KeyboardInterrupt:
        print("The page is closed.")


def _listen(host: str, port: int) -> socket.socket:
    if ":" in host:
        raise UserError(f"The page listens on IPv4 addresses alone, and {host} is none; set ONRECORD_HOST to one")
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a page just closed does not block the next
    try:
        opened.bind((host, port))
        opened.listen(128)
    except PermissionError:
        opened.close()
        raise UserError(f"Port {port} is not yours to open; use --port with a number above 1023") from None
    except OSError as error:
        opened.close()
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise UserError(f"{host} is no address of this machine; set ONRECORD_HOST to one, or unset it") from None
        raise UserError(f"Port {port} is in use; close the other page or use --port") from None
    return opened


def _address(settings: Settings) -> str:
    """Where the page is asked from this machine."""
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host
    return f"http://{host}:{settings.port}"


def _app(settings: Settings, samples: bool, key: str) -> FastAPI:
    import gradio as gr

    from assistant.web import mistakes, protocol
    from assistant.web.door import door
    from assistant.web.layout import page
    from assistant.web.operate.guard import PATH, SignIn
    from assistant.web.operate.layout import operate_page
    from assistant.web.pages.frame import assets
    from assistant.web.startup import StartUp
    from corpus.records import Record

    startup = StartUp(settings, samples)
    sign_in = SignIn(settings)
    operated = sign_in.is_set_up or sign_in.may_be_off
    for line in remarks(settings, operated):
        print(line, file=sys.stderr)
    app = door(startup, key, sign_in, operated)
    record = Record(settings.home)
    fonts = [gr.themes.Font(name) for name in ("system-ui", "-apple-system", "Segoe UI", "Arial", "sans-serif")]
    shared: dict[str, Any] = {
        "theme": gr.themes.Base(font=fonts, font_mono=[gr.themes.Font("monospace")]),
        # In the head: given as `css`, every selector would be rewritten.
        "head": f"<style>{assets('style')}</style><script>{assets('script')}</script>",
        "footer_links": [],
        "run_history": False,  # Gradio would keep every question in the browser
        "show_error": False,
        "max_file_size": 1,  # byte: nothing is uploaded here, and an operator's files take another way
        "ssr_mode": False,
        "pwa": False,
        "enable_monitoring": False,
    }
    if operated:  # before the other, which answers to every path
        operators = operate_page(startup, record, sign_in)
        gr.mount_gradio_app(app, operators, PATH, auth_dependency=sign_in.who, mcp_server=False, **shared)
    made = page(startup, record)
    refused = {"exception_handlers": {TypeError: mistakes.misnamed}}
    gr.mount_gradio_app(app, made, "/", mcp_server=True, app_kwargs=refused, **shared)
    mistakes.counted(made)
    protocol.offer(made, startup)
    startup.begin()
    return app


def remarks(settings: Settings, operated: bool) -> list[str]:
    """What whoever starts the page should know of who can reach it."""
    from assistant.web.operate.guard import is_loopback
    from assistant.web.texts import operate as texts

    told = [] if operated else [texts.NO_OPERATE.format(host=settings.host)]
    if not is_loopback(settings.host) and not settings.hostnames:
        told.append(texts.NO_NAMES.format(host=settings.host))
    return told


async def _run(app: FastAPI, listening: socket.socket, address: str, open_browser: bool) -> None:
    import uvicorn

    # Browsers hold a line open for news: closing cuts it, and that is no error to tell of.
    # Who asks through a proxy is told by `Proxied`, which believes only those named.
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1, proxy_headers=False
    )
    server = uvicorn.Server(config)
    logging.getLogger("uvicorn.error").addFilter(lambda _: not server.should_exit)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        print(f"On Record is at {address}", flush=True)
        if open_browser:
            await asyncio.to_thread(webbrowser.open, address)
    await serving
