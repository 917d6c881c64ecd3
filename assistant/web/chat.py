"""The chat: its layout, and what happens when somebody asks, stops or clears."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import gradio as gr

from assistant.web import texts
from assistant.web.conversation import Conversation, Turn
from assistant.web.filters import in_words, named, read_filters
from assistant.web.render import evidence, transcript
from assistant.web.startup import StartUp
from corpus.errors import UserError
from corpus.records import Filters, Record

# No function of the page is an API, and nothing flickers over the words while it runs.
PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}


def chat(startup: StartUp, record: Record) -> gr.Blocks:
    """The page's one tab, as Gradio blocks."""
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as page:
        _html(f'<a class="skip" href="#question">{texts.SKIP}</a>')
        _html(
            f"<header><h1>{texts.TITLE}</h1><p>{texts.INTRO} <span>{texts.SAMPLES}</span></p></header>",
            "top",
        )
        session = gr.State(Conversation())
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="chat", min_width=0):
                with gr.Column(elem_id="scrolled"):
                    with gr.Column(elem_id="examples") as examples:
                        buttons = _examples()
                    said = _html(transcript(Conversation()), "transcript")
                with gr.Column(elem_id="form"):
                    with gr.Row(elem_id="asking"):
                        question = _box(texts.QUESTION, texts.QUESTION_HINT, "question", max_lines=5)
                        ask = gr.Button(texts.ASK, variant="primary", elem_id="ask", min_width=0)
                        stop = gr.Button(texts.STOP, elem_id="stop", min_width=0, visible=False)
                        clear = gr.Button(texts.CLEAR, elem_id="clear", min_width=0)
                    with gr.Accordion(texts.FILTERS, open=False, elem_id="filters") as where, gr.Row():
                        council = _names(texts.COUNCIL, texts.ALL_COUNCILS, record.names("council"))
                        committee = _names(texts.COMMITTEE, texts.ALL_COMMITTEES, record.names("committee"))
                        low = _box(texts.FROM, texts.DATE_HINT)
                        high = _box(texts.TO, texts.DATE_HINT)
            shown = _html(evidence(Conversation()), "evidence")
        # What "Look without this" in the conversation presses: nobody sees it.
        with gr.Row(elem_id="again"):
            named_without = gr.Textbox(label=texts.WITHOUT)
            again = gr.Button(texts.WITHOUT)

        fields = [council, committee, low, high]
        outputs = [said, shown, examples, stop, council, committee]
        asked = partial(_ask, startup, record)
        running = [
            gr.on(
                [question.submit, ask.click],
                asked,
                [question, session, *fields],
                [question, *outputs],
                concurrency_limit=None,
                **PRIVATE,
            )
        ]
        for button in buttons:
            inputs = [button, session, *fields]
            running.append(button.click(asked, inputs, [question, *outputs], concurrency_limit=None, **PRIVATE))
        running.append(
            again.click(
                partial(_again, startup, record),
                [named_without, session],
                [question, *outputs],
                js="(_, session) => [window.onrecord.again, session]",
                concurrency_limit=None,
                **PRIVATE,
            )
        )
        stop.click(_stop, session, [said, shown, stop], cancels=running, queue=False, **PRIVATE)
        clear.click(_clear, session, [question, *outputs[:4], *fields], cancels=running, queue=False, **PRIVATE)
        names = partial(_choices, record)
        page.load(names, None, [council, committee], queue=False, **PRIVATE)
        where.expand(names, None, [council, committee], queue=False, **PRIVATE)
    return page


def _html(value: str, elem_id: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _box(label: str, hint: str, elem_id: str | None = None, max_lines: int = 1) -> gr.Textbox:
    return gr.Textbox(
        label=label, placeholder=hint, elem_id=elem_id, lines=1, max_lines=max_lines, min_width=0, container=True
    )


def _names(label: str, everything: str, names: list[str]) -> gr.Dropdown:
    return gr.Dropdown([(everything, ""), *((n, n) for n in names)], value="", label=label, min_width=0)


def _examples() -> list[gr.Button]:
    _html(f"<h2>{texts.EXAMPLES}</h2>")
    buttons = []
    for role, questions in texts.ROLES.items():
        with gr.Column(elem_classes="role", min_width=0):
            _html(f"<h3>{role}</h3>")
            buttons += [gr.Button(q, elem_classes="example", min_width=0) for q in questions]
    return buttons


def _choices(record: Record) -> tuple[Any, Any]:
    """What can be chosen now: an ingest may have brought a council since the page was opened."""
    try:
        names = record.names("council"), record.names("committee")
    except Exception as error:
        _tell(error)
        return gr.update(), gr.update()
    councils, committees = ([(n, n) for n in found] for found in names)
    return (
        gr.update(choices=[(texts.ALL_COUNCILS, ""), *councils]),
        gr.update(choices=[(texts.ALL_COMMITTEES, ""), *committees]),
    )


async def _ask(
    startup: StartUp, record: Record, question: str, conversation: Conversation, *fields: str
) -> AsyncIterator[tuple[Any, ...]]:
    """Show the question at once, then its answer: the outputs of `chat`, twice or more."""
    turn = conversation.ask(" ".join(question.split()) or "…")
    async for shown in _waited(startup, record, conversation, turn, partial(read_filters, *fields), None):
        yield shown


async def _again(
    startup: StartUp, record: Record, named_without: str, conversation: Conversation
) -> AsyncIterator[tuple[Any, ...]]:
    """Ask a question of the conversation again, without what was read from its words."""
    found = conversation.without(named_without)
    if found is None:  # its turn has left the conversation since
        yield (gr.update(),) * 7
        return
    earlier, without = found
    turn = conversation.ask(earlier.question, without)
    async for shown in _waited(startup, record, conversation, turn, lambda: earlier.filters, earlier.n):
        yield shown


async def _waited(
    startup: StartUp,
    record: Record,
    conversation: Conversation,
    turn: Turn,
    filters: Callable[[], Filters],
    before: int | None,
) -> AsyncIterator[tuple[Any, ...]]:
    """A turn as asked, then as answered: the outputs of `chat`. What it may follow up on came `before`."""
    same = gr.update()
    if not startup.settled.is_set():
        turn.words = texts.STARTING
    yield "", transcript(conversation), same, gr.update(visible=False), gr.update(visible=True), same, same
    try:
        turn.filters = filters()
        while not startup.settled.is_set():
            await asyncio.sleep(0.1)
        await asyncio.to_thread(_answer, startup, turn, conversation.history(before))
    except UserError as error:
        turn.failed(f"{str(error).rstrip('.')}.")
    except Exception as error:
        _tell(error)
        turn.failed(texts.WRONG)
    waiting = any(other.state == "waiting" for other in conversation.turns)
    yield (
        same,
        transcript(conversation),
        evidence(conversation),
        same,
        gr.update(visible=waiting),
        *_choices(record),
    )


def _answer(startup: StartUp, turn: Turn, history: list[str]) -> None:
    turn.looked_in = in_words(named(turn.filters))
    turn.answered(startup.assistant().ask(turn.question, history, turn.filters, turn.without))


def _stop(conversation: Conversation) -> tuple[Any, ...]:
    conversation.stop()
    return transcript(conversation), evidence(conversation), gr.update(visible=False)


def _clear(conversation: Conversation) -> tuple[Any, ...]:
    conversation.stop()
    conversation.turns = []
    hide, show = gr.update(visible=False), gr.update(visible=True)
    return "", transcript(conversation), evidence(conversation), show, hide, "", "", "", ""


def _tell(error: Exception) -> None:
    """Say on standard error what broke and where, without the message: it may hold somebody's question."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(f"A question could not be answered: {type(error).__name__} at {last.filename}:{last.lineno}", file=sys.stderr)
