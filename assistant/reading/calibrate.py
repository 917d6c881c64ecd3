"""Fits assistant/evidence.toml: what a sentence's features are worth, and when a question counts as answered.

Two logistic models, on questions over documents that the reader was not trained on (`dev`): which sentence answers,
and whether the best one does. Questions without an answer are near misses as written, and every third question with
its own document taken out of what was found ("absent"). Thresholds are chosen on `dev`; `test` only reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assistant.evidence import Sentence, decisive, describe, judged_from, log_odds, weighed
from assistant.query import understand
from assistant.reading.questions import right_sentence
from assistant.reading.reader import Reader
from assistant.retrieve import Retriever
from corpus.records import Filters
from corpus.weights import TokenVectors

READ_ONLY = ("reader", "reader passage", "strongest")  # features that only a reader gives
REFUSED = 0.6  # the least share of near misses that must not be answered
RIGHT = 0.5  # the least share of shown passages that answer
CLEAR = 0.7  # from what probability on so many first passages answer, nothing cautions

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked: which sort it is, and every sentence looked at with its features and whether it answers."""

    file: str
    sort: str  # answerable, near miss or absent
    rows: tuple[tuple[Sentence, bool], ...]


Weighed = tuple[Weights, list[Asked]]  # questions, and what their features are taken to be worth


def ask(retriever: Retriever, reader: Reader | None, cases: Iterable[dict[str, Any]]) -> list[Asked]:
    """What the assistant sees for each question, before anything is weighed."""
    done: list[Asked] = []
    for number, case in enumerate(cases):
        query = understand(case["question"], (), Filters(), retriever.record)
        question, found = retriever.retrieve(query)
        others = [f for f in found if f.passage.document != case["file"]]
        sort = "answerable" if case["answerable"] else "near miss"
        for kept, name in ((found, sort), *(((others, "absent"),) if number % 3 == 0 and len(others) > 5 else ())):
            rows = []
            for sentence in describe(query, question, kept, reader):
                right = name == "answerable" and right_sentence(sentence.passage.text, sentence.span, case["quotes"])
                light = replace(sentence.found, tokens=TokenVectors(np.empty((0, 0), np.float32), ()))  # else megabytes
                rows.append((replace(sentence, found=light), right))
            done.append(Asked(case["file"], name, tuple(rows)))
    return done


def fit(asked: list[Asked], without: tuple[str, ...] = ()) -> dict[str, dict[str, float]]:
    """The weights of both models: {"sentence": …, "decision": …}, features named in `without` left out."""
    # An answerable question whose answer was not found teaches nothing about which sentence answers.
    useful = [a for a in asked if a.sort != "answerable" or any(right for _, right in a.rows)]
    sentence = logistic([(s.described, right) for a in useful for s, right in a.rows], without)
    ranked = ((judged_from(sentence, [s for s, _ in a.rows]), a.sort == "answerable") for a in asked)
    decided = [(decisive(judged), answerable) for judged, answerable in ranked if judged]
    return {"sentence": sentence, "decision": logistic(decided, without)}


def logistic(rows: Sequence[tuple[Mapping[str, float], bool]], without: tuple[str, ...]) -> dict[str, float]:
    """A logistic model's weights by feature, and its bias."""
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for described, _ in rows for name in described if name not in without})
    x = np.array([[described.get(name, 0.0) for name in names] for described, _ in rows])
    y = np.array([right for _, right in rows])
    middle, spread = x.mean(0), x.std(0) + 1e-6
    model = LogisticRegression(C=0.1, max_iter=3_000).fit((x - middle) / spread, y)
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (slopes * middle).sum())
    return {"bias": bias, **{n: float(w) for n, w in zip(names, slopes, strict=True)}}


def judged(weights: Weights, asked: Asked) -> tuple[list[tuple[Sentence, bool]], float]:
    """The sentences as these weights rank them, each with whether it answers, and the probability that one does."""
    right = {(s.found.passage.id, s.span) for s, answers in asked.rows if answers}
    ranked, probability = weighed(weights, (s for s, _ in asked.rows))
    return [(s, (s.found.passage.id, s.span) in right) for s in ranked], probability


def crossed(asked: list[Asked], without: tuple[str, ...] = ()) -> list[Weighed]:
    """Each half of the files with weights fitted on the other."""
    files = sorted({a.file for a in asked})
    halves = [[a for a in asked if files.index(a.file) % 2 == half] for half in (0, 1)]
    return [(fit(halves[1], without), halves[0]), (fit(halves[0], without), halves[1])]


def probabilities(parts: Sequence[Weighed]) -> dict[str, list[float]]:
    """The probability that something answers, for the questions of each sort."""
    found: dict[str, list[float]] = {"answerable": [], "near miss": [], "absent": []}
    for weights, asked in parts:
        for one in asked:
            found[one.sort].append(judged(weights, one)[1])
    return found


def limits(halves: Sequence[Weighed]) -> dict[str, float]:
    """The thresholds of compose.py and quote.py; what each means stands in evidence.toml.

    They are chosen on questions with weights that were fitted on others: on their own, all look surer than they are.
    """
    answered = float(np.quantile(probabilities(halves)["near miss"], REFUSED))
    everyone = [(weights, a) for weights, asked in halves for a in asked]
    weighed_all = [judged(weights, a) for weights, a in everyone]
    firsts = [(p, bool(ranked) and ranked[0][1]) for ranked, p in weighed_all]
    clear = 0.99
    for least in np.arange(0.95, answered, -0.05):
        above = [right for probability, right in firsts if probability >= least]
        if above and np.mean(above) < CLEAR:
            break
        clear = float(least)
    answerable = [r for (r, _), (_, a) in zip(weighed_all, everyone, strict=True) if r and a.sort == "answerable"]
    behind = max((gap for gap in np.arange(0.0, 4.0, 0.25) if precision(answerable, gap) >= RIGHT), default=0.0)
    return {
        "answered": answered, "near": answered / 3, "clear": clear, "behind": float(behind),
        "newest": 0.3, "newest now": 1.5, "piece": 3.0,
    }  # fmt: skip


def precision(ranked: list[list[tuple[Sentence, bool]]], behind: float, most: int = 4) -> float:
    """The share of the passages shown that answer; shown are those at most `behind` (log odds) the best."""
    right = []
    for sentences in ranked:
        passages: dict[int, list[tuple[Sentence, bool]]] = {}
        for s, answers in sentences:
            passages.setdefault(s.found.passage.id, []).append((s, answers))
        best = log_odds(sentences[0][0].score)
        kept = [rows for rows in passages.values() if log_odds(rows[0][0].score) >= best - behind][:most]
        right += [any(answers for _, answers in rows) for rows in kept]
    return float(np.mean(right))


def curve(found: Mapping[str, list[float]]) -> str:
    """False refusals against refusals of near misses and of absent subjects, as a Markdown table."""
    lines = ["| answerable refused | near misses refused | absent refused | threshold |", "|---:|---:|---:|---:|"]
    for share in (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3):
        at = float(np.quantile(found["answerable"], share))
        near, absent = (float(np.mean(np.array(found[sort]) < at)) for sort in ("near miss", "absent"))
        lines.append(f"| {share:.2f} | {near:.2f} | {absent:.2f} | {at:.3f} |")
    return "\n".join(lines)


def table(rows: Mapping[str, Sequence[Weighed]]) -> str:
    """The answering sentence first and within five, and how well probabilities tell, as a Markdown table."""
    from sklearn.metrics import roc_auc_score

    lines = ["| | questions | first | in five | AUC near misses | AUC absent |", "|---|---:|---:|---:|---:|---:|"]
    for name, parts in rows.items():
        found = probabilities(parts)
        told = found["answerable"]
        areas = [
            roc_auc_score([True] * len(told) + [False] * len(found[sort]), told + found[sort])
            for sort in ("near miss", "absent")
        ]
        ranks = [
            [right for _, right in judged(weights, one)[0]]
            for weights, asked in parts
            for one in asked
            if one.sort == "answerable"
        ]
        first, five = (np.mean([any(r[:most]) for r in ranks]) for most in (1, 5))
        count = sum(len(asked) for _, asked in parts)
        lines.append(f"| {name} | {count} | {first:.2f} | {five:.2f} | {areas[0]:.2f} | {areas[1]:.2f} |")
    return "\n".join(lines)
