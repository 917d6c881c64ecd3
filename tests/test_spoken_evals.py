"""Floors for who said what, with what force: below them a change does not land."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.evals.spoken import is_known, scored

FLOORS = tomllib.loads((Path(__file__).parent / "evals" / "floors.toml").read_text("utf-8"))["statements"]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_speakers_and_forces_are_read_as_a_clerk_would(name: str) -> None:
    if name != "samples" and not is_known():
        pytest.skip("the real minutes in ../shared that the gold was marked in are not beside this checkout")
    read = list(scored(f"statements-{name}"))
    assert len(read) >= 80
    assert sum(speaker for _, _, speaker, _ in read) / len(read) >= FLOORS[name]["speaker"]
    assert sum(force for _, _, _, force in read) / len(read) >= FLOORS[name]["force"]
