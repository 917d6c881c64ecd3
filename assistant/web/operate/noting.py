"""The tab of notes: all that people have added, also to words that are no longer on record."""

from __future__ import annotations

from functools import partial
from html import escape

import gradio as gr

from assistant.promises import note_line
from assistant.web.fields import html
from assistant.web.filters import long_date
from assistant.web.operate.asked_twice import asked_twice, button
from assistant.web.texts import operate as texts
from corpus.errors import UserError
from corpus.people import Note, People, is_on_record
from corpus.records import Record


def noting(record: Record) -> gr.HTML:
    """The tab's blocks; gives the list, which the page fills."""
    html(f"<h2>{texts.NOTES_TAB}</h2><p>{texts.NOTES_INTRO}</p>")
    people = People(record.home)
    listing = partial(listed, record)
    shown = gr.HTML("", elem_id="notes", apply_default_css=False, js_on_load=None, render=False)
    asked_twice("note", texts.YES_DELETE, partial(_question, people), partial(_delete, people), listing, shown, [])
    shown.render()
    return shown


def listed(record: Record) -> str:
    """All notes, the newest first."""
    notes = People(record.home).notes()
    if not notes:
        return f'<p class="hint">{texts.NO_NOTES}</p>'
    told = texts.ONE_NOTE if len(notes) == 1 else texts.NOTES_COUNT.format(count=len(notes))
    items = "".join(f"<li>{_entry(note, is_on_record(note.anchor, record))}</li>" for note in reversed(notes))
    return f'<p role="status">{told}</p><ul class="entries held">{items}</ul>'


def _entry(note: Note, there: bool) -> str:
    at = note.anchor
    where = filter(None, [at.council, at.committee, long_date(at.date) if at.date else texts.UNDATED, at.item])
    gone = "" if there else f'<p class="told failed">{texts.NO_LONGER}</p>'
    delete = button("note", str(note.id), texts.DELETE, note_line(note))
    return (
        f'<figure class="quotation"><blockquote><p>“{escape(" ".join(at.quote.split()))}”</p></blockquote>'
        f"<figcaption>{escape(', '.join(where))}</figcaption></figure>{gone}"
        f"<p>{escape(note_line(note))}</p><p>{delete}</p>"
    )


def _question(people: People, note_id: str) -> str:
    note = next((one for one in people.notes() if str(one.id) == note_id), None)
    if note is None:
        raise UserError("That note is gone already")
    return texts.DELETE_SURE.format(name=note.name)


def _delete(people: People, note_id: str) -> str:
    people.delete(int(note_id) if note_id.isdecimal() else 0)
    return texts.DELETED
