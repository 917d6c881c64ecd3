"""The tab of what is on record: councils, committees and meetings, the months that they cover, and the gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby

import gradio as gr

from assistant.web import months
from assistant.web import texts as shared
from assistant.web.addresses import meeting_address
from assistant.web.fields import html, told
from assistant.web.filters import long_date
from assistant.web.texts import overview as texts
from assistant.web.waiting import tell
from corpus.arrived import Arrival, arrivals
from corpus.records import Record

LABELS = 5  # years named above a council's pictures, at most: as many as a phone has room for


def on_record() -> gr.HTML:
    """The tab's blocks; gives the place of what is on record, which the page fills when the tab is opened."""
    with gr.Column(elem_classes="sheet"):
        html(f'<h2>{texts.TAB}</h2><p>{texts.INTRO}</p><p><a href="/new">{texts.NEW}</a></p>')
        return html("", "overview")


def described(record: Record) -> str:
    """All that is on record as it stands now."""
    try:
        found = arrivals(record)
    except Exception as error:
        tell(error)
        return told(shared.WRONG, failed=True)
    if not found:
        return f"<p>{texts.EMPTY}</p>"
    councils = _grouped(found, lambda one: one.council)
    counted = texts.COUNTED.format(
        documents=_count(len({one.document_id for one in found}), texts.ONE_DOCUMENT, texts.DOCUMENTS),
        meetings=_meetings(found),
        councils=_count(sum(name is not None for name, _ in councils), texts.ONE_COUNCIL, texts.COUNCILS),
    )
    if unnamed := sum(one.council is None for one in found):
        counted += texts.UNNAMED.format(count=unnamed)
    return f"<p>{counted}.</p>{_key()}" + "".join(_council(name, held) for name, held in councils)


def _grouped(found: Iterable[Arrival], of: Callable[[Arrival], str | None]) -> list[tuple[str | None, list[Arrival]]]:
    """The meetings by name, in the order of the names; what is not named last."""
    ordered = sorted(found, key=lambda one: (of(one) is None, (of(one) or "").lower()))
    return [(name, list(held)) for name, held in groupby(ordered, key=of)]


def _council(name: str | None, held: list[Arrival]) -> str:
    dated = [months.of(one.date) for one in held if one.date]
    span = (min(dated), max(dated)) if dated else None
    axis = _axis(*span) if span else ""
    committees = "".join(_committee(*each, span) for each in _grouped(held, lambda one: one.committee))
    return (
        f'<section class="council"><h3>{escape(name or texts.NO_COUNCIL)}</h3><p>{_spanned(held)}</p>'
        f"{axis}{committees}</section>"
    )


def _committee(name: str | None, held: list[Arrival], span: tuple[int, int] | None) -> str:
    named = escape(name or texts.NO_COMMITTEE)
    met = {months.of(one.date) for one in held if one.date}
    gaps = months.gaps(met)
    silence = ""
    if gaps:
        first, last = max(gaps, key=lambda gap: gap[1] - gap[0])
        length = _count(last - first + 1, texts.ONE_MONTH, texts.MONTHS)
        silence = f" {texts.LONGEST.format(gap=f'{months.gap(first, last)} ({length})')}"
    picture = _picture(met, *span) if span and met else ""
    return (
        f'<section class="committee"><h4>{named}</h4>{picture}<p>{_spanned(held)}.{silence}</p>'
        f'<details><summary>{texts.OPEN}<span class="unseen"> {texts.OPEN_OF.format(committee=named)}</span></summary>'
        f"<ul>{_listed(held)}</ul></details></section>"
    )


def _picture(met: set[int], first: int, last: int) -> str:
    """A cell for each month, filled where there is a meeting; its words are the months."""
    width = 100 / (last - first + 1)
    cells = "".join(
        f'<rect class="met" x="{(month - first) * width:.3f}%" y="2" width="{width * 0.9:.3f}%" height="20"/>'
        for month in sorted(met)
    )
    years = "".join(
        f'<line class="scale" x1="{(month - first) * width:.3f}%" x2="{(month - first) * width:.3f}%" y1="0" y2="24"/>'
        for month in range(first, last + 1)
        if month % 12 == 0
    )
    words = texts.PICTURE.format(months=months.listed(met))
    return (
        f'<svg class="months" role="img" aria-label="{words}" width="100%" height="24">'
        f'<rect class="track" x="0" y="0" width="100%" height="24"/>{years}{cells}</svg>'
    )


def _axis(first: int, last: int) -> str:
    """The years above the pictures, where they begin; the first month's too, where there is room before the next."""
    count = last - first + 1
    januaries = [month for month in range(first, last + 1) if month % 12 == 0]
    step = -(-len(januaries) // LABELS) or 1
    at = [month for month in januaries if months.year(month) % step == 0]
    if not at or at[0] - first > 0.2 * count:
        at = [first, *at]
    labels = "".join(
        f'<text x="{(month - first) * 100 / count:.2f}%" y="15">{months.year(month)}</text>'
        for month in at
        if (month - first) / count < 0.93  # what begins later would stand out of the picture
    )
    return f'<svg class="axis" aria-hidden="true" width="100%" height="20">{labels}</svg>'


def _key() -> str:
    keys = (("met", texts.KEY_MET), ("track", texts.KEY_NONE))
    return f'<ul class="key">{"".join(f"<li><i class={kind}></i>{words}</li>" for kind, words in keys)}</ul>'


def _listed(held: Sequence[Arrival]) -> str:
    """The meetings by date with the gaps between them, the undated last."""
    lines = {(1, one.date.isoformat(), one.document_id, one.n): _meeting(one) for one in held if one.date}
    for first, last in months.gaps(months.of(one.date) for one in held if one.date):
        day = f"{months.year(first)}-{first % 12 + 1:02}-00"  # before every day of the gap's first month
        lines[1, day, "", 0] = f'<li class="gap">{texts.GAP.format(gap=months.gap(first, last))}</li>'
    lines |= {(2, one.document, one.document_id, one.n): _meeting(one) for one in held if not one.date}
    return "".join(lines[key] for key in sorted(lines))


def _meeting(one: Arrival) -> str:
    day = long_date(one.date) if one.date else texts.UNDATED_MEETING
    facts = [f"{escape(one.own_title)}."] if one.own_title else []
    facts.append(texts.FILE.format(document=escape(one.document), arrived=long_date(one.arrived)))
    if one.status == "draft":
        facts.append(texts.DRAFT)
    if one.supplied:
        facts.append(texts.SUPPLIED.format(fields=" and ".join(one.supplied).capitalize()))
    return f'<li><a href="{meeting_address(one)}">{day}</a><span class="facts">{" ".join(facts)}</span></li>'


def _spanned(held: Sequence[Arrival]) -> str:
    """ "5 meetings, October 2023 to March 2025, 1 undated"."""
    dated = [months.of(one.date) for one in held if one.date]
    if not dated:
        return texts.ALL_UNDATED.format(meetings=_meetings(held))
    words = texts.BETWEEN.format(meetings=_meetings(held), span=months.span(min(dated), max(dated)))
    undated = len(held) - len(dated)
    return f"{words}, {texts.UNDATED.format(count=undated)}" if undated else words


def _meetings(held: Sequence[Arrival]) -> str:
    return _count(len(held), texts.ONE_MEETING, texts.MEETINGS)


def _count(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count=count)
