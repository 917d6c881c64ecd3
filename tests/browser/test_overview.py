"""What people notice on the timeline, on what is on record, and on what is new."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE, Visitor

pytestmark = pytest.mark.browser


def entries(page: Page, about: str) -> Locator:
    page.get_by_role("tab", name="Timeline").click()
    page.get_by_label("Subject").fill(about)
    page.get_by_label("Subject").press("Enter")
    found = page.locator("#timeline ol.entries > li")
    expect(found.first).to_be_visible(timeout=PATIENCE)
    return found


def test_a_timeline_is_drawn_told_and_leads_to_its_passages(visitor: Visitor) -> None:
    page = visitor.page
    found = entries(page, "committee report")
    expect(found).to_have_count(25)
    expect(page.locator("#timeline-status[role=status]")).to_contain_text("Mentioned in")
    expect(
        page.locator("#timeline").get_by_role("img", name=re.compile("^2024: .*No meeting on record in"))
    ).to_be_visible()
    page.get_by_role("button", name="Show more").locator("visible=true").click()
    expect(found.nth(26)).to_be_visible(timeout=PATIENCE)
    expect(found.first.get_by_role("link", name="Read it in the minutes")).to_have_attribute(
        "href", re.compile(r"^/passage/[0-9a-f]{32}\?start=\d+&end=\d+$")
    )
    table = page.locator("#timeline table")
    expect(table).to_be_hidden()
    page.get_by_text("The same figures as a table").press("Enter")
    expect(table.get_by_role("rowheader", name="December 2023")).to_be_visible()
    expect(table.get_by_role("row", name="December 2023")).to_contain_text("no meeting on record")


def test_what_is_on_record_opens_by_its_address_on_a_phone_and_every_tab_is_in_sight(visit: Any) -> None:
    page = visit(viewport={"width": 320, "height": 800}).page
    page.goto(f"{page.url.partition('#')[0]}#overview")
    council = page.locator("#overview .council", has_text="Merrowdale Borough Council")
    expect(council).to_be_visible(timeout=PATIENCE)
    for name in ("Ask", "Promises", "Timeline", "Check a draft", "What’s on record"):
        expect(page.get_by_role("tab", name=name)).to_be_visible()
    meetings = council.locator(".committee").first
    expect(meetings.get_by_role("link").first).to_be_hidden()
    meetings.locator("summary").press("Enter")
    expect(meetings.get_by_role("link", name="4 October 2023")).to_have_attribute("href", re.compile("^/meeting/.*/1$"))
    entries(page, "gullies")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_came_since_the_last_visit_is_one_link_away(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("tab", name="What’s on record").click()
    page.get_by_role("link", name="See what came on record lately").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What’s new on record")
    expect(page.locator(".last-visit")).to_be_hidden()
    page.evaluate("localStorage.setItem('onrecord.visits', JSON.stringify({ last: '2020-05-03' }))")
    page.reload()
    page.get_by_role("link", name="What came since your last visit, 3 May 2020").click()
    expect(page.get_by_label("On record since")).to_have_value("2020-05-03")
    expect(page.locator(".counted")).to_contain_text("came on record on or after 3 May 2020")
    page.get_by_label("About", exact=True).fill("mooring")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("section.news li")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
