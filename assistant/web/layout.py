"""The page: its head, and a tab for each of the things that people come for."""

from __future__ import annotations

from functools import partial

import gradio as gr

from assistant.web import texts
from assistant.web.chat import chat
from assistant.web.drafts import drafts
from assistant.web.fields import PRIVATE, choices, html
from assistant.web.opening import head, opening
from assistant.web.overview import described, on_record
from assistant.web.pledges import pledges
from assistant.web.startup import StartUp
from assistant.web.texts import overview, timeline
from assistant.web.timeline import over_time
from assistant.web.tools import tools
from corpus.records import Record


def page(startup: StartUp, record: Record) -> gr.Blocks:
    """The whole page, as Gradio blocks."""
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as made:
        html(f'<a class="skip" href="#question">{texts.SKIP}</a>')
        top = html(head(startup, record), "top")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(texts.ASK_TAB, elem_id="ask-tab"):
                *asked, examples = chat(startup, record)
            with gr.Tab(texts.PROMISES_TAB, elem_id="promises-tab") as promises_tab:
                promised = pledges(startup, record)
            with gr.Tab(timeline.TAB, elem_id="timeline-tab") as timeline_tab:
                timed = over_time(startup, record)
            with gr.Tab(texts.CHECK_TAB, elem_id="check-tab") as check_tab:
                checked = drafts(startup, record)
            with gr.Tab(overview.TAB, elem_id="overview-tab") as overview_tab:
                held = on_record()
        names = partial(choices, record)
        made.load(names, None, list(asked), queue=False, **PRIVATE)
        made.load(partial(opening, startup, record), None, [top, examples], queue=False, **PRIVATE)
        promises_tab.select(names, None, list(promised), queue=False, **PRIVATE)
        timeline_tab.select(names, None, list(timed), queue=False, **PRIVATE)
        overview_tab.select(partial(described, record), None, held, queue=False, **PRIVATE)
        check_tab.select(lambda: names()[0], None, checked, queue=False, **PRIVATE)
        tools(startup)
    return made
