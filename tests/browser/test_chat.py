"""What people notice on the page: answers, citations, passages, stop, clear, keyboard, narrow screens."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOSTILE, PATIENCE, Running, Visitor

pytestmark = pytest.mark.browser

ABSENT = "What is the price of a burial plot in the cemetery?"


def test_an_answer_quotes_and_its_second_citation_brings_up_passage_2(
    visitor: Visitor, answered: dict[str, Any]
) -> None:
    turn = visitor.ask(answered["question"])
    for citation in answered["citations"]:
        expect(turn.locator("blockquote").nth(citation["n"] - 1)).to_contain_text(" ".join(citation["quote"].split()))
    expect(visitor.cards()).to_have_count(len(answered["citations"]))
    turn.get_by_role("link", name="[2]").click()
    expect(visitor.marked).to_have_count(1)
    expect(visitor.marked.get_by_role("heading")).to_have_text("Passage 2")
    expect(visitor.marked).to_be_in_viewport()
    expect(visitor.marked).to_be_focused()


def test_each_passage_is_whole_with_its_quotation_highlighted_and_its_source(
    visitor: Visitor, answered: dict[str, Any]
) -> None:
    visitor.ask(answered["question"])
    for card, citation in zip(visitor.cards().all(), answered["citations"], strict=True):
        assert card.locator("mark").text_content() == citation["quote"]
        assert card.locator(".passage").text_content() == citation["passage"]
        expect(card.locator(".source")).to_contain_text(citation["committee"])
        expect(card.locator(".source")).to_contain_text(citation["document"])


def test_a_citation_of_an_earlier_answer_brings_up_that_answers_passages(
    visitor: Visitor, answered: dict[str, Any]
) -> None:
    first = visitor.ask(answered["question"])
    visitor.ask("What did the Harbour Master report about the mooring fee?")
    expect(visitor.cards().filter(has_text=answered["citations"][0]["quote"])).to_have_count(0)
    first.get_by_role("link", name="[1]").click()
    expect(visitor.marked.locator("mark")).to_have_text(answered["citations"][0]["quote"])
    expect(visitor.cards()).to_have_count(len(answered["citations"]))


def test_what_is_not_on_record_is_said_with_its_bounds(visitor: Visitor) -> None:
    turn = visitor.ask(ABSENT)
    expect(turn).to_contain_text(re.compile("not (answered directly )?on record", re.IGNORECASE))
    expect(turn).to_contain_text("meetings of 2 councils")
    expect(turn.get_by_role("link", name="[1]")).to_have_count(0)


def test_hostile_text_is_text(visitor: Visitor) -> None:
    visitor.ask("What did the Harbour Master report about the mooring fee?")
    passage = visitor.cards().filter(has_text="Harbour Master").first.locator(".passage")
    expect(passage).to_have_text(HOSTILE.strip().rsplit("\n", 1)[-1])
    visitor.ask("<img src=x onerror='window.hacked=1'> **What** was the mooring fee?")
    inside = visitor.page.locator("#transcript, #evidence")
    expect(inside.locator("script, img, b, strong, [onerror], [href^='javascript']")).to_have_count(0)
    assert visitor.page.evaluate("window.hacked") is None


def test_clear_empties_the_conversation_and_what_it_followed_up(visitor: Visitor, answered: dict[str, Any]) -> None:
    visitor.ask(answered["question"])
    visitor.page.get_by_role("button", name="Clear").click()
    expect(visitor.turns).to_have_count(0)
    expect(visitor.cards()).to_have_count(0)
    expect(visitor.page.get_by_role("heading", name="Questions to start with")).to_be_visible()
    assert "I understood" not in (visitor.ask("And before that?").text_content() or "")


def test_stop_ends_the_wait_and_the_page_goes_on(visitor: Visitor, running: Running, answered: dict[str, Any]) -> None:
    enough = threading.Event()

    def busy() -> None:
        while not enough.is_set():
            running.ask(ABSENT)

    with ThreadPoolExecutor(6) as others:
        # With six others asking, an answer takes long enough to be stopped.
        asking = [others.submit(busy) for _ in range(6)]
        visitor.submit(answered["question"])
        visitor.page.get_by_role("button", name="Stop").click()
        expect(visitor.turns.first).to_contain_text("Stopped", timeout=PATIENCE)
        enough.set()
    assert all(other.exception() is None for other in asking)
    visitor.page.wait_for_timeout(3_000)
    expect(visitor.turns.first.locator(".answer")).to_have_count(0)
    expect(visitor.page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(visitor.ask(answered["question"]).locator("blockquote").first).to_be_visible()


def test_two_people_do_not_see_each_other(visit: Any, answered: dict[str, Any]) -> None:
    one, other = visit(), visit()
    one.ask(answered["question"])
    expect(other.turns).to_have_count(0)
    turn = other.ask("And before that?")
    expect(other.turns).to_have_count(1)
    assert "I understood" not in (turn.text_content() or "")
    expect(one.turns).to_have_count(1)


def test_a_follow_up_is_understood_from_what_was_asked_before(visitor: Visitor, answered: dict[str, Any]) -> None:
    visitor.ask(answered["question"])
    turn = visitor.ask("And before that?")
    expect(turn.locator(".understood")).to_contain_text("I understood:")
    expect(turn.locator(".understood")).to_contain_text(answered["question"].rstrip("?"))


def test_the_keyboard_is_enough(visitor: Visitor, answered: dict[str, Any]) -> None:
    keys = visitor.page.keyboard
    keys.press("Tab")  # the way past the example questions comes first
    expect(visitor.page.get_by_role("link", name="Skip to the first field")).to_be_focused()
    keys.press("Enter")
    expect(visitor.box).to_be_focused()
    keys.type(answered["question"])
    keys.press("Enter")
    turn = visitor.turns.first
    expect(turn.locator(".answer")).to_be_visible(timeout=PATIENCE)
    expect(visitor.box).to_be_focused()
    first = turn.get_by_role("link", name="[1]")
    for _ in range(40):  # past what can be done with the answer
        keys.press("Shift+Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    expect(first).to_be_focused()
    assert first.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    keys.press("Enter")
    expect(visitor.marked).to_be_focused()
    expect(visitor.marked.get_by_role("heading")).to_have_text("Passage 1")
    keys.press("Tab")
    expect(visitor.marked.get_by_role("link", name="Back to the answer")).to_be_focused()
    keys.press("Enter")
    expect(first).to_be_focused()


def test_an_example_is_asked_at_once(visitor: Visitor) -> None:
    for role in ("Councillor", "Parent", "Officer"):
        expect(visitor.page.get_by_role("heading", name=role, exact=True)).to_be_visible()
    example = visitor.page.locator("#examples button").first
    words = (example.text_content() or "").strip()
    example.click()
    expect(visitor.turns.first.locator("h2")).to_contain_text(words)
    expect(visitor.turns.first.locator(".answer")).to_be_visible(timeout=PATIENCE)
    expect(visitor.page.locator("#examples")).to_be_hidden()


def test_filters_narrow_the_search_and_a_wrong_date_is_told(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Where to look").click()
    visitor.page.get_by_label("Meetings from").fill("31 March")
    turn = visitor.ask(ABSENT, ".failed")
    expect(turn.locator(".failed")).to_contain_text("wants a date like 2024-03-31, and 31 March is not one")
    visitor.page.get_by_label("Meetings from").fill("2025-03-01")
    visitor.page.get_by_label("Council", exact=True).click()
    visitor.page.get_by_role("option", name="Quarrelsome Parish Council").click()
    turn = visitor.ask(ABSENT)
    expect(turn).to_contain_text("of Quarrelsome Parish Council, from 1 March 2025")
    expect(turn).to_contain_text("1 meeting of Quarrelsome Parish Council")


def test_what_was_read_from_the_question_can_be_taken_away_by_keyboard(visitor: Visitor) -> None:
    question = "What did the Harbour Scrutiny Committee say about the mooring fee since 2024?"
    turn = visitor.ask(question)
    expect(turn).to_contain_text("only meetings of Harbour Scrutiny Committee, from 1 January 2024")
    button = turn.get_by_role("button", name="Look without this")
    expect(button).to_have_accessible_description(re.compile("Read from your question"))
    box = button.bounding_box()
    assert box
    assert box["height"] >= 24
    button.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.turns).to_have_count(2)
    again = visitor.turns.nth(1)
    expect(again.locator(".answer")).to_be_visible(timeout=PATIENCE)
    expect(again.locator("h2")).to_contain_text(question)
    expect(again).to_contain_text("without what was read from the question (committee, dates)")
    expect(again.get_by_role("button", name="Look without this")).to_have_count(0)
    expect(visitor.box).to_be_focused()


def test_a_name_spelt_otherwise_is_told(visitor: Visitor) -> None:
    turn = visitor.ask("What did Councillor Thakwell say about school transport?")
    expect(turn).to_contain_text("Read as on record: Thackwell.")
    turn.get_by_role("button", name="Look without this").click()
    expect(visitor.turns.nth(1).locator(".answer")).to_be_visible(timeout=PATIENCE)
    expect(visitor.turns.nth(1)).not_to_contain_text("Thackwell.")


def test_no_words_is_told_in_a_sentence(visitor: Visitor) -> None:
    turn = visitor.ask("???", ".failed")
    expect(turn.locator(".failed")).to_have_text("Please ask a question in words.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_needs_no_scrolling_sideways(visit: Any, answered: dict[str, Any], scheme: str) -> None:
    visitor = visit(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    turn = visitor.ask(answered["question"])
    visitor.page.get_by_role("button", name="Where to look").click()
    expect(visitor.page.get_by_label("Meetings from")).to_be_visible()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    wide = """[...document.querySelectorAll('#columns :not(.unseen)')]
              .filter(e => e.getBoundingClientRect().right > 320.5).map(e => e.outerHTML.slice(0, 200))"""
    assert visitor.page.evaluate(wide) == []
    chat, evidence = turn.bounding_box(), visitor.page.locator("#evidence").bounding_box()
    assert chat
    assert evidence
    assert evidence["y"] >= chat["y"] + chat["height"]
    turn.get_by_role("link", name="[2]").click()
    expect(visitor.marked).to_be_in_viewport()


def test_the_page_says_what_it_is_to_a_screen_reader(visitor: Visitor) -> None:
    assert visitor.page.title() == "On Record"
    assert visitor.page.locator("html").get_attribute("lang") == "en"
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("On Record")
    expect(visitor.page.get_by_role("log", name="Conversation")).to_have_attribute("aria-live", "polite")
    expect(visitor.page.get_by_role("region", name="Evidence")).to_be_visible()
    filters = visitor.page.get_by_role("button", name="Where to look")
    expect(filters).to_have_attribute("aria-expanded", "false")
    filters.click()
    expect(filters).to_have_attribute("aria-expanded", "true")
