"""What people notice when they read a meeting."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from corpus.records import Record
from corpus.schema import meetings
from tests.browser.conftest import Running, Visitor

pytestmark = pytest.mark.browser


def meeting(running: Running, date: str) -> str:
    with Record(running.home).engine.connect() as connection:
        query = select(meetings.c.document_id).where(meetings.c.date == date)
        return f"{running.address}/meeting/{connection.execute(query).scalars().one()}/1"


def test_a_quotation_is_followed_into_its_meeting_and_stands_there_marked(
    visitor: Visitor, answered: dict[str, Any]
) -> None:
    page = visitor.page
    visitor.ask(answered["question"])
    visitor.cards().first.get_by_role("link", name="Read it in its meeting").press("Enter")
    mark = page.locator("mark").first
    expect(mark).to_be_in_viewport()
    quote = " ".join(answered["citations"][0]["quote"].split())
    assert " ".join(" ".join(page.locator("mark").all_inner_texts()).split()) == quote
    link = page.locator(".words:has(mark)").first.get_by_role("link", name="Link to passage")
    link.press("Enter")
    expect(mark).to_be_in_viewport()
    assert quote in " ".join(" ".join(page.locator("mark").all_inner_texts()).split())


def test_words_are_found_by_keyboard_on_a_narrow_screen_without_a_script(running: Running, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    page.goto(meeting(running, "2025-01-16"))
    page.get_by_role("searchbox", name="Find in this meeting").focus()
    page.keyboard.type("letter")
    page.keyboard.press("Enter")
    expect(page.locator("mark.now")).to_be_in_viewport()
    expect(page.locator(".hits")).to_contain_text("“letter”: 1 of")
    page.get_by_role("link", name="Next", exact=True).press("Enter")
    expect(page.locator("mark#hit-2.now")).to_be_in_viewport()
    context.close()


def test_it_prints_as_minutes_and_hostile_words_do_nothing(running: Running, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(meeting(running, "2025-03-04"))
    expect(page.get_by_text("<img src=x onerror=")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("a.here").last.press("Enter")
    expect(page.locator("mark").first).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(page.locator("mark").first).to_be_visible()
    for unneeded in ("body > header", ".find", "a.here"):
        expect(page.locator(unneeded).first).to_be_hidden()
    context.close()
