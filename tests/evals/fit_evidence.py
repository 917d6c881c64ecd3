"""Fits assistant/evidence.toml on the training questions: python -m tests.evals.fit_evidence SHARED [QUESTIONS]

Prints the table and the weights. Questions are split by document: four fifths of the files are fitted on, one
fifth is reported on; the evals' own documents are not among them. Two sorts of question have no answer: near
misses as written, and every third question with its own document taken out of what was found ("absent").
About half a second a question on two cores; all 2,989 by default.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.evidence import describe
from assistant.query import Query
from assistant.retrieve import Found, Question, Retriever
from corpus import changes
from corpus.records import Filters, Record
from corpus.weights import Embedder
from ingest import sync
from ingest.read import Supplied

Features = dict[str, float]


@dataclass(frozen=True)
class Asked:
    """One question asked: which sort it is, and every sentence looked at, with whether it answers."""

    file: str
    sort: str  # answerable, near miss or absent
    rows: list[tuple[Features, bool]]


def plain(text: str) -> str:
    return " ".join(text.split()).lower()


def answers(sentence: str, quotes: list[str]) -> bool:
    mine = plain(sentence)
    return any(q in mine or (len(mine) > 30 and mine in q) for q in (plain(q) for q in quotes))


def ask(retriever: Retriever, cases: list[dict[str, Any]]) -> list[Asked]:
    done: list[Asked] = []
    for number, case in enumerate(cases):
        query = Query(case["question"], case["question"], "", Filters(), {}, True)
        question, found = retriever.retrieve(query)
        sort = "answerable" if case["answerable"] else "near miss"
        quotes = case["quotes"] if case["answerable"] else []
        done.append(Asked(case["file"], sort, _rows(query, question, found, quotes)))
        others = [f for f in found if f.passage.document != case["file"]]
        if number % 3 == 0 and len(others) > 5:
            done.append(Asked(case["file"], "absent", _rows(query, question, others, [])))
    return done


def _rows(query: Query, question: Question, found: list[Found], quotes: list[str]) -> list[tuple[Features, bool]]:
    return [
        (described, answers(candidate.passage.text[span.start : span.end], quotes))
        for candidate, span, described in describe(query, question, found)
    ]


def report(label: str, part: list[Asked], score: Callable[[Features], float]) -> None:
    tops: dict[str, list[float]] = {"answerable": [], "near miss": [], "absent": []}
    first, five = [], []
    for asked in part:
        ranked = sorted(asked.rows, key=lambda r: -score(r[0]))
        # What lacks the kind of thing asked for is never shown, so it decides nothing.
        tops[asked.sort].append(max((score(r) for r, _ in asked.rows if not r["no_kind"]), default=-9.0))
        if asked.sort == "answerable":
            first.append(bool(ranked) and ranked[0][1])
            five.append(any(right for _, right in ranked[:5]))
    line = f"{label}: first {np.mean(first):.3f}, in five {np.mean(five):.3f}"
    for sort in ("near miss", "absent"):
        known = [True] * len(tops["answerable"]) + [False] * len(tops[sort])
        line += f", AUC {sort} {roc_auc_score(known, tops['answerable'] + tops[sort]):.3f}"
    print(line)
    for sort, values in tops.items():
        shown = {round(t, 2): round(float(np.mean(1 / (1 + np.exp(-np.array(values))) >= t)), 2) for t in STEPS}
        print(f"  {sort}: share at or above each threshold {shown}")


STEPS = [0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25]


def main(shared: Path, count: int) -> None:
    lines = (shared / "training" / "minutes_questions.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    files = sorted({case["file"] for case in cases})
    random.Random(1).shuffle(files)
    held_out = set(files[: len(files) // 5])
    random.Random(2).shuffle(cases)
    with tempfile.TemporaryDirectory() as folder:
        record, embedder = Record(Path(folder)), Embedder()
        steps = list(sync.plan(record, [shared / "minutes" / "volume" / f for f in files], Supplied()))
        with changes.writing(record.home):
            sync.ingest(record, embedder, steps, 1_000, sync.Unwatched())
        asked = ask(Retriever(record, embedder), cases[:count])
    fitted_on = [a for a in asked if a.file not in held_out]
    held = [a for a in asked if a.file in held_out]
    names = sorted({name for a in asked for row, _ in a.rows for name in row})
    # An answerable question whose answer was not found teaches nothing about which sentence answers.
    useful = [a for a in fitted_on if a.sort != "answerable" or any(right for _, right in a.rows)]
    x = np.array([[row.get(n, 0.0) for n in names] for a in useful for row, _ in a.rows])
    y = np.array([right for a in useful for _, right in a.rows])
    middle, spread = x.mean(0), x.std(0) + 1e-6
    model = LogisticRegression(C=0.3, max_iter=3_000).fit((x - middle) / spread, y)
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (slopes * middle).sum())
    weights = dict(zip(names, slopes, strict=True))

    def score(row: Features) -> float:
        return bias + sum(float(weights.get(k, 0.0)) * v for k, v in row.items())

    report("fitted on", fitted_on, score)
    report("held out", held, score)
    print(f"bias = {bias:.3f}\n[weights]")
    print("\n".join(f"{name} = {weight:.3f}" for name, weight in weights.items() if abs(weight) >= 0.001))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
