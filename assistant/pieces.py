"""Questions that ask after several things: councils to compare, or how something went over several meetings.

Each council asked about is searched by itself, so that none is crowded out, and the answer says which has nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

from assistant.query import Query
from assistant.retrieve import Found, Question, Retriever
from assistant.words import data, words

EACH = 6  # passages read of each council asked about
MOST = 4  # councils compared at once


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the things asked after: its name, the passages that may answer for it, and whether it was asked for by
    name, so that an answer has to say if there is nothing.
    """

    name: str
    passages: frozenset[int]
    named: bool


def gather(query: Query, retriever: Retriever) -> tuple[Question, list[Found], tuple[Piece, ...]]:
    """The question's tokens, the passages to read, likeliest first, and the pieces that it asks for, if several."""
    if query.councils:
        councils, parts = query.councils[:MOST], []
        for council in councils:
            narrowed = replace(query, filters=replace(query.filters, council=council))
            question, found = retriever.retrieve(narrowed)
            parts.append(found[:EACH])
        return question, _in_turn(parts), tuple(map(_piece, councils, parts))
    question, found = retriever.retrieve(query)
    files = _named_files(query, found)
    if len(files) > 1:
        parts = [group[:EACH] for group in files.values()]
        rest = [f for f in found if all(f not in part for part in parts)]
        return question, _in_turn(parts) + rest, tuple(map(_piece, files, parts))
    if files and query.filters.council is None:
        # One place is named, by its file alone: what is said of another is no answer.
        (found,) = files.values()
    return question, found, _meetings(found) if _over_time(query.question) else ()


def _piece(name: str, found: list[Found]) -> Piece:
    return Piece(name, frozenset(f.passage.id for f in found), named=True)


def _in_turn(parts: Iterable[list[Found]]) -> list[Found]:
    """The best of each part, then the second of each, and so on: whatever is read, all have their share."""
    return [found for found in chain.from_iterable(zip_longest(*parts)) if found is not None]


def _named_files(query: Query, found: list[Found]) -> dict[str, list[Found]]:
    """The files of no stated council whose name begins with a word of the question: "bristol-scrutiny.txt"."""
    asked = set(words(query.asked or query.question))
    groups: dict[str, list[Found]] = {}
    for one in found:
        first = next(iter(words(Path(one.passage.document).stem)), "")
        named = first.isalpha() and len(first) > 3 and first not in data("pieces")["no_place"].split()
        if one.passage.council is None and named and first in asked:
            groups.setdefault(first.title(), []).append(one)
    return dict(list(groups.items())[:MOST])


def how_things_stand(question: str) -> bool:
    """Whether a question is in the present, with no year: "how long is the wait?" and not "how long was it?"."""
    return _holds(question, "now") and not re.search(r"\b(?:19|20)\d\d\b", question)


def _over_time(question: str) -> bool:
    return _holds(question, "over_time")


def _holds(question: str, kind: str) -> bool:
    phrases = "|".join(map(re.escape, data("pieces")[kind]))
    return re.search(rf"(?<!\w)(?:{phrases})(?!\w)", question.lower().replace("’", "'")) is not None


def _meetings(found: list[Found]) -> tuple[Piece, ...]:
    groups: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        groups.setdefault((one.passage.document_id, str(one.passage.date)), []).append(one)
    pieces = tuple(
        Piece(document, frozenset(f.passage.id for f in group), named=False) for (document, _), group in groups.items()
    )
    return pieces if len(pieces) > 1 else ()
