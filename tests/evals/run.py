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
from ingest.sources import find_sources
from tests.evals.cases import Case, load_cases, sources
from tests.evals.scores import Shown, Tally, score


@dataclass
class Report:
    """The tallies, and every case with its answer."""

    total: Tally = field(default_factory=Tally)
    groups: dict[str, Tally] = field(default_factory=dict)
    starter: Tally = field(default_factory=Tally)
    answers: list[tuple[Case, Answer]] = field(default_factory=list)


def open_record(home: Path, places: list[Path]) -> Assistant:
    """An assistant over a new record of some files and folders, set up as the environment says."""
    assistant = Assistant(Settings(home=home))
    steps = list(sync.plan(assistant.record, find_sources(places), Supplied()))
    with writing(home):
        sync.ingest(assistant.record, assistant.embedder, steps, 1_000, sync.Unwatched())
    assistant.warm()
    return assistant


def run(with_starter: bool = False, with_minutes: bool = False) -> Report:
    """Ask all cases, each of a fresh record of its source; and of the starter, if wanted."""
    report = Report()
    with tempfile.TemporaryDirectory() as scratch:
        for name, places in sources().items():
            cases = [case for case in load_cases(with_minutes) if case.source == name]
            if cases:
                _ask(report, open_record(Path(scratch) / name, places), cases)
            if cases and with_starter:
                _ask_starter(report, Path(scratch) / f"starter-{name}", places, cases)
    return report


def _ask(report: Report, assistant: Assistant, cases: list[Case]) -> None:
    for case in cases:
        begun = time.perf_counter()
        answer = assistant.ask(case.question, case.history, filters_of(case))
        seconds = time.perf_counter() - begun
        shown = [Shown(c.document, c.quote) for c in answer.citations]
        groups = (case.id.rsplit("-", 1)[0], case.persona, f"{case.source}: {case.kind}")
        for tally in (report.total, *(report.groups.setdefault(g, Tally()) for g in groups)):
            score(tally, case, answer.outcome, shown, seconds)
        report.answers.append((case, answer))


def _ask_starter(report: Report, home: Path, places: list[Path], cases: list[Case]) -> None:
    from tests.evals.starter import Starter

    starter = Starter(home, [p for p in find_sources(places) if p.suffix in (".md", ".txt")])
    for case in cases:
        begun = time.perf_counter()
        found = starter.ask(case)
        score(report.starter, case, "answered", found, time.perf_counter() - begun)


def filters_of(case: Case) -> Filters:
    """Where a case says to look."""

    def date(key: str) -> dt.date | None:
        value = case.filters.get(key)
        return dt.date.fromisoformat(value) if value else None

    return Filters(case.filters.get("council"), case.filters.get("committee"), date("from"), date("to"))
