"""Fits assistant/comparing.toml: what is worth what when a draft is held against the record.

python -m assistant.reading.calibrate_comparer SHARED RECORD

Two logistic models on sentences of drafts over minutes that the comparer was not trained on: which sentence on record
speaks of the same, and whether the two agree. The drafts of the evals' gold are other ones, over other minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.check import Near, agreement, near, quotation, ranked
from assistant.compose import cite
from assistant.differs import differences
from assistant.evidence import probability_of
from assistant.reading.calibrate import logistic
from assistant.reading.comparer import Comparer
from assistant.reading.questions import drafts, part, right_sentence
from assistant.retrieve import Retriever
from corpus.records import Filters, Record
from corpus.weights import Embedder

ASSISTANT = Path(__file__).parent.parent
SURE = {"comparer": 0.88, "alone": 0.7}  # the least share of sentences called consistent that are
CLOSE = 1.0  # log odds
# What tells which sentence speaks of the same. More features only fitted chance.
PRIOR = ("same", "sentence", "values", "then")
ABOUT = 0.01  # of sentences: thresholds under which so many fewer are right are about as good
LIMITS = {
    "said": "from this probability on a sentence on record speaks of the same",
    "close": "how far (log odds) another meeting's statement may be behind, to be shown too",
    "consistent": "from this probability on a draft agrees with it",
}

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence of a draft held against the record: its label, what was near, and which of that is right."""

    text: str
    label: str
    near: tuple[Near, ...]
    right: tuple[bool, ...]
    agreement: tuple[Mapping[str, float], ...]  # of each that is near


def hold(retriever: Retriever, comparer: Comparer | None, cases: Iterable[dict[str, Any]]) -> list[Held]:
    """What a check sees of each sentence, before anything is weighed."""
    done = []
    for case in cases:
        found = near(case["question"], retriever, comparer, Filters())
        right, agree = [], []
        for one in found:
            passage, span = one.sentence.passage, one.sentence.span
            own = passage.document == case["file"] and case["answerable"]
            right.append(own and right_sentence(passage.text, span, case["quotes"]))
            (cited,) = cite([quotation(one.sentence)], retriever.record)
            agree.append(agreement(case["question"], one, cited, differences(case["question"], cited)))
        done.append(Held(case["question"], case["label"], tuple(found), tuple(right), tuple(agree)))
    return done


def fit(held: Sequence[Held]) -> dict[str, dict[str, float]]:
    """The weights of both models."""
    found = [(n.described, r) for h in held if not _lost(h) for n, r in zip(h.near, h.right, strict=True)]
    prior = logistic([({k: v for k, v in known.items() if k in PRIOR}, right) for known, right in found], ())
    agreed = [
        (known, h.label == "consistent")
        for h in held
        for known, right in zip(h.agreement, h.right, strict=True)
        if right
    ]
    return {"prior": prior, "agrees": logistic(agreed, ())}


def _lost(held: Held) -> bool:
    # What was said, and not found, teaches nothing about which sentence it is.
    return held.label != "no_prior_statement" and not any(held.right)


def limits(parts: Sequence[tuple[Weights, Sequence[Held]]], least: float) -> dict[str, float]:
    """The thresholds: as many sentences right as can be, of those called consistent at least so many.

    Of about as good ones, the lowest: drafts are often further from the record's words than these were written.
    """
    told = [(h.label, *_told(weights, h)) for weights, held in parts for h in held]
    best, chosen = 0.0, (0.5, 0.5)
    for said in 1 / (1 + np.exp(-np.arange(-7.0, 3.0, 0.25))):
        for consistent in np.arange(0.3, 0.95, 0.025):
            labels = [(gold, _label(same, agrees, said, consistent)) for gold, same, agrees in told]
            share = float(np.mean([gold == label for gold, label in labels]))
            sure = [gold == label for gold, label in labels if label == "consistent"]
            if share > best + ABOUT * (said > chosen[0]) and sure and np.mean(sure) >= least:
                best, chosen = share, (float(said), float(consistent))
    return {"said": chosen[0], "close": CLOSE, "consistent": chosen[1]}


def _told(weights: Weights, held: Held) -> tuple[float, float]:
    first = next(iter(ranked(held.near, weights)), None)
    if first is None:
        return 0.0, 0.0
    at = next(i for i, one in enumerate(held.near) if one.sentence is first.sentence)
    return first.same, probability_of(weights["agrees"], held.agreement[at])


def _label(same: float, agrees: float, said: float, consistent: float) -> str:
    return "no_prior_statement" if same < said else "consistent" if agrees >= consistent else "differs"


def crossed(held: Sequence[Held]) -> list[tuple[Weights, Sequence[Held]]]:
    """Each half with weights fitted on the other."""
    halves = [held[0::2], held[1::2]]
    return [(fit(halves[1]), halves[0]), (fit(halves[0]), halves[1])]


def report(parts: Sequence[tuple[Weights, Sequence[Held]]], chosen: Mapping[str, float]) -> str:
    """How many are right, in a line."""
    rows = [(h, *_told(weights, h), ranked(h.near, weights)) for weights, held in parts for h in held]
    labels = [(h.label, _label(s, a, chosen["said"], chosen["consistent"])) for h, s, a, _ in rows]
    first = [
        h.right[next(i for i, one in enumerate(h.near) if one.sentence is r[0].sentence)]
        for h, _, _, r in rows
        if h.label != "no_prior_statement" and r
    ]
    sure = [gold == label for gold, label in labels if label == "consistent"]
    right = np.mean([gold == label for gold, label in labels])
    return f"{len(rows)} sentences: label {right:.2f}, prior first {np.mean(first):.2f}, sure {np.mean(sure):.2f}"


def write(profiles: Mapping[str, Sequence[Held]]) -> None:
    """Fit each profile, choose its thresholds on halves fitted on each other, and write comparing.toml."""
    lines = ["# Written by assistant/reading/calibrate_comparer.py: what is worth what, with a comparer and without."]
    for name, held in profiles.items():
        parts = crossed(held)
        chosen = limits(parts, SURE[name])
        print(name, report(parts, chosen), chosen)
        lines.append(f"\n[{name}.limits]")
        lines += [f"{key} = {value:.4f}  # {LIMITS[key]}" for key, value in chosen.items()]
        for model, weights in fit(held).items():
            lines.append(f"\n[{name}.{model}]")
            lines += [f'"{key}" = {value:.4f}' for key, value in weights.items()]
    (ASSISTANT / "comparing.toml").write_text("\n".join(lines) + "\n")


def main(shared: Path, home: Path) -> None:
    """Hold the drafts that were kept back against the record, with the comparer and without, and write."""
    retriever = Retriever(Record(home), Embedder())
    cases = [case for case in drafts(shared) if part(case["file"]) != "train"]
    write({"comparer": hold(retriever, Comparer(), cases), "alone": hold(retriever, None, cases)})


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
