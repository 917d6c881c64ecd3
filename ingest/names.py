"""What is a person's name in a list of them, and what a role: slices of the list, left out where it is not sure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ingest.labels import any_of

LONGEST_ROLE = 120  # characters
_EDGES = " .:;,*–-"
_INITIALS = re.compile(r"(?:[A-Z]\.?\s+|[A-Z]\.){1,3}[A-ZÀ-Þ]")
# "M Quill P Imber J Wragg": several names without anything between them.
_RUN_ON = re.compile(r"(?<=[a-z]) [A-Z]\.?(?= [A-Z])")
_CHAIR = re.compile(r"chair|cathaoirleach|mayor|leader", re.IGNORECASE)
# What is no role whatever words it has: "2 members of the public", "Cllr Quill is also the Clerk".
_NO_ROLE = re.compile(r"\bpublic\b(?! health)|\bpress\b|^\W*\d|\b(?:is|was|were|has|had|members of)\b", re.IGNORECASE)


@cache
def people_words() -> dict[str, Any]:
    """people.toml as it is."""
    return tomllib.loads(files("ingest").joinpath("people.toml").read_text("utf-8"))


@cache
def title_pattern() -> re.Pattern[str]:
    """What stands in front of a name: "Cllr", "Borough Councillor"."""
    names = people_words()["names"]
    before = rf"(?:(?:{'|'.join(names['before_titles'])})\s+)?"
    return re.compile(rf"{before}(?:{any_of(names['titles'])})(?![\w’'])\.?")


@cache
def _name() -> re.Pattern[str]:
    """A person's name: titles, initials and capitalised words."""
    titles = rf"(?P<titles>(?:{title_pattern().pattern}\s+)*)"
    word = r"(?:[A-ZÀ-Þ][\w’'‘`-]*\.?|" + "|".join(people_words()["names"]["particles"]) + r")"
    # Two councillors of one name are told apart by an initial: "Quill (J)".
    return re.compile(rf"{titles}(?P<words>{word}(?:[ \t]+{word}){{0,5}}(?:[ \t]\([A-Z]\))?)")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a list. `sure` is False where only the list around a bare "Hugo Lorne" says that it is a name."""

    name: str
    role: str | None
    plural: bool  # the title in front is one for several names
    sure: bool
    bracketed: bool = False


@cache
def _others(which: str) -> frozenset[str]:
    return frozenset(people_words()["others"][which])


@lru_cache(maxsize=4_096)  # a council's members are named alike meeting after meeting
def person_in(piece: str, plural: bool) -> Person | None:
    """Whom a piece names; None if it is nobody for sure."""
    whole = _name().fullmatch(piece.strip(_EDGES))
    if whole and not whole["titles"] and title_pattern().search(whole["words"]):
        whole = None  # "Chairman Cllr P Quillh": a role, and then a name
    bracket = None if whole else re.search(r"\s*\((?P<inside>[^()]{1,160})\)\W*$", piece)
    inside = bracket["inside"].strip() if bracket else ""
    said = (piece[: bracket.start()] if bracket else piece).strip(_EDGES)
    if title_pattern().match(inside) or (_is_role(said) and _INITIALS.match(inside)):
        # "Director of Services (Mr A. Lorne)": the name is the bracket's.
        name, role = _name().fullmatch(inside), said if _is_role(said) else None
        person = _surely(name, role, plural) if name else None
        return replace(person, bracketed=True) if person else None
    name, role = whole or _name().fullmatch(said), role_in(inside)
    title = title_pattern().search(said)
    if title and title.start() and _is_role(said[: title.start()].strip(_EDGES)):
        # "Chairman Cllr P Quill": what somebody is may stand in front of the name.
        name = _name().fullmatch(said[title.start() :])
        role = role or said[: title.start()].strip(_EDGES)
    return _surely(name, role, plural) if name else None


def _surely(name: re.Match[str], role: str | None, plural: bool) -> Person | None:
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
    some = any(title in people_words()["names"]["plural_titles"] for title in titles)
    said = role is not None and (not plain or _is_role(role))
    sure = bool(titles) or plural or said or _INITIALS.match(name["words"]) is not None
    if not sure and len(words) not in (2, 3):
        return None
    return Person((name["words"] if some else name.group()).strip(), role, some, sure)


@cache
def letters_behind() -> re.Pattern[str]:
    """Letters behind a name, with the role in a bracket if there is one: "OBE (Chairman)"."""
    return re.compile(rf"(?P<letters>{any_of(people_words()['names']['letters'])})\s*(?:\((?P<inside>[^()]*)\))?\W*$")


def is_role_of(person: Person, piece: str, joined_by: str, alone: bool) -> bool:
    """True if a piece is the role of the person in front: not where "Clerk" may stand for somebody without a name."""
    if "and" in joined_by or "&" in joined_by or not _is_role(piece) or piece.lower().startswith("the "):
        return False
    # Where names stand in brackets behind their roles, the next role is the next one's.
    if person.bracketed or title_pattern().search(piece) or _INITIALS.match(piece.partition("(")[2]):
        return False
    if alone or any(dash in joined_by for dash in "–—-"):
        return True
    if len(piece.split()) == 1:
        return piece.lower().strip(".") in people_words()["roles"]["single"]
    return not person.name.startswith(("Cllr", "Councillor")) or _CHAIR.search(piece) is not None


def is_short_word(before: str) -> bool:
    """True where a full stop is a title's or an initial's: "Mr. Quill", "P. Imber"."""
    last = re.search(r"[\w’']+$", before)
    return last is not None and (len(last.group()) <= 2 or last.group() + "." in people_words()["names"]["titles"])


@cache
def _role_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(people_words()['roles']['words'])})\b", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def _is_role(piece: str) -> bool:
    """True if a piece says what somebody is."""
    said = piece.partition("(")[0]
    if len(piece) > LONGEST_ROLE or title_pattern().match(piece) or _NO_ROLE.search(piece):
        return False
    return _role_word().search(said) is not None


def role_in(said: str) -> str | None:
    """What a bracket, or a piece behind a name, says that somebody is."""
    said = re.sub(r"\s*\([^)]*\)?\W*$", "", said).strip(_EDGES)
    first = said.split()[0].lower().strip(",.") if said else ""
    if not said or first in people_words()["roles"]["no_role"] or title_pattern().match(said) or _NO_ROLE.search(said):
        return None
    return said if len(said) > 4 or _is_role(said) else None
