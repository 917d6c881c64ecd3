"""The page as three people use it, start to finish: a councillor, a parent at night, an officer with a deadline."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE, Visitor

pytestmark = pytest.mark.browser

LONGEST_WAY = 80  # times that Tab is pressed before something counts as out of reach


def test_a_councillor_asks_follows_up_opens_the_source_and_takes_it_along(visitor: Visitor) -> None:
    page = visitor.page
    turn = visitor.ask("What did Cabinet decide about the Capstan Day Centre?")
    expect(turn.locator("blockquote").first).to_contain_text("Capstan")
    followed = visitor.ask("And who spoke against it?")
    expect(followed.locator(".understood, .answer").first).to_contain_text("Capstan")
    turn.locator("a.cite").first.click()
    quoted = visitor.marked.locator("mark").inner_text()
    visitor.marked.get_by_role("link", name="Read it in its meeting").click()
    expect(page.get_by_role("main").locator("mark").first).to_be_in_viewport(timeout=PATIENCE)
    marked = " ".join(page.get_by_role("main").locator("mark").all_inner_texts())
    assert _plain(marked).startswith(_plain(quoted)[:60])
    page.go_back()
    visitor.box.wait_for(timeout=PATIENCE)
    visitor.ask("What did Cabinet decide about the Capstan Day Centre?")
    with page.expect_download() as saved:
        page.get_by_role("group", name="The whole conversation").get_by_role("button", name="Word file").click()
    words = _plain("\n".join(p.text for p in docx.Document(saved.value.path()).paragraphs))
    assert _plain(quoted) in words
    assert "hash of its text" in words


def test_a_parent_finds_on_a_phone_by_keyboard_alone_what_was_promised_and_what_came_of_it(visit: Any) -> None:
    page = visit(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).page
    _to(page, page.get_by_role("tab", name="Promises"))
    page.keyboard.press("Enter")
    about = page.get_by_label("About", exact=True)
    _to(page, about)
    page.keyboard.type("refusal letters")
    page.keyboard.press("Enter")
    promises = page.locator("#promises .entries > li")
    expect(promises.first).to_be_visible(timeout=PATIENCE)
    expect(promises.first.locator("blockquote")).to_contain_text(re.compile("letter", re.I))
    came = re.compile("reported done|mentioned later|no later mention|cannot be told", re.I)
    expect(promises.first).to_contain_text(came)
    _to(page, page.get_by_role("link", name="These as a spreadsheet (CSV)"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_officer_checks_a_draft_with_a_wrong_figure_and_files_what_was_found(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("tab", name="Check a draft").click()
    page.get_by_label("Your draft", exact=True).fill(
        "Dear residents. The Harbour Master reported that the mooring fee was £3,120 a year. Thank you for reading."
    )
    page.get_by_role("button", name="Check the draft").click()
    expect(page.locator("#check-status")).to_contain_text("Sentences:", timeout=PATIENCE)
    finding = page.locator("#checked .entries > li").nth(1)
    expect(finding.locator(".finding")).to_contain_text("Differs (number: £3,120")
    expect(finding.locator("blockquote mark")).to_contain_text("£312")
    held = page.get_by_role("link", name="The whole check as a Word file")
    data = base64.b64decode(str(held.get_attribute("href")).partition(",")[2])
    (table,) = docx.Document(io.BytesIO(data)).tables
    row = next(row for row in table.rows if "£3,120" in row.cells[0].text)
    assert "£312" in row.cells[2].text
    assert "harbour.txt" in row.cells[2].text


def _to(page: Page, target: Locator) -> None:
    """Go to something by Tab alone; it must show that it has the focus."""
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement || e.contains(document.activeElement)"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            return
    pytest.fail(f"Tab does not reach {target}")


def _plain(words: str) -> str:
    return " ".join(words.split())
