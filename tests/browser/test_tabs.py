"""What people notice on the tabs of promises and of drafts."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE, Running, Visitor

pytestmark = pytest.mark.browser

DRAFT = (
    "Dear reader, thank you for your letters. The Harbour Master reported that the mooring fee was £412 a year "
    "<img src=x onerror=window.hacked=1>. Our swans have been given names by schoolchildren."
)


def promises(page: Page, about: str = "") -> Locator:
    page.get_by_role("tab", name="Promises").click()
    page.get_by_label("About", exact=True).fill(about)
    page.get_by_role("button", name="Show promises").click()
    found = page.locator("#promises .entries > li")
    expect(found.first).to_be_visible(timeout=PATIENCE)
    return found


def check(page: Page, draft: str = "") -> Locator:
    if draft:
        page.get_by_label("Your draft", exact=True).fill(draft)
    page.get_by_role("button", name="Check the draft").click()
    expect(page.locator("#check-status")).to_contain_text("Sentences:", timeout=PATIENCE)
    return page.locator("#checked .entries > li")


def test_promises_about_a_subject_stand_with_what_came_of_them_and_can_be_taken_away(visitor: Visitor) -> None:
    found = promises(visitor.page, "refusal letters")
    expect(found.first.locator("blockquote")).to_contain_text("letter")
    expect(found.first.locator("figcaption")).to_contain_text("Merrowdale Borough Council")
    expect(visitor.page.locator("#promises-status[role=status]")).to_contain_text("promises.")
    link = visitor.page.get_by_role("link", name="These as a spreadsheet")
    held = base64.b64decode(str(link.get_attribute("href")).partition(",")[2]).decode("utf-8-sig")
    assert held.startswith("promise,kind,who")
    assert len(held.splitlines()) > found.count()


def test_more_promises_are_shown_when_asked_for_and_a_wrong_name_is_told(visitor: Visitor) -> None:
    found = promises(visitor.page)
    expect(found).to_have_count(25)
    visitor.page.get_by_role("button", name="Show more").click()
    expect(found).to_have_count(50, timeout=PATIENCE)
    visitor.page.get_by_label("Made by").fill("Nobody Atall")
    visitor.page.get_by_role("button", name="Show promises").click()
    expect(visitor.page.locator("#promises-status .failed")).to_contain_text(
        "Nobody called Nobody Atall", timeout=PATIENCE
    )


def test_a_note_is_kept_with_its_name_and_told_apart(visitor: Visitor) -> None:
    page = visitor.page
    found = promises(page, "refusal letters")
    page.get_by_role("button", name="Add a note").click()
    page.get_by_label("Number in the list").fill("1")
    page.get_by_label("Note", exact=True).fill("<b>Seen</b> by me")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#note-kept")).to_contain_text("whose note it is", timeout=PATIENCE)
    page.get_by_label("Your name").fill("Ann Imber")
    page.get_by_role("button", name="Keep the note").click()
    expect(found.first).to_contain_text("Note by Ann Imber", timeout=PATIENCE)
    expect(found.first).to_contain_text("not from the record: <b>Seen</b> by me")


def test_a_draft_is_held_against_the_record_and_its_differing_words_are_marked(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("tab", name="Check a draft").click()
    greeting, fee, swans = check(page, DRAFT).all()
    expect(greeting.locator(".finding")).to_have_text("No claim")
    expect(fee.locator(".finding")).to_contain_text("Differs (number: £412")
    expect(fee.locator(".sides > div").first.locator("mark")).to_contain_text("£412")
    expect(fee.locator("blockquote")).to_contain_text("£312")
    expect(swans.locator(".finding")).to_have_text("No prior statement")
    assert page.evaluate("window.hacked") is None
    link = page.get_by_role("link", name="The whole check as a Word file")
    data = base64.b64decode(str(link.get_attribute("href")).partition(",")[2])
    cells = [cell.text for row in docx.Document(io.BytesIO(data)).tables[0].rows for cell in row.cells]
    assert any("£312" in cell and "harbour.txt" in cell for cell in cells)


def test_a_word_file_is_read_in_the_browser_and_stored_nowhere(
    visitor: Visitor, running: Running, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph("The mooring fee was £312 a year, the Harbour Master reported.")
    document.save(str(tmp_path / "draft.docx"))
    page = visitor.page
    page.get_by_role("tab", name="Check a draft").click()
    page.get_by_label("Or open a text or Word file").set_input_files(tmp_path / "draft.docx")
    expect(page.get_by_label("Your draft", exact=True)).to_have_value(
        "The mooring fee was £312 a year, the Harbour Master reported.", timeout=PATIENCE
    )
    (one,) = check(page).all()
    expect(one.locator(".finding")).to_have_text("Consistent")
    held = [
        path
        for path in running.home.rglob("*")
        if path.is_file() and b"fee was \xc2\xa3312 a year, the" in path.read_bytes()
    ]
    assert held == []


def test_the_tabs_are_reached_and_used_by_keyboard_and_fit_a_narrow_screen(visit: Any) -> None:
    page = visit(viewport={"width": 320, "height": 800}).page
    page.get_by_role("tab", name="Ask").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Check a draft":
            break
        page.keyboard.press("ArrowRight")
        if page.evaluate("document.activeElement.textContent.trim()") == "Check a draft":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Check a draft")).to_have_attribute("aria-selected", "true")
    box = page.get_by_label("Your draft", exact=True)
    box.focus()
    page.keyboard.type("The mooring fee was raised to a thousand pounds.")
    page.get_by_role("button", name="Check the draft").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#check-status")).to_contain_text("Sentences:", timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    promises(page, "school transport")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
