"""How much may be asked for: what a visitor notices of the limits."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.check import Checked
from assistant.config import Settings
from assistant.web import drafts
from assistant.web.limits import Busy, Limits
from assistant.web.log import kind
from assistant.web.startup import StartUp
from assistant.web.waiting import house, waited
from tests.helpers import awaited

STEPS = st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 90, allow_nan=False)), max_size=120)


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def is_let_in(limits: Limits, visitor: str) -> bool:
    try:
        with limits.asking(visitor):
            return True
    except Busy:
        return False


@given(st.integers(1, 40), STEPS)
@settings(max_examples=150, deadline=None)
def test_in_no_minute_a_visitor_gets_more_than_twice_what_is_said_and_never_waits_for_another(
    a_minute: int, steps: list[tuple[str, float]]
) -> None:
    clock, alone = Clock(), Clock()
    both, only_a = Limits(a_minute, 1, clock), Limits(a_minute, 1, alone)
    times: dict[str, list[float]] = defaultdict(list)
    for visitor, later in steps:
        clock.now += later
        alone.now = clock.now
        got = is_let_in(both, visitor)
        if visitor == "a":
            assert got == is_let_in(only_a, visitor)
        if got:
            times[visitor].append(clock.now)
    for got_at in times.values():
        for at in got_at:
            # A full bucket, and what comes back into it within the minute.
            assert sum(at <= other < at + 60 for other in got_at) <= 2 * a_minute


@given(st.integers(1, 600), st.floats(0, 10))
@settings(max_examples=100, deadline=None)
def test_whoever_waits_as_long_as_told_is_let_in(a_minute: int, later: float) -> None:
    clock = Clock()
    limits = Limits(a_minute, 5, clock)
    for _ in range(a_minute):
        assert is_let_in(limits, "a")
    clock.now += later * 60 / a_minute / 10.1  # less than one question's time
    with pytest.raises(Busy) as told, limits.asking("a"):
        pass
    clock.now += told.value.seconds
    assert is_let_in(limits, "a")


def test_so_many_at_once_and_a_place_is_free_again_also_after_a_failure() -> None:
    limits = Limits(0, 2)
    busy = pytest.raises(Busy, match="On Record is busy: please try again in 5 seconds")
    with limits.asking("a"), limits.asking(None), busy, limits.asking("b"):
        pass
    with pytest.raises(ValueError, match="broke"), limits.asking("a"):
        raise ValueError("broke")
    with limits.asking("a"), limits.asking("b"):
        pass


def test_the_page_says_when_to_come_back_and_the_log_not_what_was_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    startup = StartUp(Settings(home=tmp_path, questions_a_minute=1, log="json"), samples=False)
    startup.settled.set()
    assert awaited(waited(startup, lambda: "swans")) == "swans"
    with pytest.raises(Busy, match=r"^On Record is busy: please try again in \d+ seconds$"):
        awaited(waited(startup, lambda: "swans"))
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["outcome"] for line in told] == ["done", "busy"]
    assert set(told[0]) == {"time", "what", "outcome", "seconds", "status"}


def test_what_is_stopped_holds_its_place_until_its_thread_ends(tmp_path: Path) -> None:
    startup = StartUp(Settings(home=tmp_path, waiting_at_most=1), samples=False)
    startup.settled.set()
    begun, end = Event(), Event()

    def work() -> None:
        begun.set()
        end.wait(30)

    async def stopped() -> list[bool]:
        asked = asyncio.create_task(waited(startup, work))
        await asyncio.to_thread(begun.wait, 30)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        held = [is_let_in(startup.limits, "b")]
        end.set()
        for _ in range(100):
            await asyncio.sleep(0.02)
            if free := is_let_in(startup.limits, "b"):
                break
        return [*held, free]

    assert awaited(stopped()) == [False, True]


def test_files_that_are_saved_are_no_questions(tmp_path: Path) -> None:
    startup = StartUp(Settings(home=tmp_path, questions_a_minute=1), samples=False)
    startup.settled.set()
    assert awaited(waited(startup, lambda: "a file", "of answers")) == "a file"
    assert awaited(waited(startup, lambda: "swans")) == "swans"
    with pytest.raises(Busy):
        awaited(waited(startup, lambda: "another file", "of answers"))


def test_a_draft_counts_as_long_as_it_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    startup = StartUp(Settings(home=tmp_path, waiting_at_most=1), samples=False)
    startup.settled.set()
    held: list[bool] = []

    def checked(*_: object) -> Iterator[Checked]:
        held.append(is_let_in(startup.limits, "b"))
        yield from ()

    async def told() -> None:
        async for _ in drafts._checked(startup, "The pool opens in May.", ""):
            pass

    monkeypatch.setattr(drafts, "_held", checked)
    awaited(told())
    assert held == [False]
    assert is_let_in(startup.limits, "b")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "/"),
        ("/passage/0a1b2c", "/passage"),
        ("/kept/abcdef", "/kept"),
        ("/gradio_api/queue/join", "/gradio_api/queue"),
        ("/operate/gradio_api/file=/home/ann/minutes.txt", "/operate/gradio_api/file"),
        ("/was a promise made to Ann?", "/"),
    ],
)
def test_the_log_names_kinds_of_things_only(path: str, told: str) -> None:
    assert kind(path) == told


def test_visitors_of_one_house_are_one() -> None:
    assert house("2001:db8:1:2::3") == house("2001:db8:1:2:ffff::9") != house("2001:db8:1:3::3")
    assert house("192.0.2.1") != house("192.0.2.2")
