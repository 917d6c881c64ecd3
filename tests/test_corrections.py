"""Minutes put right by a later meeting say so wherever they are cited."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.compose import answer_text
from assistant.config import Settings
from corpus.records import Record
from corpus.weights import Embedder
from tests.helpers import onrecord, put_on_record, take_off_record

MAY = """Quillbeck Borough Council

CABINET

MINUTES of a meeting of the Cabinet held in the Corn Hall on Thursday, 15 May 2025.

205. Apologies

Apologies were received from Councillor Imber.

206. Flood works at Nine Acre Meadow

1. The Head of Streets reported that the bank would be finished in the autumn, and that its cost had risen to \
£1.4 million.

2. Councillor Thane asked whether the footpath would be open by then. The Head of Streets hoped that it would.

207. Parking at Osier Lane

The Head of Streets advised that £1.6 million had been set aside for car parks over ten years.
"""

JUNE = """Quillbeck Borough Council

CABINET

MINUTES of a meeting of the Cabinet held in the Corn Hall on Thursday, 12 June 2025.

214. Minutes of the Meeting held on 15 May 2025

RESOLVED that the minutes of the meeting held on 15 May 2025 be approved as a correct record and signed by the \
Chair, subject to the following amendment: {amendment}

215. Parking at Osier Lane

The Head of Streets confirmed that the car park would have 40 places.
"""
AMENDMENT = "in minute 206, paragraph 1, “£1.4 million” be replaced by “£1.04 million”."
QUESTION = "What will the bank at Nine Acre Meadow cost?"


@pytest.fixture
def record(home: Path) -> Record:
    return Record(home)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def cited(record: Record, question: str = QUESTION) -> Answer:
    return Assistant(Settings(home=record.home), record).ask(question)


def corrections(answer: Answer) -> list[str]:
    return [c.corrected_by.quote for c in (*answer.citations, *answer.nearest) if c.corrected_by]


@pytest.mark.parametrize("later_first", [False, True])
def test_a_citation_of_corrected_words_quotes_the_correction(
    record: Record, embedder: Embedder, tmp_path: Path, later_first: bool
) -> None:
    paths = [write(tmp_path, "may.txt", MAY), write(tmp_path, "june.txt", JUNE.format(amendment=AMENDMENT))]
    for path in reversed(paths) if later_first else paths:
        put_on_record(record, embedder, path)
    answer = cited(record)
    assert corrections(answer) == [AMENDMENT]
    wrong = next(c for c in (*answer.citations, *answer.nearest) if c.corrected_by)
    assert "£1.4 million" in wrong.quote
    assert "Corrected later: “in minute 206" in answer_text((wrong,))
    assert "12 June 2025" in answer_text((wrong,))


def test_the_correction_goes_when_its_minutes_go(record: Record, embedder: Embedder, tmp_path: Path) -> None:
    put_on_record(record, embedder, write(tmp_path, "may.txt", MAY))
    june = write(tmp_path, "june.txt", JUNE.format(amendment=AMENDMENT))
    put_on_record(record, embedder, june)
    take_off_record(record, june)
    assert corrections(cited(record)) == []


@pytest.mark.parametrize(
    "amendment",
    [
        "the spelling of members’ names be put right throughout the minutes.",
        "in minute 206, “£2.2 million” be replaced by “£2.02 million”.",
        "in minute 999, the third paragraph be struck out as not said.",
    ],
)
def test_a_correction_that_fits_no_passage_clearly_is_linked_to_none(
    record: Record, embedder: Embedder, tmp_path: Path, amendment: str
) -> None:
    put_on_record(record, embedder, write(tmp_path, "may.txt", MAY))
    put_on_record(record, embedder, write(tmp_path, "june.txt", JUNE.format(amendment=amendment)))
    assert corrections(cited(record)) == []


def test_minutes_already_put_right_are_not_called_wrong(record: Record, embedder: Embedder, tmp_path: Path) -> None:
    put_on_record(record, embedder, write(tmp_path, "may.txt", MAY.replace("£1.4 million", "£1.04 million")))
    put_on_record(record, embedder, write(tmp_path, "june.txt", JUNE.format(amendment=AMENDMENT)))
    assert corrections(cited(record)) == []


def test_another_bodys_meeting_of_the_same_day_is_left_alone(
    record: Record, embedder: Embedder, tmp_path: Path
) -> None:
    put_on_record(record, embedder, write(tmp_path, "audit.txt", MAY.replace("CABINET", "AUDIT COMMITTEE").replace(
        "the Cabinet", "the Audit Committee")))  # fmt: skip
    put_on_record(record, embedder, write(tmp_path, "june.txt", JUNE.format(amendment=AMENDMENT)))
    assert corrections(cited(record)) == []


def test_the_samples_show_a_correction(samples_record: Record) -> None:
    answer = cited(samples_record, "How many requests for assessment had been refused in the year to August 2023?")
    assert any("92 requests for assessment, and not 112" in words for words in corrections(answer))


DRAFT = "DRAFT MINUTES\n\n" + MAY


def test_approved_minutes_replace_their_draft(record: Record, embedder: Embedder, tmp_path: Path) -> None:
    draft = write(tmp_path, "may-draft.txt", DRAFT)
    assert put_on_record(record, embedder, draft) == {"may-draft.txt": "add"}
    final = write(tmp_path, "may.txt", MAY)
    plan = onrecord("ingest", final, "--dry-run", "--home", record.home)
    assert "instead of the draft may-draft.txt" in plan.out
    put_on_record(record, embedder, final)
    assert "may-draft.txt" not in onrecord("status", "--json", "--home", record.home).out
    assert put_on_record(record, embedder, draft) == {"may-draft.txt": "superseded"}


def test_a_draft_beside_its_approved_minutes_is_left_out_whichever_is_read_first(
    record: Record, embedder: Embedder, tmp_path: Path
) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    write(folder, "a-draft.txt", DRAFT)
    write(folder, "b-final.txt", MAY)
    write(folder, "c-draft.txt", DRAFT.replace("Councillor Imber", "Councillor Wragg"))
    done = put_on_record(record, embedder, folder)
    assert done == {"a-draft.txt": "superseded", "b-final.txt": "add", "c-draft.txt": "superseded"}
    told = onrecord("ingest", folder, "--home", record.home)
    assert told.status == 0
    assert "by the final minutes, b-final.txt" in told.out


def test_a_single_items_page_replaces_no_draft_of_the_meeting(
    record: Record, embedder: Embedder, tmp_path: Path
) -> None:
    put_on_record(record, embedder, write(tmp_path, "may-draft.txt", DRAFT))
    head, _, rest = MAY.partition("205.")
    item = write(tmp_path, "item.txt", head + "207." + rest.partition("207.")[2])
    assert put_on_record(record, embedder, item) == {"item.txt": "add"}
    assert "may-draft.txt" in onrecord("status", "--json", "--home", record.home).out
