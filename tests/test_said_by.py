"""Who said something: answered from the sentences recorded as people's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.config import Settings
from corpus.records import Record
from corpus.weights import Embedder
from tests.examples import write
from tests.helpers import onrecord, put_on_record

MINUTES = """# Quillbeck District Council

## Minutes of the Streets Panel held on 14 September 2023

### 4. Grit bins

Councillor Wragg asked why the grit bins in Harwell stood empty in December. The Head of Streets explained that the \
grit bins had been filled twice, and that the salt had been taken by night. Councillor Imber suggested that the grit \
bins be given locks. The Head of Streets undertook to price locks for the grit bins.
"""


@pytest.fixture(scope="module")
def quillbeck(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Assistant:
    folder = tmp_path_factory.mktemp("quillbeck")
    record = Record(folder / "home")
    put_on_record(record, embedder, write(folder, "minutes.md", MINUTES))
    return Assistant(Settings(home=record.home), record)


@pytest.mark.parametrize(
    ("question", "speaker", "force"),
    [
        ("who raised the empty grit bins?", "Councillor Wragg", "asked"),
        ("Who suggested locks for the grit bins?", "Councillor Imber", "wished"),
        ("who promised to price locks for grit bins?", "The Head of Streets", "committed"),
        ("who explained where the salt of the grit bins went?", "The Head of Streets", "stated"),
    ],
)
def test_who_said_it_is_whoever_the_record_gives_the_words_to(
    quillbeck: Assistant, question: str, speaker: str, force: str
) -> None:
    answer = quillbeck.ask(question)
    assert answer.outcome == "answered"
    first = answer.citations[0]
    assert (first.speaker, first.force) == (speaker, force)


def test_nobody_raised_what_is_not_on_record(quillbeck: Assistant) -> None:
    assert quillbeck.ask("who raised the swans of the boating lake?").refused


ROLES = """# Quillbeck District Council

## Minutes of the Roads Panel held on {day} {year}

PRESENT: Councillor A Imber (Chair)

IN ATTENDANCE: {holder} (Portfolio Holder for Roads)

### 4. Salt

The Portfolio Holder reported that {said}.
"""


def test_a_role_is_its_holder_where_the_minutes_list_who_holds_it_and_nowhere_else(
    quillbeck: Assistant, tmp_path: Path, embedder: Embedder
) -> None:
    held = ((2021, "Councillor D Wilby", "the salt had run out"), (2023, "Councillor E Odell", "it had come"))
    for year, holder, said in held:
        text = ROLES.format(day="14 September", year=year, holder=holder, said=said)
        put_on_record(quillbeck.record, embedder, write(tmp_path, f"{year}.md", text))
    found = onrecord("statements", "--speaker", "Cllr Wilby", "--home", quillbeck.record.home, "--json")
    assert [json.loads(line)["quote"] for line in found.out.splitlines()] == [
        "The Portfolio Holder reported that the salt had run out."
    ]
