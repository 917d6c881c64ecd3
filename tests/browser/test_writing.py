"""What people notice where a language model writes the answers: a server that replays what a test wrote down."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE, Running, Visitor, ingest_paths, start, wait_until_ready
from tests.model_server import ModelServer, serving
from tests.scripted import says

pytestmark = pytest.mark.browser

MINUTES = """# Quillbeck District Council

## Minutes of the Harbour Committee held on 4 March 2025

### 1. Mooring fees

The Harbour Master reported that the mooring fee was £312 a year and that the tariff had been set in April.
"""
RIGHT = ("The Harbour Master reported that the mooring fee was £312 a year.", "the mooring fee was £312 a year")
ALSO = ("The tariff had been set in April, the Harbour Master reported.", "the tariff had been set in April")
WRONG = ("The mooring fee was £912 a year.", "the mooring fee was £312 a year")
QUESTION = "What is the mooring fee?"


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with serving(says(RIGHT, WRONG, ALSO)) as server:
        yield server


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, browser: Browser, model: ModelServer) -> Iterator[Running]:
    """A page whose answers the model writes."""
    minutes = tmp_path_factory.mktemp("minutes") / "harbour.md"
    minutes.write_text(MINUTES, "utf-8")
    home = tmp_path_factory.mktemp("home")
    ingest_paths(home, [minutes])
    page = start(home, ONRECORD_LLM="openai/small", ONRECORD_LLM_URL=f"{model.url}/v1", ONRECORD_LLM_SECONDS="4")
    try:
        wait_until_ready(page)
        yield page
    finally:
        page.process.terminate()
        page.process.wait(20)


@pytest.fixture
def reader(written: Running, browser: Browser) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visitor = Visitor(context.new_page())
    visitor.page.goto(written.address)
    expect(visitor.box).to_be_visible(timeout=PATIENCE)
    yield visitor
    context.close()


def test_who_writes_is_told_before_the_first_question(reader: Visitor) -> None:
    expect(reader.page.locator("#form")).to_contain_text("Written by the language model openai/small")
    expect(reader.page.locator("#form")).not_to_contain_text("are sent to")


def test_sentences_stand_with_their_passages_and_what_is_not_borne_out_nowhere(reader: Visitor) -> None:
    turn = reader.ask(QUESTION, ".prose")
    expect(turn.locator(".prose")).to_have_text(re.compile(r"^The Harbour Master reported .* £312 a year\. \[1.*"))
    expect(turn).to_contain_text("One sentence that the language model wrote is left out", timeout=PATIENCE)
    expect(turn.locator(".told")).to_have_count(0, timeout=PATIENCE)
    assert "£912" not in reader.page.content()
    turn.locator(".prose .cite").first.click()
    expect(reader.marked.locator("mark")).to_contain_text("£312 a year")


def test_a_model_that_falls_silent_costs_only_its_prose(reader: Visitor, model: ModelServer) -> None:
    model.fault = "silent"
    try:
        turn = reader.ask(QUESTION, ".notice")
        expect(turn.locator(".notice")).to_contain_text("did not answer within 4 seconds", timeout=PATIENCE)
        expect(turn.locator("blockquote").first).to_contain_text("£312")
    finally:
        model.fault = ""
        model.released.set()
