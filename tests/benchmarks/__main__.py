"""`make bench`: speed and memory over real minutes, ingest as a ratio to LlamaIndex's starter in the same run.

    python -m tests.benchmarks [--documents N] [--compare N]

`--documents` (default: all) are put on record and asked; `--compare` of them (default 150) are also ingested
by the starter, alternating, so that both meet the same machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import quantiles

SHARED = Path(__file__).resolve().parents[3] / "shared"
COMMAND = [sys.executable, "-c", "from assistant.cli.main import main; main()"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--compare", type=int, default=150)
    parser.add_argument("--inside", choices=("ingest", "again", "starter", "ask"))
    parser.add_argument("--home", type=Path)
    parser.add_argument("--list", type=Path)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(INSIDE[options.inside](options)))
        return
    volume = sorted((SHARED / "minutes" / "volume").glob("*.md"))
    if not volume:
        sys.exit(f"The benchmarks need real minutes in {SHARED / 'minutes' / 'volume'}, which is not there.")
    random.Random(0).shuffle(volume)
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), volume[: options.documents], volume[: options.compare])


def _measure(folder: Path, documents: list[Path], compared: list[Path]) -> None:
    few, many = folder / "few", folder / "many"
    few.write_text("\n".join(map(str, compared)))
    many.write_text("\n".join(map(str, documents)))
    rates: dict[str, list[float]] = {"bfloat16": [], "float32": [], "starter": []}
    for turn in range(2):
        for name in rates:
            inside = "starter" if name == "starter" else "ingest"
            precision = {"ONRECORD_PRECISION": name} if inside == "ingest" else {}
            got = _run(inside, folder / f"{name}{turn}", few, precision)
            rates[name].append(got["words"] / got["seconds"])
    for name, values in rates.items():
        ratio = max(values) / max(rates["starter"])
        print(f"ingest {len(compared)} documents, {name}: {max(values):,.0f} words/s, {ratio:.2f} of the starter")
    home = folder / "record"
    whole = _run("ingest", home, many)
    print(
        f"ingest {len(documents)} documents: {whole['words']:,} words, {whole['passages']:,} passages, "
        f"{whole['seconds']:.0f} s, {whole['words'] / whole['seconds']:,.0f} words/s, peak {whole['peak']:.2f} GB"
    )
    again = _run("again", home, many)
    print(f"ingest again: {again['seconds']:.1f} s, {again['seconds'] / whole['seconds']:.2%} of the first")
    for precision in ("bfloat16", "float32"):
        asked = _run("ask", home, many, {"ONRECORD_PRECISION": precision})
        print(
            f"ask, {precision}: p50 {asked['p50']:.2f} s, p95 {asked['p95']:.2f} s, peak {asked['peak']:.2f} GB "
            f"({asked['count']} questions)"
        )
    _start_up(home)


def _run(inside: str, home: Path, listed: Path, extra: dict[str, str] | None = None) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks", "--inside", inside, "--home", str(home), "--list", str(listed)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(extra or {})}, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _ingest(options: argparse.Namespace) -> dict[str, float]:
    from assistant.config import load_settings
    from corpus.changes import writing
    from corpus.records import Record
    from corpus.weights import Embedder
    from ingest import sync
    from ingest.read import Supplied

    settings = load_settings(options.home)
    record, embedder = Record(options.home), Embedder(settings.embedding_model, settings.precision)
    paths = [Path(line) for line in options.list.read_text().splitlines()]
    words = sum(len(p.read_text("utf-8").split()) for p in paths)
    if options.inside == "ingest":
        embedder.load()
        embedder.embed(["warm"])
    begun = time.perf_counter()
    with writing(options.home):
        steps = list(sync.plan(record, paths, Supplied()))
        sync.ingest(record, embedder, steps, settings.chroma_sync_threshold, sync.Unwatched())
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "words": words, "passages": record.passage_count(), "peak": _peak()}


def _starter(options: argparse.Namespace) -> dict[str, float]:
    os.environ["HF_HUB_OFFLINE"] = "1"
    from tests.evals.starter import Starter

    starter = Starter(options.home, [Path(line) for line in options.list.read_text().splitlines()])
    return {"seconds": starter.seconds, "words": starter.words, "peak": _peak()}


def _ask(options: argparse.Namespace) -> dict[str, float]:
    from assistant.ask import Assistant
    from assistant.config import load_settings

    assistant = Assistant(load_settings(options.home))
    assistant.warm()
    lines = (SHARED / "training" / "minutes_questions.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in random.Random(0).sample(lines, 220)]
    taken = []
    for n, question in enumerate(questions):
        begun = time.perf_counter()
        assistant.ask(question)
        if n >= 20:  # the first open files and fill caches that every later one finds filled
            taken.append(time.perf_counter() - begun)
    cuts = quantiles(taken, n=20)
    return {"p50": cuts[9], "p95": cuts[18], "peak": _peak(), "count": len(taken)}


INSIDE = {"ingest": _ingest, "again": _ingest, "starter": _starter, "ask": _ask}


def _start_up(home: Path) -> None:
    question = "What was promised about the footpath?"
    environment = {**os.environ, "ONRECORD_HOME": str(home)}

    def timed(*words: str) -> float:
        begun = time.perf_counter()
        subprocess.run([*COMMAND, *words], env=environment, capture_output=True, check=True)
        return time.perf_counter() - begun

    print(f"onrecord --help: {min(timed('--help') for _ in range(5)):.2f} s")
    print(f"onrecord ask, cold: {min(timed('ask', question) for _ in range(2)):.1f} s")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    page = subprocess.Popen([*COMMAND, "chat", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port, lambda health: True)
        print(f"page answers: {time.perf_counter() - begun:.1f} s", end="")
        _wait(port, lambda health: bool(health["ready"]))
        print(f", ready for questions: {time.perf_counter() - begun:.1f} s")
        print(f"onrecord ask while the page runs: {min(timed('ask', question) for _ in range(3)):.2f} s")
    finally:
        page.send_signal(signal.SIGTERM)
        page.wait(30)


def _wait(port: int, enough: object) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as response:
                if enough(json.load(response)):  # type: ignore[operator]
                    return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit("the page did not start")


if __name__ == "__main__":
    main()
