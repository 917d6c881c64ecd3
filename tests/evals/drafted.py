"""How often a draft's sentence is held against the record as a careful officer would.

Gold stands in `speech/drafts-*.jsonl`: drafts of our own wording, each sentence with its label and the words on record
that it repeats or gets wrong. `dev` is what rules were made on; `test` is drafts over other minutes, of which only the
totals were looked at.

python -m tests.evals.drafted RECORD NAME...: the figures of these sets on a record
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.check import Checked, check
from assistant.reading.comparer import Comparer, open_comparer
from assistant.retrieve import Retriever
from corpus.records import Filters, Record
from corpus.weights import Embedder
from tests.evals.spoken import letters, lines, source


@dataclass
class Drafted:
    """What was counted, a sentence at a time."""

    sentences: int = 0
    labels: int = 0
    said: int = 0
    priors: int = 0
    differing: int = 0
    aspects: int = 0
    wrongly_consistent: int = 0

    def figures(self) -> dict[str, float]:
        """Labels right; where something was said before, the right statement shown; of the differences found, the
        aspect right; and how many that differ were called consistent.
        """
        return {
            "label": self.labels / self.sentences,
            "prior": self.priors / max(1, self.said),
            "aspect": self.aspects / max(1, self.differing),
            "differing called consistent": self.wrongly_consistent / self.sentences,
        }


def files(name: str) -> list[str]:
    """The minutes that a set of drafts is about."""
    return sorted({prior["file"] for draft in lines(name) for s in draft["sentences"] for prior in s["prior"]})


def count(counts: Drafted, gold: Iterable[dict[str, Any]], found: Iterable[Checked]) -> None:
    """Add a draft's sentences to what was counted."""
    by_words = {letters(one.sentence): one for one in found}
    for sentence in gold:
        words = letters(sentence["sentence"])
        one = by_words.get(words) or next((v for k, v in by_words.items() if words in k or k in words), None)
        assert one is not None, f"no sentence of the draft is {sentence['sentence']}"
        counts.sentences += 1
        counts.labels += one.label == sentence["label"]
        if sentence["prior"]:
            counts.said += 1
            counts.priors += any(_shows(one, prior) for prior in sentence["prior"])
        if sentence["label"] == "differs":
            counts.wrongly_consistent += one.label == "consistent"
            counts.differing += one.label == "differs"
            counts.aspects += one.label == "differs" and one.aspect == sentence["aspect"]


def _shows(one: Checked, prior: dict[str, Any]) -> bool:
    wanted = letters(prior.get("quote") or source(prior["file"])[prior["start"] : prior["end"]])[:60]
    return any(
        wanted in letters(by.passage) or letters(by.quote)[:60] in wanted
        for c in one.prior
        for by in filter(None, (c, c.corrected_by))
    )


def held(name: str, retriever: Retriever, comparer: Comparer | None, every: int = 1, within: bool = True) -> Drafted:
    """A set of drafts, or every so many of it, held against a record; `within` the council that each names."""
    counts = Drafted()
    for draft in lines(name)[::every]:
        filters = Filters(council=draft["council"], or_unstated=True) if within else Filters()
        count(counts, draft["sentences"], check(draft["draft"], retriever, comparer, filters))
    return counts


def main(home: Path, names: Iterable[str]) -> None:
    """Print the figures of these sets of drafts, held against the record in `home`."""
    retriever, comparer = Retriever(Record(home), Embedder()), open_comparer("auto")
    for name in names:
        for within in (True, False):
            figures = held(f"drafts-{name}", retriever, comparer, within=within).figures()
            told = ", ".join(f"{figure} {value:.2f}" for figure, value in figures.items())
            print(f"{name}{'' if within else ', of no named council'}: {told}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
