"""Questions after several things: each council asked about has its share, and how things went is told by meeting."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.config import Settings
from assistant.pieces import gather
from assistant.query import understand
from assistant.retrieve import Retriever
from corpus.records import Filters, Record
from corpus.weights import Embedder
from tests.examples import write
from tests.helpers import put_on_record

SAID = {
    "Quillbeck District Council": "The Head of Streets reported that 214 lamps had been dark on the first of March.",
    "Osierham Town Council": "Members heard that the town had 31 lamps that did not work, most of them in Mill Lane.",
    "Tolleford Parish Council": "The Clerk had bought a new bench for the green. Thanks were given to the donor.",
}


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Record:
    folder = tmp_path_factory.mktemp("councils")
    record = Record(folder / "home")
    for number, (council, words) in enumerate(SAID.items()):
        path = folder / f"minutes-{number}.md"
        date = f"{number + 3} March 2021"
        path.write_text(f"# {council}\n\n## Minutes of the meeting held on {date}\n\n### 4. Lighting\n\n{words}\n")
        put_on_record(record, embedder, path, council=council)
    return record


def asked(record: Record, embedder: Embedder, question: str) -> tuple[list[str | None], list[str]]:
    query = understand(question, [], Filters(), record)
    _, found, pieces = gather(query, Retriever(record, embedder))
    return [f.passage.council for f in found], [p.name for p in pieces if p.named]


def test_councils_named_together_are_each_searched(councils: Record, embedder: Embedder) -> None:
    found, named = asked(councils, embedder, "how many street lights were out in Quillbeck and in Osierham?")
    assert sorted(named) == ["Osierham Town Council", "Quillbeck District Council"]
    assert set(found[:2]) == set(named)
    assert "Tolleford Parish Council" not in found


def test_one_council_alone_is_no_comparison(councils: Record, embedder: Embedder) -> None:
    _, named = asked(councils, embedder, "how many street lights were out in Quillbeck?")
    assert named == []


def test_a_comparison_quotes_each_council_and_says_which_has_nothing(councils: Record) -> None:
    assistant = Assistant(Settings(home=councils.home), councils)
    answer = assistant.ask("How many lamps were not working in Quillbeck, Osierham and Tolleford?")
    assert answer.outcome == "answered"
    assert {c.council for c in answer.citations} == {"Quillbeck District Council", "Osierham Town Council"}
    assert "Tolleford Parish Council" in str(answer.notice)


def test_the_same_is_asked_of_another_council(councils: Record) -> None:
    before = "How many street lights were not working in Quillbeck District Council?"
    query = understand("And in Osierham?", [before], Filters(), councils)
    assert query.filters.council == "Osierham Town Council"
    assert "Quillbeck" not in query.text
    assert before.rstrip("?") in query.standalone  # what it was asked after is told as it was asked
    answer = Assistant(Settings(home=councils.home), councils).ask("And in Osierham?", [before])
    assert "31 lamps" in answer.answer


def test_how_a_thing_changed_is_asked_of_each_meeting(samples_record: Record, embedder: Embedder) -> None:
    query = understand("how has the share of plans issued on time changed?", [], Filters(), samples_record)
    _, found, pieces = gather(query, Retriever(samples_record, embedder))
    assert len(pieces) > 2
    assert not any(p.named for p in pieces)
    assert {i for p in pieces for i in p.passages} == {f.passage.id for f in found}


def test_a_file_named_after_a_year_or_the_word_minutes_names_no_place(
    home: Path, embedder: Embedder, tmp_path: Path
) -> None:
    record = Record(home)
    said = {"2016-minutes.md": "The bench was painted.", "minutes-june.md": "The rate rose by 2% in 2016."}
    for name, words in said.items():
        put_on_record(record, embedder, write(tmp_path, name, f"## Minutes\n\n### 4. Matters\n\n{words}\n"))
    query = understand("what do the minutes say of the rate in 2016?", [], Filters(), record)
    _, found, _ = gather(query, Retriever(record, embedder))
    assert {one.passage.document for one in found} == set(said)
