"""A process that loads the model once and carries out each command in a fork, so that it can be killed.

Loading the model takes seconds, which twenty kills cannot afford. The parent never opens the record or
Chroma, so a fork of it stands where a new `onrecord` process stands once its imports are done. Everything
that is run is the real thing; some functions only say so first (`phase`), for the test to choose a moment.

Commands come as JSON lines; `{"pid"}`, `{"phase"}`, `{"answer"}` and at last `{"ended"}` go out as JSON lines.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any

import chromadb  # noqa: F401  # imported here, opened only in forks
import llama_index.vector_stores.chroma  # noqa: F401
import torch
from tqdm import tqdm

from assistant.ask import Assistant
from assistant.config import Settings
from corpus import changes, vectors
from corpus.changes import writing
from corpus.errors import UserError
from corpus.records import Record
from corpus.weights import Embedder
from ingest import sync
from ingest.read import Supplied
from ingest.sources import find_sources

EMBEDDER = Embedder()
STUCK = 120  # seconds after which a command says where it stands, and ends


def tell(**facts: Any) -> None:
    os.write(1, (json.dumps(facts) + "\n").encode())


def announced(phase: str, step: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any, **named: Any) -> Any:
        tell(phase=phase)
        return step(*arguments, **named)

    return run


def carry_out(command: dict[str, Any]) -> Any:
    # The small sync threshold comes from the environment. What reads passages has no part in the record.
    settings = Settings(home=Path(command["home"]), reader="none")
    record = Record(settings.home)
    if command["slowly"]:
        vectors.WRITE_BATCH = 4  # many small writes to Chroma have many moments to be killed at
    if command["do"] == "ask":
        assistant = Assistant(settings, record)
        assistant.embedder = assistant.retriever.embedder = EMBEDDER
        assistant.warm()
        answer = assistant.ask(command["question"])
        return {
            "passages": [c.passage for c in (*answer.citations, *answer.nearest)],
            "current": vectors.is_current(record),
        }
    with writing(settings.home):
        if command["do"] == "remove":
            return sync.remove(record, command["target"], settings.chroma_sync_threshold)
        sources = find_sources([Path(command["folder"])])
        steps = list(sync.plan(record, sources, Supplied()))
        sync.ingest(record, EMBEDDER, steps, settings.chroma_sync_threshold, sync.Unwatched())
        return {step.path.name: step.action for step in steps if step.action != "unchanged"}


def main() -> None:
    torch.set_num_threads(1)  # a fork has only its own thread: a pool of them would be missed
    # tqdm's own lock is shared by all forks: one killed while it held it would stop all that come after.
    tqdm.set_lock(RLock())
    tqdm.monitor_interval = 0
    EMBEDDER.load()
    EMBEDDER.embed(["Warm."])
    sync.EMBEDDED_AT_ONCE = 25
    sync.PUBLISHED_AT_ONCE = 25
    EMBEDDER.embed = announced("embed", EMBEDDER.embed)  # type: ignore[method-assign]
    changes.put = announced("commit", changes.put)
    vectors._copy = announced("copy", vectors._copy)
    vectors._fill = announced("fill", vectors._fill)
    changes.set_meta = announced("name", changes.set_meta)
    vectors.set_meta = changes.set_meta
    tell(ready=True)
    before = 0
    for line in sys.stdin:
        if before:
            os.waitpid(before, 0)  # only now: a process id that may yet be killed must not be another's
        command = json.loads(line)
        before = os.fork()
        if before == 0:
            status = 1
            tell(pid=os.getpid())  # before any phase
            faulthandler.dump_traceback_later(STUCK, exit=True)
            try:
                tell(answer=carry_out(command))
                status = 0
            except UserError as error:
                tell(answer=str(error))
                status = 2
            except BaseException as error:
                tell(answer=repr(error))
            finally:
                os._exit(status)
        ended = os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
        assert ended
        tell(ended=ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status)


if __name__ == "__main__":
    main()
