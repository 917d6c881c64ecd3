"""Asks every case and tallies: over all, by source, by persona and by kind."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.config import Settings
from corpus.changes import writing
from corpus.records import Filters
from ingest import sync
from ingest.read import Supplied
from tests.evals.cases import Case, load_cases, sources
from tests.evals.scores import Shown, Tally, score


@dataclass
class Report:
    """The tallies, and every case with its answer."""

    total: Tally = field(default_factory=Tally)
    groups: dict[str, Tally] = field(default_factory=dict)
    starter: Tally = field(default_factory=Tally)
    answers: list[tuple[Case, Answer]] = field(default_factory=list)


def open_record(home: Path) -> Assistant:
    """An assistant over a new record of all the sources."""
    assistant = Assistant(Settings(home=home))
    steps = list(sync.plan(assistant.record, sync.find_sources(sources()), Supplied()))
    with writing(home):
        sync.ingest(assistant.record, assistant.embedder, steps, 1_000, sync.Unwatched())
    assistant.warm()
    return assistant


def run(with_starter: bool = False) -> Report:
    """Ask all cases of a fresh record; and of the starter, if wanted."""
    report = Report()
    cases = load_cases()
    with tempfile.TemporaryDirectory() as folder:
        assistant = open_record(Path(folder) / "record")
        for case in cases:
            begun = time.perf_counter()
            answer = assistant.ask(case.question, case.history, _filters(case))
            seconds = time.perf_counter() - begun
            shown = [Shown(c.document, c.quote) for c in answer.citations]
            groups = (case.id.rsplit("-", 1)[0], case.persona, case.kind)
            for tally in (report.total, *(report.groups.setdefault(g, Tally()) for g in groups)):
                score(tally, case, answer.outcome, shown, seconds)
            report.answers.append((case, answer))
        if with_starter:
            from tests.evals.starter import Starter

            files = [p for p in sync.find_sources(sources()) if p.suffix in (".md", ".txt")]
            starter = Starter(Path(folder) / "starter", files)
            for case in cases:
                begun = time.perf_counter()
                found = starter.ask(case)
                score(report.starter, case, "answered", found, time.perf_counter() - begun)
    return report


def _filters(case: Case) -> Filters:
    def date(key: str) -> dt.date | None:
        value = case.filters.get(key)
        return dt.date.fromisoformat(value) if value else None

    return Filters(case.filters.get("council"), case.filters.get("committee"), date("from"), date("to"))
