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


@pytest.mark.parametrize(
    ("suffix", "piece"),
    [
        (".txt", "RESOLVED\n"),
        (".txt", "1. Apple\n"),
        (".txt", "“"),
        (".txt", "x"),
        (".txt", "Cllr A, "),
        (".txt", "a@b.co "),
        (".md", "<p "),
        (".md", "["),
        (".md", "*"),
        (".html", "<div>"),
        (".html", "<ol><li>a"),
        (".html", "<tr><td class=mgItemNumberCell>1<td><p class=mgAiTitleTxt>A"),
        (".xml", "<meeting>"),
    ],
)
def test_a_monster_is_read_or_refused_in_good_time(suffix: str, piece: str) -> None:
    # Ten times as much would take ten times as long, not a hundred times: the clock of `bounded` is the bound.
    assert bounded(suffix, (piece * (200_000 // len(piece))).encode()).isprintable()
