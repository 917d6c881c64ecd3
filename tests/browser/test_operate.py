"""What operators notice of their page, on the machine where it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, Running, Visitor

pytestmark = pytest.mark.browser

MINUTES = """Quillbeck District Council

BEACON SCRUTINY PANEL

MINUTES of a meeting of the Beacon Scrutiny Panel held on Tuesday, 4 March 2025.

1. The lantern at Osier Point

The Beacon Keeper reported that the lantern at Osier Point had been relit on 1,417 evenings since the autumn of 2019.
"""
QUESTION = "On how many evenings had the lantern at Osier Point been relit?"


@pytest.fixture
def operator(running: Running, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{running.address}/operate")
    expect(page.get_by_label("Files")).to_be_visible(timeout=PATIENCE)
    yield page
    context.close()


def test_minutes_are_uploaded_planned_put_on_record_asked_about_and_removed(
    operator: Page, visitor: Visitor, running: Running, tmp_path: Path
) -> None:
    (tmp_path / "beacon.txt").write_text(MINUTES, "utf-8")
    (tmp_path / "beacon.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    operator.get_by_label("Files").set_input_files([tmp_path / "beacon.txt", tmp_path / "beacon.doc"])
    operator.get_by_role("button", name="Show the plan").click()
    planned = operator.locator("#planned")
    expect(planned.locator(".plan")).to_have_text("add        beacon.txt\nPlan: 1 add, 1 skip.", timeout=PATIENCE)
    expect(planned).to_contain_text("Skipped beacon.doc: it is a Word file of the old kind")
    expect(operator.locator("#ingest-status[role=status]")).to_contain_text("Nothing is on record yet")
    assert "1,417" not in str(running.ask(QUESTION))

    operator.get_by_role("button", name="Put on record", exact=True).click()
    expect(operator.locator("#ingest-status")).to_contain_text("It is on record", timeout=PATIENCE)
    assert [path.name for path in (running.home / "uploaded").rglob("*.*")] == ["beacon.txt"]
    expect(visitor.ask(QUESTION).locator("blockquote").first).to_contain_text("1,417 evenings", timeout=PATIENCE)

    operator.get_by_label("Find a document").fill("beacon")
    expect(operator.locator("#held .entries > li")).to_have_count(1, timeout=PATIENCE)
    operator.get_by_role("button", name="Remove beacon.txt").click()
    expect(operator.get_by_role("button", name="No, keep it")).to_be_focused(timeout=PATIENCE)
    operator.get_by_role("button", name="Yes, remove it").click()
    expect(operator.locator("#remove-status")).to_contain_text("beacon.txt is off the record", timeout=PATIENCE)
    assert list((running.home / "uploaded").rglob("*.*")) == []


def test_a_wrong_model_is_told_in_a_sentence_and_the_settings_stay(operator: Page, running: Running) -> None:
    broken: list[Any] = []
    operator.on("pageerror", lambda error: broken.append(error))
    operator.get_by_role("tab", name="Settings").click()
    expect(operator.locator("#settings dt").first).to_be_visible(timeout=PATIENCE)
    operator.get_by_label("Model that writes answers").fill("a big one")
    operator.get_by_role("tab", name="Notes").click()
    operator.get_by_role("tab", name="Settings").click()  # what is typed stays
    operator.get_by_role("button", name="Save the settings").click()
    said = operator.locator("#settings-status .failed")
    expect(said).to_contain_text("a big one, and should be ollama/MODEL, openai/MODEL or", timeout=PATIENCE)
    assert not (running.home / "onrecord.toml").exists()
    assert running.ask("How long is the wait for an autism assessment?")["mode"] == "quotes"
    # What the environment says is shown as such, and cannot be changed here.
    expect(operator.get_by_label("Questions a visitor may ask in a minute")).to_be_disabled()
    operator.set_viewport_size({"width": 320, "height": 800})
    assert operator.evaluate("document.documentElement.scrollWidth") <= 320
    assert broken == []
