"""Canonical text -> blocks: what each line is, and under which item it stands.

The same code reads every format, because in canonical text a line is a paragraph, bullet or heading. Where the
source says itself what its parts are, that is taken; else the words tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.clauses import clauses
from ingest import labels
from ingest.blocks import Block as Block
from ingest.blocks import Line as Line
from ingest.blocks import blocks_of
from ingest.facts import Facts, facts, find_date, opening
from ingest.headings import (
    AGENDA_NUMBER,
    NUMBERED,
    counts_on,
    first_heading,
    heading,
    is_agenda_number,
    list_goes_on,
)
from ingest.source import Mark

HEADER_LINES = 25


@dataclass(slots=True)
class Section:
    """An item while it is being read."""

    number: str | None = None
    title: str | None = None
    blocks: list[Block] = field(default_factory=list)
    heading: Line | None = None
    minute: str | None = None

    def set_agenda_number(self, number: str) -> None:
        """Number it as the agenda does; what was printed before its title is the minutes' running number."""
        if self.number and not self.minute:
            self.number, self.minute = number, self.number


@dataclass(frozen=True, slots=True)
class Outline:
    """A meeting's header facts and its items."""

    facts: Facts
    title: str | None
    sections: list[Section]
    header: tuple[Line, ...] = ()


def outlines(text: str, marks: Sequence[Mark] = (), title: str | None = None) -> list[Outline]:
    """The meetings in a canonical text. Every line ends up in a block, a heading or a header.

    `marks` are what the source says itself, their offsets into `text`; `title` is its own.
    """
    if any(mark.part in ("meeting", "item") for mark in marks):
        return _marked(text, marks)
    return [_read(text, frozenset(mark.start for mark in marks if mark.part == "heading"), title)]


def _marked(text: str, marks: Sequence[Mark]) -> list[Outline]:
    """The meetings and items as the source marks them."""
    found: list[Outline] = []
    opening = Mark(0, "meeting")
    for mark, after in pairwise([opening, *marks, Mark(len(text), "meeting")]):
        lines = list(_lines(text, mark.start, after.start))
        if mark.part == "meeting":
            if lines:
                stated = facts("\n".join(line.text for line in lines))
                stated = replace(stated, committee=mark.body or stated.committee)
                titles = [line.text for line in lines if line.text != stated.council]
                found.append(Outline(stated, titles[0] if titles else None, [], tuple(lines)))
            continue
        if not found:
            found.append(Outline(Facts(), None, []))
        sections = found[-1].sections
        if mark.part == "item":
            title = lines[0].text if lines else None
            sections.append(Section(mark.number or found[-1].facts.item_number, title, blocks_of(text, lines[1:])))
            continue
        if not sections:
            sections.append(Section(found[-1].facts.item_number))
        if mark.part == "purpose" or mark.part == "attendance":
            sections[-1].blocks += [Block(line.start, line.end, mark.part) for line in lines]
        elif mark.part == "decision" and lines:
            sections[-1].blocks.append(Block(lines[0].start, lines[-1].end, "verdict"))
        else:
            sections[-1].blocks += blocks_of(text, lines)
    return [replace(o, sections=[s for s in o.sections if _is_minuted(s)]) for o in found]


def _is_minuted(section: Section) -> bool:
    """False for an item of which the source holds only what it was to be about: that is the agenda, not minutes."""
    return any(block.kind != "purpose" for block in section.blocks)


_WHOLE_MEETING = re.compile(
    r"\W*(?:(?:draft\s+)?minutes\s+of\b|(?:members\s+|councillors\s+)?present\b|those\s+attending\b)", re.IGNORECASE
)


def _read(text: str, headings: frozenset[int], title: str | None) -> Outline:
    lines = list(_lines(text, 0, len(text)))
    label = next((i for i, line in enumerate(lines[:15]) if line.text.lower() in labels.minutes_label()), None)
    # A whole meeting may have a line "Minutes" too; but an item's own page has no numbered headings, no "Minutes of"
    # and says of nobody that they were present.
    if any(_WHOLE_MEETING.match(line.text) for line in lines[:HEADER_LINES]):
        label = None
    numbered = sum(bool(NUMBERED.match(line.text) and heading(line.text)) for line in lines)
    if label is not None and numbered < 2 and not any(NUMBERED.match(line.text) for line in lines[:label]):
        return _item_page(text, lines, label)
    return _whole_meeting(text, lines, headings, title)


def _lines(text: str, low: int, high: int) -> Iterator[Line]:
    for match in re.compile(r"[^\n\f]+").finditer(text, low, high):
        bare = match.group().strip()
        if bare:
            start = match.start() + match.group().index(bare)
            yield Line(start, start + len(bare), bare)


def _item_page(text: str, lines: list[Line], label: int) -> Outline:
    """The text of one agenda item's page: title, purpose, `Minutes:`, discussion."""
    head, body = lines[:label], lines[label + 1 :]
    where = next((line for line in head if re.match(r"Meeting(?::| of\b)", line.text)), None)
    head = [line for line in head if line is not where]
    stated = facts(where.text) if where else Facts()
    title = head[0].text if head else None
    section = Section(stated.item_number, title)
    section.blocks += [Block(line.start, line.end, "purpose") for line in head[1:]]
    section.blocks += blocks_of(text, body)
    return Outline(stated, title, [section])


def _whole_meeting(text: str, lines: list[Line], headings: frozenset[int], named: str | None) -> Outline:
    under = [after is not None and is_agenda_number(after.text) for _, after in pairwise([*lines, None])]
    above = opening("\n".join(line.text for line in lines[:60]))
    # Above the first item's heading, a dated header's own lines may look like headings: "PROCEEDINGS", "HELD IN THE".
    start = len(above.splitlines()) if len(above.split()) < 70 and find_date(above) else 1
    first = next(
        (
            i
            for i, line in enumerate(lines)
            if i and (i >= start or re.match(r"\d{1,4}[.)]\s", line.text)) and first_heading(line.text, under[i])
        ),
        None,
    )
    if first is None or first > HEADER_LINES * 3:
        first = next((i for i, line in enumerate(lines[:HEADER_LINES]) if len(line.text.split()) > 30), 0)
        first = min(first, 12)
    header = lines[:first]
    stated = facts(above, named)
    sections = [_header_section(text, header)]
    running = sum(under) >= 2
    body: list[Line] = []
    last: str | None = None  # running minute number above the item being read
    for at, line in enumerate(lines[first:], first):
        found = heading(line.text, under[at]) or ((None, line.text) if line.start in headings else None)
        if found and (under[at] or not _goes_on(body, line, sections[-1].minute or last, found[0], running)):
            sections[-1].blocks += blocks_of(text, body)
            body = []
            behind = AGENDA_NUMBER.search(line.text)
            last = sections[-1].minute or last
            sections.append(Section(*found, heading=line))
            if behind and found[0]:
                sections[-1].set_agenda_number(behind["number"])
        elif not body and is_agenda_number(line.text):
            sections[-1].set_agenda_number(line.text[6:-1].rstrip("."))
        else:
            body.append(line)
    sections[-1].blocks += blocks_of(text, body)
    for section in sections:
        # A numbered line may say all, or some, of its item: "2. Apologies. They were received from …"
        head = section.heading
        if head and (re.search(r"[a-z]{3}\.\s+[A-Z]", head.text) if section.blocks else len(head.text.split()) > 4):
            section.blocks.insert(0, Block(head.start, head.end, "discussion"))
    title = next((t.text for t in header if t.text.lower() != (stated.council or "").lower()), None)
    title = title if title and len(title.split()) < 25 else None
    return Outline(stated, title, [s for s in sections if s.blocks], tuple(header))


_SAYS_WHO = re.compile(r"\W*(?:apologies|attendance|present|those attending|those present)\b", re.IGNORECASE)


def attendance_lines(text: str, found: Outline) -> list[str]:
    """The lines that may say who was there: the header, and the items at the start that are about that."""
    lines = [line.text for line in found.header]
    for section in found.sections[:8]:
        title = section.title or ""
        attending = [block for block in section.blocks if block.kind == "attendance"]
        if not section.blocks or not (_SAYS_WHO.match(title) or (attending and section.minute is None)):
            continue
        start = section.blocks[0].start if _SAYS_WHO.match(title) else attending[0].start
        words = [line for line in text[start : section.blocks[-1].end].splitlines() if line.strip()][:40]
        lines += [f"{title}:", *words] if _SAYS_WHO.match(title) else words
    return lines[:120]


def _header_section(text: str, header: list[Line]) -> Section:
    section = Section()
    there = False
    for at, line in enumerate(header):
        there = there or bool(labels.attendance().match(line.text))
        if there and clauses(line.text):
            # Somebody speaks: minutes without headings go on from who was there to what was said.
            section.blocks += blocks_of(text, header[at:])
            break
        if there or len(line.text.split()) > 5:
            section.blocks.append(Block(line.start, line.end, "attendance" if there else "procedural"))
    return section


def _goes_on(body: list[Line], line: Line, last: str | None, number: str | None, running: bool) -> bool:
    """True if what looks like a heading belongs to the item above it."""
    if list_goes_on(body[-1].text if body else None, line.text) or (body and _open_verdict(body[-1].text)):
        return True
    return running and not counts_on(last, number)


def _open_verdict(line: str) -> bool:
    """True for a bare `RESOLVED` or the like, whose text is still to come."""
    return bool(labels.verdict().match(line)) and len(line.split()) <= 3
