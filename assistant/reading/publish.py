"""Weighs the reader and writes what depends on it: assistant/evidence.toml and the reader's card.

python -m assistant.reading.publish SHARED RECORD
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

from assistant.reading import calibrate
from assistant.reading.calibrate import READ_ONLY, Asked, Weighed, Weights
from assistant.reading.questions import given, own
from assistant.reading.reader import OURS, open_reader
from assistant.retrieve import Retriever
from corpus.records import Filters, Record
from corpus.weights import Embedder

ASSISTANT = Path(__file__).parent.parent
LIMITS = {
    "answered": "from this probability on a question counts as answered",
    "near": 'from this one on it is "not directly", below it "not on record"',
    "clear": "below this one an answer says that it is probably what was asked",
    "behind": "how far (log odds) a further passage may be behind the best",
    "newest": "what the latest meeting's passage is worth (log odds) beside the earliest's",
    "newest now": "the same where the question is in the present",
    "piece": "how far (log odds) a piece of several that were asked after may be behind the best",
}


def main(shared: Path, home: Path) -> None:
    """Fit on `dev` and write. What it is worth on documents held out is for `make evals` to say."""
    record = Record(home)
    dev = calibrate.ask(Retriever(record, Embedder()), open_reader(OURS), given(shared, "dev"))
    write(dev, {"documents": str(record.searched(Filters()).documents), "own": f"{len(own(shared)):,}"})


def write(dev: list[Asked], facts: Mapping[str, str]) -> None:
    """Fit, choose thresholds, and write evidence.toml and the card, with `facts` of what was read and learnt from."""
    ours, none = calibrate.fit(dev), calibrate.fit(dev, without=READ_ONLY)
    alone = {"sentence": {"bias": 0.0, "reader": 1.0}, "decision": {"bias": 0.0, "reader": 1.0}}
    halves = calibrate.crossed(dev), calibrate.crossed(dev, without=READ_ONLY)
    profiles = {"ours": (ours, calibrate.limits(halves[0])), "none": (none, calibrate.limits(halves[1]))}
    other = {**profiles["ours"][1], "answered": 0.3, "near": 0.05, "clear": 0.8}  # a cross-encoder's own sigmoid
    (ASSISTANT / "evidence.toml").write_text(_toml({**profiles, "other": (alone, other)}))
    rows: dict[str, list[Weighed]] = {
        "the reader and features": halves[0],
        "the reader alone": [(alone, dev)],
        "features alone": halves[1],
    }
    tables = {"table": calibrate.table(rows), "curve": calibrate.curve(calibrate.probabilities(halves[0]))}
    card = Template(files("assistant.reading").joinpath("card.template").read_text("utf-8")).substitute(tables, **facts)
    (ASSISTANT / "reading" / "CARD.md").write_text(card)
    print(card)


def _toml(profiles: Mapping[str, tuple[Weights, Mapping[str, float]]]) -> str:
    lines = ["# Written by assistant/reading/publish.py: what features are worth, and thresholds, by reader."]
    for name, (weights, limits) in profiles.items():
        lines.append(f"\n[{name}.limits]")
        lines += [f'"{key}" = {value:.3f}  # {LIMITS[key]}' for key, value in limits.items()]
        for part, values in weights.items():
            lines.append(f"\n[{name}.{part}]")
            kept = {key: value for key, value in values.items() if abs(value) >= 0.0001 or key == "bias"}
            lines += [f'"{key}" = {value:.4f}' for key, value in kept.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
