"""The eval questions: cases as data, with gold quotations over the samples and, where they are, real minutes.

Gold for the samples is the words themselves; for five real pages it is a position in a file of known
SHA-256, because none of their sentences belong in this project. The questions on minutes that the reader was never
trained on are read from where they lie: `seen` are other meetings of councils it was trained on, `unseen` a council
of which it has seen nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.reading.questions import given, part, volume
from corpus.samples import samples_folder

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
REAL = SHARED / "minutes"
QUESTIONS = SHARED / "training" / "minutes_questions.jsonl"


@dataclass(frozen=True)
class Gold:
    """Words that answer, as they stand in a source file."""

    file: str
    quote: str


@dataclass(frozen=True)
class Case:
    """One question, with what a good answer must show (`essential`) and may show (`also`)."""

    id: str
    persona: str
    kind: str
    question: str
    history: tuple[str, ...]
    filters: dict[str, str]
    outcome: str
    essential: tuple[Gold, ...]
    also: tuple[Gold, ...]

    @property
    def source(self) -> str:
        """Which of `sources` it is asked of."""
        name = self.id.partition("-")[0]
        return "minutes" if name in ("seen", "unseen") else "real" if name == "real" else "samples"

    @property
    def answerable(self) -> bool:
        return self.outcome == "answered"


@cache
def sources() -> dict[str, list[Path]]:
    """The files that the questions are over: each set is asked of a record of its own documents."""
    found = {"samples": [samples_folder()]}
    if (REAL / "items").is_dir():
        found["real"] = [REAL / "items"]
    if QUESTIONS.is_file():
        found["minutes"] = [volume(SHARED) / name for name in sorted({line["file"] for line in given(SHARED)})]
    return found


def load_cases(with_minutes: bool = False) -> list[Case]:
    """All cases whose sources are there; those on minutes (several hundred) only if wanted."""
    cases = []
    for path in sorted(HERE.glob("*.jsonl")):
        if path.stem == "headers" or (path.stem == "real-pages" and not real_pages_are_known()):
            continue  # headers.jsonl is no questions: tests/test_facts.py reads it
        for line in path.read_text("utf-8").splitlines():
            cases.append(_case(json.loads(line)))
    return cases + (_held_out() if with_minutes and QUESTIONS.is_file() else [])


def _held_out() -> list[Case]:
    names = {"test": "seen", "unseen body": "unseen"}
    return [
        Case(
            f"{names[part(line['file'])]}-{number}",
            "anyone",
            line["kind"],
            line["question"],
            (),
            {},
            "answered" if line["answerable"] else "not_directly",
            tuple(Gold(line["file"], quote) for quote in line["quotes"]),
            (),
        )
        for number, line in enumerate(given(SHARED, *names))
    ]


def real_pages_are_known() -> bool:
    """True if the real pages are beside this checkout and are the ones that the gold was marked in."""
    if not (REAL / "items").is_dir():
        return False
    for line in (HERE / "real-pages.sha256").read_text("utf-8").splitlines():
        expected, name = line.split(maxsplit=1)
        if hashlib.sha256((REAL / name).read_bytes()).hexdigest() != expected:
            return False
    return True


@cache
def source_text(name: str) -> str:
    """The text of a source file, by the name it has on record."""
    for place in (place for places in sources().values() for place in places):
        for path in place.rglob(Path(name).name) if place.is_dir() else [place]:
            if str(path).endswith(name):
                return path.read_text("utf-8")
    raise FileNotFoundError(name)


def _case(line: dict[str, Any]) -> Case:
    def gold(entries: list[dict[str, Any]]) -> tuple[Gold, ...]:
        return tuple(Gold(e["file"], e.get("quote") or source_text(e["file"])[e["start"] : e["end"]]) for e in entries)

    return Case(
        line["id"],
        line["persona"],
        line["kind"],
        line["question"],
        tuple(line["history"]),
        line["filters"],
        line["outcome"],
        gold(line["essential"]),
        gold(line["also"]),
    )
