"""What can be done with an answer on the page: look at its sources, copy, change, keep, rate it, and go on from it."""

from __future__ import annotations

import re
from typing import Any

import docx
import pytest
from playwright.sync_api import expect

from corpus.feedback import Feedback
from tests.browser.conftest import PATIENCE, Running, Visitor

pytestmark = pytest.mark.browser

ABSENT = "What is the price of a burial plot in the cemetery?"


def test_a_source_is_looked_at_by_keyboard_or_pointer_and_put_away(visitor: Visitor, answered: dict[str, Any]) -> None:
    page = visitor.page
    turn = visitor.ask(answered["question"])
    first, second = (turn.get_by_role("link", name=f"[{n}]") for n in (1, 2))
    preview = page.get_by_role("tooltip")
    first.focus()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    expect(preview).to_contain_text(" ".join(answered["citations"][1]["quote"].split()))
    expect(preview).to_contain_text(answered["citations"][1]["committee"])
    expect(second).to_have_accessible_description(re.compile(re.escape(answered["citations"][1]["committee"])))
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(second).to_be_focused()
    first.hover()
    expect(preview).to_contain_text(" ".join(answered["citations"][0]["quote"].split()))
    preview.hover()
    page.wait_for_timeout(600)
    expect(preview).to_be_visible()
    page.mouse.move(5, 5)
    expect(preview).to_be_hidden()
    expect(page.get_by_role("link", name="Read it in its meeting").first).to_have_attribute(
        "href", re.compile(r"^/passage/[0-9a-f]{32}\?start=\d+&end=\d+$")
    )


def test_an_answer_is_copied_with_its_sources_and_saved_as_a_file(visit: Any, answered: dict[str, Any]) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    page, turn = visitor.page, visitor.ask(answered["question"])
    turn.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").filter(has_text="Copied: the answer with its sources.")).to_be_visible()
    words = page.evaluate("navigator.clipboard.readText()")
    assert words.startswith(answered["question"])
    for citation in answered["citations"]:
        assert " ".join(citation["quote"].split()) in words
        assert citation["committee"] in words
    with page.expect_download() as saved:
        turn.get_by_role("button", name="Word file").click()
    words = "\n".join(p.text for p in docx.Document(saved.value.path()).paragraphs)
    assert answered["citations"][0]["quote"] in words
    visitor.ask(ABSENT)
    with page.expect_download() as saved:
        page.get_by_role("group", name="The whole conversation").get_by_role("button", name="Markdown").click()
    assert saved.value.suggested_filename == "conversation.md"
    assert ABSENT in saved.value.path().read_text("utf-8")
    page.emulate_media(media="print")
    expect(visitor.box).to_be_hidden()
    expect(turn.get_by_role("button", name="Copy")).to_be_hidden()
    expect(page.locator("#evidence .card").first).to_be_visible()  # of the first answer, behind the last on a screen


def test_a_question_is_asked_again_in_its_place_or_changed_with_all_that_followed(
    visitor: Visitor, answered: dict[str, Any]
) -> None:
    page, first = visitor.page, visitor.ask(answered["question"])
    visitor.ask(ABSENT)
    first.get_by_role("button", name="Ask again").click()
    expect(first.locator(".answer")).to_be_visible(timeout=PATIENCE)
    expect(visitor.turns.locator("h2")).to_contain_text([answered["question"], ABSENT])
    first.get_by_role("button", name="Edit").click()
    expect(visitor.box).to_have_value(answered["question"], timeout=PATIENCE)
    expect(visitor.box).to_be_focused()
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.get_by_role("status").filter(has_text="You are changing")).to_have_count(0)
    expect(visitor.box).to_have_value("")
    first.get_by_role("button", name="Edit").click()
    expect(page.get_by_role("status").filter(has_text="You are changing an earlier question")).to_be_visible()
    visitor.submit("What was the recycling rate?")
    expect(visitor.turns).to_have_count(1)
    expect(visitor.turns.locator("h2")).to_contain_text("What was the recycling rate?")
    expect(visitor.turns.locator(".answer")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("status").filter(has_text="You are changing")).to_have_count(0)


def test_an_answer_is_kept_at_an_address_only_when_asked_and_a_word_on_it_is_stored(
    visit: Any, running: Running, answered: dict[str, Any]
) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    page, turn = visitor.page, visitor.ask(answered["question"])
    before = len(Feedback(running.home).all())
    expect(page.get_by_role("link", name="Permanent link")).to_have_count(0)
    turn.get_by_role("button", name="Keep and share").click()
    expect(turn.get_by_text("are now stored on this server. Anyone who has the link")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("status").filter(has_text="Kept on this server")).to_contain_text("The link is copied.")
    address = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(re.escape(running.address) + r"/kept/[\w-]{16}", address)
    thumb = turn.get_by_role("button", name="Not helpful")
    thumb.click()
    box = page.get_by_role("dialog")
    expect(box).to_contain_text("The question, the answer and what you write here are stored on this server")
    page.keyboard.press("Escape")
    expect(thumb).to_be_focused()
    thumb.click()
    page.keyboard.type("It left out 2025, “badly”.")
    box.get_by_role("button", name="Send").click()
    expect(turn.get_by_text("You did not find this helpful.")).to_be_visible(timeout=PATIENCE)
    (told,) = Feedback(running.home).all()[before:]
    assert (told.helpful, told.reason, told.question) == (False, "It left out 2025, “badly”.", answered["question"])
    page.goto(address)
    expect(page.locator("main")).to_contain_text(" ".join(answered["citations"][0]["quote"].split()))


def test_earlier_questions_stay_in_the_browser_until_they_are_deleted(
    visitor: Visitor, answered: dict[str, Any]
) -> None:
    page = visitor.page
    visitor.ask(answered["question"])
    visitor.ask(ABSENT)
    page.wait_for_function("(localStorage['onrecord-earlier'] || '').includes('burial')")
    page.reload()
    expect(visitor.turns).to_have_count(0)
    fold = page.locator("#earlier")
    fold.get_by_text("Earlier questions, kept in this browser").click()
    expect(fold).to_contain_text("not sent anywhere until you ask again")
    earlier = fold.locator("ol > li")
    expect(earlier.locator("summary")).to_have_text([ABSENT, answered["question"]])
    earlier.nth(1).locator("summary").click()
    expect(earlier.nth(1)).to_contain_text(" ".join(answered["citations"][0]["quote"].split()))
    earlier.nth(0).get_by_role("button", name="Delete").click()
    expect(earlier).to_have_count(1)
    expect(earlier.nth(0).get_by_role("button", name="Delete")).to_be_focused()
    earlier.nth(0).get_by_role("button", name="Ask again").click()
    expect(visitor.turns.locator(".answer")).to_be_visible(timeout=PATIENCE)
    fold.get_by_label("Keep the questions that I ask").uncheck()
    fold.get_by_role("button", name="Delete all").click()
    visitor.ask(ABSENT)
    page.wait_for_timeout(500)
    expect(earlier).to_have_count(0)
    assert page.evaluate("localStorage['onrecord-earlier']") is None


def test_a_question_to_ask_next_is_asked_when_pressed_and_councils_tell_how_many_meetings(visitor: Visitor) -> None:
    first = visitor.ask("When is Castle Harby swimming pool expected to open again?")
    offered = first.locator(".next button")
    expect(offered.first).to_be_visible()
    words = offered.first.inner_text()
    assert words.startswith("What ")
    offered.first.press("Enter")
    second = visitor.turns.nth(1)
    expect(second.locator(".answer")).to_be_visible(timeout=PATIENCE)
    expect(second.locator("h2")).to_contain_text(words)
    expect(first.locator(".next")).to_have_count(0)
    for button in visitor.page.locator("#transcript button").all():
        place = button.bounding_box()
        assert place
        assert place["height"] >= 24
    visitor.page.get_by_role("button", name="Where to look").click()
    visitor.page.get_by_label("Council", exact=True).click()
    expect(visitor.page.get_by_role("option", name="Quarrelsome Parish Council (1)")).to_be_visible()
