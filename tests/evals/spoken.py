"""How often who said what, and with what force, is read as a careful clerk would read it.

Gold stands in `speech/`, marked by hand: for the samples the words themselves, for real minutes positions in files of
known SHA-256. `dev` (with `dev2`, whose labels a reader corrected) is what the rules were made on; `test` is other
files, whose mistakes nobody who made rules has looked at.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from corpus.models import Statement
from corpus.promises import promised
from corpus.samples import samples_folder
from ingest.documents import make_document
from ingest.read import Supplied
from tests.evals.cases import REAL

GOLD = Path(__file__).parent / "speech"
_TITLES = re.compile(r"\b(?:the|cllrs?|clr|councillors?|mr|mrs|ms|a)\b")


def is_known() -> bool:
    """True if the minutes that the gold was marked in are beside this checkout."""
    lines = (line.split(maxsplit=1) for line in (GOLD / "minutes.sha256").read_text("utf-8").splitlines())
    return all(
        (REAL / name).is_file() and hashlib.sha256((REAL / name).read_bytes()).hexdigest() == expected
        for expected, name in lines
    )


def lines(name: str) -> list[dict[str, Any]]:
    """A gold file's labels, with the words that its positions point at."""
    found = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [_in_words(label) for label in found]


def _in_words(label: dict[str, Any]) -> dict[str, Any]:
    if "quote" in label or "file" not in label:
        return label
    text = source(label["file"])
    placed = {k: text[v[0] : v[1]] for k, v in label.items() if isinstance(v, list)}
    return {**label, **placed, "quote": text[label["start"] : label["end"]]}


@cache
def source(name: str) -> str:
    """A source file's text: of the samples, or of the real minutes."""
    return _path(name).read_text("utf-8")


def _path(name: str) -> Path:
    return REAL / name if name.startswith(("volume/", "items/")) else samples_folder() / name


@cache
def sentences_of(name: str) -> tuple[tuple[str, Statement, str | None], ...]:
    """The statements read from a file: the sentence without marks, the statement, and its list's lead-in."""
    path = _path(name)
    document = make_document(path.name, path.read_bytes(), Supplied())
    found = []
    for meeting in document.meetings:
        for item in meeting.items:
            leads = [(p.start, document.text[p.lead.start : p.lead.end] if p.lead else None) for p in item.passages]
            for one in item.statements:
                lead = [lead for start, lead in leads if start <= one.start][-1]
                found.append((letters(document.text[one.start : one.end]), one, lead))
    return tuple(found)


def found_for(label: Mapping[str, Any]) -> tuple[Statement, str | None] | None:
    """The statement read for a gold sentence, with its lead-in; None where none was."""
    wanted = letters(label["quote"])
    read = sentences_of(label["file"])
    for words, one, lead in read:
        if words == wanted:
            return one, lead
    for words, one, lead in read:
        if len(wanted) > 20 and (wanted in words or (len(words) > 40 and words in wanted)):
            return one, lead
    return None


def scored(name: str) -> Iterator[tuple[dict[str, Any], Statement | None, bool, bool]]:
    """Each label with what was read for it, whether the speaker is right, and whether the force is."""
    for label in lines(name):
        found = found_for(label)
        one = found[0] if found else None
        yield label, one, same_speaker(label, one), label["force"] == (one.force if one else None)


def promise_figures(name: str) -> dict[str, float]:
    """Precision and recall of promises among a gold file's labels, and how often who made them is right."""
    right = listed = promises = whose = named = 0
    rows = lines(name)
    for label in rows:
        found = found_for(label)
        read = bool(found and promised(found[0], label["quote"]))
        right += read and label["promise"]
        listed += read
        promises += label["promise"]
        if read and found and label["promise"] and label["who"]:
            gold, who = _name(label["who"]), _name(found[0].speaker)
            named += 1
            whose += bool(who) and (gold <= who or who <= gold)
    return {"labels": len(rows), "precision": right / listed, "recall": right / promises, "who": whose / named}


def same_speaker(label: Mapping[str, Any], one: Statement | None) -> bool:
    """Whether these are the same: by name or role, in a longer or a shorter form. A body may be left unnamed."""
    if label["force"] is None and one is None:
        return True
    gold, read = _name(label["speaker"]), _name(one.speaker if one else None)
    if not read:
        return not gold or label["speaker_kind"] == "collective"
    return bool(gold) and (gold <= read or read <= gold)


def letters(words: str) -> str:
    """Words without marks, in lower case."""
    return re.sub(r"[\W_]+", " ", words).strip().lower()


def _name(words: str | None) -> frozenset[str]:
    return frozenset(_TITLES.sub(" ", letters(words or "")).split())
