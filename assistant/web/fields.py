"""What the page's tabs are made of: fields that look and behave alike."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

import gradio as gr

from assistant.web import texts
from assistant.web.waiting import tell
from corpus.counts import meetings_of
from corpus.errors import UserError
from corpus.records import Record

# No function of the page is an API, and nothing flickers over the words while it runs.
PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}


def html(value: str, elem_id: str | None = None) -> gr.HTML:
    """A piece of the page."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def box(label: str, hint: str, elem_id: str | None = None, lines: int = 1, max_lines: int = 1) -> gr.Textbox:
    """A field to write in."""
    return gr.Textbox(
        label=label, placeholder=hint, elem_id=elem_id, lines=lines, max_lines=max(lines, max_lines), min_width=0,
        container=True,
    )  # fmt: skip


def names_field(label: str, everything: str, names: list[str]) -> gr.Dropdown:
    """A field to choose one name in, or all."""
    return gr.Dropdown([(everything, ""), *((n, n) for n in names)], value="", label=label, min_width=0)


def choices(record: Record) -> tuple[Any, Any]:
    """What can be chosen now, with how many meetings each has: an ingest may have brought a council since the page was
    opened.
    """
    try:
        held = meetings_of(record, "council"), meetings_of(record, "committee")
    except Exception as error:
        tell(error)
        return gr.update(), gr.update()
    councils, committees = ([(f"{name} ({count})", name) for name, count in found.items()] for found in held)
    return (
        gr.update(choices=[(texts.ALL_COUNCILS, ""), *councils]),
        gr.update(choices=[(texts.ALL_COMMITTEES, ""), *committees]),
    )


def status(elem_id: str) -> gr.HTML:
    """A place that is read out when what is told in it changes. It stays itself: a new one would not be read."""
    return gr.HTML("", elem_id=elem_id, elem_classes="status", apply_default_css=False, js_on_load=None)


def told(words: str, failed: bool = False) -> str:
    """What is told of a piece of work."""
    return f'<p class="told{" failed" if failed else ""}">{escape(words)}</p>'


def refused(error: Exception) -> str:
    """Why something was not done: a UserError's own sentence; of any other failure only that it is ours."""
    if isinstance(error, UserError):
        return told(f"{str(error).rstrip('.')}.", failed=True)
    tell(error)
    return told(texts.WRONG, failed=True)


def download(data: bytes, name: str, words: str) -> str:
    """A link to a file that the page itself holds: nothing is stored to be fetched."""
    kind = "text/csv" if name.endswith(".csv") else "application/octet-stream"
    held = base64.b64encode(data).decode()
    return f'<a download="{escape(name)}" href="data:{kind};base64,{held}">{escape(words)}</a>'
