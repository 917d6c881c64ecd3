"""The operators' page: its head, and its tabs."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistant.web.fields import PRIVATE, html
from assistant.web.operate.guard import COOKIE, PATH, SignIn
from assistant.web.operate.held import held, listed
from assistant.web.operate.ingesting import ingesting
from assistant.web.operate.noting import listed as notes_listed
from assistant.web.operate.noting import noting
from assistant.web.operate.setting import setting
from assistant.web.startup import StartUp
from assistant.web.texts import operate as texts
from corpus.records import Record


def operate_page(startup: StartUp, record: Record, sign_in: SignIn) -> gr.Blocks:
    """The whole page, as Gradio blocks."""
    quick: dict[str, Any] = {"queue": False, **PRIVATE}
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as made:
        html(f'<a class="skip" href="#upload">{texts.SKIP}</a>')
        head = html(_head(sign_in, None), "top")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(texts.INGEST_TAB, elem_id="ingest-tab") as ingest_tab, gr.Column(elem_classes="sheet"):
                (put,) = ingesting(startup, record)
                find, documents = held(startup, record)
            with gr.Tab(texts.NOTES_TAB, elem_id="notes-tab") as notes_tab, gr.Column(elem_classes="sheet"):
                notes = noting(record)
            with gr.Tab(texts.SETTINGS_TAB, elem_id="settings-tab"), gr.Column(elem_classes="sheet"):
                shown, fill = setting(startup)
        listing, noted = partial(listed, record), partial(notes_listed, record)

        def headed(request: gr.Request) -> str:
            return _head(sign_in, request)

        made.load(headed, None, head, **quick)
        made.load(listing, find, documents, **quick)
        made.load(fill, None, shown, **quick)  # and not when the tab is opened: what is typed would be lost
        put.then(listing, find, documents, **quick)
        ingest_tab.select(listing, find, documents, **quick)
        notes_tab.select(noted, None, notes, **quick)
    return made


def _head(sign_in: SignIn, request: gr.Request | None) -> str:
    """The page's head: who is signed in, and a way out for those who came with a password."""
    who = sign_in.who(request.request) if request and request.request else None
    told = f" {escape(texts.SIGNED_IN.format(name=who))}" if who else ""
    told += f" {escape(texts.NO_SIGN_IN)}" if sign_in.may_be_off else ""
    out = ""
    if request and request.cookies.get(COOKIE):
        out = f'<form method="post" action="{PATH}/sign-out"><button class="plain">{texts.SIGN_OUT}</button></form>'
    return (
        f'<header class="operators"><h1>{texts.HEADING}</h1><p>{texts.INTRO}{told}</p>'
        f'<nav><a href="/">{texts.BACK}</a>{out}</nav></header>'
    )
