"""The tab of promises: what was taken on, by whom, by when, and what came of it; and the notes that people add."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from itertools import islice
from typing import Any

import gradio as gr

from assistant import exports
from assistant.compose import source_line
from assistant.promises import Promise, counted, followed, in_words, overdue, promises
from assistant.web import texts
from assistant.web.fields import PRIVATE, box, download, html, names_field, refused, status, told
from assistant.web.filters import read_filters
from assistant.web.startup import StartUp
from assistant.web.waiting import waited
from corpus.errors import UserError
from corpus.people import STATUSES, People
from corpus.records import Record

AT_ONCE = 25  # promises shown at first, and more each time


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked to see, in the order of the tab's fields, and how many of it."""

    about: str = ""
    who: str = ""
    council: str = ""
    committee: str = ""
    date_from: str = ""
    date_to: str = ""
    sort: Any = "date"
    overdue: bool = False
    shown: int = AT_ONCE


def pledges(startup: StartUp, record: Record) -> tuple[gr.Dropdown, gr.Dropdown]:
    """The tab's blocks; gives the fields of councils and committees, which the page fills."""
    wanted, listed = gr.State(Wanted()), gr.State(())
    with gr.Column(elem_classes="sheet"):
        html(f"<h2>{texts.PROMISES_TAB}</h2><p>{texts.PROMISES_INTRO}</p>")
        with gr.Row(elem_classes="fields"):
            about = box(texts.PROMISES_ABOUT, texts.PROMISES_ABOUT_HINT, "promises-about")
            who = box(texts.PROMISES_WHO, texts.PROMISES_WHO_HINT)
            council = names_field(texts.COUNCIL, texts.ALL_COUNCILS, record.names("council"))
            committee = names_field(texts.COMMITTEE, texts.ALL_COMMITTEES, record.names("committee"))
            low, high = box(texts.FROM, texts.DATE_HINT), box(texts.TO, texts.DATE_HINT)
            sort = gr.Dropdown(list(texts.SORTS), value="date", label=texts.SORT, min_width=0)
            overdue = gr.Checkbox(label=texts.OVERDUE, min_width=0)
        show = gr.Button(texts.SHOW_PROMISES, variant="primary", elem_id="show", elem_classes="act", min_width=0)
        said, found = status("promises-status"), html("", "promises")
        more = gr.Button(texts.MORE, elem_id="more", elem_classes="act", visible=False, min_width=0)
        with gr.Accordion(texts.NOTE, open=False, elem_id="noting", elem_classes="fold", visible=False) as noting:
            html(f"<p>{texts.NOTE_INTRO}</p>")
            with gr.Row(elem_classes="fields"):
                number = box(texts.NOTE_NUMBER, "1")
                standing = gr.Dropdown([("", ""), *STATUSES], value="", label=texts.NOTE_STATUS, min_width=0)
                name = box(texts.NOTE_NAME, texts.NOTE_NAME_HINT)
                words = box(texts.NOTE_WORDS, "")
            keep = gr.Button(texts.NOTE_KEEP, elem_id="keep-note", elem_classes="act", min_width=0)
            kept = status("note-kept")

    fields = [about, who, council, committee, low, high, sort, overdue]
    outputs = [said, found, more, noting, wanted, listed]
    gr.on(
        [about.submit, who.submit, show.click],
        partial(_first, startup),
        fields,
        outputs,
        concurrency_limit=None,
        **PRIVATE,
    )
    more.click(partial(_more, startup), wanted, outputs, concurrency_limit=None, **PRIVATE)
    keep.click(
        partial(_keep, startup),
        [listed, wanted, number, standing, name, words],
        [kept, *outputs],
        concurrency_limit=None,
        **PRIVATE,
    )
    return council, committee


async def _first(startup: StartUp, *fields: Any) -> tuple[Any, ...]:
    return await _shown(startup, Wanted(*fields))


async def _more(startup: StartUp, wanted: Wanted) -> tuple[Any, ...]:
    return await _shown(startup, replace(wanted, shown=wanted.shown + AT_ONCE))


async def _shown(startup: StartUp, wanted: Wanted) -> tuple[Any, ...]:
    """The outputs of `pledges`."""
    hidden = gr.update(visible=False)
    try:
        found, count = await waited(startup, partial(_found, startup, wanted))
        listed = await asyncio.to_thread(_listed, found)
    except Exception as error:
        return refused(error), "", hidden, hidden, wanted, ()
    rest = gr.update(visible=len(found) < count)
    some = gr.update(visible=bool(found) and not startup.settings.read_only)
    return told(_counted(found, count)), listed, rest, some, wanted, tuple(promise.anchor for promise in found)


def _found(startup: StartUp, wanted: Wanted) -> tuple[list[Promise], int]:
    """As many promises as are wanted, with what came of them, and how many there are."""
    retriever, today = startup.assistant().retriever, dt.date.today()
    filters = read_filters(wanted.council, wanted.committee, wanted.date_from, wanted.date_to)
    found = promises(
        retriever, filters, (wanted.who or "").strip() or None, (wanted.about or "").strip() or None, wanted.sort
    )
    if wanted.overdue:
        found = overdue(found, retriever.record, today)
        return found[: wanted.shown], len(found)
    return list(islice(followed(found, retriever.record), wanted.shown)), len(found)


def _counted(found: list[Promise], count: int) -> str:
    if not found:
        return texts.NO_PROMISE
    said = texts.PROMISES_COUNT.format(count=count) if count > 1 else texts.ONE_PROMISE
    if len(found) < count:
        said += " " + texts.PROMISES_SHOWN.format(count=len(found))
    came = ", ".join(f"{number} {name}" for name, number in counted(found).items() if name != "promises")
    return f"{said} {came}."


def _listed(found: list[Promise]) -> str:
    if not found:
        return ""
    as_csv = download(exports.promises_csv(found), "promises.csv", texts.AS_CSV)
    as_word = download(exports.promises_word(found), "promises.docx", texts.AS_WORD)
    items = "".join(f"<li>{_promise(promise)}</li>" for promise in found)
    return f'<p class="links">{as_csv}{as_word}</p><ol class="entries">{items}</ol>'


def _promise(promise: Promise) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in in_words(promise))
    quote = " ".join(promise.citation.quote.split())
    return (
        f'<figure class="quotation"><blockquote><p>“{escape(quote)}”</p></blockquote>'
        f"<figcaption>{escape(source_line(promise.citation))}</figcaption></figure><ul>{lines}</ul>"
    )


async def _keep(
    startup: StartUp, listed: tuple[Any, ...], wanted: Wanted, number: str, status: str, name: str, words: str
) -> tuple[Any, ...]:
    """What is told of the note, and the outputs of `pledges` again, with the note in its place."""
    same = (gr.update(),) * 6
    try:
        if startup.settings.read_only:
            raise UserError(texts.READ_ONLY)
        if not number.strip().isdecimal() or not 0 < int(number) <= len(listed):
            raise UserError(texts.NOTE_WRONG_NUMBER.format(count=len(listed)))
        people = People(startup.settings.home)
        await waited(startup, partial(people.add, listed[int(number) - 1], status or None, words, name))
    except Exception as error:
        return refused(error), *same
    return told(texts.NOTE_KEPT.format(number=int(number))), *await _shown(startup, wanted)
