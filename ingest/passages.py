"""Blocks -> passages: small neighbours packed, long ones split, never across two items."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from corpus.canonical import SourceMap
from corpus.models import IN_FRONT, Edit, Item, Passage, Span
from corpus.sentences import sentences
from ingest.structure import Block, Section
from ingest.submitted import led

SMALL = 25  # words: a block this short says little alone and is packed with its neighbours
PACKED = 90  # words a packed passage may have
LONGEST = 140  # words
# Pieces of words, with the title and the lead-in in front: so many stay within the model's 256 tokens, which the
# model's own tokenizer counts a little differently, and leave room for council, committee and date.
HEAVIEST = 190

# About what a tokenizer makes one token of: a common word, part of a long word or a name, two digits, a sign.
_PIECE = re.compile(r"\b[a-z]{1,9}|\b[A-Z][A-Za-z]{0,5}|[A-Za-z]{1,4}|\d{1,2}|\S")
# Where a sentence that is too long may be cut, best first: where a quotation's own sentences end, before a list
# point, behind a semicolon or a colon, between the rows of a table, the names of a list, clauses; then between words.
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=[a-z]{2}[.!?])\s+(?=[“\"‘']?[A-Z])|(?<=[.!?][”\"’])\s+",
        r"\s+(?=[•·▪◦●‣⁃∙\uf0b7\uf0a7]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s|\d{1,3}(?:/\d\d|(?:\.\d{1,2}){1,2})\s+[A-Z])",
        r"(?<=[;:])\s+",
        r"(?<=\.\d\d)\s+(?=[A-Z]|\d\d/)",
        r"(?<=\),)\s+",
        r"(?<=,)\s+",
        r"\s+",
        r"",
    )
)


def item_passages(text: str, section: Section, edits: tuple[Edit, ...], page_starts: tuple[int, ...]) -> Item:
    """The item with its blocks cut into passages."""
    where = SourceMap(edits) if page_starts else None

    def page(start: int) -> int | None:
        return (bisect_right(page_starts, where.source_offset(start)) or None) if where else None

    title = section.title and section.title[:300]
    room = HEAVIEST - _weight((title or "")[:IN_FRONT])
    cut = [
        piece
        for block in _packed(text, led(text, section.title, section.blocks), room)
        for piece in _split(text, block, room)
    ]
    passages = tuple(Passage(b.start, b.end, b.kind, b.lead, page(b.start)) for b in cut)
    return Item(section.number, title, passages)


def _weight(words: str) -> int:
    return len(_PIECE.findall(words))


def _fits(text: str, start: int, end: int, room: int) -> bool:
    words = text[start:end]
    # So short a text is not weighed: only a row of figures has less than a letter and a half to a piece.
    return len(words) <= room * 1.5 or (len(words.split()) <= LONGEST and _weight(words) <= room)


def _room(text: str, lead: Span | None, room: int) -> int:
    return room - _weight(text[lead.start : lead.end][:IN_FRONT]) if lead else room


def _packed(text: str, blocks: Iterable[Block], room: int) -> Iterator[Block]:
    held: Block | None = None
    for block in blocks:
        if held and _go_together(text, held, block, room):
            held = Block(held.start, block.end, held.kind, held.lead)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _go_together(text: str, held: Block, block: Block, room: int) -> bool:
    if held.kind != block.kind or held.lead != block.lead or held.kind == "verdict":
        return False
    sizes = len(text[held.start : held.end].split()), len(text[block.start : block.end].split())
    if min(sizes) >= SMALL or sum(sizes) > PACKED:
        return False
    return _fits(text, held.start, block.end, _room(text, held.lead, room))


def _split(text: str, block: Block, room: int) -> Iterator[Block]:
    """A block within bounds, or its parts. A verdict splits at its points and keeps its head as lead-in."""
    lead = block.lead
    if _fits(text, block.start, block.end, _room(text, lead, room)):
        yield block
        return
    lines = [
        Span(block.start + m.start(), block.start + m.end())
        for m in re.finditer(r"\S[^\n]*", text[block.start : block.end])
    ]
    if block.kind == "verdict" and len(lines) > 1 and len(text[lines[0].start : lines[0].end].split()) <= 40:
        lead = lines[0]
        if not text[lead.start : lead.end].endswith("."):
            lines = lines[1:]  # a head that says something itself is also a passage
    room = _room(text, lead, room)
    pieces = [part for line in lines for part in _within(text, line, room)]
    start = pieces[0].start
    for before, piece in pairwise(pieces):
        if not _fits(text, start, piece.end, room):
            yield Block(start, before.end, block.kind, None if lead and start == lead.start else lead)
            start = piece.start
    yield Block(start, pieces[-1].end, block.kind, lead)


def _within(text: str, line: Span, room: int) -> Iterator[Span]:
    """A line's sentences; one that is too long itself is cut where that hurts least."""
    for sentence in sentences(text, line.start, line.end):
        yield from _cut(text, sentence, room)


def _cut(text: str, span: Span, room: int, at: int = 0) -> Iterator[Span]:
    if _fits(text, span.start, span.end, room) or at == len(_CUTS):
        yield span
        return
    start = span.start
    for gap in _CUTS[at].finditer(text, span.start, span.end):
        if start < gap.start():
            yield from _cut(text, Span(start, gap.start()), room, at + 1)
            start = gap.end()
    yield from _cut(text, Span(start, span.end), room, at + 1)
