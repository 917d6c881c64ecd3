"""What happens to an answer that stands: it is kept, saved as a file, thought well of or not, or its question changed.

Gradio answers to its own components alone: a button under an answer leaves what it wants in the browser's
`window.onrecord.act` ("keep 3"), and presses a hidden one. What came of it goes back as JSON, to the page's script.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.answer_exports import answers_markdown, answers_word
from assistant.web import texts as page_texts
from assistant.web.conversation import Conversation, Turn
from assistant.web.fields import PRIVATE
from assistant.web.render import transcript
from assistant.web.startup import StartUp
from assistant.web.texts import ask as texts
from assistant.web.toolbar import STORING
from assistant.web.waiting import tell, waited
from corpus.errors import UserError
from corpus.feedback import Feedback
from corpus.kept import Kept, revision_of
from corpus.records import Record

# What the script tells (`told`), saves (`file`, its `data`), copies (`copy`, an address); `focus` is for the box.
Came = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be done with these answers: one turn's, or, with no turn, a whole conversation's."""

    home: Path
    record: Record
    conversation: Conversation
    turn: Turn | None
    answers: Sequence[Answer]
    reason: str


def turns(
    startup: StartUp, record: Record, session: gr.State, said: gr.HTML, editing: gr.HTML, question: gr.Textbox
) -> None:
    """The hidden button for what is done with an answer, and what it changes on the page."""
    with gr.Row(elem_classes="hidden"):
        wanted = gr.Textbox(label=texts.TURN)
        act = gr.Button(texts.TURN, elem_id="turn-act")
        came = gr.Textbox(label=texts.TURN)
    done = act.click(
        partial(_acted, startup, record),
        [wanted, session],
        [came, said, editing, question],
        js="(_, session) => [window.onrecord.act, session]",
        concurrency_limit=None,
        **PRIVATE,
    )
    show = "(came) => { document.dispatchEvent(new CustomEvent('onrecord', { detail: came })); return []; }"
    done.then(None, came, None, js=show, **PRIVATE)


async def _acted(startup: StartUp, record: Record, wanted: str, conversation: Conversation) -> tuple[Any, ...]:
    """The outputs of `turns`. `wanted` names what to do, the turn or "all", and, of feedback, the reason."""
    name, of, reason = (*wanted.split(" ", 2), "", "")[:3]
    same = gr.update()
    if name in ("edit", "leave"):
        return _edited(conversation, of if name == "edit" else "")
    try:
        turn = None if of == "all" else conversation.find(of)
        answers = conversation.answers(turn) if turn or of == "all" else ()
        conversation.stores = not startup.settings.read_only  # an operator may have changed it
        if name in STORING and not conversation.stores:
            raise UserError(texts.STORES_NOTHING)
        if not answers:
            raise UserError(texts.GONE)
        asked = _Wanted(startup.settings.home, record, conversation, turn, answers, reason)
        came = await waited(startup, partial(_WAYS[name], asked), "of answers")
    except UserError as error:
        came = {"told": f"{str(error).rstrip('.')}."}
    except Exception as error:
        tell(error)
        came = {"told": page_texts.WRONG}
    return json.dumps(came), transcript(conversation), same, same


def _edited(conversation: Conversation, of: str) -> tuple[Any, ...]:
    """The question of a turn goes back into the box; or, with none, the box is for a new one again."""
    turn = conversation.find(of)
    conversation.editing = turn.n if turn else None
    words = turn.question if turn else ""
    return json.dumps({"focus": True}), gr.update(), editing_note(conversation), words


def editing_note(conversation: Conversation) -> str:
    """That what is asked next replaces something, and the way out; nothing where it does not. It is read out."""
    leave = f'<button type="button" class="tool" data-act="leave" data-of="">{texts.NOT_EDITING}</button>'
    note = "" if conversation.editing is None else f'<p class="done">{texts.EDITING} {leave}</p>'
    return f'<div id="editing-note" role="status">{note}</div>'


def _keep(wanted: _Wanted) -> Came:
    answers = [answer.to_json() for answer in wanted.answers]
    id = Kept(wanted.home).keep(answers, revision_of(wanted.record))
    if wanted.turn:
        wanted.turn.kept = id
    else:
        wanted.conversation.kept = id
    return {"told": texts.KEPT, "copy": f"/kept/{id}"}


def _word(wanted: _Wanted) -> Came:
    return _file(wanted, "docx", answers_word(wanted.answers))


def _markdown(wanted: _Wanted) -> Came:
    return _file(wanted, "md", answers_markdown(wanted.answers).encode())


def _file(wanted: _Wanted, kind: str, data: bytes) -> Came:
    name = f"{'answer' if wanted.turn else 'conversation'}.{kind}"
    return {"told": texts.SAVED.format(name=name), "file": name, "data": base64.b64encode(data).decode()}


def _thought(helpful: bool, wanted: _Wanted) -> Came:
    answer = wanted.answers[0]
    Feedback(wanted.home).add(helpful, wanted.reason, answer.question, answer.outcome, answer.answer)
    if wanted.turn:
        wanted.turn.helpful = helpful
    return {"told": texts.THANKS}


_WAYS: dict[str, Callable[[_Wanted], Came]] = {
    "keep": _keep,
    "word": _word,
    "markdown": _markdown,
    "helpful": partial(_thought, True),
    "unhelpful": partial(_thought, False),
}
