"""Canonical text -> blocks: what each line is, and under which item it stands.

The same code reads every format, because in canonical text a line is a paragraph, bullet or heading. Where the
source says itself what its parts are, that is taken; else the words tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.models import Kind, Span
from corpus.sentences import sentences
from ingest import labels
from ingest.facts import Facts, facts
from ingest.source import Mark

HEADER_LINES = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A line of canonical text that is not blank, trimmed."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, bullet or verdict, before it is packed or split into passages."""

    start: int
    end: int
    kind: Kind
    lead: Span | None = None


@dataclass(slots=True)
class Section:
    """An item while it is being read."""

    number: str | None = None
    title: str | None = None
    blocks: list[Block] = field(default_factory=list)
    heading: Line | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A meeting's header facts and its items."""

    facts: Facts
    title: str | None
    sections: list[Section]


def outlines(text: str, marks: Sequence[Mark] = ()) -> list[Outline]:
    """The meetings in a canonical text. Every line ends up in a block, a heading or a header.

    `marks` are what the source says itself, their offsets into `text`.
    """
    if any(mark.part in ("meeting", "item") for mark in marks):
        return _marked(text, marks)
    return [_read(text, frozenset(mark.start for mark in marks if mark.part == "heading"))]


def _marked(text: str, marks: Sequence[Mark]) -> list[Outline]:
    """The meetings and items as the source marks them."""
    found: list[Outline] = []
    opening = Mark(0, "meeting")
    for mark, after in pairwise([opening, *marks, Mark(len(text), "meeting")]):
        lines = list(_lines(text, mark.start, after.start))
        if mark.part == "meeting":
            if lines:
                header = "\n".join(line.text for line in lines)
                found.append(Outline(facts(header), lines[0].text, []))
            continue
        if not found:
            found.append(Outline(Facts(), None, []))
        sections = found[-1].sections
        if mark.part == "item":
            title = lines[0].text if lines else None
            sections.append(Section(mark.number or found[-1].facts.item_number, title, _blocks(text, lines[1:])))
            continue
        if not sections:
            sections.append(Section(found[-1].facts.item_number))
        if mark.part == "purpose":
            sections[-1].blocks += [Block(line.start, line.end, "purpose") for line in lines]
        elif mark.part == "decision" and lines:
            sections[-1].blocks.append(Block(lines[0].start, lines[-1].end, "verdict"))
        else:
            sections[-1].blocks += _blocks(text, lines)
    return [Outline(o.facts, o.title, [s for s in o.sections if s.blocks]) for o in found]


def _read(text: str, headings: frozenset[int]) -> Outline:
    lines = list(_lines(text, 0, len(text)))
    label = next((i for i, line in enumerate(lines[:15]) if line.text.lower() in labels.minutes_label()), None)
    # A whole meeting may have a line "Minutes" too; but an item's own page has no numbered headings.
    numbered = sum(bool(_NUMBERED.match(line.text) and heading(line.text)) for line in lines)
    if label is not None and numbered < 2 and not any(_NUMBERED.match(line.text) for line in lines[:label]):
        return _item_page(text, lines, label)
    return _whole_meeting(text, lines, headings)


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
    section.blocks += _blocks(text, body)
    return Outline(stated, title, [section])


def _whole_meeting(text: str, lines: list[Line], headings: frozenset[int]) -> Outline:
    first = next((i for i, line in enumerate(lines) if i and _first_heading(line.text)), None)
    if first is None or first > HEADER_LINES * 3:
        first = next((i for i, line in enumerate(lines[:HEADER_LINES]) if len(line.text.split()) > 30), 0)
        first = min(first, 12)
    header = lines[:first]
    stated = facts("\n".join(line.text for line in (header or lines[:3])[:HEADER_LINES]))
    sections = [Section()]
    there = False
    for line in header:
        there = there or bool(labels.attendance().match(line.text))
        if there or len(line.text.split()) > 5:
            sections[0].blocks.append(Block(line.start, line.end, "attendance" if there else "procedural"))
    body: list[Line] = []
    for line in lines[first:]:
        found = heading(line.text) or ((None, line.text) if line.start in headings else None)
        if found and not _list_goes_on(body, line) and not (body and _open_verdict(body[-1].text)):
            sections[-1].blocks += _blocks(text, body)
            body = []
            sections.append(Section(*found, heading=line))
        elif not body and re.fullmatch(r"\(Item [\w./]+\)", line.text):
            continue  # the agenda item's number, under the running minute number
        else:
            body.append(line)
    sections[-1].blocks += _blocks(text, body)
    for section in sections:
        # A numbered line may say all, or some, of its item: "2. Apologies. They were received from …"
        head = section.heading
        if head and (re.search(r"[a-z]{3}\.\s+[A-Z]", head.text) if section.blocks else len(head.text.split()) > 4):
            section.blocks.insert(0, Block(head.start, head.end, "discussion"))
    title = next((t.text for t in header if t.text.lower() != (stated.council or "").lower()), None)
    title = title if title and len(title.split()) < 25 else None
    return Outline(stated, title, [s for s in sections if s.blocks])


_NUMBERED = re.compile(
    r"^(?P<number>\d{1,4}|\d{1,4}[a-z]|[A-Z&]{1,6}[./]?\d{0,4}/\d{1,4}|\d{1,4}/\d{1,4})[.):]?\s+"
    r"(?P<title>(?:\d+/\d+\s*[-–]\s*)?[A-Z“\"].*)$"  # a decision's number may stand before the title
)


def _first_heading(line: str) -> bool:
    """True for the heading that ends a meeting's header: not the body's own name above it."""
    if _NUMBERED.match(line):
        return heading(line) is not None
    words = [
        *labels.labels()["committee_words"],
        *labels.labels()["council_words"],
        "Minutes",
        "District",
        "Agenda",
    ]
    return heading(line) is not None and not re.search(rf"\b(?:{'|'.join(words)})\b", line, re.IGNORECASE)


def _open_verdict(line: str) -> bool:
    """True for a bare `RESOLVED` or the like, whose text is still to come."""
    return bool(labels.verdict().match(line)) and len(line.split()) <= 3


def heading(line: str) -> tuple[str | None, str] | None:
    """The number (as printed) and title if a line is an item's heading, else None."""
    numbered = _NUMBERED.match(line)
    title = re.sub(r"\s*\(Item [\w./]+\)$", "", numbered["title"] if numbered else line).strip()
    words = title.split()
    if not 1 <= len(words) <= 16 or labels.verdict().match(title) or labels.attendance().match(line):
        return None
    if numbered:
        if title.endswith((".", ";", ",")) or (
            re.match(r"(?:To|That|The|It|Mr|Mrs|Cllr|Councillor)\s", title) and len(words) > 6
        ):
            return None
        if title.endswith(":") and len(words) > 8:
            return None
        return numbered["number"], title.rstrip(":").strip()
    bare = title.rstrip(":").strip()
    if labels.procedural().match(title) or bare.lower() in labels.minutes_label() or re.search(r"\d{4}$", bare):
        return None
    if title.isupper() and len(words) <= 12 and len(bare) > 5 and not title.endswith("."):
        return None, bare
    long_words = [w for w in bare.split() if len(w) > 3]
    if title.endswith(":") and 1 < len(words) <= 7 and long_words and all(w[0].isupper() for w in long_words):
        return None, bare
    return None


def _list_goes_on(body: list[Line], line: Line) -> bool:
    """True if what looks like a heading is the next point of a numbered list."""
    number = re.match(r"^(\d{1,2})[.)]\s", line.text)
    if not number or not body:
        return False
    previous = re.match(r"^(\d{1,2})[.)]\s", body[-1].text)
    if previous:
        return int(number.group(1)) in (int(previous.group(1)), int(previous.group(1)) + 1)
    return number.group(1) == "1" and body[-1].text.endswith(":")


def _blocks(text: str, lines: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    lead: Span | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        point = labels.bullet().match(line.text)
        if labels.verdict().match(line.text[point.end() :] if point else line.text):
            count = _verdict_length(lines[at:])
            blocks.append(Block(line.start, lines[at + count - 1].end, "verdict"))
            lead = None
            at += count
            continue
        if labels.procedural().match(line.text):
            blocks.append(Block(line.start, line.end, "procedural"))
        elif at == 0 and re.match(r"\[?(?:To|Report of)\s", line.text):
            blocks.append(Block(line.start, line.end, "purpose"))
        elif labels.attendance().match(line.text):
            blocks.append(Block(line.start, line.end, "attendance"))
        elif point and point.end() < len(line.text):
            blocks.append(Block(line.start + point.end(), line.end, "bullet", lead))
        else:
            blocks.append(Block(line.start, line.end, "discussion"))
            introduces = line.text.endswith(":") and len(line.text) < 1_200
            lead = sentences(text, line.start, line.end)[-1] if introduces else None
        at += 1
    return blocks


def _verdict_length(lines: list[Line]) -> int:
    """How many lines a verdict block takes: its head, its list, and what a bare head introduces."""
    count = 1
    head = lines[0].text
    open_ended = not re.search(r"[a-z]{3}", head) or head.endswith((":", "that", "–", "-", "Committee"))
    while count < len(lines):
        line = lines[count].text
        if labels.after_verdict().match(line) or labels.procedural().match(line) or labels.verdict().match(line):
            break
        # After a bare "RESOLVED" comes its text; after "That the Committee:" comes its list.
        if not (open_ended or _is_point_of(head, line)):
            break
        open_ended = line.endswith((":", "that")) or bool(
            labels.bullet().match(line) and line.endswith((";", "; and", ", and"))
        )
        count += 1
    return count


def _is_point_of(head: str, line: str) -> bool:
    """True if a list point under a verdict is its own, not the next of what the minutes were listing."""
    point = labels.bullet().match(line)
    if not point:
        return False
    before = labels.bullet().match(head)
    said = labels.verdict().sub("", head[before.end() :] if before else head, count=1).lstrip(" :–—-")
    first = labels.bullet().match(said)
    if first:
        return any(c.isdigit() for c in first.group()) == any(c.isdigit() for c in point.group())
    # "RESOLVED: That it be noted." is whole: what is listed below it is somebody's words.
    return not said.endswith(".")
