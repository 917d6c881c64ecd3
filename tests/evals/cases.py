"""The eval questions: cases as data, with gold quotations over the samples and, where they are, five real pages.

Gold for the samples is the words themselves; for the real pages it is a position in a file of known
SHA-256, because none of their sentences belong in this project.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.samples import samples_folder

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
REAL = SHARED / "minutes"


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
        return "real" if self.id.startswith("real-") else "samples"

    @property
    def answerable(self) -> bool:
        return self.outcome == "answered"


def sources() -> dict[str, Path]:
    """The folders that the questions are over: each set is asked of a record of its own documents."""
    return {"samples": samples_folder(), **({"real": REAL / "items"} if (REAL / "items").is_dir() else {})}


def load_cases() -> list[Case]:
    """All cases whose sources are there."""
    cases = []
    for path in sorted(HERE.glob("*.jsonl")):
        if path.stem == "headers" or (path.stem == "real-pages" and not real_pages_are_known()):
            continue  # headers.jsonl is no questions: tests/test_facts.py reads it
        for line in path.read_text("utf-8").splitlines():
            cases.append(_case(json.loads(line)))
    return cases


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
    for folder in sources().values():
        for path in folder.rglob(Path(name).name):
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
