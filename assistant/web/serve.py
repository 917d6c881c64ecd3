"""Opens the page: a port first, then the page on it, then what it answers with, in the background."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

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
    address = f"http://{settings.host}:{settings.port}"
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
    try:
        local = host == "localhost" or ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise UserError(
            f"The page has no sign-in yet, so it opens only on this machine and not on {host}; "
            "set ONRECORD_HOST to 127.0.0.1, or unset it"
        )
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a page just closed does not block the next
    try:
        opened.bind((host, port))
        opened.listen(128)
    except PermissionError:
        opened.close()
        raise UserError(f"Port {port} is not yours to open; use --port with a number above 1023") from None
    except OSError:
        opened.close()
        raise UserError(f"Port {port} is in use; close the other page or use --port") from None
    return opened


def _app(settings: Settings, samples: bool, key: str) -> FastAPI:
    import gradio as gr

    from assistant.web import mistakes, protocol
    from assistant.web.door import door
    from assistant.web.layout import page
    from assistant.web.pages.frame import assets
    from assistant.web.startup import StartUp
    from corpus.records import Record

    startup = StartUp(settings, samples)
    app = door(startup, key, settings.host)
    fonts = [gr.themes.Font(name) for name in ("system-ui", "-apple-system", "Segoe UI", "Arial", "sans-serif")]
    made = page(startup, Record(settings.home))
    gr.mount_gradio_app(
        app,
        made,
        "/",
        theme=gr.themes.Base(font=fonts, font_mono=[gr.themes.Font("monospace")]),
        # In the head: given as `css`, every selector would be rewritten.
        head=f"<style>{assets('style')}</style><script>{assets('script')}</script>",
        footer_links=[],
        run_history=False,  # Gradio would keep every question in the browser
        show_error=False,
        max_file_size=1,  # byte: nothing is uploaded here
        ssr_mode=False,
        mcp_server=protocol.installed(),
        pwa=False,
        enable_monitoring=False,
        app_kwargs={"exception_handlers": {TypeError: mistakes.misnamed}},
    )
    mistakes.counted(made)
    protocol.offer(made, settings)
    startup.begin()
    return app


async def _run(app: FastAPI, listening: socket.socket, address: str, open_browser: bool) -> None:
    import uvicorn

    # Browsers hold a line open for news: closing cuts it, and that is no error to tell of.
    config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1)
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
