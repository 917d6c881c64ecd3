"""An answer that somebody kept, read by whoever was sent its address: on a small phone, by keyboard, on paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from corpus.kept import Kept
from tests.browser.conftest import Running

pytestmark = pytest.mark.browser

SMALL = """() => [...document.querySelectorAll('main .links a, main .take a')]
  .filter(link => link.getBoundingClientRect().height < 24).map(link => link.textContent)"""


def test_a_kept_answer_is_read_on_a_phone_by_keyboard_and_on_paper(
    running: Running, browser: Browser, answered: dict[str, Any]
) -> None:
    key = Kept(running.home).keep([answered, answered], "2025-03-04 7")
    page = browser.new_page(viewport={"width": 320, "height": 640})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{running.address}/kept/{key}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A conversation, as it was on")
    expect(page.get_by_role("heading", level=2, name=answered["question"])).to_have_count(2)
    quote = " ".join(answered["citations"][0]["quote"].split())
    expect(page.get_by_text(quote).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(SMALL) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link past the navigation
    with page.expect_download() as saved:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Save as a Word file":
                break
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".docx")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("link", name="Save as a Word file")).to_be_hidden()
    expect(page.get_by_text(quote).first).to_be_visible()
    assert said == [], "the page's policy refused something of its own"
    page.close()
