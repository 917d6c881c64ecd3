"""Minutes put right by a later meeting say so wherever they are cited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.compose import answer_text
from assistant.config import Settings
from corpus.models import Item, Passage
from corpus.records import Record
from corpus.weights import Embedder
from ingest.corrections import with_corrections
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


def clauses(words: str, title: str = "Minutes of the Meeting held on 15 May 2025") -> list[str]:
    """The corrections that are read from a passage of an item so titled."""
    item = Item("214", title, (Passage(0, len(words), "discussion"),))
    return [words[c.start : c.end] for c in with_corrections(words, item).corrections]


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        (
            "subject to an amendment to minute 2 where the cost of the bridge should read “£1.04 million” and not "
            "“£1.4 million”.",
            "to minute 2 where the cost of the bridge should read “£1.04 million” and not “£1.4 million”.",
        ),
        (
            "subject to the following amendments to them: (a) “£1.4 million” to be replaced by “£1.04 million”; and "
            "(b) the words “at the Corn Hall; by noon” to be replaced by “at\nthe Mill; by one”",
            "“£1.4 million” to be replaced by “£1.04 million”",
        ),
        ("with the following corrections - page 3, the cost to read £1.04 million. The Chair then signed them.",
         "page 3, the cost to read £1.04 million."),
        ("that, with the following amendment – minute 12 to read “by noon” – the minutes be approved.",
         "minute 12 to read “by noon”"),
    ],
)  # fmt: skip
def test_a_correction_is_quoted_whole_and_alone(said: str, quoted: str) -> None:
    assert clauses(f"RESOLVED that the minutes be approved, {said}")[0] == quoted


def test_a_quotation_is_never_cut() -> None:
    words = (
        "AGREED that the minutes be approved subject to the following amendment: the words “at the Corn Hall; by "
        "noon.\nNo dogs” to be replaced by “at the Mill”; minute 3 to read “ten” and not “two"
    )
    assert clauses(words) == ["the words “at the Corn Hall; by noon.\nNo dogs” to be replaced by “at the Mill”"]


_PIECES = [
    "£1.04 million", "12,500", "63%", "10.30 am", "12/05/2025", "“£1.4 million”", "“a; b\nc. D”", "minute 2", ":", ";",
    ".", ",", " – ", "\n", "(a)", "and", "should read", "and not", "be replaced by", "to read",
    "subject to the amendment", "with the following corrections", "corrections to the minutes", "the bridge at",
    "Osier Lane", "agreed", "‘the Council’s’",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from([" ", " ", " ", ""])), min_size=5, max_size=30))
def test_a_correction_is_a_trimmed_slice_and_tears_no_word_or_figure(pieces: list[tuple[str, str]]) -> None:
    words = "It was agreed that " + "".join(piece + gap for piece, gap in pieces)
    item = Item("1", "Minutes", (Passage(0, len(words), "discussion"),))
    for found in with_corrections(words, item).corrections:
        said = words[found.start : found.end]
        assert said == said.strip() != ""
        for at in (found.start, found.end):
            around = words[max(0, at - 2) : at], words[at : at + 2]
            assert not (around[0][-1:].isalnum() and around[1][:1].isalnum()), words
            assert not re.search(r"\d$", around[0]) or not re.match(r"[.,/]\d|%", around[1]), words
            assert not re.search(r"(?:\d[.,/]|£)$", around[0]) or not re.match(r"\d", around[1]), words


CHANGE = "“£1.4 million” in minute 206, paragraph 1, be replaced by “£1.04 million”"


@pytest.mark.parametrize(
    "said",
    [
        f"Councillor Thane moved that the minutes be approved, subject to the following amendment: {CHANGE}. "
        "The amendment was put to the vote and LOST.",
        f"RESOLVED that the minutes be signed. An amendment that in the minutes {CHANGE} fell.",
        f"Councillor Imber asked that in the minutes {CHANGE}. The Chair refused.",
        f"Councillor Imber asked that in the minutes {CHANGE}. This was not agreed, and the minutes were signed.",
        f"Councillor Imber asked that in the minutes {CHANGE}, but the Chairman declined. The minutes were approved.",
        f"Councillor Imber asked that in the minutes {CHANGE}. The minutes were approved as circulated.",
        f"Councillor Imber asked that in the minutes {CHANGE}. The Chair said that she would look at it.",
        f"It was proposed by Councillor Imber and seconded by Councillor Thane that in the minutes {CHANGE}.",
        f"Councillor Thane moved that the minutes be approved and signed subject to the amendment: {CHANGE}.",
    ],
)
def test_what_was_refused_or_only_asked_for_corrects_nothing(said: str) -> None:
    assert clauses(said) == []


@pytest.mark.parametrize(
    "said",
    [
        f"Councillor Imber asked that in the minutes {CHANGE}. It was agreed.",
        f"It was agreed that in the minutes {CHANGE}.",
        f"Councillor Imber proposed, Councillor Thane seconded, and it was RESOLVED that in the minutes {CHANGE}.",
        f"That the minutes be approved and signed, subject to the following amendment: {CHANGE}.",
        "The minutes were approved subject to the following amendment: minute 206 to record that 9 requests, and not "
        "19, had been refused.",
    ],
)
def test_what_was_agreed_is_a_correction(said: str) -> None:
    assert len(clauses(said)) == 1


BRIDGES = MAY.replace("15 May", "16 January").replace("£1.4 million.", "£1.4 million; 10 bridges would open.")


@pytest.mark.parametrize(
    ("said", "linked"),
    [
        # The February meeting's minutes are not on record: January's are not the ones put right.
        ("the minutes of the February meeting be approved, subject to an amendment to item 206, where the number of "
         "members present should read 12 and not 10.", False),
        ("the minutes of the February meeting be approved, subject to the following amendment: in item 206 the words "
         "“finished in the autumn” be replaced by “finished in the spring”.", False),
        ("the minutes be approved, subject to the following amendment: in item 206 the number of members present "
         "should read 12 and not 10.", False),
        ("the minutes be approved, subject to the following amendment: in item 206 the number of bridges that would "
         "open should read 12 and not 10.", True),
        ("the minutes of the January meeting be approved, subject to the following amendment: the words “finished in "
         "the autumn” be replaced by “finished in the spring”.", True),
    ],
)  # fmt: skip
def test_minutes_of_no_stated_date_are_told_by_their_words(
    record: Record, embedder: Embedder, tmp_path: Path, said: str, linked: bool
) -> None:
    march = JUNE.partition("214.")[0].replace("12 June", "13 March") + f"214. Minutes\n\nRESOLVED that {said}\n"
    put_on_record(record, embedder, write(tmp_path, "january.txt", BRIDGES))
    put_on_record(record, embedder, write(tmp_path, "march.txt", march))
    assert bool(corrections(cited(record))) is linked


def test_an_item_and_a_bare_figure_tell_no_passage(record: Record, embedder: Embedder, tmp_path: Path) -> None:
    put_on_record(record, embedder, write(tmp_path, "may.txt", BRIDGES.replace("16 January", "15 May")))
    said = "in minute 206 the number of members present should read 12 and not 10."
    put_on_record(record, embedder, write(tmp_path, "june.txt", JUNE.format(amendment=said)))
    assert corrections(cited(record)) == []


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
