"""What recorded fields say in answer to a question, and the words they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.people import matching
from assistant.quote import Quotation
from assistant.words import data

MOST = 3  # motions, or meetings, told at once


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the fields say, a sentence each, and the words they were read from."""

    told: tuple[str, ...]
    quotations: tuple[Quotation, ...]


def asks(kind: str, question: str) -> bool:
    """Whether a question, or other words, holds one of the patterns of that name in recorded.toml."""
    return _patterns(kind).search(question) is not None


def named(people: Sequence[str], names: Iterable[str]) -> list[str]:
    """Those of the names as printed that may be these people's."""
    known = dict.fromkeys(filter(None, names), 1)
    return [name for person in people for name in matching(person, known)]


def listed(names: Sequence[str]) -> str:
    """ "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in data("recorded")[kind]), re.I)
