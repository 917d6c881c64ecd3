"""The whole way from question to answer, over the sample minutes and the real pages where they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.config import Settings
from corpus.errors import UserError
from corpus.records import Filters, Record
from corpus.weights import Embedder
from tests.helpers import needs_shared_minutes, put_on_record


@pytest.fixture(scope="module")
def assistant(samples_record: Record) -> Assistant:
    return Assistant(Settings(home=samples_record.home), samples_record)


def quoted(answer: Answer) -> str:
    return " ".join(c.quote for c in answer.citations)


# The issue's own questions of five real pages, with the few characters that the right answer must hold.
@needs_shared_minutes
@pytest.mark.parametrize(
    ("question", "history", "must"),
    [
        ("How many Education, Health and Care Plans are there in Rutland?", [], "300"),
        ("why did the parent carer group in Thurrock shut down", [], "CaPa"),
        ("what was promised about the refusal letters?", [], "investigated"),
        ("How big was the high needs shortfall?", [], "£2M"),
        ("Who was asked to help improve communication with parents in Rutland?", [], "Active Rutland"),
        ("What percentage of plans were done on time, last year and this year?", [], "52%"),
        ("What percentage of plans were done on time, last year and this year?", [], "76%"),
        (
            "is that better than nationally?",
            ["What percentage of plans were done on time, last year and this year?"],
            "16%",
        ),
    ],
)
def test_real_questions_get_the_real_words(real_pages: Assistant, question: str, history: list[str], must: str) -> None:
    answer = real_pages.ask(question, history)
    assert answer.outcome == "answered"
    assert must in quoted(answer)


@needs_shared_minutes
@pytest.mark.parametrize("question", ["did they talk about potholes?", "how much did the barristers cost?"])
def test_what_is_not_there_is_not_on_record(real_pages: Assistant, question: str) -> None:
    answer = real_pages.ask(question)
    assert answer.refused
    assert answer.citations == ()
    assert "5 meetings" in answer.answer


@pytest.fixture(scope="module")
def real_pages(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Assistant:
    from tests.helpers import SHARED_MINUTES

    record = Record(tmp_path_factory.mktemp("real"))
    put_on_record(record, embedder, SHARED_MINUTES / "items")
    return Assistant(Settings(home=record.home), record)


def test_a_poem_is_out_of_scope_and_nothing_is_searched(assistant: Assistant) -> None:
    answer = assistant.ask("write me a poem")
    assert answer.outcome == "out_of_scope"
    assert answer.nearest == ()


def test_a_refusal_offers_the_nearest_as_no_answer(assistant: Assistant) -> None:
    answer = assistant.ask("what is the price of a burial plot in the cemetery?")
    assert answer.refused
    assert answer.citations == ()
    assert answer.nearest


def test_filters_bound_what_is_found_and_what_is_said_to_be_searched(assistant: Assistant) -> None:
    only = Filters(committee="Adult Care and Health Scrutiny Committee", date_from=dt.date(2024, 1, 1))
    answer = assistant.ask("how long are people waiting for an occupational therapy assessment?", (), only)
    assert answer.outcome == "answered"
    assert {c.committee for c in answer.citations} == {only.committee}
    assert all(c.date and c.date.year >= 2024 for c in answer.citations)
    assert answer.searched.meetings == 4


def test_a_filter_that_nothing_fits_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("what about buses?", (), Filters(council="Nowhere Council"))
    assert answer.outcome == "not_on_record"
    assert "none on record fits" in answer.answer


def test_words_that_left_the_source_are_never_shown(home: Path, tmp_path: Path, embedder: Embedder) -> None:
    source = tmp_path / "lamp.txt"
    said = "The lamp at Osier Lane was mended by Mr Tolley in June 2018."
    source.write_text(f"Agenda item\n\nLamp\n\nMinutes:\n\n{said}\n")
    record = Record(home)
    put_on_record(record, embedder, source)
    assistant = Assistant(Settings(home=home), record)
    question = "When was the lamp at Osier Lane mended?"
    assert "June 2018" in quoted(assistant.ask(question))
    # Someone alters the record behind our back: the quotation no longer agrees with the stored source.
    with record.change() as connection:
        connection.execute(text("UPDATE documents SET text = replace(text, '2018', '2019')"))
    altered = assistant.ask(question)
    assert altered.refused
    assert altered.citations == ()
    assert altered.removed


def test_an_empty_record_and_an_empty_question_are_told_in_one_sentence(home: Path, assistant: Assistant) -> None:
    with pytest.raises(UserError, match="onrecord ingest"):
        Assistant(Settings(home=home)).ask("anything?")
    with pytest.raises(UserError, match="in words"):
        assistant.ask(" ?! ")


@pytest.mark.parametrize(
    "question",
    [
        '"',
        'the "waiting well" sessions',
        "NEAR(a b)",
        "a AND OR NOT b*",
        "100% of £5m?",
        "';--",
        "x" * 1_900,
        "café ŵ ł",
        "\u202e evil \u0000 nul",
    ],
)
def test_no_question_breaks_the_search(assistant: Assistant, question: str) -> None:
    assert assistant.ask(f"{question} plans").outcome
