"""A speaker as somebody writes the name -> the speakers on record that may be meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from corpus.recorded import Attendance
from corpus.voices import expressions

LONG = 6  # letters from which a surname may have one slip


def matching(asked: str, known: Mapping[str, int]) -> list[str]:
    """The speakers or roles of `known` that hold every word of `asked` but its titles, the commonest first.

    Where none does, a long surname may be spelt with one slip: "Cllr Muldoney".
    """
    wanted = _words(asked)
    if not wanted:
        return []
    names = sorted(known, key=lambda name: -known[name])
    found = [name for name in names if wanted <= _words(name)]
    if found:
        return found
    return [name for name in names if all(any(_near(w, other) for other in _words(name)) for w in wanted)]


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles that a meeting's list gives to one person, and those that it gives to others."""

    own: tuple[str, ...]
    others: tuple[str, ...]

    def mean(self, said: str) -> bool:
        """Whether a role as said, "the Portfolio Holder", is this person's, and can be nobody else's."""
        return any(is_role(said, role) for role in self.own) and not any(is_role(said, role) for role in self.others)


def held_roles(asked: str, meetings: Sequence[Attendance]) -> dict[str, Roles]:
    """By document of one meeting, what its list of those present says of this person's role, if it names them once."""
    found: dict[str, Roles] = {}
    several = {key for key, count in Counter(meeting.document_id for meeting in meetings).items() if count > 1}
    wanted = _words(asked)
    for meeting in meetings:
        mine = [p for p in meeting.people if wanted and wanted <= _words(p.name)]
        if len(mine) == 1 and mine[0].role and meeting.document_id not in several:
            others = tuple(p.role for p in meeting.people if p.role and p is not mine[0])
            found[meeting.document_id] = Roles((mine[0].role,), others)
    return found


def is_role(said: str, role: str) -> bool:
    """Whether a role as said, "the Portfolio Holder", is short for one as listed: its beginning, or all of it."""
    short, long = (re.findall(r"\w+", re.sub(r"^the\s+", "", text.lower())) for text in (said, role))
    return len(short) > 1 and short == long[: len(short)]


def _words(name: str) -> frozenset[str]:
    titles = {title.lower() for title in expressions()["speakers"]["titles"]}
    found = (word.removesuffix("'s") for word in re.findall(r"[\w’'-]+", name.lower().replace("’", "'")))
    return frozenset(word for word in found if word not in titles and word not in ("the", "of", "for", "and", "a"))


def _near(one: str, other: str) -> bool:
    return one == other or (
        max(len(one), len(other)) >= LONG and one[0] == other[0] and OSA.distance(one, other) <= 1 + (len(one) > 8)
    )
