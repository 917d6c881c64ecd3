"""Floors for what becomes of a language model's sentences: below them a change does not land."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from assistant.reading.comparer import Comparer
from corpus.mpnet import is_installed
from corpus.records import Record
from tests.evals.prosed import adversary, cases, weigh_case

FLOORS = tomllib.loads((Path(__file__).parent / "evals" / "floors.toml").read_text("utf-8"))["prose"]
pytestmark = pytest.mark.skipif(not is_installed(), reason="the reader's base is not installed: make test")


def test_of_200_mutations_nearly_all_are_caught(samples_record: Record) -> None:
    caught, count = Counter[str](), Counter[str]()
    for kind, _, found in adversary(samples_record, Comparer(), "test"):
        count[kind] += 1
        caught[kind] += found.reason is not None
    assert dict(count) == dict.fromkeys(("number", "name", "force", "wrong passage", "instruction"), 40)
    assert sum(caught.values()) / 200 >= FLOORS["caught"], caught


def test_sentences_that_the_record_bears_out_are_mostly_kept(samples_record: Record) -> None:
    comparer, rows = Comparer(), cases("test")
    kept = [weigh_case(case, case["sentence"], samples_record, comparer).reason is None for case in rows]
    assert sum(kept) / len(kept) >= FLOORS["kept"]
