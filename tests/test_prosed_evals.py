"""Floors for what becomes of a language model's sentences: below them a change does not land."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from assistant.reading.comparer import SUPPORTER, Comparer
from corpus.mpnet import is_installed
from corpus.records import Record
from corpus.weights import Embedder
from tests.evals.prosed import adversary, cases, files, weigh_case
from tests.helpers import put_on_record

FLOORS = tomllib.loads((Path(__file__).parent / "evals" / "floors.toml").read_text("utf-8"))["prose"]
pytestmark = pytest.mark.skipif(not is_installed(), reason="the reader's base is not installed: make test")


@pytest.fixture(scope="module", params=sorted(FLOORS))
def held(
    request: pytest.FixtureRequest, samples_record: Record, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Record]:
    """A set of sentences, and a record of the minutes that it is over."""
    if request.param == "dev":
        return "dev", samples_record
    found = files(request.param)
    if not found:
        pytest.skip("the real minutes in ../shared that the sentences were written over are not beside this checkout")
    record = Record(tmp_path_factory.mktemp("minutes"))
    put_on_record(record, embedder, *found)
    return request.param, record


@pytest.mark.slow
def test_of_200_mutations_nearly_all_are_caught(held: tuple[str, Record]) -> None:
    name, record = held
    caught, count = Counter[str](), Counter[str]()
    for kind, _, found in adversary(record, Comparer(weights=SUPPORTER), name):
        count[kind] += 1
        caught[kind] += found.reason is not None
    assert dict(count) == dict.fromkeys(("number", "name", "force", "wrong passage", "instruction"), 40)
    assert sum(caught.values()) / 200 >= FLOORS[name]["caught"], caught


@pytest.mark.slow
def test_sentences_that_the_record_bears_out_are_mostly_kept(held: tuple[str, Record]) -> None:
    name, record = held
    supporter, rows = Comparer(weights=SUPPORTER), cases(name)[::2]
    kept = [weigh_case(case, case["sentence"], record, supporter).reason is None for case in rows]
    assert len(kept) >= 70
    assert sum(kept) / len(kept) >= FLOORS[name]["kept"]
