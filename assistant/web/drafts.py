"""The tab where a draft is held against the record. A file is read in the browser: no draft is stored here."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistant import exports
from assistant.answer import Citation
from assistant.check import Checked, check, counted, found_in_words
from assistant.compose import source_line
from assistant.draft_file import draft_text
from assistant.told import line as told_by
from assistant.web import texts
from assistant.web.fields import PRIVATE, box, download, html, names_field, refused, status, told
from assistant.web.filters import read_filters
from assistant.web.startup import StartUp
from assistant.web.waiting import each, waited
from corpus.errors import UserError
from corpus.records import Record
from corpus.sentences import sentences

LONGEST = 100_000  # characters of a draft


def drafts(startup: StartUp, record: Record) -> gr.Dropdown:
    """The tab's blocks; gives the field of councils, which the page fills."""
    with gr.Column(elem_classes="sheet"):
        html(f"<h2>{texts.CHECK_TAB}</h2><p>{texts.CHECK_INTRO}</p>")
        draft = box(texts.DRAFT, texts.DRAFT_HINT, "draft", lines=8, max_lines=20)
        html(
            f'<p class="file"><label for="draft-file">{texts.DRAFT_FILE}</label> '
            f'<input type="file" id="draft-file" accept=".docx,.txt,.md"></p>'
        )
        with gr.Row(elem_classes="fields"):
            council = names_field(texts.COUNCIL, texts.ALL_COUNCILS, record.names("council"))
        with gr.Row(elem_classes="acts"):
            go = gr.Button(texts.CHECK, variant="primary", elem_id="check-draft", elem_classes="act", min_width=0)
            stop = gr.Button(texts.STOP, elem_id="stop-check", elem_classes="act", visible=False, min_width=0)
        said, found = status("check-status"), html("", "checked")
    # What choosing a file presses: nobody sees it.
    with gr.Row(elem_classes="hidden"):
        opened = gr.Button(texts.DRAFT_FILE, elem_id="draft-opened")
        held = gr.Textbox(label=texts.CHECK)
    opened.click(
        partial(_read, startup), held, [draft, said], js="() => [window.onrecord.draft]", queue=False, **PRIVATE
    )
    outputs = [said, found, stop]
    running = go.click(partial(_checked, startup), [draft, council], outputs, concurrency_limit=None, **PRIVATE)
    stop.click(
        lambda: (told(texts.CHECK_STOPPED), gr.update(visible=False)),
        None,
        [said, stop],
        cancels=[running],
        queue=False,
        **PRIVATE,
    )
    return council


async def _read(startup: StartUp, held: str) -> tuple[Any, str]:
    """The words of a chosen file, as the browser sent it: its name, a colon, and its bytes in base 64; without a colon
    if it is too large.
    """
    name, _, data = held.rpartition(":")
    try:
        if not name:
            raise UserError(texts.LARGE_DRAFT)
        words = await waited(startup, lambda: draft_text(name, base64.b64decode(data, validate=True)))
        if len(words) > LONGEST:
            raise UserError(texts.LONG_DRAFT.format(count=LONGEST))
        return words, told(texts.DRAFT_READ)
    except (UserError, binascii.Error) as error:
        return gr.update(), refused(error)


async def _checked(startup: StartUp, draft: str, council: str) -> AsyncIterator[tuple[Any, ...]]:
    """What is told, the findings so far, and whether there is something to stop: at most once a second."""
    found: list[Checked] = []
    shown, hidden = gr.update(visible=True), gr.update(visible=False)
    try:
        if not any(c.isalnum() for c in draft):
            raise UserError(texts.NO_DRAFT)
        if len(draft) > LONGEST:
            raise UserError(texts.LONG_DRAFT.format(count=LONGEST))
        count, last = len(sentences(draft)), 0.0
        yield told(texts.CHECKING.format(done=0, count=count)), "", shown
        async for one in each(startup, partial(_held, startup, draft, council), "check"):
            found.append(one)
            if time.monotonic() - last > 1:
                last = time.monotonic()
                yield told(texts.CHECKING.format(done=len(found), count=count)), _listed(found), shown
        counts = ", ".join(f"{number} {name}" for name, number in counted(found).items())
        word = await asyncio.to_thread(exports.check_word, found)
        file = f'<p class="links">{download(word, "check.docx", texts.CHECK_AS_WORD)}</p>'
        yield told(texts.CHECKED.format(counts=counts)), file + _listed(found), hidden
    except Exception as error:
        yield refused(error), _listed(found), hidden


def _held(startup: StartUp, draft: str, council: str) -> Iterator[Checked]:
    assistant = startup.assistant()
    filters = replace(read_filters(council), or_unstated=True)
    return check(draft, assistant.retriever, assistant.comparer, filters)


def _listed(found: Sequence[Checked]) -> str:
    return f'<ol class="entries checks">{"".join(f"<li>{_sentence(one)}</li>" for one in found)}</ol>'


def _sentence(one: Checked) -> str:
    theirs = "".join(
        f'<figure class="quotation"><blockquote><p>“{_marked(" ".join(c.quote.split()), one.theirs)}”</p></blockquote>'
        f"<figcaption>{escape(_said(c))}{escape(source_line(c))}{_corrected(c, one.theirs)}</figcaption></figure>"
        for c in one.prior
    )
    mine = _marked(" ".join(one.sentence.split()), one.differing)
    record = f'<div><p class="side">{texts.ON_RECORD}</p>{theirs}</div>' if theirs else ""
    return (
        f'<p class="finding {one.label}">{escape(found_in_words(one))}</p>'
        f'<div class="sides"><div><p class="side">{texts.YOUR_DRAFT}</p><p>{mine}</p></div>{record}</div>'
    )


def _said(c: Citation) -> str:
    """Who said it with what force, as the beginning of a line; empty where nobody did."""
    line = told_by(c)
    return f"{line}. " if line else ""


def _corrected(c: Citation, marked: Sequence[str]) -> str:
    if c.corrected_by is None:
        return ""
    return f" {texts.CORRECTED} “{_marked(' '.join(c.corrected_by.quote.split()), marked)}”"


def _marked(words: str, marked: Sequence[str]) -> str:
    """The words as HTML, the first place of each of the marked ones highlighted."""
    patterns = (rf"(?<!\w){re.escape(' '.join(mark.split()))}(?!\w)" for mark in marked if mark.strip())
    found = sorted(match.span() for pattern in patterns if (match := re.search(pattern, words, re.I)))
    shown, done = "", 0
    for start, end in found:
        if start >= done:
            shown += f"{escape(words[done:start])}<mark>{escape(words[start:end])}</mark>"
            done = end
    return shown + escape(words[done:])
