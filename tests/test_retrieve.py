"""What is brought to be read: of like passages, those of the time that a question names come first."""

from __future__ import annotations

import pytest

from assistant.query import understand
from assistant.retrieve import Retriever
from corpus.errors import UserError
from corpus.records import Filters, Record
from corpus.weights import BASE, Embedder
from tests.helpers import put_on_record

YEARS = range(2008, 2020)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Record:
    """The same thing is reported in every year, with another figure."""
    folder = tmp_path_factory.mktemp("years")
    record = Record(folder / "home")
    for year in YEARS:
        path = folder / f"{year}.md"
        path.write_text(
            f"# Quillbeck District Council\n\n## Minutes of the meeting held on 4 May {year}\n\n### 3. Lighting\n\n"
            f"The Clerk reported that {year % 100 * 7} lamps had been dark, most of them in Mill Lane.\n"
        )
        put_on_record(record, embedder, path)
    return record


@pytest.mark.parametrize("year", YEARS)
def test_the_minutes_of_the_year_named_come_first(record: Record, embedder: Embedder, year: int) -> None:
    query = understand(f"how many street lights were out in {year}?", [], Filters(), record)
    assert query.filters == Filters()  # nothing is left out for it
    retriever = Retriever(record, embedder)
    (likeliest,) = record.passages(list(retriever.fused(query))[:1])
    assert str(year) in str(likeliest.date)
    _, found = retriever.retrieve(query)
    assert str(year) in str(found[0].passage.date)
    assert {f.passage.date.year for f in found if f.passage.date} == {*YEARS}


def test_where_a_time_is_named_little_of_it_is_found_among_much_of_other_times(
    record: Record, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.retrieve.CANDIDATES", 1)  # as if each year said it hundreds of times
    query = understand("how many street lights were out in 2011?", [], Filters(), record)
    found = record.passages(list(Retriever(record, embedder).fused(query)))
    assert "2011" in {str(p.date)[:4] for p in found}
    elsewhere = understand("how many street lights were out?", [], Filters(), record)
    assert len(list(Retriever(record, embedder).fused(elsewhere))) <= 2


def test_a_record_of_another_model_is_not_searched(record: Record) -> None:
    query = understand("how many street lights were out?", [], Filters(), record)
    with pytest.raises(UserError, match="onrecord reindex"):
        Retriever(record, Embedder(BASE)).retrieve(query)
