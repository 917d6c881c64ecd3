"""Who said it, with what force: what a councillor would call wrong if a citation showed it otherwise."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from assistant.ask import Assistant
from assistant.config import Settings
from corpus.models import Statement
from corpus.records import Filters, Record
from corpus.schema import documents
from corpus.speech import Talk
from corpus.spoken import find, speakers
from corpus.weights import Embedder
from ingest.documents import make_document
from ingest.read import Supplied
from tests.examples import MEETING, write
from tests.helpers import onrecord, put_on_record


def said(text: str, kind: str = "discussion", lead_in: str | None = None) -> list[Statement]:
    return Talk().statements(text, kind, lead_in)


@pytest.mark.parametrize(
    ("text", "speaker", "force", "verb"),
    [
        ("Councillor Imber asked why the bin had gone.", "Councillor Imber", "asked", "asked"),
        ("The Head of Streets undertook to have them pollarded.", "The Head of Streets", "committed", "undertook to"),
        ("The Panel was advised that the van was eleven years old.", None, "stated", "advised"),
        ("In reply to Cllr Wragg, the Head of Streets confirmed it.", "the Head of Streets", "stated", "confirmed"),
        ("Adding to this, Councillor Tolley said that nobody had been told.", "Councillor Tolley", "stated", "said"),
        ("Members expressed concern about the ferry.", "Members", "asked", "expressed"),
        ("Councillor Wragg hoped that the willows would be cut.", "Councillor Wragg", "wished", "hoped"),
        ("Councillor Imber noted that the stop had no lighting.", "Councillor Imber", "stated", "noted"),
        ("“That the willows be cut before the spring.", None, "proposed", None),
        ("Proposed the inclusion of the ferry steps in the map.", None, "proposed", None),
        ("I recommend that the slipway be closed.", None, "wished", "recommend"),
        ("The map is drawn, and we will clear the ditch.", None, "committed", "will clear"),
        ("I have pegged out the plots.", None, "stated", None),
        ("A party of volunteers will clear the ditch.", None, "committed", "will clear"),
        ("A meeting would be arranged on the quay.", None, "committed", "would be arranged"),
        ("The Special Meeting to discuss the ferry", None, None, None),
        ("To progress the design, a survey has been made.", None, None, None),
        ("RESOLVED: That the report be noted.", None, "decided", "RESOLVED"),
        ("It was unanimously agreed to extend the meeting.", None, "decided", "agreed"),
        ("Moved by Councillor Imber that the gate be unlocked.", "Councillor Imber", "proposed", "moved"),
        ("The amendment moved by Councillor Imber fell.", "Councillor Imber", "proposed", "fell"),
        ("Ms Ruth Osgood, Head of Libraries, reported that visits had risen.", "Ms Ruth Osgood", "stated", "reported"),
        ("Clerk to write to the fishery.", "Clerk", "committed", "to write"),
        ("Concern was raised by Councillor Tolley about the stile.", "Councillor Tolley", "asked", "raised"),
    ],
)  # fmt: skip
def test_a_sentence_keeps_its_speaker_and_its_force(text: str, speaker: str | None, force: str, verb: str) -> None:
    (one,) = said(text)
    assert (one.speaker, one.force, one.verb) == (speaker, force, verb)


def test_she_goes_on_for_whoever_spoke_until_another_does() -> None:
    first, second, third = said(
        "The Head of Libraries said that the van was old. She went on to say that a bid had been made. "
        "Councillor Imber asked what it would cost."
    )
    assert first.speaker == second.speaker == "The Head of Libraries"
    assert third.speaker == "Councillor Imber"


def test_who_answers_is_not_who_asked() -> None:
    told, _, answer = said(
        "The Head of Streets reported that three bins had gone. Councillor Quill asked when they would come back. "
        "He answered that they would be replaced by March."
    )
    assert answer.speaker == told.speaker == "The Head of Streets"
    assert answer.force == "committed"
    (one,) = said("Councillor Quill asked when it would open, and was told that nobody knew.")
    assert (one.speaker, one.force, one.addressee) == (None, "stated", "Councillor Quill")


def test_what_is_asked_for_is_not_promised() -> None:
    (asked,) = said("Councillor Imber requested that the lamp be mended by June.")
    assert asked.force == "asked"
    (hoped,) = said("The Head of Streets was hopeful that it would be mended by June.")
    assert hoped.force == "wished"


def test_a_role_stands_with_the_name_that_it_is_printed_with() -> None:
    (one,) = said("The Director of Education, Ms Alder, agreed to circulate the figures.")
    assert (one.speaker, one.role, one.force) == ("Ms Alder", "The Director of Education", "committed")


def test_points_under_what_somebody_said_are_theirs() -> None:
    (one,) = said("The boat had not sailed since the autumn.", "bullet", "Councillor Tolley made the following points:")
    assert (one.speaker, one.force) == ("Councillor Tolley", "stated")


def test_minutes_without_headings_do_not_end_with_who_was_there() -> None:
    words = (
        "Quillbeck Parish Council\n\nMinutes of the meeting held on 4 June 2024\n\nPresent: Councillor Imber (Chair), "
        "Councillor Wragg\n\nApologies: Councillor Tolley\n\nCouncillor Wragg asked who had locked the weir gate.\n\n"
        "The Clerk agreed to write to the fishery and to bring the answer to the next meeting.\n"
    )
    document = make_document("june.txt", words.encode(), Supplied())
    (item,) = document.meetings[0].items
    assert [p.kind for p in item.passages if "agreed to write" in document.text[p.start : p.end]] == ["discussion"]
    assert [s.force for s in item.statements] == ["asked", "committed"]


PIECES = [
    *("Councillor Imber", "the Chair", "She", "asked", "agreed to", "RESOLVED", "that", "would be", "was", "by", "It"),
    *("noted", ",", ".", ":", "\n\n", "• ", "“That", "submitted by", "I will move", "Motion", "ŵ", "(", "1.", "and"),
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(" ".join),
    st.sampled_from(["discussion", "bullet", "verdict"]),
)
def test_statements_are_the_sentences_of_any_text_in_order(text: str, kind: str) -> None:
    at = 0
    for one in said(text, kind):
        assert at <= one.start < one.end <= len(text)
        assert one.speaker is None or one.sort != "nobody"
        at = one.end


def test_who_said_what_is_on_record_and_leaves_with_its_source(home: Path, embedder: Embedder, tmp_path: Path) -> None:
    path = write(tmp_path, "streets.txt", MEETING)
    record = Record(home)
    put_on_record(record, embedder, path)
    promised = find(record, Filters(), forces=["committed"])
    assert [(one.statement.speaker, one.statement.verb) for one in promised][-1] == (
        "The Head of Streets",
        "undertook to",
    )
    assert all(one.text in one.passage.text for one in promised)
    assert "Councillor Tolley" in speakers(record)

    listed = onrecord("statements", "--speaker", "Cllr Tolly", "--home", home)
    assert listed.status == 0
    assert "Asked by Councillor Tolley" in listed.out
    assert onrecord("statements", "--speaker", "Nobody Known", "--home", home).status == 2
    assert onrecord("statements", "--force", "promised", "--home", home).status == 2
    with record.change() as connection:  # a source that does not bear its text out
        connection.execute(update(documents).values(extracted=zlib.compress(b"")))
    assert "Asked by" not in onrecord("statements", "--speaker", "Cllr Tolly", "--home", home).out
    assert onrecord("remove", "streets.txt", "--home", home).status == 0
    assert speakers(record) == {}


def test_what_somebody_said_is_answered_from_their_own_sentences(
    home: Path, embedder: Embedder, tmp_path: Path
) -> None:
    record = Record(home)
    put_on_record(record, embedder, write(tmp_path, "streets.txt", MEETING))
    answer = Assistant(Settings(home=home), record).ask("What did Councillor Tolley ask about the bins?")
    assert answer.outcome == "answered"
    assert {c.speaker for c in answer.citations} == {"Councillor Tolley"}
    assert answer.citations[0].force == "asked"
