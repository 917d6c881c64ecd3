"""How long somebody waits at the page, on loopback: python -m tests.benchmarks.page

In a headless Chromium, over the sample minutes and the evals' questions of them: until something is seen, until the
question box is there, and from Enter until an answer stands, with the door that the command line uses asked other
questions in turn, so that both meet the same machine.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from corpus.samples import samples_folder
from tests.browser.conftest import CHROMIUM, PATIENCE, Running, ingest_paths, start, wait_until_ready
from tests.evals.cases import load_cases

VISITS = 5
# Counted in the page itself, from the key to the first change of the document that holds the answer.
WATCH = """(n) => {
    const begun = performance.now();
    const answer = `#transcript li.turn:nth-child(${n}) :is(.quotation, .refused, .failed)`;
    window.answered = new Promise((done) => new MutationObserver((_, me) => {
        if (!document.querySelector(answer)) return;
        me.disconnect();
        done(performance.now() - begun);
    }).observe(document.querySelector('#transcript'), { subtree: true, childList: true }));
}"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    """Print the table."""
    if not CHROMIUM.exists():
        sys.exit(f"The page's benchmark needs {CHROMIUM}; install the Debian package chromium.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        ingest_paths(home, [samples_folder()])
        running = start(home, OMP_NUM_THREADS=str(os.cpu_count()))
        try:
            wait_until_ready(running)
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic", "--disable-background-networking"]
            )
            _visits([browser.new_page() for _ in range(VISITS)], running)
            _answers(browser.new_page(), running)
            browser.close()
        finally:
            running.process.terminate()
            running.process.wait(20)


def _visits(pages: list[Page], running: Running) -> None:
    painted, usable = [], []
    for page in pages:
        begun = time.perf_counter()
        page.goto(running.address)
        page.get_by_label("Your question").wait_for(timeout=PATIENCE)
        usable.append(time.perf_counter() - begun)
        painted.append(float(page.evaluate(PAINT)) / 1000)
        page.close()
    _tell("first contentful paint", painted)
    _tell("the question box", usable)


def _answers(page: Page, running: Running) -> None:
    """Every second question at the page, the others at the door."""
    page.goto(running.address)
    box = page.get_by_label("Your question")
    questions = [case.question for case in load_cases() if case.source == "samples" and not case.history]
    at_page, at_door = [], []
    for n, (here, there) in enumerate(zip(questions[::2], questions[1::2], strict=False), 1):
        box.fill(here)
        page.evaluate(WATCH, n)
        box.press("Enter")
        at_page.append(float(page.evaluate("window.answered")) / 1000)
        begun = time.perf_counter()
        running.ask(there)
        at_door.append(time.perf_counter() - begun)
    _tell("an answer's first quotation", at_page)
    _tell("the same number of other questions at the door", at_door)
    print(f"page to door: {median(at_page) / median(at_door):.2f}")


def _tell(what: str, seconds: list[float]) -> None:
    print(f"{what}: {median(seconds):.2f} s median, {max(seconds):.2f} s at most, of {len(seconds)}")


if __name__ == "__main__":
    main()
