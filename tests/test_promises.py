"""Promises: in their exact words, with who, by when and what came of them, and nothing that is none."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.deadlines import deadline
from corpus.records import Record
from corpus.weights import Embedder
from tests.examples import write
from tests.helpers import onrecord, put_on_record, take_off_record

HELD = dt.date(2023, 9, 14)
FIRST = """# Quillbeck District Council

## Minutes of the Streets Panel held on 14 September 2023

### 4. Weir gate

Councillor Wragg asked that the weir gate be painted by Christmas. The Head of Streets undertook to install a new lock \
on the weir gate by the end of October 2023. She hoped that the stile would be mended too.

### 5. Winter service

The Head of Streets said that she would circulate the timetable of the grit lorries at the next meeting.

### 6. Eels

RESOLVED: That the Clerk write to the fishery about the eel ladder within six weeks.

RESOLVED: That the minutes be approved as a correct record.
"""
SECOND = """# Quillbeck District Council

## Minutes of the Streets Panel held on 30 November 2023

### 3. Weir gate

The Head of Streets reported that a new lock had been installed on the weir gate on 20 October.

### 4. Winter service

The timetable of the grit lorries had not been circulated.
"""


@pytest.fixture
def quillbeck(home: Path, embedder: Embedder, tmp_path: Path) -> Path:
    record = Record(home)
    for name, text in (("first.md", FIRST), ("second.md", SECOND)):
        put_on_record(record, embedder, write(tmp_path, name, text), council="Quillbeck District Council")
    return home


def listed(home: Path, *options: str | Path) -> list[dict[str, object]]:
    found = onrecord("promises", "--home", home, "--json", *options)
    assert found.status == 0, found.err
    return [json.loads(line) for line in found.out.splitlines()]


def test_what_was_taken_on_is_listed_and_what_was_only_asked_or_hoped_is_not(quillbeck: Path) -> None:
    lock, timetable, letter = listed(quillbeck)
    assert "install a new lock" in str(lock["quote"])
    assert (lock["who"], lock["kind"], lock["deadline_date"]) == ("The Head of Streets", "commitment", "2023-10-31")
    assert timetable["deadline_date"] == "2023-11-30", "the panel's next meeting is on record"
    assert (letter["who"], letter["kind"], letter["deadline_date"]) == (None, "resolution", "2023-10-26")


def test_what_came_of_it_is_quoted_from_later_minutes_and_never_called_broken(quillbeck: Path) -> None:
    lock, timetable, letter = listed(quillbeck)
    assert lock["what_came"] == "reported done"
    assert timetable["what_came"] == "mentioned later", "what had not been done is not reported done"
    assert (letter["what_came"], letter["since"], letter["later_meetings"]) == ("no later mention", "2023-09-14", 1)
    (overdue,) = listed(quillbeck, "--overdue")
    assert overdue["quote"] == letter["quote"]


def test_promises_are_found_by_person_and_subject_and_sorted(quillbeck: Path) -> None:
    assert len(listed(quillbeck, "--who", "Head of Streets")) == 2
    assert "grit lorries" in str(listed(quillbeck, "--about", "when do the gritters go out")[0]["quote"])
    assert [p["deadline_date"] for p in listed(quillbeck, "--sort", "deadline")] == [
        "2023-10-26",
        "2023-10-31",
        "2023-11-30",
    ]
    assert onrecord("promises", "--home", quillbeck, "--who", "Nobody Known").status == 2
    assert "No promise" in onrecord("promises", "--home", quillbeck, "--from", "2024-01-01").out


def test_exports_hold_every_promise_with_its_source(quillbeck: Path, tmp_path: Path) -> None:
    table, word = tmp_path / "promises.csv", tmp_path / "promises.docx"
    assert onrecord("promises", "--home", quillbeck, "--csv", table, "--word", word).status == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["deadline date"] for row in rows] == ["2023-10-31", "2023-11-30", "2023-10-26"]
    assert all(row["document"] == "first.md" and row["promise"] for row in rows)
    text = "\n".join(p.text for p in docx.Document(str(word)).paragraphs)
    assert "install a new lock" in text
    assert "Reported done: “The Head of Streets reported" in text
    assert onrecord("promises", "--home", quillbeck, "--csv", tmp_path / "none" / "x.csv").status == 2


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by the end of November 2023", "2023-11-30"),
        ("by 8 March", "2024-03-08"),
        ("before 8 March 2024", "2024-03-07"),
        ("within six weeks", "2023-10-26"),
        ("in the next two months", "2023-11-14"),
        ("to its February meeting", "2024-02-29"),
        ("by the end of the year", "2023-12-31"),
        ("in due course", None),
        ("at the next meeting", None),
        ("in early December", None),
    ],
)
def test_a_deadline_is_a_date_only_where_it_can_be_worked_out(words: str, day: str | None) -> None:
    found = deadline(f"She undertook to write to the fishery {words}.", HELD)
    assert found is not None
    assert (found.date and found.date.isoformat()) == day
    assert found.words in f"fishery {words}."


@given(st.text(max_size=80), st.dates())
def test_no_words_are_a_deadline_that_was_past_when_they_were_said(words: str, held: dt.date) -> None:
    found = deadline(f"by {words} 3 June 2021", held)
    assert found is None or found.date is None or found.date >= held


def test_a_note_is_a_persons_word_survives_re_ingest_and_says_when_the_words_are_gone(
    quillbeck: Path, embedder: Embedder, tmp_path: Path
) -> None:
    lock = listed(quillbeck)[0]
    assert lock["note"] is None
    added = onrecord(
        "note", str(lock["id"]), "Seen it myself", "--status", "done", "--by", "Ann Imber", "--home", quillbeck
    )
    assert added.status == 0, added.err
    noted = listed(quillbeck)[0]
    assert noted["what_came"] == lock["what_came"], "the record's own word is as it was"
    assert {k: v for k, v in noted["note"].items() if k != "at"} == {  # type: ignore[attr-defined]
        "status": "done",
        "words": "Seen it myself",
        "name": "Ann Imber",
    }
    # The same minutes, mended elsewhere, replace their document.
    record = Record(quillbeck)
    put_on_record(record, embedder, write(tmp_path, "first.md", FIRST.replace("the stile", "the old stile")))
    assert listed(quillbeck)[0]["note"] == noted["note"]
    assert "Note by Ann Imber" in onrecord("promises", "--home", quillbeck).out
    assert "no longer on record" not in onrecord("notes", "--home", quillbeck).out
    take_off_record(record, tmp_path / "first.md")
    assert "no longer on record" in onrecord("notes", "--home", quillbeck).out


@pytest.mark.parametrize(
    "wrong",
    [
        ["00000000", "words", "--by", "Ann"],
        ["ID", "--by", "Ann"],
        ["ID", "words"],
        ["ID", "--status", "kept", "--by", "A"],
    ],
)
def test_a_note_that_cannot_be_kept_is_told_in_one_sentence(quillbeck: Path, wrong: list[str]) -> None:
    first = str(listed(quillbeck)[0]["id"])
    found = onrecord("note", *[first if part == "ID" else part for part in wrong], "--home", quillbeck)
    assert (found.status, len(found.err.splitlines())) == (2, 1)
    assert onrecord("notes", "--home", quillbeck).out == ""
