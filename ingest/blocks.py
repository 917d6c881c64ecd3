"""An item's lines -> blocks: paragraphs, list points with the words that introduce them, whole verdicts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from corpus.models import Kind, Span
from ingest import labels
from ingest.points import Leads, introduces, points_inside
from ingest.rolls import is_lost, outvoted, roll_length


class Line(NamedTuple):
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


def blocks_of(text: str, lines: list[Line]) -> list[Block]:
    """What each of an item's lines is; a verdict is one block with its list."""
    blocks: list[Block] = []
    leads = Leads()
    at = 0
    while at < len(lines):
        line = lines[at]
        point = labels.bullet().match(line.text)
        if labels.verdict().match(line.text[point.end() :] if point else line.text):
            count = _verdict_length(lines, at)
            # What fell is not the decision.
            fell = re.match(r"\W*(?:[a-z\d]{1,2}[.)]\s+)?LOST\b", line.text) or _FELL.search(line.text)
            blocks.append(Block(line.start, lines[at + count - 1].end, "discussion" if fell else "verdict"))
            leads = Leads()
            at += count
            continue
        roll = roll_length([one.text for one in lines[at : at + 60]]) if _may_be_roll(line.text) else 0
        if roll:
            # A recorded vote is read whole. One that was lost decided nothing: it is no verdict.
            lost = is_lost(lines[at + roll - 1].text) or outvoted([one.text for one in lines[at : at + roll]])
            blocks.append(Block(line.start, lines[at + roll - 1].end, "discussion" if lost else "verdict"))
            leads = Leads()
            at += roll
            continue
        if labels.procedural().match(line.text):
            blocks.append(Block(line.start, line.end, "procedural"))
        elif at == 0 and re.match(r"\[?(?:To|Report of)\s", line.text):
            blocks.append(Block(line.start, line.end, "purpose"))
        elif labels.attendance().match(line.text) or (at == 0 and _ATTENDED.search(line.text)):
            blocks.append(Block(line.start, line.end, "attendance"))
        else:
            blocks += _said(text, line, point.end() if point else 0, leads)
        at += 1
    return blocks


# "Mr Lorne (Head of Streets) and Mrs Imber were in attendance for this item"
_ATTENDED = re.compile(r"\b(?:was|were) in attendance for (?:this|the) item\W*$")


_FELL = re.compile(
    r"\b(?:and (?:was |were )?(?:fell|lost|defeated)|(?:was|were) (?:lost|defeated)|fell)\W*$", re.IGNORECASE
)


def _may_be_roll(line: str) -> bool:
    return line[:40].lstrip("*_ ").lower().startswith(("for", "in favour", "against", "abst", "vot", "those", "member"))


def _said(text: str, line: Line, mark: int, leads: Leads) -> list[Block]:
    """A paragraph or list point, with what introduces it; taken apart where it holds a list of its own."""
    start = line.start + mark
    inside = points_inside(text, start, line.end)
    end = _trimmed(text, inside[0]) if inside else line.end
    words = introduces(text, start, end)
    if 0 < mark < len(line.text):
        blocks = [Block(start, end, "bullet", leads.point(line.text[:mark], words))]
    else:
        blocks = [Block(line.start, end, "discussion")]
        leads.paragraph(words)
    for low, high in pairwise([*inside, line.end] if inside else []):
        blocks.append(Block(low, _trimmed(text, high), "bullet", words))
    return blocks


def _trimmed(text: str, end: int) -> int:
    while text[end - 1].isspace():
        end -= 1
    return end


def _verdict_length(lines: list[Line], at: int) -> int:
    """How many lines the verdict at `at` takes: its head, its list, and what a bare head introduces."""
    count = 1
    head = lines[at].text
    open_ended = not re.search(r"[a-z]{3}", head) or head.endswith((":", "that", "–", "-", "Committee"))
    while at + count < len(lines):
        line = lines[at + count].text
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
