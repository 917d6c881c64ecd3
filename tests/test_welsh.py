"""Welsh: told from English, never where there is none, and said to be searched by its words alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.config import Settings
from assistant.welsh import is_welsh
from corpus.records import Record
from corpus.weights import Embedder
from tests.examples import write
from tests.helpers import ROOT, put_on_record

MINUTES = """# Cyngor Cwm Brwyn

## Minutes of the Pwyllgor Craffu Lleoedd held on 7 March 2024

### 4. Pwll nofio

Dywedodd y Pennaeth Hamdden fod y pwll nofio wedi cau oherwydd y boeler ac y byddai yn agor eto erbyn mis Mehefin 2024.

### 5. Car parks

The Head of Parking reported that the charge at Maes Parcio Glan yr Afon was £2.40 for a day.
"""


@pytest.mark.parametrize(
    "text",
    [
        "Pryd fydd y pwll nofio yn agor eto?",
        "Faint yw'r dreth gyngor?",
        "Pa mor hir yw’r amser aros am asesiad?",
        "Beth benderfynodd y Cabinet am y ganolfan ddydd?",
        "Ble mae'r cyfarfod nesaf?",
    ],
)
def test_welsh_is_told(text: str) -> None:
    assert is_welsh(text)


@pytest.mark.parametrize(
    "text",
    [
        "What did Cyngor Gwynedd decide about Ysgol y Garnedd?",
        "Did Cymdeithas yr Iaith yn Arfon reply?",
        "Pwyllgor Craffu report on Betws-yn-Rhos and Llanfair-yn-Neubwll",
        "Present: Mrs Pam Bullock, Mrs Mae Walker, Ms Pam Page",
        "Caerdydd bus lanes",
        "",
    ],
)
def test_welsh_names_in_english_are_english(text: str) -> None:
    assert not is_welsh(text)


def test_none_of_the_english_questions_is_taken_for_welsh() -> None:
    files = [
        *(ROOT / "tests" / "evals").glob("*.jsonl"),
        *(ROOT.parent / "shared" / "training").glob("*questions.jsonl"),
    ]
    asked = [json.loads(line).get("question") for file in files for line in file.read_text("utf-8").splitlines()]
    questions = [question for question in asked if question]
    assert len(questions) > 100
    assert [question for question in questions if is_welsh(question)] == []


def test_a_welsh_question_finds_its_words_and_is_told_what_search_cannot_do(home: Path, embedder: Embedder) -> None:
    record = Record(home)
    put_on_record(record, embedder, write(home.parent, "minutes.md", MINUTES))
    assistant = Assistant(Settings(home=home, reader="none"), record)
    answer = assistant.ask("Pryd fydd y pwll nofio yn agor eto?")
    shown = [*answer.citations, *answer.nearest]
    assert any("erbyn mis Mehefin 2024" in c.passage for c in shown)
    assert "for a question in Welsh only its very words are found" in (answer.notice or "")
    assert "A passage shown is in Welsh" in (answer.notice or "")
    english = assistant.ask("What is the charge at Maes Parcio Glan yr Afon for a day?", without=["all"])
    assert any("£2.40 for a day" in c.passage for c in (*english.citations, *english.nearest))
    assert "question in Welsh" not in (english.notice or "")
