"""Questions on real minutes, and which sentences answer them.

The minutes lie in a folder of their own, which this project does not hold, and so do some of the questions. Those
written for this project stand in `on_minutes.jsonl`: what answers them is a position in a file of known SHA-256,
because none of the minutes' sentences belong here.

python -m assistant.reading.questions SHARED: the files that have to be on record for training, a line each
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.reading.text import Text
from corpus.errors import UserError
from corpus.models import Span

UNSEEN_BODY = re.compile(r"west-[df]ereham", re.IGNORECASE)  # a council of which nothing is ever trained on
FRAGMENT = 25  # letters: fewer are a name, a sum or a turn of phrase
SHARE = 0.4  # of a quotation, from its beginning or its end, that a sentence holds if it answers


def part(file: str) -> str:
    """Which part of the real minutes a file belongs to, by its name alone: train, dev, test or unseen body.

    `dev` sets thresholds and weights; `test` and `unseen body` are only ever reported on.
    """
    if UNSEEN_BODY.search(file):
        return "unseen body"
    share = int(hashlib.sha256(file.encode()).hexdigest()[:8], 16) / 2**32
    return "test" if share < 0.15 else "dev" if share < 0.28 else "train"


def given(shared: Path, *parts: str) -> list[dict[str, Any]]:
    """The questions that lie with the minutes, each with the name of its file: those of these parts, or all."""
    lines = (shared / "training" / "minutes_questions.jsonl").read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if not parts or part(case["file"]) in parts]


def own(shared: Path) -> list[dict[str, Any]]:
    """The questions written for this project, all of them to train on, in the form of those `given`.

    The committed weights have not seen them: a first training with three times the questions on minutes, and fewer
    invented ones, was no better on `dev` and worse on other councils' pages.

    Raises UserError if the minutes are not those that they were written over.
    """
    cases = []
    for file, asked, quotes in _placed(shared, "on_minutes"):
        found = {"quotes": quotes} if asked["answerable"] else {"quotes": [], "tempting": quotes}
        cases.append({"file": file, **asked, **found})
    return cases


def drafts(shared: Path, name: str = "on_drafts") -> list[dict[str, Any]]:
    """Sentences of drafts, or of prose (`on_prose`), written for this project, as questions in the form of those
    `given`.

    Each has a `label` and an `aspect` beside. What nothing says, though it is of the same subject, is not answerable.
    Raises UserError if the minutes are not those that they were written over.
    """
    cases = []
    for file, draft, quotes in _placed(shared, name):
        said = draft["label"] != "no_prior_statement"
        found = {"quotes": quotes if said else [], "tempting": [] if said else quotes}
        cases.append({"file": file, "question": draft["draft"], "answerable": said, **draft, **found})
    return cases


def _placed(shared: Path, name: str) -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Each line's file, each thing asked over it, and the words that stand where it says."""
    for line in files("assistant").joinpath(f"reading/{name}.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        path = volume(shared) / document["file"]
        raw = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(raw).hexdigest() != document["sha256"]:
            raise UserError(f"{path} is not the file that the questions were written over; put that one there")
        text = raw.decode("utf-8")
        for asked in document["asked"]:
            yield document["file"], asked, [text[start:end] for start, end in asked["at"]]


def volume(shared: Path) -> Path:
    """Where the minutes lie."""
    return shared / "minutes" / "volume"


def answering_sentences(text: Text, quotes: list[str]) -> list[int]:
    """The sentences of a text that hold one of the quotations, or a good part of one over several sentences."""
    return [i for i, span in enumerate(text.sentences) if right_sentence(text.words, span, quotes)]


def right_sentence(words: str, span: Span, quotes: list[str]) -> bool:
    """Whether `words[span]` holds a good part of one of the quotations, or is a part of one.

    Letters and figures alone are compared: a quotation is of the file, a record's text is without its Markdown and
    has its broken words joined.
    """
    mine = letters(words[span.start : span.end])
    for quote in map(letters, quotes):
        good = min(len(quote), max(FRAGMENT, math.ceil(SHARE * len(quote))))
        if good and (quote[:good] in mine or quote[-good:] in mine or (len(mine) > FRAGMENT and mine in quote)):
            return True
    return False


def letters(words: str) -> str:
    """The letters and figures of words, in lower case and without anything between."""
    return re.sub(r"[\W_]+", "", words.lower())


if __name__ == "__main__":
    where = Path(sys.argv[1])
    for name in sorted({case["file"] for case in [*given(where), *own(where), *drafts(where)]}):
        print(volume(where) / name)
