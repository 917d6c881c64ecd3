"""`onrecord chat`: opens the page."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import options


def chat(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port to listen on.")] = None,
    samples: Annotated[
        bool,
        typer.Option(help="Put the sample minutes of an invented council on record first, if nothing is."),
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in your browser.")] = False,
    home: options.Home = None,
) -> None:
    """Open the chat page on this machine."""
    from assistant.config import load_settings
    from assistant.web.serve import serve

    settings = load_settings(home)
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    serve(settings, samples=samples, open_browser=open_browser)
