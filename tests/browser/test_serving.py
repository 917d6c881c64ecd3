"""How the page is served: privately, on this machine, beside the command line and throughout an ingest."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from assistant.page import FILE
from tests.browser.conftest import COMMAND, PATIENCE, FirstStart, Running, Visitor, get, start

pytestmark = pytest.mark.browser


def test_no_request_leaves_this_machine_and_no_question_stays_in_the_browser_but_where_it_says_so(
    visitor: Visitor, answered: dict[str, Any]
) -> None:
    visitor.ask(answered["question"])
    asked_for = [urlsplit(url) for url in visitor.requests]
    assert len(asked_for) > 5
    assert {url.hostname for url in asked_for if url.scheme not in ("data", "blob")} == {"127.0.0.1"}
    kept = visitor.page.evaluate(
        """async () => JSON.stringify([{...localStorage, "onrecord-earlier": ""}, {...sessionStorage}, document.cookie,
           location.href, (await indexedDB.databases()).map(d => d.name)])"""
    )
    assert answered["question"] not in kept
    assert "runs" not in kept
    expect(visitor.page.locator("footer")).to_have_count(0)


def test_a_wrong_key_or_another_sites_name_is_not_let_in(running: Running) -> None:
    def status(path: str, body: bytes | None, headers: dict[str, str]) -> int:
        request = urllib.request.Request(f"{running.address}{path}", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code

    question = json.dumps({"question": "Who spoke?"}).encode()
    assert status("/ask", question, {}) == 403
    assert status("/ask", question, {"X-Onrecord-Key": "é"}) == 403
    assert status("/", None, {"Host": "elsewhere.example"}) == 400
    assert status("/", None, {}) == 200


def test_the_command_line_is_answered_through_the_page(running: Running, answered: dict[str, Any]) -> None:
    # Not by itself: without the page, it would have to import torch.
    blocked = "import sys; sys.modules['torch'] = None; from assistant.cli.main import main; main()"
    command = [sys.executable, "-c", blocked, "ask", "--json", "--home", str(running.home), answered["question"]]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout)
    for key in ("outcome", "answer", "citations", "searched"):
        assert told[key] == answered[key]


def test_a_first_start_listens_soon_says_where_and_answers_when_it_can(first_start: FirstStart) -> None:
    assert first_start.page.said.strip() == f"On Record is at {first_start.page.address}"
    assert first_start.seconds < 15
    # Asked at once, it waits for the samples and the model instead of failing.
    assert "One moment: starting up" in first_start.waiting
    assert "Merrowdale Borough Council" in first_start.answer


def test_a_taken_port_is_told(running: Running, tmp_path: Path) -> None:
    command = [*COMMAND, "chat", "--port", running.address.rsplit(":")[-1], "--home", str(tmp_path)]
    tried = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert tried.returncode == 2
    assert "is in use; close the other page or use --port" in tried.stderr


def test_ctrl_c_closes_it_cleanly_even_while_somebody_has_it_open(tmp_path: Path, browser: Browser) -> None:
    page = start(tmp_path)
    context = browser.new_context()
    visitor = Visitor(context.new_page())
    visitor.page.goto(page.address)
    expect(visitor.box).to_be_visible(timeout=PATIENCE)
    expect(visitor.page.locator("header")).not_to_contain_text("Merrowdale")  # no samples are on this record
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    page.process.send_signal(signal.SIGINT)
    assert page.process.wait(15) == 0
    context.close()
    assert not (tmp_path / FILE).exists()
    assert page.process.stdout is not None
    assert page.process.stdout.read() == "The page is closed.\n"


def test_on_another_address_there_are_no_operators_until_they_can_sign_in_and_visitors_are_counted_apart(
    tmp_path: Path, browser: Browser
) -> None:
    page = start(
        tmp_path,
        ONRECORD_HOST="0.0.0.0",
        ONRECORD_READER="none",
        ONRECORD_SIGN_IN_PROXIES="127.0.0.1",
        ONRECORD_QUESTIONS_A_MINUTE="1",
    )
    try:
        assert page.process.stdout is not None
        said = page.said + page.process.stdout.readline() + page.process.stdout.readline()
        assert "Operators cannot sign in yet, so /operate is left out on 0.0.0.0" in said
        assert "set ONRECORD_HOSTNAMES" in said
        assert f"On Record is at {page.address}" in said
        assert get(f"{page.address}/health")["ok"]
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(f"{page.address}/operate/")
        for address in ("192.0.2.1", "192.0.2.2"):
            context = browser.new_context(extra_http_headers={"X-Forwarded-For": f"10.9.9.9, {address}"})
            visitor = Visitor(context.new_page())
            visitor.page.goto(page.address)
            first = visitor.ask("Who spoke?", settled=".failed")
            expect(first.locator(".failed")).to_contain_text("Nothing is on record yet")
            again = visitor.ask("Who spoke?", settled=".failed")
            expect(again.locator(".failed")).to_contain_text("On Record is busy: please try again in")
            context.close()
    finally:
        page.process.terminate()
        page.process.wait(20)


NEW = """Quarrelsome Parish Council

LIGHTHOUSE SCRUTINY COMMITTEE

MINUTES of a meeting of the Lighthouse Scrutiny Committee held on Tuesday, {day} April 2025.

1. Foghorn

The Keeper reported that the foghorn at Gull Point had sounded {count} times in the winter of 2024.
"""


def test_an_ingest_from_the_command_line_is_never_noticed_but_for_what_it_brings(
    visitor: Visitor, running: Running, tmp_path: Path, answered: dict[str, Any]
) -> None:
    for day in range(1, 25):
        (tmp_path / f"foghorn-{day}.md").write_text(NEW.format(day=day, count=900 + day), "utf-8")
    visitor.ask(answered["question"])
    ingesting = subprocess.Popen(
        [*COMMAND, "ingest", "--home", str(running.home), str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    during = 0
    while ingesting.poll() is None:
        turn = visitor.ask(answered["question"])
        expect(turn.locator(".failed")).to_have_count(0)
        expect(turn.locator("mark, blockquote").first).to_be_visible()
        assert running.ask(answered["question"])["citations"]
        during += 1
    ended = time.monotonic()
    assert ingesting.returncode == 0, ingesting.communicate()[0]
    assert during
    question = "How often had the foghorn at Gull Point sounded?"
    while True:
        found = running.ask(question)
        if any("foghorn" in c["quote"] for c in found["citations"] or found["nearest"]):
            break
        assert time.monotonic() - ended < 5, "the new documents are not found after five seconds"
    assert time.monotonic() - ended < 5
    turn = visitor.ask(question)
    expect(turn.locator("blockquote").first).to_contain_text("foghorn", timeout=PATIENCE)
    visitor.page.get_by_role("button", name="Where to look").click()
    visitor.page.get_by_label("Committee", exact=True).click()
    visitor.page.get_by_role("option", name="Lighthouse Scrutiny Committee").click()
    expect(visitor.ask(question)).to_contain_text("of Lighthouse Scrutiny Committee")
