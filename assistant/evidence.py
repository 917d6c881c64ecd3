"""Which sentences answer, if any. Similarity finds the subject; whether the thing asked is said is judged here.

Every sentence of the likeliest passages is described by a few plain features (how well it matches the
question token by token, whether it holds the kind of thing asked for, which of the question's rare words
it lacks) and weighed by a logistic model whose weights stand in evidence.toml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.query import Query
from assistant.retrieve import Found, Question, best_matches, weighted
from assistant.words import data
from corpus.models import PassageOnRecord, Span
from corpus.sentences import sentences

READ = 10  # passages whose sentences are looked at


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage that may answer, `span` in the passage's own text, and how likely it does."""

    found: Found
    span: Span
    score: float
    missing_kind: bool

    @property
    def passage(self) -> PassageOnRecord:
        """The passage it stands in."""
        return self.found.passage

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a question asks for: a sum, a date, a name, a reason."""

    name: str
    asks: re.Pattern[str]
    has: re.Pattern[str]
    needed: bool


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds in kinds.toml, in order."""

    def compiled(entry: dict[str, Any]) -> Kind:
        flags = re.NOFLAG if entry.get("has_case") else re.IGNORECASE
        asks = re.compile("|".join(entry["asks"]), re.IGNORECASE)
        return Kind(entry["name"], asks, re.compile("|".join(entry["has"]), flags), entry["needed"])

    return tuple(compiled(entry) for entry in data("kinds")["kind"])


def kind_asked(query: Query) -> Kind | None:
    """What the question asks for, if it is one of the kinds."""
    return next((kind for kind in kinds() if kind.asks.search(query.question)), None)


def judge(query: Query, question: Question, found: list[Found]) -> list[Sentence]:
    """Every sentence of the likeliest passages with its score in [0, 1], best first."""
    judged = [
        Sentence(candidate, span, _probability(described), missing_kind=bool(described["no_kind"]))
        for candidate, span, described in describe(query, question, found)
    ]
    return sorted(judged, key=lambda s: -s.score)


def describe(query: Query, question: Question, found: list[Found]) -> Iterator[tuple[Found, Span, dict[str, float]]]:
    """Every sentence of the likeliest passages with its features."""
    asked = kind_asked(query)
    for rank, candidate in enumerate(found[:READ]):
        for span in map(partial(_without_bullet, candidate.passage.text), sentences(candidate.passage.text)):
            yield candidate, span, _features(question, found, candidate, rank, span, asked)


def _features(
    question: Question, found: list[Found], candidate: Found, rank: int, span: Span, asked: Kind | None
) -> dict[str, float]:
    """What is known of one sentence in the light of the question. All values are of the order of 1."""
    passage = candidate.passage
    text = passage.text[span.start : span.end]
    places = candidate.tokens.offsets
    low, high = candidate.own + span.start, candidate.own + span.end
    inside = np.fromiter((low <= a and b <= high and b > a for a, b in places), bool, len(places))
    own = weighted(question, best_matches(question, candidate.tokens.vectors[inside], passage))
    matches = _word_matches(question, candidate.best)
    named = [match for word, match in matches.items() if word in question.named]
    words = len(text.split())
    has = bool(asked and asked.has.search(text))
    return {
        "sentence": own,
        "passage": candidate.score,
        "fused": candidate.fused / 5,
        "rank": 1 / (1 + rank),
        "lead": candidate.score - found[0].score,
        "words": sum(matches.values()) / len(matches) if matches else 0.5,
        "named": min(named, default=0.75),
        "kind": float(has),
        "no_kind": float(asked is not None and asked.needed and not has),
        "short": float(words < 6),
        "length": math.log(words + 1) / 4,
        "verdict": float(passage.kind == "verdict"),
        "aside": float(passage.kind in ("purpose", "attendance", "procedural")),
        "question": float(bool(_ASKING.search(text))),
    }


def _word_matches(question: Question, best: NDArray[np.float32]) -> dict[str, float]:
    """How well each content word of the question is matched by the passage: the mean over its pieces."""
    pieces: dict[str, list[float]] = {}
    for word, weight, match in zip(question.words, question.weights, best, strict=True):
        if weight >= 0.35:
            pieces.setdefault(word, []).append(float(match))
    return {word: sum(values) / len(values) for word, values in pieces.items()}


def _without_bullet(text: str, span: Span) -> Span:
    """A packed passage holds its points' own bullets: they are no part of what is said."""
    mark = re.match(r"[·•▪◦●‣⁃∙\-*]\s+(?=\S)", text[span.start : span.end])
    return Span(span.start + (mark.end() if mark else 0), span.end)


_ASKING = re.compile(
    r"\b(?:asked|queried|questioned|enquired|inquired|sought clarification|wondered)\b(?! to\b)|\?\s*$",
    re.IGNORECASE,
)


def _probability(described: dict[str, float]) -> float:
    fitted = data("evidence")
    weights: dict[str, float] = fitted["weights"]
    total = fitted["bias"] + sum(weights.get(name, 0.0) * value for name, value in described.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
