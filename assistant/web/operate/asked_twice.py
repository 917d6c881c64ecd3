"""A list whose entries can be taken away, each by its own button, and only when somebody says so a second time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistant.web.fields import PRIVATE, refused, status, told
from assistant.web.texts import operate as texts
from corpus.errors import UserError


def button(name: str, value: str, words: str, whose: str) -> str:
    """An entry's button; `whose` is what people who cannot see the entry are told."""
    return (
        f'<button type="button" class="plain" data-press="{name}" data-value="{escape(value)}">{escape(words)}'
        f'<span class="unseen"> {escape(whose)}</span></button>'
    )


def asked_twice(
    name: str,
    yes: str,
    question: Callable[[str], str],
    act: Callable[[str], str],
    then: Callable[..., str],
    shown: gr.HTML,
    inputs: list[Any],
) -> None:
    """The blocks for a list's buttons of that `name`: `question` asks of an entry's value, `act` does it and says so.

    Both may raise UserError. `then` makes the list, `shown`, anew from `inputs`.
    """
    value = gr.State("")
    said = status(f"{name}-status")
    with gr.Row(elem_classes="acts", visible=False) as sure:
        really = gr.Button(yes, elem_id=f"{name}-yes", elem_classes="act", min_width=0)
        keep = gr.Button(texts.NO_KEEP, elem_id=f"{name}-no", elem_classes="act", min_width=0)
    # What an entry's button presses: nobody sees it.
    with gr.Row(elem_classes="hidden"):
        press, pressed = gr.Button(name, elem_id=f"{name}-press"), gr.Textbox(label=name)
    outputs = [said, sure, value]
    press.click(partial(_asked, question), pressed, outputs, js="() => [window.onrecord.pressed]", **_QUICK)
    keep.click(lambda: ("", gr.update(visible=False), ""), None, outputs, **_QUICK)
    really.click(partial(_done, act), value, outputs, concurrency_limit=1, **PRIVATE).then(
        then, inputs, shown, queue=False, **PRIVATE
    )


_QUICK: dict[str, Any] = {"queue": False, **PRIVATE}


def _asked(question: Callable[[str], str], value: str) -> tuple[Any, ...]:
    try:
        return told(question(value)), gr.update(visible=True), value
    except UserError as error:
        return refused(error), gr.update(visible=False), ""


async def _done(act: Callable[[str], str], value: str) -> tuple[Any, ...]:
    hidden = gr.update(visible=False)
    try:
        return told(await asyncio.to_thread(act, value)), hidden, ""
    except Exception as error:
        return refused(error), hidden, ""
