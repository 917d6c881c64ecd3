"""Killed at any moment of a change, the next command finds a whole record and finishes the work."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from corpus.records import Record
from corpus.schema import documents, passages
from tests.helpers import ROOT, consistent

FILES, ITEMS = 29, 200  # 5,800 passages before the first kill
ROUNDS = 20
PHASES = ["embed", "commit", "copy", "fill", "name"]

# Twenty of each: 8,000 places.
FIRST = "Heron Badger Osier Willow Copper Miller Saddle Barley Plum Raven Fiddler Cobble Lantern Thistle Falcon Mustard"
FIRST += " Harvest Otter Bishop Candle"
SECOND = "Bridge Orchard Gravel Chapel Market Quarry Harbour Forest Castle Meadow Windmill Station Tannery Cricket"
SECOND += " Rectory Ferry Brewery Pasture School Fountain"
THIRD = "Lane Rise Close Walk Hill Row Yard Green Court Gardens Drive Street Passage Wharf Crescent Steps Terrace"
THIRD += " Avenue Square Road"
THINGS = ["bench", "lamp", "bin", "gate", "stile", "hedge", "drain", "sign", "kerb", "rail"]
FAULTS = ["is broken", "wants paint", "has been stolen", "leans over", "was hit by a van", "stands in water"]


def place(number: int) -> str:
    """A place's name, another for each number."""
    names = [part.split() for part in (FIRST, SECOND, THIRD)]
    return " ".join(part[number // 20**n % 20] for n, part in enumerate(names))


def minutes(numbers: Iterable[int]) -> str:
    """Minutes of an invented council: an item of one passage about each of the places."""
    parts = ["Quillbeck District Council\n\nMinutes of the Works Panel held on 4 May 2017\n"]
    for number in numbers:
        dice = random.Random(number)
        thing, fault = dice.choice(THINGS), dice.choice(FAULTS)
        parts.append(
            f"{number % 9000 + 1}. {place(number)}\n\nThe Clerk said that the {thing} at {place(number)} {fault} "
            f"and that {dice.randint(2, 99)} pounds would be spent on it.\n"
        )
    return "\n".join(parts)


class Commands:
    """The process that carries out commands and can be killed at them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        environment = {**os.environ, "ONRECORD_CHROMA_SYNC_THRESHOLD": "4", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killing"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._next() == {"ready": True}

    def _next(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the process is gone"
        return dict(json.loads(line))

    def run(
        self, do: str, kill_in: tuple[str, int] | None = None, delay: float = 0.0, **what: Any
    ) -> tuple[int, Any, list[str]]:
        """Status, answer and phases of a command; killed `delay` seconds into the nth time of a phase."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": do, "home": str(self.home), "slowly": bool(kill_in), **what}) + "\n")
        self.process.stdin.flush()
        pid, answer, phases = 0, None, []
        while True:
            said = self._next()
            pid, answer = said.get("pid", pid), said.get("answer", answer)
            if "phase" in said:
                phases.append(said["phase"])
                if kill_in and (phases.count(kill_in[0]), said["phase"]) == (kill_in[1], kill_in[0]):
                    time.sleep(delay)
                    os.kill(pid, signal.SIGKILL)
            if "ended" in said:
                return said["ended"], answer, phases

    def done(self, do: str, **what: Any) -> Any:
        """A command's answer; it must end well."""
        status, answer, _ = self.run(do, **what)
        assert status == 0, answer
        return answer


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    commands = Commands(tmp_path_factory.mktemp("killed"))
    yield commands
    assert commands.process.stdin
    commands.process.stdin.close()
    commands.process.wait(timeout=60)


def borne_out(record: Record, document_names: set[str] | None = None) -> int:
    """Assert that every passage (of these documents) is in its stored source; gives how many."""
    query = select(passages.c.id).join(documents)
    if document_names is not None:
        query = query.where(documents.c.name.in_(document_names))
    with record.engine.connect() as connection:
        ids = list(connection.scalars(query))
    count = 0
    for at in range(0, len(ids), 500):
        for p in record.passages(ids[at : at + 500]):
            assert record.says(p.document_id, p.start, p.end, p.text)
            count += 1
    assert count == len(ids)
    return count


@pytest.mark.slow
def test_killed_twenty_times_the_record_stays_whole_and_the_work_is_finished(
    commands: Commands, tmp_path: Path
) -> None:
    dice = random.Random(20_170_504)
    folder = tmp_path / "minutes"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:02}.txt").write_text(minutes(range(number * ITEMS, (number + 1) * ITEMS)))
    commands.done("ingest", folder=str(folder))
    record = Record(commands.home)
    assert consistent(record) >= 5_000
    free = FILES * ITEMS
    killed_in: list[str] = []

    for turn in range(ROUNDS):
        # Something new, something changed, and every fourth time something taken away instead.
        gone = folder / f"{turn:02}.txt"
        if turn % 4 == 3:
            gone.unlink()
            command: dict[str, Any] = {"do": "remove", "target": gone.name}
            phase = dice.choice(["copy", "fill", "fill", "name"])
        else:
            for name, new in ((f"new-{turn:02}.txt", 30), (f"{turn:02}.txt", 24)):
                old = range(turn * ITEMS, turn * ITEMS + ITEMS - new) if name == gone.name else ()
                (folder / name).write_text(minutes([*old, *range(free, free + new)]))
                free += new
            command = {"do": "ingest", "folder": str(folder)}
            phase = PHASES[turn // 2 % len(PHASES)] if turn % 2 else "fill"
        time_of_it = 1 if command["do"] == "remove" else dice.choice([1, 1, 2])
        about = turn * ITEMS + ITEMS + dice.randrange(ITEMS)
        question = {"do": "ask", "question": f"What did the Clerk say about {place(about)}?"}
        # Chroma is torn by few of the moments at which it can be killed: so its writing is killed
        # thrice, in the command and in the questions that would mend what the kill before left.
        for what in [command, question, question] if phase == "fill" else [command]:
            delay = dice.uniform(0, 0.5 if phase == "fill" else 0.1)
            status, answer, _ = commands.run(**what, kill_in=(phase, time_of_it), delay=delay)
            assert status in (0, -signal.SIGKILL), f"{phase}: {answer}"
            killed_in += [phase] if status == -signal.SIGKILL else []
            time_of_it = 1

        # A question, from a new process: it is answered, and finishes what was left undone of the index.
        answer = commands.done(**question)
        assert any(place(about) in words for words in answer["passages"]), (turn, place(about), answer)
        assert answer["current"]

        # The same command again ends well, and all is there, once.
        if command["do"] == "remove":
            status, said, _ = commands.run(**command)
            assert status == 0 or "Nothing on record is called" in said
        assert set(commands.done("ingest", folder=str(folder))) <= {f"new-{turn:02}.txt", gone.name}
        assert consistent(record) >= 5_000
        held = {Path(path).name for path in record.known_sources()}
        assert held == {path.name for path in folder.iterdir()}
        borne_out(record, {f"new-{turn:02}.txt", gone.name})

    assert len(killed_in) >= ROUNDS, "most commands ended before they could be killed"
    assert set(killed_in) == set(PHASES)
    assert borne_out(record) > 5_000
