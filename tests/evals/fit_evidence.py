"""Fits assistant/evidence.toml on the training questions: python -m tests.evals.fit_evidence SHARED_FOLDER

Questions are split by document: four fifths of the files are fitted on, one fifth is reported on.
The evals' own documents are not among them. Takes about ten minutes on two cores.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.evidence import READ, features, kind_asked
from assistant.query import Query
from assistant.retrieve import Retriever
from corpus import changes
from corpus.records import Filters, Record
from corpus.sentences import sentences
from corpus.weights import Embedder
from ingest import sync
from ingest.read import Supplied


def plain(text: str) -> str:
    return " ".join(text.split()).lower()


def overlaps(sentence: str, quotes: list[str]) -> bool:
    mine = plain(sentence)
    return any(q in mine or (len(mine) > 30 and mine in q) for q in (plain(q) for q in quotes))


def described(retriever: Retriever, case: dict) -> list[tuple[dict[str, float], bool]]:
    query = Query(case["question"], case["question"], "", Filters(), {}, True)
    question, found = retriever.retrieve(query)
    quotes = case["quotes"] if case["answerable"] else []
    asked = kind_asked(query)
    rows = []
    for rank, candidate in enumerate(found[:READ]):
        for span in sentences(candidate.passage.text):
            row = features(question, found, candidate, rank, span, asked)
            rows.append((row, overlaps(candidate.passage.text[span.start : span.end], quotes)))
    return rows


def table(cases: list[list[tuple[dict[str, float], bool]]], answerable: list[bool], score) -> dict[str, float]:
    tops, first, five, count = [], 0, 0, 0
    for rows, can in zip(cases, answerable, strict=True):
        ranked = sorted(rows, key=lambda r: -score(r[0]))
        tops.append(score(ranked[0][0]) if ranked else -99.0)
        if can:
            count += 1
            first += bool(ranked and ranked[0][1])
            five += any(right for _, right in ranked[:5])
    return {"first": first / count, "in five": five / count, "auc": float(roc_auc_score(answerable, tops))}


def main(shared: Path) -> None:
    lines = (shared / "training" / "minutes_questions.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    files = sorted({case["file"] for case in cases})
    random.Random(1).shuffle(files)
    held_out = set(files[: len(files) // 5])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        record, embedder = Record(home), Embedder()
        steps = list(sync.plan(record, [shared / "minutes" / "volume" / f for f in files], Supplied()))
        with changes.writing(home):
            sync.ingest(record, embedder, steps, 1_000, sync.Unwatched())
        retriever = Retriever(record, embedder)
        rows = [described(retriever, case) for case in cases]
    import os, pickle

    if os.environ.get("ROWS"):
        pickle.dump((cases, rows, sorted(held_out)), open(os.environ["ROWS"], "wb"))
    fit_on = [i for i, case in enumerate(cases) if case["file"] not in held_out]
    report_on = [i for i, case in enumerate(cases) if case["file"] in held_out]
    names = sorted({name for case in rows for row, _ in case for name in row})
    # A question whose gold was not found teaches nothing about which sentence answers.
    useful = [i for i in fit_on if not cases[i]["answerable"] or any(right for _, right in rows[i])]
    x = np.array([[row.get(n, 0.0) for n in names] for i in useful for row, _ in rows[i]])
    y = np.array([right for i in useful for _, right in rows[i]])
    model = LogisticRegression(C=0.3, max_iter=3_000).fit(x, y)
    weights = dict(zip(names, model.coef_[0], strict=True))

    def fitted(row: dict[str, float]) -> float:
        return float(model.intercept_[0] + sum(weights.get(k, 0.0) * v for k, v in row.items()))

    for label, part in (("fitted on", fit_on), ("held out", report_on)):
        can = [cases[i]["answerable"] for i in part]
        for name, score in (("late interaction", lambda r: r["sentence"] + r["passage"]), ("fitted", fitted)):
            print(label, name, {k: round(v, 3) for k, v in table([rows[i] for i in part], can, score).items()})
    tops = sorted(max((fitted(r) for r, _ in rows[i]), default=-99.0) for i in report_on)
    print(
        "held-out best scores, deciles:",
        [round(float(q), 2) for q in np.quantile(tops, np.linspace(0.1, 0.9, 9))],
    )
    print(f"bias = {model.intercept_[0]:.3f}\n[weights]")
    print("\n".join(f"{name} = {weight:.3f}" for name, weight in weights.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
