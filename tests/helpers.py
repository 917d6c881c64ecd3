"""Small steps that many tests take."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import chromadb
import numpy as np
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from assistant.cli import main as cli
from assistant.config import Settings
from assistant.web.door import door
from assistant.web.operate.guard import SignIn
from assistant.web.startup import StartUp
from corpus.changes import writing
from corpus.records import Record
from corpus.schema import passages
from corpus.weights import Embedder
from ingest import sync
from ingest.read import Supplied
from ingest.sources import find_sources

T = TypeVar("T")
COPIES = itertools.count()
ROOT = Path(__file__).resolve().parent.parent
SHARED_MINUTES = ROOT.parent / "shared" / "minutes"
needs_shared_minutes = pytest.mark.skipif(
    not SHARED_MINUTES.is_dir(), reason="the real minutes in ../shared/minutes are not here"
)


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str


def onrecord(*arguments: str | Path, stdin: str = "") -> Outcome:
    """Run the command in this process, through its own `main`."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with (
        patch.object(sys, "argv", ["onrecord", *map(str, arguments)]),
        patch.object(sys, "stdin", io.StringIO(stdin)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Outcome(status, out.getvalue(), err.getvalue())


def onrecord_process(*arguments: str | Path, timeout: float = 120) -> Outcome:
    """Run the command as a process of its own, as a user does."""
    command = [sys.executable, "-c", "from assistant.cli.main import main; main()", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=timeout, check=False
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def awaited(work: Coroutine[object, object, T]) -> T:
    """What a coroutine gives; in a thread of its own, since Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def put_on_record(
    record: Record,
    embedder: Embedder,
    *paths: Path,
    council: str | None = None,
    committee: str | None = None,
    date: str | None = None,
    council_from_folder: bool = False,
) -> dict[str, str]:
    """Ingest files and folders; gives what was done with each, by file name."""
    with writing(record.home):
        said = Supplied(council, committee, date, council_from_folder=council_from_folder)
        steps = sync.plan(record, find_sources(paths), said)
        sync.ingest(record, embedder, steps, 1_000, sync.Unwatched())
    return {step.path.name: step.action for step in steps}


def take_off_record(record: Record, target: str | Path) -> list[str]:
    """Remove a source; gives the names removed."""
    with writing(record.home):
        return sync.remove(record, str(target), 1_000)


def index_folder(record: Record) -> Path:
    return record.home / "index" / str(record.fact("index")).partition("@")[0]


def in_chroma(record: Record, only_ids: bool = False) -> dict[str, list[float]]:
    """All that the index holds, read by Chroma from a copy so that the real one is left alone."""
    copy = record.home / f"copy-{next(COPIES)}"
    shutil.copytree(index_folder(record), copy)
    client = chromadb.PersistentClient(path=copy, settings=chromadb.config.Settings(anonymized_telemetry=False))
    held = client.get_collection("passages").get(include=[] if only_ids else ["embeddings"])
    client.close()
    shutil.rmtree(copy)
    if only_ids:
        return {key: [] for key in held["ids"]}
    return dict(zip(held["ids"], np.asarray(held["embeddings"]).tolist(), strict=True))


def consistent(record: Record) -> int:
    """Assert that passages, words, vectors and index agree; gives the number of vectors."""
    with record.engine.connect() as connection:
        wanted = set(connection.scalars(select(passages.c.vector_id)))
        rows = connection.scalar(select(func.count()).select_from(passages))
        words = connection.exec_driver_sql("SELECT count(*) FROM passages_fts").scalar()
    assert rows == words
    assert wanted == record.vector_ids()
    assert set(in_chroma(record, only_ids=True)) == wanted
    return len(wanted)


def served(record: Record) -> FastAPI:
    """The page's own doors over a record, without Gradio's page behind them."""
    settings = Settings(home=record.home)
    return door(StartUp(settings, samples=False), "key", SignIn(settings), operated=False)
