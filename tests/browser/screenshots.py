"""`make screenshots`: the pictures of the README, each tab on a desk and on a phone, over the sample minutes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, PATIENCE, start, wait_until_ready

FOLDER = Path(__file__).parent / "shots"
SIZES = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 780}}
QUESTION = "When is Castle Harby swimming pool expected to open again?"


def ask(page: Page) -> None:
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#transcript .after .tools").first).to_be_attached(timeout=PATIENCE)


def read(page: Page) -> None:
    ask(page)
    page.locator("#evidence").get_by_role("link", name="Read it in its meeting").first.click()
    expect(page.get_by_role("main").locator("mark").first).to_be_visible()


def promises(page: Page) -> None:
    page.get_by_role("tab", name="Promises").click()
    page.get_by_label("About", exact=True).fill("refusal letters")
    page.get_by_role("button", name="Show promises").click()
    found = page.locator("#promises .entries > li").first
    expect(found).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Show promises").scroll_into_view_if_needed()


def over_time(page: Page) -> None:
    page.get_by_role("tab", name="Timeline").click()
    page.get_by_label("Subject").fill("school transport")
    page.get_by_role("button", name="Show the timeline").click()
    expect(page.get_by_text("Mentioned in")).to_be_visible(timeout=PATIENCE)


def check(page: Page) -> None:
    page.get_by_role("tab", name="Check a draft").click()
    draft = "Castle Harby swimming pool is expected to open again in autumn 2026. Sport England has awarded £450,000."
    page.get_by_label("Your draft", exact=True).fill(draft)
    page.get_by_role("button", name="Check the draft").click()
    expect(page.locator("#check-status")).to_contain_text("Sentences:", timeout=PATIENCE)
    page.locator("#check-status").scroll_into_view_if_needed()


def on_record(page: Page) -> None:
    page.get_by_role("tab", name="What’s on record").click()
    expect(page.locator("summary", has_text="Show the meetings").first).to_be_visible()


SHOTS: dict[str, Callable[[Page], None]] = {
    "ask": ask, "read": read, "promises": promises, "timeline": over_time, "check": check, "on-record": on_record,
}  # fmt: skip


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        running = start(Path(home), "--samples")
        try:
            wait_until_ready(running)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic"])
            for size, viewport in SIZES.items():
                for name, way in SHOTS.items():
                    page = browser.new_page(viewport=viewport, reduced_motion="reduce")
                    page.goto(running.address)
                    expect(page.get_by_label("Your question")).to_be_visible(timeout=PATIENCE)
                    way(page)
                    page.wait_for_timeout(500)
                    page.screenshot(path=FOLDER / f"{name}-{size}.png")
                    page.close()
            browser.close()
        finally:
            running.process.terminate()
            running.process.wait(20)


if __name__ == "__main__":
    main()
