"""One record and one running page for all browser tests; a fresh browser context for each."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from assistant.config import Settings
from assistant.page import ask_page
from corpus.changes import writing
from corpus.records import Record
from corpus.weights import Embedder
from ingest import sync
from ingest.read import Supplied
from ingest.sources import find_sources

CHROMIUM = Path("/usr/bin/chromium")
COMMAND = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
PATIENCE = 30_000  # milliseconds that an answer may take on a busy machine

HOSTILE = """Quarrelsome Parish Council

HARBOUR SCRUTINY COMMITTEE

MINUTES of a meeting of the Harbour Scrutiny Committee held on Tuesday, 4 March 2025.

1. Mooring fees

The Harbour Master reported that the mooring fee was **£312** a year <script>window.hacked=1</script> and that \
<img src=x onerror="window.hacked=1"> the [tariff](javascript:alert(1)) had been set by ${window.hacked=1} and \
{{value}} in April. He said that `$x^2$` and <b>bold words</b> had been printed in the tariff by mistake.
"""


def ingest_paths(home: Path, paths: list[Path]) -> None:
    settings = Settings(home=home)
    record = Record(home)
    with writing(home):
        steps = list(sync.plan(record, find_sources(paths), Supplied()))
        assert not [step.reason for step in steps if step.action == "skip"]
        embedder = Embedder(settings.embedding_model, settings.precision)
        sync.ingest(record, embedder, steps, settings.chroma_sync_threshold, sync.Unwatched())


@dataclass
class Running:
    """A page that runs: where, for which record, and what it said on its standard output."""

    address: str
    home: Path
    process: subprocess.Popen[str]
    said: str = ""

    def ask(self, question: str, **more: Any) -> dict[str, Any]:
        answer = ask_page(self.home, {"question": question, **more}, seconds=60)
        assert answer is not None, "the page did not answer"
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, *options: str, port: int | None = None, **settings: str) -> Running:
    port = port or free_port()
    process = subprocess.Popen(
        [*COMMAND, "chat", "--port", str(port), "--home", str(home), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "ONRECORD_QUESTIONS_A_MINUTE": "0", **settings},
    )
    assert process.stdout is not None
    return Running(f"http://127.0.0.1:{port}", home, process, process.stdout.readline())


def get(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=10) as response:
        return dict(json.load(response))


def wait_until_ready(running: Running, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not get(f"{running.address}/health")["ready"]:
        assert time.monotonic() < until, "the page did not get ready"
        time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; install the Debian package chromium")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield opened
        opened.close()


@dataclass
class Visitor:
    """Somebody at the page, and every address that their browser asked for."""

    page: Page
    requests: list[str] = field(default_factory=list)

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Your question")

    @property
    def turns(self) -> Locator:
        return self.page.locator("#transcript li.turn")

    @property
    def marked(self) -> Locator:
        return self.page.locator("#evidence .card.marked")

    def cards(self) -> Locator:
        return self.page.locator("#evidence .card:visible")

    def submit(self, question: str) -> None:
        self.box.fill(question)
        self.box.press("Enter")

    def ask(self, question: str, settled: str = ".answer") -> Locator:
        """Ask, and wait until an answer, or whatever `settled` names, stands in the conversation."""
        before = self.turns.count()
        self.submit(question)
        turn = self.turns.nth(before)
        expect(turn.locator(".answer, .failed")).to_be_visible(timeout=PATIENCE)
        expect(turn.locator(settled)).to_be_visible()
        return turn


@dataclass
class FirstStart:
    """What somebody saw who opened the page, and asked, as soon as it listened."""

    page: Running
    seconds: float
    waiting: str
    answer: str


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[FirstStart]:
    """A page started on no record at all, with the samples, and asked at once."""
    begun = time.monotonic()
    page = start(tmp_path_factory.mktemp("first") / "not yet there", "--samples")
    seconds = time.monotonic() - begun
    try:
        context = browser.new_context()
        visitor = Visitor(context.new_page())
        visitor.page.goto(page.address)
        visitor.submit("How long is the wait for an autism assessment?")
        expect(visitor.turns.first).to_be_visible(timeout=PATIENCE)
        waiting = visitor.turns.first.inner_text()
        expect(visitor.turns.first.locator(".answer, .failed")).to_be_visible(timeout=60_000)
        answer = visitor.turns.first.inner_text()
        context.close()
        yield FirstStart(page, seconds, waiting, answer)
        page.process.terminate()
        assert page.process.wait(20) == 0
    finally:
        page.process.kill()


@pytest.fixture(scope="session")
def running(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Running:
    """The same page, ready, with hostile minutes on record too."""
    hostile = tmp_path_factory.mktemp("minutes") / "harbour.txt"  # plain text: nothing in it is read as Markdown
    hostile.write_text(HOSTILE, "utf-8")
    wait_until_ready(first_start.page)
    ingest_paths(first_start.page.home, [hostile])
    return first_start.page


@pytest.fixture
def visit(running: Running, browser: Browser) -> Iterator[Any]:
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        visitor = Visitor(context.new_page())
        visitor.page.on("request", lambda request: visitor.requests.append(request.url))
        visitor.page.goto(running.address)
        expect(visitor.box).to_be_visible(timeout=PATIENCE)
        return visitor

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(visit: Any) -> Visitor:
    return visit()  # type: ignore[no-any-return]


CANDIDATES = (
    "How long is the wait for an occupational therapy assessment?",
    "How long is the wait for an autism assessment?",
    "How many missed collections were there for every 100,000 made?",
    "What was the recycling rate?",
    "When is Castle Harby swimming pool expected to open again?",
    "What did the Committee recommend about 20 mph zones outside schools?",
)


@pytest.fixture(scope="session")
def answered(running: Running) -> dict[str, Any]:
    """A question with at least two citations, and its answer as the command line gets it."""
    for question in CANDIDATES:
        answer = running.ask(question)
        if len(answer["citations"]) >= 2:
            return answer
    pytest.fail("none of the plain questions has two citations")
