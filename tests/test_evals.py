"""The floors: below these a change does not land. `make evals` prints the whole table."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.evals.cases import load_cases, real_pages_are_known
from tests.evals.run import Report, run

FLOORS = tomllib.loads((Path(__file__).parent / "evals" / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def report() -> Report:
    return run()


def test_there_are_enough_questions_of_every_sort() -> None:
    cases = load_cases()
    if not real_pages_are_known():
        pytest.skip("the real pages in ../shared are not beside this checkout; their questions are left out")
    assert len(cases) >= 80
    assert sum(not c.answerable for c in cases) >= 25
    assert sum(c.kind == "near_miss" for c in cases) >= 15
    assert {c.persona for c in cases} == {"councillor", "parent", "officer"}


def test_every_quotation_is_in_its_source_to_the_letter(report: Report) -> None:
    assert report.total.verbatim
    assert all(report.total.verbatim)


@pytest.mark.parametrize("name", sorted(FLOORS["all"]))
def test_no_figure_falls_below_its_floor(report: Report, name: str) -> None:
    if not real_pages_are_known():
        pytest.skip("the floors are of all questions, and the real pages in ../shared are not there")
    assert report.total.row()[name] >= FLOORS["all"][name]


def test_answers_stay_within_the_quoted_words(report: Report) -> None:
    assert max(report.total.words) <= 120
