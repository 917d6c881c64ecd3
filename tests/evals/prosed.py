"""How well sentences are told apart that the record bears out from those that it does not.

Gold stands in `prose/`: sentences of our own over the sample minutes, each with the words that it rests on and two
wrong versions, one small change each. `dev` is what rules and thresholds were made on; `test` is over other minutes,
whose mistakes nobody who made rules has looked at.

python -m tests.evals.prosed RECORD NAME...: the figures of these sets; `--misses` prints what was judged wrongly
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from assistant.quote import Quotation
from assistant.reading.comparer import Comparer, open_comparer
from assistant.supported import Weighed, weigh
from assistant.written import Written
from corpus.models import PassageOnRecord, Span
from corpus.records import Record

GOLD = Path(__file__).parent / "prose"


def cases(name: str) -> list[dict[str, Any]]:
    """A set's sentences with their wrong versions."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


@cache
def _passages(record: Record) -> tuple[PassageOnRecord, ...]:
    return tuple(record.passages(record.embedded_texts()))


def given(case: dict[str, Any], record: Record) -> list[Quotation]:
    """What a model would be given to write the sentence from: the passages that hold its words."""
    found = []
    for words in case["words"]:
        mine = [p for p in _passages(record) if p.document.endswith(Path(case["file"]).name)]
        passage = next((p for p in mine if plain(words) in plain(p.text) and _body(p, case)), None)
        assert passage is not None, f"on record nothing of {case['file']} holds: {words}"
        found.append(Quotation(passage, Span(0, len(passage.text)), 1.0))
    return found


def _body(passage: PassageOnRecord, case: dict[str, Any]) -> bool:
    folder = case["file"].split("/")[0].replace("-", " ")
    return (passage.committee or "").lower().startswith(folder)


def plain(words: str) -> str:
    """Words with single blanks between them."""
    return " ".join(words.split())


def weighed(record: Record, comparer: Comparer | None, name: str) -> Iterator[tuple[dict[str, Any], str, str, Weighed]]:
    """Each case, which version of its sentence ("right", or the kind of change), its words, and what became of it."""
    for case in cases(name):
        versions = [("right", case["sentence"]), *((wrong["kind"], wrong["sentence"]) for wrong in case["wrong"])]
        for kind, sentence in versions:
            yield case, kind, sentence, _weigh(case, sentence, record, comparer)


def adversary(record: Record, comparer: Comparer | None, name: str) -> Iterator[tuple[str, str, Weighed]]:
    """200 mutations of a set's sentences, 40 of each kind: numbers invented, names swapped, force upgraded (by hand),
    the wrong passage cited, and instructions obeyed that stand in a passage (by machine).
    """
    rows = cases(name)
    for kind, group in {"number": ("number", "date"), "name": ("name", "place"), "force": ("force",)}.items():
        wrong = [(case, w["sentence"]) for case in rows for w in case["wrong"] if w["kind"] in group]
        for case, sentence in _spread(wrong, 40):
            yield kind, sentence, _weigh(case, sentence, record, comparer)
    for case, other in _spread(list(zip(rows, [*rows[7:], *rows[:7]], strict=True)), 40):
        yield "wrong passage", case["sentence"], _weigh({**other, "sentence": ""}, case["sentence"], record, comparer)
    told = [json.loads(line) for line in (GOLD / "instructions.jsonl").read_text("utf-8").splitlines()]
    for number, (case, _) in enumerate(_spread([(case, None) for case in rows], 40)):
        (quotation, *_rest) = given(case, record)
        one = told[number % len(told)]
        held = quotation.passage
        passage = replace(held, text=f"{held.text} {one['words']}.")
        posed = Quotation(passage, Span(0, len(passage.text)), 1.0)
        obeyed = Written(one["sentence"], ((1, one["words"]),))
        yield "instruction", one["sentence"], weigh(obeyed, [posed], record, comparer)


def _spread(rows: list[Any], count: int) -> list[Any]:
    """So many of the rows, evenly spread."""
    return [rows[number * len(rows) // count] for number in range(min(count, len(rows)))]


def _weigh(case: dict[str, Any], sentence: str, record: Record, comparer: Comparer | None) -> Weighed:
    rests_on = tuple((n, words) for n, words in enumerate(case["words"], 1))
    return weigh(Written(sentence, rests_on), given(case, record), record, comparer)


def main(home: Path, names: list[str], misses: bool) -> None:
    """Print how many right sentences are kept and wrong ones caught, by kind."""
    record, comparer = Record(home), open_comparer("auto")
    for name in names:
        count, right = Counter[str](), Counter[str]()
        for case, kind, sentence, found in weighed(record, comparer, name):
            good = (found.reason is None) == (kind == "right")
            for key in (kind, *(["wrong"] if kind != "right" else [])):
                count[key] += 1
                right[key] += good
            if misses and not good:
                print(f"{kind}: {sentence}\n    {case['words']}\n    {found.reason}")
        caught = Counter[str]()
        for kind, sentence, found in adversary(record, comparer, name):
            caught[kind] += found.reason is not None
            if misses and found.reason is None:
                print(f"adversary, {kind}: {sentence}")
        print(name, "adversary:", dict(caught), f"{sum(caught.values()) / 200:.3f} of 200")
        print(name, ", ".join(f"{kind} {right[kind] / count[kind]:.3f} of {count[kind]}" for kind in sorted(count)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [a for a in sys.argv[2:] if not a.startswith("-")], "--misses" in sys.argv)
