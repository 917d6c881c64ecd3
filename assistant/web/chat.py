"""The tab where questions are asked: its layout, and what happens when somebody asks, stops or clears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.suggestions import suggestions
from assistant.web import texts
from assistant.web.conversation import Conversation, Turn
from assistant.web.fields import PRIVATE, box, choices, html, names_field
from assistant.web.filters import in_words, named, read_filters
from assistant.web.history import history, opinion
from assistant.web.opening import to_start_with
from assistant.web.render import evidence, transcript, written_by
from assistant.web.startup import StartUp
from assistant.web.tools import LONGEST_QUESTION
from assistant.web.turns import editing_note, turns
from assistant.web.waiting import each, tell
from corpus.errors import UserError
from corpus.records import Filters, Record


def chat(startup: StartUp, record: Record) -> tuple[gr.Dropdown, gr.Dropdown, gr.HTML]:
    """The tab's blocks; gives the fields of councils and committees, and the place of the questions to start with,
    which the page fills.
    """
    session = gr.State(Conversation())
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="chat", min_width=0):
            with gr.Column(elem_id="scrolled"):
                examples = html(to_start_with(startup, record), "examples")
                html(history(), "history")
                said = html(transcript(Conversation()), "transcript")
            with gr.Column(elem_id="form"):
                html('<p id="came" role="status"></p>')
                editing = html(editing_note(Conversation()))
                writer = html(written_by(startup.settings), "writer")
                with gr.Row(elem_id="asking"):
                    question = box(texts.QUESTION, texts.QUESTION_HINT, "question", max_lines=5)
                    ask = gr.Button(texts.ASK, variant="primary", elem_id="ask", min_width=0)
                    stop = gr.Button(texts.STOP, elem_id="stop", min_width=0, visible=False)
                    clear = gr.Button(texts.CLEAR, elem_id="clear", min_width=0)
                with gr.Accordion(texts.FILTERS, open=False, elem_id="filters") as where, gr.Row():
                    council = names_field(texts.COUNCIL, texts.ALL_COUNCILS, record.names("council"))
                    committee = names_field(texts.COMMITTEE, texts.ALL_COMMITTEES, record.names("committee"))
                    low = box(texts.FROM, texts.DATE_HINT)
                    high = box(texts.TO, texts.DATE_HINT)
        shown = html(evidence(Conversation()), "evidence")
    html(opinion())
    # What "Look without this", "Ask again" and a question to ask next press: nobody sees it.
    with gr.Row(elem_id="again"):
        named_without = gr.Textbox(label=texts.WITHOUT)
        again = gr.Button(texts.WITHOUT)
        say = gr.Button(texts.ASK, elem_id="say")
    turns(startup, record, session, said, editing, question)

    # An operator may have chosen another model: who writes is told before anything is sent to it.
    tell_writer = partial(_writer, startup)
    gr.on(None, tell_writer, None, writer, queue=False, **PRIVATE)
    question.focus(tell_writer, None, writer, queue=False, **PRIVATE)

    fields = [council, committee, low, high]
    outputs = [said, shown, examples, stop, council, committee, editing, writer]
    asked, offered = partial(_ask, startup, record, True), partial(_ask, startup, record, False)
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
    running.append(
        say.click(
            offered,
            [named_without, session, *fields],
            [question, *outputs],
            js="(_, ...rest) => [window.onrecord.ask, ...rest]",
            concurrency_limit=None,
            **PRIVATE,
        )
    )
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
    clear.click(_clear, session, [question, *outputs[:4], *fields, editing], cancels=running, queue=False, **PRIVATE)
    names = partial(choices, record)
    where.expand(names, None, [council, committee], queue=False, **PRIVATE)
    return council, committee, examples


def _writer(startup: StartUp) -> str:
    return written_by(startup.settings)


async def _ask(
    startup: StartUp, record: Record, written: bool, question: str, conversation: Conversation, *fields: str
) -> AsyncIterator[tuple[Any, ...]]:
    """Show the question at once, then its answer: the outputs of `chat`, twice or more. One that was `written` in the
    box takes the place of the one that is being changed; one that was offered comes below all.
    """
    if not written:
        conversation.editing = None
    turn = conversation.ask(" ".join(question.split()) or "…")
    async for shown in _shown(startup, record, conversation, turn, partial(read_filters, *fields), None):
        yield shown


async def _again(
    startup: StartUp, record: Record, named_without: str, conversation: Conversation
) -> AsyncIterator[tuple[Any, ...]]:
    """Ask a question of the conversation again: in its place, or below without what was read from its words."""
    found = conversation.without(named_without)
    if found is None:  # its turn has left the conversation since
        yield (gr.update(),) * 9
        return
    earlier, without = found
    conversation.editing = None
    anew = without == earlier.without
    turn = conversation.again(earlier) if anew else conversation.ask(earlier.question, without)
    async for shown in _shown(startup, record, conversation, turn, lambda: earlier.filters, earlier.n):
        yield shown


async def _shown(
    startup: StartUp,
    record: Record,
    conversation: Conversation,
    turn: Turn,
    filters: Callable[[], Filters],
    before: int | None,
) -> AsyncIterator[tuple[Any, ...]]:
    """A turn as asked, then as answered: the outputs of `chat`. What it may follow up on came `before`."""
    same = gr.update()
    conversation.stores = not startup.settings.read_only  # an operator may have changed it
    if not startup.settled.is_set():
        turn.words = texts.STARTING
    hide, show, note = gr.update(visible=False), gr.update(visible=True), editing_note(conversation)
    yield "", transcript(conversation), same, hide, show, same, same, note, _writer(startup)
    try:
        if len(turn.question) > LONGEST_QUESTION:
            raise UserError(texts.LONG_QUESTION.format(count=LONGEST_QUESTION))
        turn.filters = filters()
        turn.looked_in = in_words(named(turn.filters))
        history = conversation.history(before)
        async for answer in each(startup, partial(_answers, startup, turn, history)):
            turn.writes(answer)
            if answer.mode == "prose":
                seen = transcript(conversation), evidence(conversation)
                yield same, *seen, same, gr.update(visible=True), same, same, same, same
        if turn.answer and turn.state == "waiting":
            turn.next = await asyncio.to_thread(_next, turn.answer, record, conversation)
        turn.answered()
    except UserError as error:
        turn.failed(f"{str(error).rstrip('.')}.")
    except Exception as error:
        tell(error)
        turn.failed(texts.WRONG)
    waiting = any(other.state == "waiting" for other in conversation.turns)
    yield (
        same,
        transcript(conversation),
        evidence(conversation),
        same,
        gr.update(visible=waiting),
        *choices(record),
        same,
        same,
    )


def _answers(startup: StartUp, turn: Turn, history: list[str]) -> Iterator[Answer]:
    return startup.assistant().answers(turn.question, history, turn.filters, turn.without)


def _next(answer: Answer, record: Record, conversation: Conversation) -> tuple[str, ...]:
    """Questions to go on with. An answer stands without them: what breaks here is told on standard error alone."""
    try:
        return suggestions(answer, record, [one.question for one in conversation.turns])
    except Exception as error:
        tell(error)
        return ()


def _stop(conversation: Conversation) -> tuple[Any, ...]:
    conversation.stop()
    return transcript(conversation), evidence(conversation), gr.update(visible=False)


def _clear(conversation: Conversation) -> tuple[Any, ...]:
    conversation.stop()
    conversation.turns, conversation.editing = [], None
    hide, show = gr.update(visible=False), gr.update(visible=True)
    return "", transcript(conversation), evidence(conversation), show, hide, "", "", "", "", editing_note(conversation)
