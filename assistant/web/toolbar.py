"""What stands under an answer: what can be done with it, what was done, and what could be asked next."""

from __future__ import annotations

from html import escape

import prompts
from assistant.answer import Answer, Citation
from assistant.compose import quoted_line
from assistant.web.addresses import is_address
from assistant.web.conversation import Conversation, Turn
from assistant.web.texts import ask as texts

Tool = tuple[str, str, str]  # what it does, its label, and what it says of itself to those who hear the page


def under(turn: Turn, conversation: Conversation) -> str:
    """What follows an answer, kept out of what is read out when the answer comes. Questions to ask next stand under
    the last alone; what would be stored is offered where the page stores anything.
    """
    if turn.state == "waiting":
        return ""
    if turn.answer is None or turn.state != "answered":
        shown = _tools(texts.THIS_QUESTION, str(turn.n), _ASKING, conversation.stores)
    else:
        shown = _tools(texts.THIS_ANSWER, str(turn.n), _ANSWERED, conversation.stores) + _done(turn)
        shown += f'<div class="as-text" hidden>{escape(as_text(turn.answer))}</div>'
        shown += _next(turn) if turn is conversation.turns[-1] else ""
    return f'<div class="after" aria-live="off">{shown}</div>'


def whole(conversation: Conversation) -> str:
    """What can be done with all answers; nothing before there is one."""
    if not conversation.answers():
        return ""
    kept = _kept(texts.KEPT_WHOLE, conversation.kept) if conversation.kept else ""
    tools = _tools(texts.WHOLE, "all", _WHOLE, conversation.stores)
    return f'<div class="whole"><p>{texts.WHOLE}</p>{tools}{kept}</div>'


def as_text(answer: Answer) -> str:
    """A question and its answer as plain text, each quotation with its source and address."""
    parts = [answer.question, *filter(None, (answer.notice, answer.answer))]
    if answer.refused and answer.nearest:
        parts.append(prompts.load("nearest").text)
    # Quotations are the answer's own words already; a model's prose, and a refusal, say no more than their numbers.
    if answer.mode == "prose" or answer.refused:
        parts += [_quoted(c, f"[{c.n}] " if answer.citations else "") for c in answer.citations or answer.nearest]
    linked = [f"[{c.n}] {c.link}" for c in answer.citations if is_address(c.link)]
    return "\n\n".join([*parts, *(["\n".join(dict.fromkeys(linked))] if linked else [])])


def _quoted(c: Citation, number: str) -> str:
    return f"{number}{quoted_line(c)}"


_ASKING: tuple[Tool, ...] = (("again", texts.AGAIN, ""), ("edit", texts.EDIT, texts.EDIT_MEANS))
_ANSWERED: tuple[Tool, ...] = (
    ("copy", texts.COPY, ""),
    ("keep", texts.KEEP, texts.KEEP_MEANS),
    ("word", texts.WORD, texts.AS_WORD),
    ("markdown", texts.MARKDOWN, texts.AS_MARKDOWN),
    *_ASKING,
    ("helpful", texts.HELPFUL, ""),
    ("unhelpful", texts.NOT_HELPFUL, ""),
)
_WHOLE: tuple[Tool, ...] = (
    ("keep", texts.KEEP, texts.KEEP_MEANS),
    ("word", texts.WORD, texts.AS_WORD),
    ("markdown", texts.MARKDOWN, texts.AS_MARKDOWN),
    ("print", texts.PRINT, ""),
)


STORING = ("keep", "helpful", "unhelpful")  # what puts something on this server


def _tools(label: str, of: str, tools: tuple[Tool, ...], stores: bool) -> str:
    buttons = "".join(
        f'<button type="button" class="tool" data-act="{act}" data-of="{of}"{_described(name, means)}>{name}</button>'
        for act, name, means in tools
        if stores or act not in STORING
    )
    return f'<div class="tools" role="group" aria-label="{label}">{buttons}</div>'


def _described(name: str, means: str) -> str:
    if not means:
        return ""
    kind = "aria-label" if means.startswith(name) else "title"
    return f' {kind}="{escape(means)}"'


def _done(turn: Turn) -> str:
    kept = _kept(texts.KEPT_ANSWER, turn.kept) if turn.kept else ""
    return kept + (f'<p class="done">{texts.RATED[turn.helpful]}</p>' if turn.helpful is not None else "")


def _kept(words: str, id: str) -> str:
    at = f"/kept/{escape(id)}"
    copied = f'<button type="button" class="tool" data-act="link" data-of="{at}">{texts.COPY_LINK}</button>'
    return f'<p class="done">{words} {texts.KEPT_FOR} <a class="kept-link" href="{at}">{texts.LINK}</a> {copied}</p>'


def _next(turn: Turn) -> str:
    if not turn.next or turn.answer is None:
        return ""
    asked = "".join(
        f'<li><button type="button" class="example" data-act="ask">{escape(question)}</button></li>'
        for question in turn.next
    )
    heading = texts.NEAR if turn.answer.refused else texts.NEXT
    return f'<div class="next"><h3>{heading}</h3><ul>{asked}</ul></div>'
