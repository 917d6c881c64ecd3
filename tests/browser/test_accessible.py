"""What axe finds wrong on the page, in every tab and state that people meet: nothing may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Running, Visitor

pytestmark = pytest.mark.browser


def ask(words: str, settled: str = ".answer") -> Callable[[Visitor, dict[str, Any]], None]:
    def done(visitor: Visitor, _: dict[str, Any]) -> None:
        visitor.ask(words, settled)

    return done


def answer(visitor: Visitor, answered: dict[str, Any]) -> None:
    turn = visitor.ask(answered["question"])
    turn.locator("a.cite").first.click()
    expect(visitor.marked).to_be_visible()
    visitor.page.keyboard.press("Tab")


def preview(visitor: Visitor, answered: dict[str, Any]) -> None:
    visitor.ask(answered["question"]).locator("a.cite").first.hover()
    expect(visitor.page.get_by_role("tooltip")).to_be_visible()


def opinion(visitor: Visitor, answered: dict[str, Any]) -> None:
    visitor.ask(answered["question"]).get_by_role("button", name="Not helpful").click()
    expect(visitor.page.get_by_role("dialog")).to_be_visible()


def folds(visitor: Visitor, _: dict[str, Any]) -> None:
    visitor.page.get_by_role("button", name="Where to look").click()


def promised(visitor: Visitor, _: dict[str, Any]) -> None:
    visitor.page.get_by_role("tab", name="Promises").click()
    visitor.page.get_by_role("button", name="Show promises").click()
    expect(visitor.page.locator("#promises .entries > li").first).to_be_visible(timeout=PATIENCE)
    visitor.page.get_by_role("button", name="Add a note").click()


def over_time(visitor: Visitor, _: dict[str, Any]) -> None:
    visitor.page.get_by_role("tab", name="Timeline").click()
    visitor.page.get_by_label("Subject").fill("school transport")
    visitor.page.get_by_role("button", name="Show the timeline").click()
    expect(visitor.page.get_by_text("Mentioned in")).to_be_visible(timeout=PATIENCE)
    visitor.page.locator("summary", has_text="as a table").click()


def checked(visitor: Visitor, _: dict[str, Any]) -> None:
    visitor.page.get_by_role("tab", name="Check a draft").click()
    visitor.page.get_by_label("Your draft", exact=True).fill("The mooring fee was £412 a year. Our swans are happy.")
    visitor.page.get_by_role("button", name="Check the draft").click()
    expect(visitor.page.locator("#check-status")).to_contain_text("Sentences:", timeout=PATIENCE)


def on_record(visitor: Visitor, _: dict[str, Any]) -> None:
    visitor.page.get_by_role("tab", name="What’s on record").click()
    visitor.page.locator("summary", has_text="Show the meetings").first.click()


def meeting(visitor: Visitor, answered: dict[str, Any]) -> None:
    turn = visitor.ask(answered["question"])
    turn.locator("a.cite").first.click()
    visitor.marked.get_by_role("link", name="Read it in its meeting").click()
    expect(visitor.page.get_by_role("main").locator("mark").first).to_be_visible()


def kept(visitor: Visitor, answered: dict[str, Any]) -> None:
    turn = visitor.ask(answered["question"])
    turn.get_by_role("button", name="Keep and share").click()
    turn.get_by_role("link", name="Permanent link").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


def nothing_kept(visitor: Visitor, _: dict[str, Any]) -> None:
    visitor.page.goto(visitor.page.url.rstrip("/") + "/kept/nothing-is-here")


def news(visitor: Visitor, _: dict[str, Any]) -> None:
    visitor.page.goto(visitor.page.url.rstrip("/") + "/new?since=2020-01-01")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


STATES: dict[str, Callable[[Visitor, dict[str, Any]], None]] = {
    "opened": lambda visitor, _: None,
    "answered": answer,
    "previewed": preview,
    "asked for an opinion": opinion,
    "nothing on record": ask("What is the capital of Peru?"),
    "not understood": ask("…", ".failed"),
    "where to look": folds,
    "promises": promised,
    "timeline": over_time,
    "draft": checked,
    "on record": on_record,
    "meeting": meeting,
    "kept": kept,
    "nothing kept": nothing_kept,
    "new": news,
}


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


# Everything that can be pressed or written in, by its place among its like; tabs move by arrow keys too.
CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, textarea, select, summary')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.getBoundingClientRect().width > 1)
  .filter((e) => !e.closest('[inert], [aria-hidden=true], [role=listbox]') && !e.matches('[role=tab], [tabindex="-1"]'))
  .map((e, n) => (e.dataset.seen = String(n), e.outerHTML.slice(0, 120)))"""
BY_TAB = ["answered", "promises", "timeline", "draft", "on record", "meeting", "kept", "new"]


def out_of_reach(page: Page) -> list[str]:
    """What can be pressed on the page and is not come to by Tab."""
    page.wait_for_timeout(500)
    there = page.evaluate(CONTROLS)
    assert there
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    reached: set[str] = set()
    for _ in range(2 * len(there) + 20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement?.dataset?.seen ?? ''"))
    return [shown for n, shown in enumerate(there) if str(n) not in reached]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong_and_tab_comes_to_everything(
    state: str, visitor: Visitor, answered: dict[str, Any]
) -> None:
    STATES[state](visitor, answered)
    assert violations(visitor.page) == []
    if state in BY_TAB:
        assert out_of_reach(visitor.page) == []


@pytest.mark.parametrize("state", ["answered", "promises", "timeline", "meeting", "on record"])
def test_nor_in_the_dark_and_at_320_pixels_where_nothing_scrolls_sideways(
    state: str, visit: Any, answered: dict[str, Any]
) -> None:
    # 320 px wide is what 1280 px are at 400 % zoom.
    visitor = visit(color_scheme="dark", viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    STATES[state](visitor, answered)
    assert violations(visitor.page) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_operators_pages_too(running: Running, visit: Any) -> None:
    page = visit().page
    page.goto(f"{running.address}/operate")
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.wait_for_timeout(300)
        assert violations(page) == []
