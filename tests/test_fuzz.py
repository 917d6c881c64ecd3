"""Nothing from outside crashes it: a short run of `make fuzz`."""

from __future__ import annotations

import pytest

from tests.fuzzing import bounded, mutants


@pytest.mark.parametrize("seed", range(10))
def test_damaged_sources_give_a_document_or_a_plain_reason_and_soon(seed: int) -> None:
    outcomes = [bounded(suffix, data) for suffix, data in mutants(50, 1_000 + seed)]
    assert all(outcome.isprintable() for outcome in outcomes)


def test_the_damage_leaves_enough_whole_to_be_read() -> None:
    outcomes = [bounded(suffix, data) for suffix, data in mutants(40, 7)]
    assert "document" in outcomes
    assert len(set(outcomes)) > 3
