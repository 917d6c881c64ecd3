"""One writer at a time: two commands that change the record wait for each other, or one says so."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import vectors
from corpus.changes import writing
from corpus.errors import UserError
from corpus.overview import overview
from corpus.records import Record
from tests.examples import ITEM_PAGE, MEETING, write
from tests.helpers import ROOT, consistent

BUSY = "Another onrecord command is changing this record; try again when it has finished"


def test_a_second_writer_is_told_in_one_sentence(home: Path) -> None:
    with writing(home):
        begun = time.monotonic()
        with pytest.raises(UserError) as told, writing(home, wait=0.3):
            pytest.fail("two writers at once")
        assert str(told.value) == BUSY
        assert time.monotonic() - begun < 5
    with writing(home, wait=0):
        pass  # and free again


def test_a_second_writer_goes_on_when_the_first_has_finished(home: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from corpus.changes import writing\n"
            "with writing(Path(sys.argv[1])): print('held', flush=True); time.sleep(1.5)",
            str(home),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(UserError), writing(home, wait=0):
        pytest.fail("two writers at once")
    with writing(home, wait=20):
        assert holder.wait(timeout=20) == 0


def test_a_writer_that_was_killed_holds_nobody_up(home: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from corpus.changes import writing\n"
            "with writing(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)",
            str(home),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait(timeout=20)
    with writing(home, wait=0):
        pass


def test_a_new_record_may_be_opened_by_many_at_once(home: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom corpus.records import Record\nprint('ready', flush=True)\n"
        "sys.stdin.readline()\nprint(Record(Path(sys.argv[1])).is_empty())"
    )
    waiting = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(home)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for process in waiting:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in waiting:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    for process in waiting:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "True\n", "")


def test_two_ingests_at_once_leave_all_of_both_on_record(home: Path, tmp_path: Path) -> None:
    for number in range(4):
        write(tmp_path / "one", f"streets-{number}.txt", MEETING.replace("14 grit", f"{14 + number} grit"))
        write(tmp_path / "two", f"library-{number}.txt", ITEM_PAGE.replace("41 stops", f"{41 + number} stops"))
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from assistant.cli.main import main; main()",
                "ingest",
                str(tmp_path / name),
                "--home",
                str(home),
            ],
            cwd=ROOT,
            env=os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    ended = [(*process.communicate(timeout=150), process.returncode) for process in running]
    record = Record(home)
    for (_, err, status), name in zip(ended, ("streets", "library"), strict=True):
        assert "Traceback" not in err
        held = [d for d in overview(record).documents if d.document.startswith(name)]
        # Each either waited its turn and did all of its work, or said that it could not.
        assert (status, len(held)) == (0, 4) or (status, err, len(held)) == (2, f"{BUSY}.\n", 0)
    assert any(status == 0 for *_, status in ended)
    assert vectors.is_current(record)
    assert consistent(record) > 10
