"""Who moved, who voted how, who was there: answered from recorded fields, with the words they were read from."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.config import Settings
from corpus.records import Record
from corpus.weights import Embedder
from ingest.votes import votes
from tests.examples import write
from tests.helpers import put_on_record

BRIDGE = """# Quillbeck District Council

## Minutes of the Bridges Panel held on 14 September 2023

PRESENT: Councillor A Imber (Chair), Councillor B Quill and Councillor C Wragg

APOLOGIES: Councillor D Sallow

### 4. Footbridge at Harwell

It was moved by Councillor Imber and seconded by Councillor Quill that the footbridge be painted green. For (2): Councillors Imber and Quill. Against (1): Councillor Wragg. The motion was CARRIED.

### 5. Ferry

It was moved by Councillor Wragg, seconded by Councillor Quill, that the ferry be given a bell. An amendment was moved by Councillor Quill and seconded by Councillor Imber, that it be given a horn. Upon a recorded vote there voted FOR the amendment: Councillor Quill (1); AGAINST: Councillors Imber and Wragg (2). The amendment was LOST.
"""  # noqa: E501 - a paragraph of minutes is one line

NEXT = """# Quillbeck District Council

## Minutes of the Bridges Panel held on 12 October 2023

PRESENT: Councillor A Imber (Chair) and Councillor D Sallow

APOLOGIES: Councillor C Wragg

### 2. Lamps

Members noted the report on lamps.
"""


@pytest.fixture(scope="module")
def quillbeck(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Assistant:
    folder = tmp_path_factory.mktemp("quillbeck")
    record = Record(folder / "home")
    for name, text in (("september.md", BRIDGE), ("october.md", NEXT)):
        put_on_record(record, embedder, write(folder, name, text))
    return Assistant(Settings(home=record.home), record)


def told(answer: Answer) -> str:
    assert answer.outcome == "answered"
    assert answer.notice
    return answer.notice


@pytest.mark.parametrize(
    ("question", "says", "quotes"),
    [
        ("How did Councillor Wragg vote on the footbridge?", ["Wragg voted against"], "Against (1): Councillor Wragg"),
        ("who voted for painting the footbridge green?", ["for 2 (Imber and Quill)", "carried"], "For (2)"),
        ("Who moved the motion on the footbridge?", ["by Councillor Imber, seconded by Councillor Quill"], "moved"),
        ("who seconded the bell for the ferry?", ["by Councillor Wragg, seconded by Councillor Quill"], "a bell"),
        ("who moved the amendment about the ferry?", ["moved by Councillor Quill", "lost"], "a horn"),
        ("How did Cllr Quill vote on the ferry amendment?", ["Quill voted for"], "FOR the amendment"),
        ("Who attended the Bridges Panel on 14 September 2023?", ["present 3", "apologies 1"], "PRESENT"),
        ("who sent apologies to the Bridges Panel on 12 October 2023?", ["apologies 1: Councillor C"], "APOLOGIES"),
        ("who chaired the last meeting of the Bridges Panel?", ["12 October", "Councillor A Imber"], "Imber (Chair)"),
        ("How often did Councillor Wragg attend?", ["Of 2 meetings", "present at 1", "sent apologies at 1"], "Wragg"),
        ("who was absent from the Bridges Panel on 12 October 2023?", ["apologies 1: Councillor C"], "APOLOGIES"),
        ("was Cllr Sallow at the September 2023 meeting?", ["14 September 2023", "sent apologies"], "Sallow"),
    ],
)  # fmt: skip
def test_recorded_fields_answer_in_the_minutes_own_words(
    quillbeck: Assistant, question: str, says: list[str], quotes: str
) -> None:
    answer = quillbeck.ask(question)
    for words in says:
        assert words in told(answer)
    assert any(quotes in c.quote for c in answer.citations)
    assert all(quillbeck.record.says(c.document_id, c.start, c.end, c.quote) for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Who moved the motion on the library van?",
        "How did Cllr Sallow vote on the ferry?",
        "How did members vote on the ferry motion?",  # only its amendment has a vote on record
        "Who moved the amendment about the footbridge?",
        "Who moved the bus stop on High Street?",
        "Who proposed the new bypass route?",
        "What did Councillor Wragg say before the vote on the footbridge?",
        "Why did the panel vote for painting the footbridge?",
        "Did Cllr Wragg or Cllr Quill attend?",
        "What was Councillor Wragg's concern about parking at the station?",
        "Why was Cllr Wragg worried there would be flooding?",
        "How many people attended the carnival in 2023?",
        "Who was at fault for the flood in 2023?",
        "Was Cllr Quill present when the footbridge was discussed?",
    ],
)
def test_what_no_field_holds_is_not_told_as_recorded(quillbeck: Assistant, question: str) -> None:
    assert "Recorded (" not in (quillbeck.ask(question).notice or "")


def test_lists_in_one_line_are_told_apart_and_belong_to_their_own_motion() -> None:
    text = (
        "A further amendment was moved by Councillor Quill and seconded by Councillor Imber, that it be red.\n\n"
        "A recorded vote was requested on the motion as amended. For (2): Councillors Imber and Wragg. "
        "Against (1): Councillor Quill. Abstained (1): Mr Sallow."
    )
    amendment, motion = votes(text, 0, len(text))
    assert (amendment.mover, amendment.votes_for, amendment.votes_against) == ("Councillor Quill", (), ())
    assert motion.mover is None
    assert (motion.votes_for, motion.votes_against) == (("Imber", "Wragg"), ("Councillor Quill",))
    assert (motion.abstained, motion.count_for) == (("Mr Sallow",), 2)
    assert text[motion.start : motion.end].startswith("A recorded vote was requested")


def test_a_vote_is_no_other_motions_and_a_list_not_read_whole_is_not_told() -> None:
    text = (
        "Moved by Councillor Wragg, seconded by Councillor Quill, that the ferry be given a bell.\n\n"
        "An amendment was put forward by Councillor Imber. For (1): Councillor Imber. Against (2): Councillors Quill "
        "and Wragg. Members thanked Councillor Sallow, Mr Smith and Ms Jones. The amendment was LOST."
    )
    motion, amendment = votes(text, 0, len(text))
    assert (motion.mover, motion.votes_for, motion.outcome) == ("Councillor Wragg", (), None)
    assert (amendment.votes_for, amendment.votes_against) == (("Councillor Imber",), ("Quill", "Wragg"))
    unread = "For (3): Councillors Imber, A.N. other voice and Quill. Against (1): Councillor van der Berg."
    (vote,) = votes(unread, 0, len(unread))
    assert (vote.votes_for, vote.count_for) == ((), 3)
    assert vote.votes_against == ("Councillor van der Berg",)
