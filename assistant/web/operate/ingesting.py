"""The tab where minutes are put on record: files are uploaded, the plan is shown, and then it is carried out."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.fields import PRIVATE, box, html, refused, status, told
from assistant.web.operate import uploads
from assistant.web.operate.working import Watched, Work
from assistant.web.startup import StartUp
from assistant.web.texts import operate as texts
from assistant.web.waiting import tell
from corpus.changes import writing
from corpus.errors import UserError
from corpus.records import Record
from ingest import sync
from ingest import told as lines
from ingest.read import Supplied
from ingest.sources import find_sources
from ingest.sync import Step

READ = ".pdf,.docx,.html,.htm,.xml,.txt,.md,.zip"


@dataclass(frozen=True, slots=True)
class Looked:
    """What an operator is looking through: a folder of uploaded files, and what was said of them."""

    batch: str = ""
    supplied: Supplied = field(default_factory=Supplied)


def ingesting(startup: StartUp, record: Record) -> list[Any]:
    """The tab's blocks; gives the events after which there is something new on record."""
    looked = gr.State(Looked())
    html(f"<h2>{texts.UPLOAD}</h2><p>{texts.UPLOAD_INTRO}</p>")
    html(
        f'<p class="file"><label for="upload">{texts.FILES}</label> '
        f'<input type="file" id="upload" accept="{READ}" multiple></p>'
        f'<div id="uploading" role="status" data-words="{escape(texts.UPLOADING)}" data-wrong="{escape(texts.WRONG)}">'
        "</div>"
    )
    with gr.Row(elem_classes="fields"):
        council, committee = box(texts.COUNCIL, ""), box(texts.COMMITTEE, "")
        date = box(texts.DATE, texts.DATE_HINT)
    with gr.Row(elem_classes="acts"):
        plan = gr.Button(texts.PLAN, variant="primary", elem_id="plan", elem_classes="act", min_width=0)
    said, found = status("ingest-status"), html("", "planned")
    with gr.Row(elem_classes="acts", visible=False) as acts:
        put = gr.Button(texts.PUT, variant="primary", elem_id="put", elem_classes="act", min_width=0)
        discard = gr.Button(texts.DISCARD, elem_id="discard", elem_classes="act", min_width=0)
    # Where the browser says which folder the files went to: nobody sees it.
    with gr.Row(elem_classes="hidden"):
        sent = gr.Textbox(label="folder")

    outputs = [said, found, acts, looked]
    plan.click(
        partial(_plan, record),
        [sent, council, committee, date, looked],
        outputs,
        js="async (_, ...said) => [await window.onrecordUpload(), ...said]",
        concurrency_limit=None,
        **PRIVATE,
    )
    done = put.click(partial(_put, startup, record), looked, outputs, concurrency_limit=1, **PRIVATE)
    discard.click(partial(_discard, record), looked, outputs, queue=False, **PRIVATE)
    return [done]


async def _plan(
    record: Record, sent: str, council: str, committee: str, date: str, looked: Looked
) -> AsyncIterator[tuple[Any, ...]]:
    """What is told, the plan, whether it can be carried out, and what it is a plan of."""
    hidden = gr.update(visible=False)
    try:
        if looked.batch and sent != looked.batch:
            _forget(record, looked)
        looked = Looked()
        if not sent:
            raise UserError(texts.NO_FILES)
        folder = uploads.folder_of(record.home, sent)
        looked = Looked(sent)
        supplied = Supplied(_said(council), _said(committee), _date(date))
        work = Work(lambda watch: sync.plan(record, find_sources([folder]), supplied, watch))
        async for shown in work.shown():
            yield shown, "", hidden, looked
        steps = work.result
        looked = Looked(sent, supplied)
        page = _listed(texts.THE_PLAN, steps, folder, True) + await asyncio.to_thread(_hints, record, steps)
        if any(step.document for step in steps):
            yield told(texts.PLANNED), page, gr.update(visible=True), looked
        else:
            _forget(record, looked)
            yield told(texts.NOTHING_TO_DO, failed=True), page, hidden, Looked()
    except Exception as error:
        yield refused(error), "", hidden, looked


async def _put(startup: StartUp, record: Record, looked: Looked) -> AsyncIterator[tuple[Any, ...]]:
    """The outputs of `_plan`, as the plan is carried out."""
    same, hidden = gr.update(), gr.update(visible=False)
    try:
        folder = uploads.folder_of(record.home, looked.batch)
        while not startup.settled.is_set():
            await asyncio.sleep(0.1)
        work = Work(partial(_carried_out, startup, folder, looked))
        async for shown in work.shown():
            yield shown, same, hidden, looked
        steps = work.result
        some = any(step.document for step in steps)
        words = told(texts.IS_ON_RECORD) if some else told(texts.NOTHING_TO_DO, failed=True)
        yield words, _listed(texts.WHAT_WAS_DONE, steps, folder, False), hidden, Looked()
    except UserError as error:
        yield refused(error), same, gr.update(visible=bool(looked.batch)), looked
    except Exception as error:
        tell(error)
        yield told(texts.WRONG, failed=True), same, gr.update(visible=True), looked


def _carried_out(startup: StartUp, folder: Path, looked: Looked, watch: Watched) -> list[Step]:
    """The same as `onrecord ingest` does, with the models that answer questions."""
    assistant, settings = startup.assistant(), startup.settings
    record = assistant.record
    with writing(settings.home):
        steps = sync.plan(record, find_sources([folder]), looked.supplied, watch)
        watch.expect(sum(len(i.passages) for s in steps if s.document for m in s.document.meetings for i in m.items))
        sync.ingest(record, assistant.embedder, steps, settings.chroma_sync_threshold, watch)
        uploads.tidy(record, looked.batch)
    return steps


def _discard(record: Record, looked: Looked) -> tuple[Any, ...]:
    _forget(record, looked)
    return told(texts.DISCARDED), "", gr.update(visible=False), Looked()


def _forget(record: Record, looked: Looked) -> None:
    """Delete what was uploaded, but for what has come on record meanwhile."""
    with suppress(UserError):  # it is gone
        uploads.tidy(record, looked.batch)


def _listed(heading: str, steps: Sequence[Step], folder: Path, dry_run: bool) -> str:
    def named(path: Path) -> str:
        return path.relative_to(folder).as_posix()

    left = "".join(f"<li>{escape(line)}</li>" for line in lines.skipped(steps, named))
    out = f'<h3>{texts.SKIPPED}</h3><ul class="left-out">{left}</ul>' if left else ""
    return f'{out}<h3>{heading}</h3><pre class="plan">{escape(chr(10).join(lines.done(steps, dry_run, named)))}</pre>'


def _hints(record: Record, steps: Sequence[Step]) -> str:
    """Which new files have the name of one on record: they would stand beside it."""
    held = {Path(path).name: path for path in record.known_sources()}
    new = [step.path.name for step in steps if step.action == "add" and step.path.name in held]
    return "".join(f'<p class="hint">{escape(texts.ALREADY.format(name=name))}</p>' for name in new)


def _said(words: str) -> str | None:
    return " ".join((words or "").split()) or None


def _date(words: str) -> str | None:
    given = _said(words)
    try:
        return dt.date.fromisoformat(given).isoformat() if given else None
    except ValueError:
        raise UserError(texts.WRONG_DATE.format(value=str(given)[:40])) from None
