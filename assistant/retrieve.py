"""A Query -> the passages most likely to answer it: by meaning and by words, fused, then read token by token.

Dense and BM25 scores are fused by z-scores; minutes of a time that the question names are searched for by themselves
too, and preferred. The best are reranked by late interaction, the sum over the
question's tokens of the best match in the passage (Khattab and Zaharia 2020, arXiv:2004.12832), each
token weighted by how rare its word is on this record.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.query import Query
from assistant.words import content_words, expansions, stop_words, words
from corpus.errors import UserError
from corpus.models import PassageOnRecord
from corpus.records import Filters, Record
from corpus.vectors import Nearest
from corpus.weights import Embedder, TokenVectors

STATED = 0.8  # how well a word is matched that names the file, council or committee
CANDIDATES = 100  # from each of the two searches
TIMELY = 2.0  # what it is worth, fused, to be of the time that the question names
TIMELY_READ = 0.02  # and in late interaction
RERANKED = 15  # as many as bring the answer among those that are read as often as thirty do
CACHED = 500  # passages whose token vectors are kept: about 200 kB each


@dataclass(frozen=True, slots=True)
class Question:
    """A question's tokens: unit vectors, each token's word, and how much it weighs; the words that are names."""

    vectors: NDArray[np.float32]
    words: tuple[str, ...]
    weights: NDArray[np.float32]
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found: its scores, each question token's best match in it, and its tokens, with the offset of its
    own words among what was embedded.
    """

    passage: PassageOnRecord
    fused: float
    score: float
    best: NDArray[np.float32]
    tokens: TokenVectors
    own: int


class Retriever:
    """Holds what searches share: the index that is open and the token vectors of passages seen lately."""

    def __init__(self, record: Record, embedder: Embedder) -> None:
        """Open nothing yet."""
        self.record = record
        self.embedder = embedder
        self._nearest = Nearest(record)
        self._seen: OrderedDict[str, TokenVectors] = OrderedDict()
        self._lock = Lock()

    def retrieve(self, query: Query, limit: int = RERANKED) -> tuple[Question, list[Found]]:
        """The question's tokens, and at most `limit` passages, the likeliest first."""
        question = self.question(query)
        fused = self.fused(query)
        found = self._matched(question, list(fused)[:limit], fused)
        found.sort(key=lambda f: -(f.score + (TIMELY_READ if query.is_timely(f.passage.date) else 0.0)))
        return question, found

    def _matched(self, question: Question, ids: list[int], fused: dict[int, float]) -> list[Found]:
        """The passages with how well they match token by token."""
        passages = self.record.passages(ids)
        texts = [p.embedded for p in passages]
        found = []
        for passage, text, tokens in zip(passages, texts, self._tokens(texts), strict=True):
            best = best_matches(question, tokens.vectors, passage)
            own = len(text) - len(passage.text)
            found.append(Found(passage, fused.get(passage.id, 0.0), weighted(question, best), best, tokens, own))
        return found

    def question(self, query: Query) -> Question:
        """The question's token vectors, weighted by the rarity of their words on this record."""
        tokens = self.embedder.tokens([query.text])[0]
        total = max(self.record.passage_count(), 1)
        shift = len(query.text) - len(query.asked or query.question)
        rarity: dict[str, float] = {}
        names, weights = [], []
        for start, end in tokens.offsets:
            word = _word_at(query.text, start, end)
            names.append(word)
            if word not in rarity:
                rarity[word] = _rarity(self.record, word, total)
            # What an earlier question was about counts for half of what is asked now.
            weights.append(rarity[word] * (0.5 if end <= shift else 1.0))
        # A capital inside a sentence, or a number: what a passage must have to be about the same thing.
        named = frozenset(w.lower() for w in re.findall(r"(?<=[\w,;:’'\"(] )[A-Z][\w]+|\d+", query.text))
        return Question(tokens.vectors, tuple(names), np.asarray(weights, np.float32), named)

    def fused(self, query: Query) -> dict[int, float]:
        """Passages with their scores by meaning and by words, the likeliest first.

        Raises UserError if another model made the record.
        """
        if self.record.fact("fingerprint") != self.embedder.fingerprint:
            raise UserError("The record was made with another model or version; run `onrecord reindex` to make it fit")
        vector = self.embedder.embed_query(query.text)
        dense, lexical = self._searched(query, vector, query.filters)
        timely: set[int] = set()
        if query.about_when:
            then = replace(query.filters, date_from=query.about_when.low, date_to=query.about_when.high)
            more = self._searched(query, vector, then)
            dense, lexical, timely = dense | more[0], lexical | more[1], {*more[0], *more[1]}
        found = {i: score + TIMELY * (i in timely) for i, score in fuse(dense, lexical).items()}
        return dict(sorted(found.items(), key=lambda scored: -scored[1]))

    def _searched(
        self, query: Query, vector: NDArray[np.float32], filters: Filters
    ) -> tuple[dict[int, float], dict[int, float]]:
        """What is found by meaning, and what by words."""
        near = self._nearest.find(vector, filters, CANDIDATES)
        passages = self.record.passages_of_vectors(list(near), filters)
        dense = {i: near[v] for v, ids in passages.items() for i in ids}
        asked = content_words(query.text)
        meant = [w for w in query.spelt.values() if w not in asked]
        lexical = self.record.find_words([*asked, *meant], filters, CANDIDATES)
        more = [w for w in dict.fromkeys([*expansions(asked), *query.also]) if w not in asked]
        for passage, score in self.record.find_words(more, filters, CANDIDATES).items():
            lexical[passage] = lexical.get(passage, 0.0) + 0.35 * score
        return dense, lexical

    def _tokens(self, texts: list[str]) -> list[TokenVectors]:
        with self._lock:
            held = {t: self._seen[t] for t in texts if t in self._seen}
        missing = [t for t in dict.fromkeys(texts) if t not in held]
        made = dict(zip(missing, self.embedder.tokens(missing), strict=True)) if missing else {}
        with self._lock:
            self._seen.update(made)
            while len(self._seen) > CACHED:
                self._seen.popitem(last=False)
        return [held.get(t) or made[t] for t in texts]


def fuse(dense: dict[int, float], lexical: dict[int, float]) -> dict[int, float]:
    """Both searches' scores as one: the sum of their z-scores, the worst of its list for what one missed."""
    fused: dict[int, float] = dict.fromkeys([*dense, *lexical], 0.0)
    for scores in (dense, lexical):
        if not scores:
            continue
        values = np.fromiter(scores.values(), np.float64)
        spread = float(values.std()) or 1.0
        low = float(values.min())
        for i in fused:
            fused[i] += (scores.get(i, low) - float(values.mean())) / spread
    return fused


def best_matches(question: Question, tokens: NDArray[np.float32], passage: PassageOnRecord) -> NDArray[np.float32]:
    """Each question token's best match among `tokens`, in [-1, 1].

    A word that names the passage's file, council or committee is matched by them: often the file's name is all
    that says which council's minutes these are.
    """
    best: NDArray[np.float32] = np.full(len(question.words), 0.0, np.float32)
    if len(tokens):
        best = (question.vectors @ tokens.T).max(axis=1)
    names = set(words(" ".join(filter(None, (passage.document, passage.council, passage.committee)))))
    stated = np.fromiter((word in names for word in question.words), bool, len(question.words))
    return np.where(stated, np.maximum(best, STATED), best)


def weighted(question: Question, best: NDArray[np.float32]) -> float:
    """The mean of the matches, each token weighing as much as its word is rare."""
    total = float(question.weights.sum())
    return float((best * question.weights).sum()) / total if total else 0.0


def _word_at(text: str, start: int, end: int) -> str:
    """The whole word that a piece of it, `text[start:end]`, belongs to; empty for the model's own marks."""
    if start == end:
        return ""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end].lower()


def _rarity(record: Record, word: str, total: int) -> float:
    if not re.search(r"\w", word):
        return 0.0
    if word in stop_words():
        return 0.15
    return math.log((total + 1) / (record.document_frequency(word) + 0.5)) / math.log(total + 1)
