"""Blocks -> passages: small neighbours packed, long ones split, never across two items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.canonical import SourceMap
from corpus.models import Edit, Item, Passage, Span
from corpus.sentences import sentences
from ingest.structure import Block, Section

SMALL = 25  # words: a block this short says little alone and is packed with its neighbours
PACKED = 90  # words a packed passage may have
LONGEST = 140  # words: with its context in front, a passage stays within the model's 256 tokens


def item_passages(text: str, section: Section, edits: tuple[Edit, ...], page_starts: tuple[int, ...]) -> Item:
    """The item with its blocks cut into passages."""
    where = SourceMap(edits)

    def page(start: int) -> int | None:
        return sum(s <= where.source_offset(start) for s in page_starts) or None

    cut = [piece for block in _packed(text, section.blocks) for piece in _split(text, block)]
    passages = tuple(Passage(b.start, b.end, b.kind, b.lead, page(b.start)) for b in cut)
    return Item(section.number, section.title and section.title[:300], passages)


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


def _packed(text: str, blocks: list[Block]) -> Iterator[Block]:
    held: Block | None = None
    for block in blocks:
        if held and _fit(text, held, block):
            held = Block(held.start, block.end, held.kind, held.lead)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _fit(text: str, held: Block, block: Block) -> bool:
    if held.kind != block.kind or held.lead != block.lead or held.kind == "verdict":
        return False
    sizes = _words(text, held.start, held.end), _words(text, block.start, block.end)
    return min(sizes) < SMALL and sum(sizes) <= PACKED


def _split(text: str, block: Block) -> Iterator[Block]:
    """A block within bounds, or its parts. A verdict splits at its points and keeps its head as lead-in."""
    if _words(text, block.start, block.end) <= LONGEST:
        yield block
        return
    lead = block.lead
    lines = [
        Span(block.start + m.start(), block.start + m.end())
        for m in re.finditer(r"\S[^\n]*", text[block.start : block.end])
    ]
    if block.kind == "verdict" and len(lines) > 1 and _words(text, lines[0].start, lines[0].end) <= 40:
        lead = lines[0]
        if not text[lead.start : lead.end].endswith("."):
            lines = lines[1:]  # a head that says something itself is also a passage
    pieces = [part for line in lines for part in _within(text, line)]
    start = pieces[0].start
    for before, piece in pairwise(pieces):
        if _words(text, start, piece.end) > LONGEST:
            yield Block(start, before.end, block.kind, None if lead and start == lead.start else lead)
            start = piece.start
    yield Block(start, pieces[-1].end, block.kind, lead)


def _within(text: str, line: Span) -> Iterator[Span]:
    """A line's sentences; one that is too long itself is cut between words."""
    for sentence in sentences(text, line.start, line.end):
        words = list(re.finditer(r"\S+", text[sentence.start : sentence.end]))
        for at in range(0, len(words), LONGEST):
            chunk = words[at : at + LONGEST]
            yield Span(sentence.start + chunk[0].start(), sentence.start + chunk[-1].end())
