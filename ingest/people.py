"""Who was at a meeting, from the lists in its header: names and roles are slices of it, and none is guessed.

Lists come in many shapes: "Mr R C Love, OBE, Mrs A Beer (Chief Executive)", "Councillors Begy, Ainsley and Wise",
a name a line, "Name | Role", and "Director of Services (A. Foley)". What fits none of them is left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.models import Attendee, Standing

MOST = 150  # people: more than that is no list of who was there
LONGEST_LIST = 4_000  # characters
LONGEST_ROLE = 120
_EDGES = " .:;,*–-"
_INITIALS = re.compile(r"(?:[A-Z]\.?\s+|[A-Z]\.){1,3}[A-ZÀ-Þ]")
# "M Leamon M Precey J Taylor": several names without anything between them.
_RUN_ON = re.compile(r"(?<=[a-z]) [A-Z]\.?(?= [A-Z])")
# What is no role whatever words it has: "2 members of the public", "Cllr Begy is also the Clerk".
_NO_ROLE = re.compile(r"\bpublic\b(?! health)|\bpress\b|^\W*\d|\b(?:is|was|were|has|had|members of)\b", re.IGNORECASE)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("people.toml").read_text("utf-8"))


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _standings() -> dict[str, Standing]:
    return {label: standing for standing, labels in _words()["lists"].items() for label in labels}


@cache
def _head() -> re.Pattern[str]:
    """A list's label at a line's start, with what joins it to the names."""
    joins = (
        r"\s*(?:\([^)\n]*\)\s*)?"
        r"(?:[:–—]\s*-?|-\s|$|were received (?:from|on behalf of)|(?:was|were) (?:received )?from|from)"
    )
    numbered = r"(?:\d{1,3}[.)]\s+)?"
    return re.compile(rf"^\W{{0,4}}{numbered}(?P<label>{_any(list(_standings()))}){joins}\s*:?\s*", re.IGNORECASE)


@cache
def _title() -> re.Pattern[str]:
    names = _words()["names"]
    before = rf"(?:(?:{'|'.join(names['before_titles'])})\s+)?"
    return re.compile(rf"{before}(?:{_any(names['titles'])})(?![\w’'])\.?")


@cache
def _name() -> re.Pattern[str]:
    """A person's name: titles, initials and capitalised words."""
    titles = rf"(?P<titles>(?:{_title().pattern}\s+)*)"
    word = r"(?:[A-ZÀ-Þ][\w’'‘`-]*\.?|" + "|".join(_words()["names"]["particles"]) + r")"
    # Two councillors of one name are told apart by an initial: "Collins (J)".
    return re.compile(rf"{titles}(?P<words>{word}(?:[ \t]+{word}){{0,5}}(?:[ \t]\([A-Z]\))?)")


def people(lines: Sequence[str]) -> tuple[Attendee, ...]:
    """Those whom these lines list as present, in attendance, absent, or excused."""
    found: dict[str, Attendee] = {}
    for standing, block in _lists(lines):
        for name, role in _listed(block):
            if len(found) < MOST:
                found.setdefault(name, Attendee(name, role, standing))
    return tuple(found.values())


def _lists(lines: Sequence[str]) -> Iterator[tuple[Standing, list[str]]]:
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


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody in a list. `sure` is False where only the list around a bare "Pam Walker" says that it is a name."""

    name: str
    role: str | None
    plural: bool  # the title in front is one for several names
    sure: bool


def _listed(block: list[str]) -> Iterator[tuple[str, str | None]]:
    """The names in one list, each with its role."""
    found: list[_Person] = []
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
            person = _person(pieces[at], plural)
            at += 1
            if person is None:
                others += 1
                continue
            plural = plural or person.plural
            if person.role is None and at < len(pieces) and pieces[at] in _words()["names"]["letters"]:
                joined = re.search(rf"{re.escape(person.name)},?\s+{pieces[at]}\b", line)
                person = replace(person, name=joined.group() if joined else person.name)
                at += 1
            elif person.role is None and at < len(pieces) and _is_role(pieces[at]):
                role = _role(pieces[at])
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


def _pieces(line: str) -> Iterator[str]:
    """What stands between commas, "and", dashes and titles, outside brackets; a bracket stays with what it follows."""
    depth = at = 0
    parts = re.compile(r"[()]|[,;]|\s+(?:and|&)\s+|\s+[–—-]\s+|\.\s+(?=[A-Z][a-z])")
    cuts: list[tuple[int, int]] = []
    for found in parts.finditer(line):
        if found.group() == "(":
            depth += 1
        elif found.group() == ")":
            depth = max(0, depth - 1)
        elif not depth and not (found.group().startswith(".") and _short_word(line[: found.start()])):
            cuts.append(found.span())
    for low, high in [*cuts, (len(line), len(line))]:
        yield from _at_titles(line[at:low].strip())
        at = high


def _short_word(before: str) -> bool:
    """True where a full stop is a title's or an initial's: "Mr. Quill", "P. Norris"."""
    last = re.search(r"[\w’']+$", before)
    return last is not None and (len(last.group()) <= 2 or last.group() + "." in _words()["names"]["titles"])


def _at_titles(piece: str) -> Iterator[str]:
    """A piece cut where the next name's title begins: "Cllr Lintern (Chair) Cllr Clements"."""
    starts = [0]
    for title in re.finditer(rf"(?<=[\w)])\s+(?={_title().pattern}\s+[A-ZÀ-Þ])", piece):
        before = piece[starts[-1] : title.start()].strip()
        if piece[: title.start()].count("(") > piece[: title.start()].count(")"):
            continue
        if not re.fullmatch(rf"(?:{_title().pattern}\s*)+|{'|'.join(_words()['names']['before_titles'])}", before):
            starts.append(title.end())
    for low, high in zip(starts, [*starts[1:], len(piece)], strict=True):
        if piece[low:high].strip():
            yield piece[low:high].strip()


def _row(cells: list[str]) -> Iterator[tuple[str, str | None]]:
    """A table's row: the name, and what stands in the next cell as the role."""
    person = _person(cells[0], plural=False)
    if person:
        yield person.name, person.role or (cells[1] if len(cells[1]) <= LONGEST_ROLE else None)


@cache
def _others(which: str) -> frozenset[str]:
    return frozenset(_words()["others"][which])


def _person(piece: str, plural: bool) -> _Person | None:
    """Whom a piece names; None if it is nobody for sure."""
    whole = _name().fullmatch(piece.strip(_EDGES))
    bracket = None if whole else re.search(r"\s*\((?P<inside>[^()]{1,160})\)\W*$", piece)
    inside = bracket["inside"].strip() if bracket else ""
    said = (piece[: bracket.start()] if bracket else piece).strip(_EDGES)
    if _title().match(inside) or (_is_role(said) and _INITIALS.match(inside)):
        # "Director of Services (Mr A. Foley)": the name is the bracket's.
        name, role = _name().fullmatch(inside), said if _is_role(said) else None
    else:
        name, role = whole or _name().fullmatch(said), _role(inside)
        title = _title().search(said)
        if name is None and title and _is_role(said[: title.start()].strip(_EDGES)):
            # "Chairman Cllr P Norris": what somebody is may stand in front of the name.
            name = _name().fullmatch(said[title.start() :])
            role = role or said[: title.start()].strip(_EDGES)
    return _surely(name, role, plural) if name else None


def _surely(name: re.Match[str], role: str | None, plural: bool) -> _Person | None:
    """The person, unless these words may be something else."""
    words = name["words"].split()
    if not re.search(r"[A-ZÀ-Þ][a-zà-þ’']", name["words"]):
        return None
    # Behind a title or an initial "Green" and "Head" are names: what is none there is a short list.
    plain = not name["titles"] and not _INITIALS.match(name["words"])
    others = _others("words" if plain else "behind_titles")
    if any(len(word) > 2 and word.lower().strip(".") in others for word in words):
        return None
    if (plain and _is_role(name["words"])) or len(_RUN_ON.findall(name["words"])) > 1:
        return None
    titles = name["titles"].split()
    some = any(title in _words()["names"]["plural_titles"] for title in titles)
    sure = bool(titles) or plural or role is not None or _INITIALS.match(name["words"]) is not None
    if not sure and len(words) not in (2, 3):
        return None
    return _Person((name["words"] if some else name.group()).strip(), role, some, sure)


@cache
def _role_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(_words()['roles']['words'])})\b", re.IGNORECASE)


def _is_role(piece: str) -> bool:
    """True if a piece says what somebody is."""
    said = re.sub(r"\(.*", "", piece)
    if len(piece) > LONGEST_ROLE or _title().match(piece) or _NO_ROLE.search(piece):
        return False
    return _role_word().search(said) is not None


def _role(said: str) -> str | None:
    """What a bracket, or a piece behind a name, says that somebody is."""
    said = re.sub(r"\s*\([^)]*\)?\W*$", "", said).strip(_EDGES)
    first = said.split()[0].lower().strip(",.") if said else ""
    if not said or first in _words()["roles"]["no_role"] or _title().match(said) or _NO_ROLE.search(said):
        return None
    return said if len(said) > 4 or _is_role(said) else None
