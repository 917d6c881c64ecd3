"""A speaker as somebody writes the name -> the speakers on record that may be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

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


def _words(name: str) -> frozenset[str]:
    titles = {title.lower() for title in expressions()["speakers"]["titles"]}
    found = (word.removesuffix("'s") for word in re.findall(r"[\w’'-]+", name.lower().replace("’", "'")))
    return frozenset(word for word in found if word not in titles and word not in ("the", "of", "for", "and", "a"))


def _near(one: str, other: str) -> bool:
    return one == other or (
        max(len(one), len(other)) >= LONG and one[0] == other[0] and OSA.distance(one, other) <= 1 + (len(one) > 8)
    )
