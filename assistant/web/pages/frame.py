"""What every plain page is set in: the head, the way back to the tabs, one style. Values are escaped by Jinja."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.web import texts

# Nothing in line, nothing from elsewhere: a plain page needs none of what Gradio needs.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

router = APIRouter()


@cache
def assets(kind: str) -> str:
    """All of the page's `style` (CSS) or `script` (JavaScript), in the order of their files' names."""
    folder = files("assistant.web").joinpath(kind)
    found = sorted((file for file in folder.iterdir() if file.name.endswith((".css", ".js"))), key=lambda f: f.name)
    return "\n".join(file.read_text("utf-8") for file in found)


@cache
def _environment() -> Environment:
    loader = PackageLoader("assistant.web", "pages")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["frame"] = texts
    return made


def shown(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page made of a template (`reader.html`), which extends `frame.html`, and the values that it names."""
    words = _environment().get_template(template).render(**values)
    return HTMLResponse(words, status, headers={"Content-Security-Policy": POLICY})


@router.get("/style.css")
def style() -> Response:
    """The style of every page."""
    return Response(assets("style"), media_type="text/css")


@router.get("/script.js")
def script() -> Response:
    """The script of every page: nothing on a plain page needs it to be read."""
    return Response(assets("script"), media_type="text/javascript")
