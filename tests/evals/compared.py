"""Quotations and a language model's prose, asked the same questions: `make evals LLM=openai/MODEL`."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.llms import LanguageModel
from corpus.records import Filters
from tests.evals.cases import Case, load_cases, source_text, sources
from tests.evals.run import filters_of, open_record
from tests.evals.scores import Shown, Tally, plain, score

_NUMBERED = re.compile(r"\s*((?:\[\d+\])+)\s*")


@dataclass
class Way:
    """What one way of answering gave: the tally, how many answers were prose, and what was removed of how many."""

    tally: Tally = field(default_factory=Tally)
    in_prose: list[bool] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    supported: list[bool] = field(default_factory=list)
    answers: list[tuple[Case, Answer]] = field(default_factory=list)

    def add(self, case: Case, answer: Answer, seconds: float) -> None:
        """Count one answer."""
        shown = [Shown(c.document, c.quote) for c in answer.citations]
        score(self.tally, case, answer.outcome, shown, seconds)
        if answer.outcome == "answered":
            self.in_prose.append(answer.mode == "prose")
            self.removed.append(len(answer.removed))
        if answer.mode == "prose":
            self.supported += [_rests(numbers, shown) for _, numbers in shown_sentences(answer)]
        self.answers.append((case, answer))

    def row(self) -> dict[str, float]:
        """The means, by name."""
        found = {key: value for key, value in self.tally.row().items() if key != "words quoted"}
        refused = [value for values in self.tally.refused.values() for value in values]
        return {
            **{k: found[k] for k in ("evidence first", "essential covered", "precision") if k in found},
            "resting on a source": mean(self.supported) if self.supported else 1.0,
            "in prose": mean(self.in_prose) if self.in_prose else 0.0,
            "removed an answer": mean(self.removed) if self.removed else 0.0,
            "refused": mean(refused) if refused else 0.0,
            "seconds": found["seconds"],
            "p95": found["p95"],
        }


def shown_sentences(answer: Answer) -> list[tuple[str, list[int]]]:
    """The sentences of prose, each with the numbers behind it."""
    parts = _NUMBERED.split(answer.answer)
    return [
        (sentence, [int(n) for n in re.findall(r"\d+", numbers)])
        for sentence, numbers in zip(parts[::2], parts[1::2], strict=False)
    ]


def _rests(numbers: list[int], shown: list[Shown]) -> bool:
    """Whether a sentence has quotations, and all of them stand in their source files."""
    return bool(numbers) and all(plain(shown[n - 1].text) in plain(source_text(shown[n - 1].file)) for n in numbers)


def compare(model: LanguageModel) -> dict[str, Way]:
    """Every case asked twice, of one record: without the model, and with it."""
    ways = {"quotations": Way(), model.name: Way()}
    with tempfile.TemporaryDirectory() as scratch:
        for name, places in sources().items():
            mine = [case for case in load_cases() if case.source == name]
            if not mine:
                continue
            assistant = open_record(Path(scratch) / name, places)
            for case in mine:
                for way, writer in zip(ways.values(), (None, model), strict=True):
                    _ask(way, assistant, writer, case, filters_of(case))
                if sys.stderr.isatty():
                    print(f"\r{len(way.answers)} asked", end="", file=sys.stderr)
    return ways


def _ask(way: Way, assistant: Assistant, model: LanguageModel | None, case: Case, filters: Filters) -> None:
    assistant.model = model
    begun = time.perf_counter()
    answer = assistant.ask(case.question, case.history, filters)
    way.add(case, answer, time.perf_counter() - begun)


def table(ways: dict[str, Way]) -> str:
    """The figures of both, a line each."""
    rows = {name: way.row() for name, way in ways.items()}
    names = list(dict.fromkeys(key for row in rows.values() for key in row))
    lines = [f"{'':24}" + "".join(f"{name:>20}" for name in names)]
    lines += [
        f"{name:24}" + "".join(f"{row[key]:20.2f}" if key in row else f"{'':20}" for key in names)
        for name, row in rows.items()
    ]
    return "\n".join(lines)
