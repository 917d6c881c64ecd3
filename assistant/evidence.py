"""Which sentences answer, if any. Similarity finds the subject; whether the thing asked is said is judged here.

A reader reads the likeliest passages with the question. Its number for a sentence is weighed with plain features
(how well question and sentence match token by token, whether the sentence holds the kind of thing asked for, which
of the question's names and years are nowhere near it) by a logistic model. A second one, of the best sentence's
features, gives the probability that the question is answered at all. Weights and thresholds stand in evidence.toml,
fitted by assistant/reading/calibrate.py on documents that the reader was not trained on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.names import leave_out
from assistant.pieces import how_things_stand
from assistant.query import Query
from assistant.reading.reader import OurReader, Reader
from assistant.reading.text import text_of
from assistant.retrieve import Found, Question, best_matches, weighted
from assistant.words import data, words
from corpus.models import PassageOnRecord, Span

READ = 7  # passages that are read


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage that may answer, `span` in the passage's own text, and how likely it does.

    `described` is what the decision whether anything answers is made from.
    """

    found: Found
    span: Span
    score: float = 0.0
    described: Mapping[str, float] = field(default_factory=dict)

    @property
    def passage(self) -> PassageOnRecord:
        """The passage it stands in."""
        return self.found.passage

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was read: sentences, the likeliest first, and the probability that the first answers the question.

    `limits` are the thresholds that go with the reader.
    """

    sentences: tuple[Sentence, ...]
    probability: float
    limits: Mapping[str, float]


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


def judge(query: Query, question: Question, found: list[Found], reader: Reader | None = None) -> Judgement:
    """Every sentence of the likeliest passages with its score in [0, 1], and whether anything answers."""
    profile = fitted(reader)
    judged, probability = weighed(profile, describe(query, question, found, reader))
    limits = profile["limits"]
    if how_things_stand(query.asked or query.question):
        limits = {**limits, "newest": limits["newest now"]}
    return Judgement(tuple(judged), probability, limits)


def weighed(weights: Mapping[str, Mapping[str, float]], described: Iterable[Sentence]) -> tuple[list[Sentence], float]:
    """Sentences with their scores, best first, and the probability that anything answers."""
    judged = judged_from(weights["sentence"], described)
    return judged, probability_of(weights["decision"], decisive(judged)) if judged else 0.0


def judged_from(weights: Mapping[str, float], described: Iterable[Sentence]) -> list[Sentence]:
    """Sentences with their scores by these weights, best first."""
    scored = (replace(sentence, score=probability_of(weights, sentence.described)) for sentence in described)
    return sorted(scored, key=lambda s: -s.score)


def decisive(judged: list[Sentence]) -> dict[str, float]:
    """The few features that decide whether anything answers: how likely the best sentence is and how far ahead of
    other passages, its number from the reader, and the reader's highest. (More features only fitted chance.)
    """
    best = judged[0]
    second = next((s.score for s in judged if s.passage.id != best.passage.id), 0.0)
    return {
        "best": log_odds(best.score),
        "ahead": log_odds(best.score) - log_odds(second),
        "reader": best.described.get("reader", 0.0),
        "strongest": max(s.described.get("reader", 0.0) for s in judged),
        "passage": best.found.score,
    }


def fitted(reader: Reader | None) -> dict[str, Any]:
    """The weights and thresholds that go with a reader: ours, another one, or none."""
    profile = "none" if reader is None else "ours" if isinstance(reader, OurReader) else "other"
    found: dict[str, Any] = data("evidence")[profile]
    return found


def describe(query: Query, question: Question, found: list[Found], reader: Reader | None = None) -> Iterator[Sentence]:
    """Every sentence of the likeliest passages with its features, not yet weighed."""
    asked = kind_asked(query)
    likeliest = found[:READ]
    texts = [text_of(candidate.passage) for candidate in likeliest]
    # Each council that is compared is read for by itself: of the others its minutes say nothing.
    words_asked = leave_out(query.text, query.councils) if len(query.councils) > 1 else query.text
    read = reader.read(words_asked, texts) if reader else [[0.0] * len(t.sentences) for t in texts]
    for rank, (candidate, text, numbers) in enumerate(zip(likeliest, texts, read, strict=True)):
        lacks = _lacking(query, question, candidate.passage)
        for sentence, number in zip(text.sentences, numbers, strict=True):
            span = _without_bullet(candidate.passage.text, sentence)
            described = _features(question, found, candidate, rank, span, asked)
            read_as = {"reader": number, "reader passage": max(numbers)}
            yield Sentence(candidate, span, described={**described, **lacks, **read_as})


def _lacking(query: Query, question: Question, passage: PassageOnRecord) -> dict[str, float]:
    """What of the question's names, numbers and years is nowhere in the passage, its context or its date."""
    held = set(words(f"{passage.embedded} {passage.document}"))
    years = set(_YEAR.findall(query.text))
    missing = [w for w in question.named if w not in held]
    return {
        "missing": len(missing) / len(question.named) if question.named else 0.0,
        "wrong year": float(bool(years and passage.date and str(passage.date.year) not in years and years - held)),
    }


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
    count = len(text.split())
    has = bool(asked and asked.has.search(text))
    return {
        "sentence": own,
        "passage": candidate.score,
        "fused": candidate.fused / 5,
        "rank": 1 / (1 + rank),
        "lead": candidate.score - found[0].score,
        "words": sum(matches.values()) / len(matches) if matches else 0.5,
        "kind": float(has),
        "no_kind": float(asked is not None and asked.needed and not has),
        "short": float(count < 6),
        "length": math.log(count + 1) / 4,
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


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ASKING = re.compile(rf"\b(?:{'|'.join(data('speech')['asking'])})\b(?! to\b)|\?\s*$", re.IGNORECASE)


def probability_of(weights: Mapping[str, float], described: Mapping[str, float]) -> float:
    """A logistic model's word on features: those without a weight count nothing."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in described.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def log_odds(probability: float) -> float:
    """The logarithm of the odds, kept finite."""
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))
