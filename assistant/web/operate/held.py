"""The documents on record, as an operator finds and removes them."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistant.web.fields import PRIVATE, box, html
from assistant.web.operate import uploads
from assistant.web.operate.asked_twice import asked_twice, button
from assistant.web.startup import StartUp
from assistant.web.texts import operate as texts
from corpus.changes import writing
from corpus.errors import UserError
from corpus.overview import DocumentCount, overview
from corpus.records import Record
from ingest import sync

AT_ONCE = 50  # documents listed


def held(startup: StartUp, record: Record) -> tuple[gr.Textbox, gr.HTML]:
    """The blocks; gives the field to look by, and the list."""
    html(f"<h2>{texts.HELD}</h2>")
    with gr.Row(elem_classes="fields"):
        find = box(texts.FIND, texts.FIND_HINT, "find")
    listing = partial(listed, record)
    shown = gr.HTML("", elem_id="held", apply_default_css=False, js_on_load=None, render=False)
    question, remove = partial(_question, record), partial(_remove, startup, record)
    asked_twice("remove", texts.YES_REMOVE, question, remove, listing, shown, [find])
    shown.render()
    gr.on([find.submit, find.change], listing, find, shown, queue=False, trigger_mode="always_last", **PRIVATE)
    return find, shown


def listed(record: Record, wanted: str = "") -> str:
    """The documents that `wanted` names, every word of it, as a list with a button each."""
    documents = overview(record).documents
    if not documents:
        return f'<p class="hint">{texts.NOTHING_HELD}</p>'
    words = (wanted or "").lower().split()
    found = [one for one in documents if all(word in _words(one) for word in words)]
    counts = {"count": len(found), "total": len(documents), "shown": AT_ONCE}
    told = (texts.HELD_FIRST if len(found) > AT_ONCE else texts.HELD_COUNT).format(**counts)
    items = "".join(f"<li>{_entry(one)}</li>" for one in found[:AT_ONCE])
    return f'<p role="status">{told}</p><ul class="entries held">{items}</ul>'


def _entry(one: DocumentCount) -> str:
    meetings = "".join(f"<li>{escape(line)}</li>" for line in _meetings(one))
    count = texts.PASSAGES.format(count=f"{sum(m.passages for m in one.meetings):,}")
    remove = button("remove", one.document_id, texts.REMOVE, one.document)
    return f'<p class="name">{escape(one.document)}</p><ul>{meetings}<li>{count}</li></ul><p>{remove}</p>'


def _meetings(one: DocumentCount) -> list[str]:
    return [
        ", ".join(filter(None, [m.council or texts.NO_COUNCIL, m.committee, m.date or texts.UNDATED]))
        for m in one.meetings
    ]


def _words(one: DocumentCount) -> str:
    return " ".join([one.document, *_meetings(one)]).lower()


def _question(record: Record, document_id: str) -> str:
    return texts.REMOVE_SURE.format(name=_document(record, document_id).document)


def _document(record: Record, document_id: str) -> DocumentCount:
    found: Any = next((one for one in overview(record).documents if one.document_id == document_id), None)
    if found is None:
        raise UserError("That document is on record no longer")
    return found  # type: ignore[no-any-return]


def _remove(startup: StartUp, record: Record, document_id: str) -> str:
    """Take the document off, whatever sources it has, and delete its uploaded file."""
    settings = startup.settings
    with writing(settings.home):
        batches = uploads.on_record(record)
        names = [
            name
            for source in _document(record, document_id).sources
            for name in sync.remove(record, source, settings.chroma_sync_threshold)
        ]
        for batch in batches:
            uploads.tidy(record, batch)
    return texts.REMOVED.format(names=", ".join(dict.fromkeys(names)))
