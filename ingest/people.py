"""Who was at a meeting, from the lists in its header: names and roles are slices of it, and none is guessed.

Lists come in many shapes: "Mr R C Quill, OBE, Mrs A Pardoe (Chief Executive)", "Councillors Imber, Wragg and Tolley",
a name a line, "Name | Role", and "Director of Services (A. Lorne)". What fits none of them is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from corpus.models import Attendee, Standing
from ingest.labels import any_of
from ingest.names import (
    LONGEST_ROLE,
    Person,
    is_role_of,
    is_short_word,
    letters_behind,
    people_words,
    person_in,
    role_in,
    title_pattern,
)

MOST = 150  # people: more than that is no list of who was there
LONGEST_LIST = 4_000  # characters


@cache
def _standings() -> dict[str, Standing]:
    return {label: standing for standing, labels in people_words()["lists"].items() for label in labels}


@cache
def _head() -> re.Pattern[str]:
    """A list's label at a line's start, with what joins it to the names."""
    joins = (
        r"\s*(?:\([^)\n]*\)\s*)?"
        r"(?:[:–—]\s*-?|-\s|$|were received (?:from|on behalf of)|(?:was|were) (?:received )?from|from)"
    )
    numbered = r"(?:\d{1,3}[.)]\s+)?"
    return re.compile(rf"^\W{{0,4}}{numbered}(?P<label>{any_of(list(_standings()))}){joins}\s*:?\s*", re.IGNORECASE)


def people(lines: Sequence[str]) -> tuple[Attendee, ...]:
    """Those whom these lines list as present, in attendance, absent, or excused."""
    found: dict[str, Attendee] = {}
    for line in lines:
        # A service's own list says of each who it was, in what role, and whether there: "A | Chair | Present".
        cells = line.split(" | ")
        told = _standings().get(cells[-1].lower()) if 2 <= len(cells) <= 3 else None
        if told and len(found) < MOST:
            found.setdefault(cells[0], Attendee(cells[0], cells[1] if len(cells) == 3 else None, told))
    for standing, block in _lists(line for line in lines if not (" | " in line and line.split(" | ")[0] in found)):
        for name, role in _listed(block):
            if len(found) < MOST:
                found.setdefault(name, Attendee(name, role, standing))
    return tuple(found.values())


def _lists(lines: Iterable[str]) -> Iterator[tuple[Standing, list[str]]]:
    """The lists, each as its lines without the label in front of the first."""
    standing: Standing | None = None
    block: list[str] = []
    for line in lines:
        head = _head().match(line)
        if _TABLE.match(line):
            standing = standing or "present"
            continue
        if head:
            if standing:
                yield standing, block
            standing, block = _standings()[head["label"].lower()], [line[head.end() :]]
        elif standing and _may_list(line):
            block.append(line)
        elif standing:
            yield standing, block
            standing, block = None, []
    if standing:
        yield standing, block


_TABLE = re.compile(r"\W*Name\s*[|\t]\s*(?:Role|Title|Position)\b")


def _may_list(line: str) -> bool:
    """False for a line that is plainly prose or a heading: then the list above it is over."""
    if re.match(r"^\W*\d{1,4}[.)]?\s+[A-Z]", line) or len(line) > 600:
        return False
    prose = re.search(
        r"\b(?:resolved|opened|welcomed|declared|minutes of|was held|agreed|noted|the meeting)\b", line.lower()
    )
    return prose is None


def _listed(block: list[str]) -> Iterator[tuple[str, str | None]]:
    """The names in one list, each with its role."""
    found: list[Person] = []
    others = 0
    plural = False
    for line in _whole_lines(block):
        cells = [cell.strip() for cell in re.split(r"\s*[|\t]\s*", line) if cell.strip()]
        if len(cells) > 1:
            yield from _row(cells)
            continue
        pieces = list(_pieces(line[:LONGEST_LIST]))
        plural = plural and len(pieces) > 2
        at = 0
        while at < len(pieces):
            person = person_in(pieces[at][0], plural)
            at += 1
            if person is None:
                others += 1
                continue
            plural = plural or person.plural
            if at < len(pieces) and (letters := letters_behind().match(pieces[at][0])):
                joined = re.search(rf"{re.escape(person.name)},?\s+{letters['letters']}\b", line)
                person = replace(person, name=joined.group() if joined else person.name)
                role = role_in(letters["inside"] or "")
                person = replace(person, role=person.role or role, sure=True)
                at += 1
            if person.role is None and at < len(pieces) and is_role_of(person, *pieces[at], alone=len(pieces) == 2):
                role = role_in(pieces[at][0])
                person = replace(person, role=role, sure=person.sure or role is not None)
                at += 1
            found.append(person)
    names = len(found) >= 3 and len(found) > 2 * others
    yield from ((person.name, person.role) for person in found if person.sure or names)


def _whole_lines(block: list[str]) -> Iterator[str]:
    """The lines; one that breaks off inside a bracket or behind a comma goes on in the next."""
    held = ""
    for line in block:
        held = f"{held} {line}".strip() if held else line.strip()
        if held.endswith((",", "&")) or held.count("(") > held.count(")") or re.search(r"\band$", held):
            continue
        yield held
        held = ""
    if held:
        yield held


_PARTS = re.compile(r"[()]|[,;]|\s+(?:and|&)\s+|\s+[–—-]\s+|\.\s+(?=[A-Z][a-z])")


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """What stands between commas, "and", dashes and titles, each with what joins it to the piece in front.

    Brackets are not looked into: each stays with what it follows.
    """
    depth = at = 0
    joined_by = ""
    for found in _PARTS.finditer(line):
        part = found.group()
        if part in "()":
            depth = depth + 1 if part == "(" else max(0, depth - 1)
        elif not depth and not (part.startswith(".") and is_short_word(line[: found.start()])):
            for piece in _at_titles(line[at : found.start()].strip()):
                yield piece, joined_by
                joined_by = " "
            at, joined_by = found.end(), part
    for piece in _at_titles(line[at:].strip()):
        yield piece, joined_by
        joined_by = " "


@cache
def _nexttitle_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\w)])\s+(?={title_pattern().pattern}\s+[A-ZÀ-Þ])")


def _at_titles(piece: str) -> Iterator[str]:
    """A piece cut where the next name's title begins: "Cllr Quill (Chair) Cllr Imber"."""
    starts = [0]
    for title in _nexttitle_pattern().finditer(piece):
        before = piece[starts[-1] : title.start()].strip()
        named = title_pattern().search(before)
        # "Cllr Mrs Quill" and "vice chair Cllr Imber" are one; and nothing is cut inside a bracket.
        if named and before[named.end() :].strip() and before.count("(") <= before.count(")"):
            starts.append(title.end())
    for low, high in pairwise([*starts, len(piece)]):
        if piece[low:high].strip():
            yield piece[low:high].strip()


def _row(cells: list[str]) -> Iterator[tuple[str, str | None]]:
    """A table's row: the name, and what stands in the next cell as the role."""
    person = person_in(cells[0], plural=False)
    if person:
        yield person.name, person.role or (cells[1] if len(cells[1]) <= LONGEST_ROLE else None)
