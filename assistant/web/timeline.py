"""The tab of a subject over time: a plot of its mentions by month, and what was said of it, by date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from itertools import groupby
from typing import Any

import gradio as gr

from assistant.answer import Citation
from assistant.compose import bounds, quoted_line, source_line
from assistant.mentioned import Timeline, Told, nearest, timeline, told
from assistant.recorded import listed
from assistant.told import line as told_by
from assistant.web import texts as shared
from assistant.web.addresses import passage_address
from assistant.web.fields import PRIVATE, box, html, names_field, refused, status
from assistant.web.fields import told as in_status
from assistant.web.filters import long_date, read_filters
from assistant.web.plot import plot
from assistant.web.startup import StartUp
from assistant.web.texts import timeline as texts
from assistant.web.waiting import waited
from corpus.models import Span
from corpus.records import Record

AT_ONCE = 25  # passages shown at first, and more each time
FEW = 5  # where fewer passages mention it, those nearest in meaning are shown too


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked to see, in the order of the tab's fields, and how much of it."""

    about: str = ""
    council: str = ""
    committee: str = ""
    date_from: str = ""
    date_to: str = ""
    order: Any = "oldest"
    shown: int = AT_ONCE


def over_time(startup: StartUp, record: Record) -> tuple[gr.Dropdown, gr.Dropdown]:
    """The tab's blocks; gives the fields of councils and committees, which the page fills."""
    wanted = gr.State(Wanted())
    with gr.Column(elem_classes="sheet"):
        html(f"<h2>{texts.TAB}</h2><p>{texts.INTRO}</p>")
        with gr.Row(elem_classes="fields"):
            about = box(texts.ABOUT, texts.ABOUT_HINT, "timeline-about")
            council = names_field(shared.COUNCIL, shared.ALL_COUNCILS, record.names("council"))
            committee = names_field(shared.COMMITTEE, shared.ALL_COMMITTEES, record.names("committee"))
            low, high = box(shared.FROM, shared.DATE_HINT), box(shared.TO, shared.DATE_HINT)
            order = gr.Dropdown(list(texts.ORDERS), value="oldest", label=texts.ORDER, min_width=0)
        show = gr.Button(texts.SHOW, variant="primary", elem_id="show-timeline", elem_classes="act", min_width=0)
        said, found = status("timeline-status"), html("", "timeline")
        more = gr.Button(texts.MORE, elem_id="more-timeline", elem_classes="act", visible=False, min_width=0)

    fields = [about, council, committee, low, high, order]
    outputs = [said, found, more, wanted]
    first = partial(_first, startup)
    gr.on([about.submit, show.click], first, fields, outputs, concurrency_limit=None, **PRIVATE)
    more.click(partial(_more, startup), wanted, outputs, concurrency_limit=None, **PRIVATE)
    return council, committee


async def _first(startup: StartUp, *fields: Any) -> tuple[Any, ...]:
    return await _shown(startup, Wanted(*fields))


async def _more(startup: StartUp, wanted: Wanted) -> tuple[Any, ...]:
    return await _shown(startup, replace(wanted, shown=wanted.shown + AT_ONCE))


async def _shown(startup: StartUp, wanted: Wanted) -> tuple[Any, ...]:
    """The outputs of `over_time`."""
    hidden = gr.update(visible=False)
    try:
        words, shown, all_shown = await waited(startup, partial(_made, startup, wanted))
    except Exception as error:
        return refused(error), "", hidden, wanted
    return in_status(words), shown, gr.update(visible=not all_shown), wanted


def _made(startup: StartUp, wanted: Wanted) -> tuple[str, str, bool]:
    """What is told of the timeline, the timeline, and whether all of it is shown."""
    retriever = startup.assistant().retriever
    filters = read_filters(wanted.council, wanted.committee, wanted.date_from, wanted.date_to)
    found = timeline(retriever.record, wanted.about or "", filters)
    ordered = _ordered(found, wanted)
    entries = told(retriever.record, found.words, ordered[: wanted.shown])
    shown = f"<h3>{texts.PLOT}</h3>{_counted(found)}{plot(found)}" if ordered else ""
    shown += _by_date(entries) if entries else ""
    if len(ordered) < FEW and (near := nearest(retriever, wanted.about, filters, found)):
        items = "".join(f"<li>{_entry(entry)}</li>" for entry in near)
        shown += (
            f'<section class="near-in-meaning"><h3>{texts.NEAREST}</h3><p>{texts.NEAREST_INTRO}</p>'
            f'<ul class="entries">{items}</ul></section>'
        )
    return _summed(found, wanted), f'<div class="timeline">{shown}</div>', len(ordered) <= wanted.shown


def _ordered(found: Timeline, wanted: Wanted) -> list[Any]:
    """The mentions in the order asked for; the undated last, whichever it is."""
    dated = [mention for mention in found.mentions if mention.date]
    if wanted.order == "newest":
        days = groupby(dated, key=lambda mention: mention.date)
        dated = [mention for day in reversed([list(of_day) for _, of_day in days]) for mention in day]
    return [*dated, *(mention for mention in found.mentions if not mention.date)]


def _summed(found: Timeline, wanted: Wanted) -> str:
    searched = bounds(found.searched)
    if not found.mentions:
        return texts.NOT_FOUND.format(searched=searched)
    said = texts.FOUND.format(passages=_passages(len(found.mentions)), meetings=found.meetings, searched=searched)
    if found.undated:
        said += " " + texts.UNDATED.format(passages=_passages(found.undated))
    if len(found.mentions) > wanted.shown:
        said += " " + texts.SHOWN.format(count=wanted.shown)
    return said


def _passages(count: int) -> str:
    return texts.ONE_PASSAGE if count == 1 else texts.PASSAGES.format(count=count)


def _counted(found: Timeline) -> str:
    words = listed([f"“{word}”" for word in found.words])
    counted = texts.COUNTED_ONE if len(found.words) == 1 else texts.COUNTED
    return f"<p>{escape(counted.format(words=words))}</p>"


def _by_date(entries: Sequence[Told]) -> str:
    """The entries under the days of their meetings, numbered through."""
    shown, n = f"<h3>{texts.LISTED}</h3>", 1
    for day, of_day in groupby(entries, key=lambda entry: entry.citations[0].date):
        some = list(of_day)
        items = "".join(f"<li>{_entry(entry, at)}</li>" for at, entry in enumerate(some, n))
        heading = long_date(day) if day else texts.UNDATED_HEADING
        shown += f'<h4>{heading}</h4><ol class="entries" start="{n}">{items}</ol>'
        n += len(some)
    return shown


def _entry(entry: Told, n: int | None = None) -> str:
    first = entry.citations[0]
    marked = entry.marked or ((),) * len(entry.citations)
    quoted = "".join(_quoted(c, spans) for c, spans in zip(entry.citations, marked, strict=True))
    day = long_date(first.date) if first.date else shared.UNDATED
    aside = texts.READ_OF.format(date=day, n=n) if n else source_line(first)
    return (
        f'<figure class="quotation">{quoted}{_corrected(entry)}'
        f"<figcaption>{escape(source_line(first))}</figcaption></figure>"
        f'<p class="links"><a href="{escape(passage_address(first))}">{texts.READ}'
        f'<span class="unseen"> ({escape(aside)})</span></a></p>'
    )


def _quoted(c: Citation, spans: Sequence[Span]) -> str:
    line = told_by(c)
    said = f'<p class="told-by">{escape(line)}</p>' if line else ""
    return f"<blockquote><p>“{_marked(c.quote, spans)}”</p></blockquote>{said}"


def _corrected(entry: Told) -> str:
    """What later minutes put right in the passage, once."""
    found = {c.corrected_by.quote: c.corrected_by for c in entry.citations if c.corrected_by}
    lines = map(quoted_line, found.values())
    return "".join(f'<p class="corrected"><strong>{shared.CORRECTED}</strong> {escape(line)}</p>' for line in lines)


def _marked(words: str, spans: Sequence[Span]) -> str:
    shown, done = "", 0
    for span in spans:
        shown += f"{escape(words[done : span.start])}<mark>{escape(words[span.start : span.end])}</mark>"
        done = span.end
    return shown + escape(words[done:])
