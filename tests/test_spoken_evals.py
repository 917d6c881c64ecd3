"""Floors for who said what, with what force: below them a change does not land."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assistant.reading.comparer import open_comparer
from assistant.retrieve import Retriever
from corpus.records import Record
from corpus.weights import Embedder
from tests.evals.drafted import held
from tests.evals.spoken import is_known, promise_figures, scored

ALL = tomllib.loads((Path(__file__).parent / "evals" / "floors.toml").read_text("utf-8"))
FLOORS, PROMISES, DRAFTS = ALL["statements"], ALL["promises"], ALL["drafts"]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_speakers_and_forces_are_read_as_a_clerk_would(name: str) -> None:
    if name != "samples" and not is_known():
        pytest.skip("the real minutes in ../shared that the gold was marked in are not beside this checkout")
    read = list(scored(f"statements-{name}"))
    assert len(read) >= 80
    assert sum(speaker for _, _, speaker, _ in read) / len(read) >= FLOORS[name]["speaker"]
    assert sum(force for _, _, _, force in read) / len(read) >= FLOORS[name]["force"]


@pytest.mark.parametrize("name", sorted(PROMISES))
def test_promises_are_told_from_what_only_sounds_like_one(name: str) -> None:
    if name != "samples" and not is_known():
        pytest.skip("the real minutes in ../shared that the gold was marked in are not beside this checkout")
    figures = promise_figures(f"promises-{name}")
    assert figures["labels"] >= 120
    for figure, floor in PROMISES[name].items():
        assert figures[figure] >= floor, figure


def test_a_draft_is_held_against_the_record_as_an_officer_would(samples_record: Record, embedder: Embedder) -> None:
    """Every fifth draft over the samples: all of them take two minutes (`python -m tests.evals.drafted`)."""
    counts = held("drafts-samples", Retriever(samples_record, embedder), open_comparer("auto"), every=5)
    figures = counts.figures()
    assert counts.sentences >= 20
    assert figures.pop("differing called consistent") <= DRAFTS["differing called consistent"]
    for figure, value in figures.items():
        assert value >= DRAFTS[figure], figure
