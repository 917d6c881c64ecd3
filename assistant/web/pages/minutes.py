"""A meeting as its page shows it: items, verdicts by themselves, lists, and beside them who says what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import told
from assistant.answer import Citation
from assistant.compose import cite
from assistant.quote import Quotation
from assistant.web.pages.lines import Line, blocks_of, lines_of
from assistant.web.pages.pieces import Piece, Search, heading_pieces, pieces_of, speakers_in
from corpus.meetings import MeetingRead, Remarks
from corpus.models import PassageOnRecord, Span, Statement


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line with everything that stands in it and beside it; `page` is given where a new one begins."""

    line: Line
    runs: list[tuple[bool, list[Piece]]]
    said: list[tuple[str, str]]
    page: int | None
    corrected_by: list[Citation]
    corrects: list[Citation]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item with its heading, and its lines by blocks: each a verdict or not, in lists of points or paragraphs."""

    n: int
    heading: list[Piece]
    number: str | None
    minute: str | None
    blocks: list[tuple[bool, list[tuple[bool, list[LineShown]]]]]


def items_of(read: MeetingRead, beside: Remarks, cited: Span | None, search: Search) -> list[ItemShown]:
    """The meeting's items in order, the words `cited` and those that are looked for marked."""
    items = []
    page: int | None = None
    lines = lines_of(read)
    for n in range(-1, len(read.items)):
        mine = [line for line in lines if line.item == n]
        if not mine:
            continue
        item = read.items[n] if n >= 0 else None
        heading = heading_pieces(item.title, search) if item and item.title else []
        blocks = []
        for block in blocks_of(mine):
            listed: list[tuple[bool, list[LineShown]]] = []
            for line in block.lines:
                made = _line(read, line, beside, cited, search)
                new = made.page if made.page != page else None
                page = made.page or page
                if not listed or listed[-1][0] != line.point:
                    listed.append((line.point, []))
                listed[-1][1].append(replace(made, page=new))
            blocks.append((block.verdict, listed))
        items.append(ItemShown(n + 1, heading, item.number if item else None, item.minute if item else None, blocks))
    return items


def _line(read: MeetingRead, line: Line, beside: Remarks, cited: Span | None, search: Search) -> LineShown:
    said = [s for p in line.passages for s in beside.said.get(p.id, ()) if line.start <= s.start < line.end]
    ended = [p for p in line.passages if p.end <= line.end]
    return LineShown(
        line,
        pieces_of(
            read.text,
            line,
            cited,
            search.spans(read.text, line.start, line.end),
            speakers_in(read.text, line, said),
        ),
        [] if line.verdict else _said(said, _named_in(read, line)),
        line.passages[0].page if line.passages and line.passages[0].start >= line.start else None,
        [_citation(*found) for p in ended for found in beside.put_right.get(p.id, ())],
        [_citation(found) for p in ended for found in beside.puts_right.get(p.id, ())],
    )


def _citation(p: PassageOnRecord, span: Span | None = None) -> Citation:
    return cite([Quotation(p, span or Span(0, len(p.text)), 0.0)])[0]


def _named_in(read: MeetingRead, line: Line) -> str:
    """Where a speaker must be named to be told beside a line: in its own words, or those that lead it in."""
    leads = [read.text[p.lead.start : p.lead.end] for p in line.passages if p.lead]
    return "\n".join([read.text[line.start : line.end], *leads]).lower()


def _said(said: Sequence[Statement], named_in: str) -> list[tuple[str, str]]:
    """Who says something, and with what force and verb: once for each turn. Where nobody is named, only what is taken
    on is told.
    """
    turns: list[tuple[str, list[str]]] = []
    for s in said:
        named = s.speaker is not None and s.speaker.lower() in named_in
        if not s.verb or not (named or s.force == "committed"):
            continue
        who, force = told.who(s) if named else None, told.force(replace(s, verb=s.verb.lower()))
        if not turns or turns[-1][0] != (who or ""):
            turns.append((who or "", []))
        if force and force not in turns[-1][1]:
            turns[-1][1].append(force)
    return [(who, ", ".join([*forces[:1], *(f[:1].lower() + f[1:] for f in forces[1:])])) for who, forces in turns]
