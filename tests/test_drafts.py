"""A draft leaves the record for its own approved minutes, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import drafts
from corpus.records import Record
from corpus.weights import Embedder
from ingest.documents import make_document
from ingest.read import Supplied
from tests.helpers import onrecord, put_on_record
from tests.test_corrections import DRAFT, MAY, write


@pytest.fixture
def record(home: Path) -> Record:
    return Record(home)


def names(record: Record) -> set[str]:
    return {Path(path).name for path in record.known_sources()}


PAGE = """<html><head><title>Agenda for Cabinet on Thursday, 15th May, 2025 - Quillbeck Borough Council</title></head>
<body><div id="modgov"><h1 class="mgMainTitleTxt">{heading}</h1><div class="mgSubTitle">
<h2 class="mgSubTitleTxt">Cabinet - Thursday, 15th May, 2025 7.00 pm</h2></div><div class="mgContent"><table>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">1.</p></td><td><p class="mgAiTitleTxt">Parking</p>
<p class="mgSubItemTitleTxt">{label}:</p><p>The Head of Streets advised that £1.6 million had been set aside.</p>
</td></tr></table></div></div></body></html>"""


def test_a_source_that_turns_into_a_draft_is_not_superseded_by_itself(
    record: Record, embedder: Embedder, tmp_path: Path
) -> None:
    page = tmp_path / "m.html"
    page.write_text(PAGE.format(heading="Agenda and decisions", label="Decision"), "utf-8")
    assert put_on_record(record, embedder, page) == {"m.html": "add"}
    page.write_text(PAGE.format(heading="Agenda and draft minutes", label="Minutes"), "utf-8")
    assert put_on_record(record, embedder, page) == {"m.html": "replace"}
    assert names(record) == {"m.html"}


def test_a_draft_without_titled_items_stays_beside_an_items_page(
    record: Record, embedder: Embedder, tmp_path: Path
) -> None:
    head = DRAFT.partition("205.")[0]
    draft = head + "The Head of Streets reported that the bank would be finished in the autumn.\n"
    put_on_record(record, embedder, write(tmp_path, "draft.txt", draft))
    item = MAY.partition("205.")[0] + "207." + MAY.partition("207.")[2]
    put_on_record(record, embedder, write(tmp_path, "item.txt", item))
    assert names(record) == {"draft.txt", "item.txt"}


def test_an_agenda_is_no_final_minutes(record: Record, embedder: Embedder, tmp_path: Path) -> None:
    put_on_record(record, embedder, write(tmp_path, "draft.txt", DRAFT))
    agenda = write(
        tmp_path,
        "agenda.txt",
        MAY.partition("MINUTES")[0].rstrip()
        + "\n\nAGENDA for the meeting of the Cabinet to be held on Thursday, 15 May 2025.\n\n"
        "205. Apologies\n\nTo receive apologies for absence.\n\n"
        "206. Flood works at Nine Acre Meadow\n\nTo consider the report of the Head of Streets.\n\n"
        "207. Parking at Osier Lane\n\nTo receive the report of the Head of Streets.\n",
    )
    assert onrecord("ingest", agenda, "--any-document", "--home", record.home).status == 0
    assert names(record) == {"draft.txt", "agenda.txt"}
    assert put_on_record(record, embedder, tmp_path / "draft.txt") == {"draft.txt": "unchanged"}


@pytest.mark.parametrize("first", ["draft", "final"])
@pytest.mark.parametrize(
    ("council", "draft_kept"),
    [("", True), ("Thornwick Borough Council", True), ("QUILLBECK BOROUGH COUNCIL", False)],
)
def test_the_minutes_of_another_or_an_unknown_council_replace_no_draft(
    record: Record, embedder: Embedder, tmp_path: Path, first: str, council: str, draft_kept: bool
) -> None:
    files = {
        "draft": write(tmp_path, "draft.txt", DRAFT if council else DRAFT.replace("Quillbeck Borough Council\n", "")),
        "final": write(tmp_path, "final.txt", MAY.replace("Quillbeck Borough Council", council)),
    }
    for name in sorted(files, key=lambda name: name != first):
        put_on_record(record, embedder, files[name])
    assert ("draft.txt" in names(record)) == draft_kept
    assert "final.txt" in names(record)


def test_a_list_of_decisions_replaces_no_draft(record: Record, embedder: Embedder, tmp_path: Path) -> None:
    put_on_record(record, embedder, write(tmp_path, "draft.txt", DRAFT))
    decisions = MAY.partition("205.")[0] + "\n\n".join(
        f"{heading}\n\nRESOLVED that the report be noted."
        for heading in ("205. Apologies", "206. Flood works at Nine Acre Meadow", "207. Parking at Osier Lane")
    )
    put_on_record(record, embedder, write(tmp_path, "decisions.txt", decisions))
    assert names(record) == {"draft.txt", "decisions.txt"}


def test_minutes_of_other_items_replace_no_draft(record: Record, embedder: Embedder, tmp_path: Path) -> None:
    put_on_record(record, embedder, write(tmp_path, "draft.txt", DRAFT))
    other = MAY.replace("Flood works at Nine Acre Meadow", "A lease").replace("Parking at Osier Lane", "Grit bins")
    put_on_record(record, embedder, write(tmp_path, "other.txt", other))
    assert names(record) == {"draft.txt", "other.txt"}
    put_on_record(record, embedder, write(tmp_path, "final.txt", MAY))
    assert names(record) == {"other.txt", "final.txt"}


def test_a_draft_of_two_meetings_waits_for_the_minutes_of_both() -> None:
    may, june, draft = (
        make_document("m.txt", words.encode(), Supplied())
        for words in (MAY, MAY.replace("15 May 2025", "12 June 2025"), DRAFT)
    )
    second = replace(draft.meetings[0], date=june.meetings[0].date)
    both = replace(draft, meetings=(*draft.meetings, second))
    assert drafts.replaces(may, draft)
    assert not drafts.replaces(may, both)
    assert drafts.replaces(replace(may, meetings=(*may.meetings, *june.meetings)), both)
