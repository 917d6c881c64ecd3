"""How well sentences are told apart that the record bears out from those that it does not.

Gold stands in `prose/`: sentences of our own, each with the words that it rests on and wrong versions, one small change
each. Rules and thresholds were made on `dev`, over the sample minutes, and on `more`, over real ones (as positions in
files of known SHA-256). `minutes` is over other real minutes that nothing was trained or made on; its misses were not
looked at by who made rules, and what two other readers, each alone, did not find in the words cited is not in it.

python -m tests.evals.prosed RECORD NAME...: the figures of these sets; `--misses` prints what was judged wrongly
python -m tests.evals.prosed RECORD --fit: writes assistant/supporting.toml from `dev` and `more`
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from assistant import supported
from assistant.evidence import probability_of
from assistant.objections import objection_by_rules
from assistant.quote import Quotation
from assistant.reading.calibrate import logistic
from assistant.reading.comparer import SUPPORTER, Comparer
from assistant.supported import Weighed, rested_on, weigh
from assistant.written import Written
from corpus.models import PassageOnRecord, Span
from corpus.records import Record
from tests.evals.cases import REAL

KEPT = 0.91  # of the right sentences of these two
GOLD = Path(__file__).parent / "prose"


def cases(name: str) -> list[dict[str, Any]]:
    """A set's sentences with their wrong versions, and the words that they rest on."""
    found = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    for case in found:
        if "at" in case:
            case["words"] = [source(case["file"])[start:end] for start, end in case["at"]]
    return found


@cache
def source(file: str) -> str:
    """A file of real minutes."""
    return (REAL / "volume" / file).read_text("utf-8")


def files(name: str) -> list[Path]:
    """The real minutes that a set is over; empty where they are not those that it was written over."""
    rows = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    expected = {REAL / "volume" / row["file"]: row["sha256"] for row in rows}
    same = (p.is_file() and hashlib.sha256(p.read_bytes()).hexdigest() == sha for p, sha in expected.items())
    return sorted(expected) if all(same) else []


@cache
def _passages(record: Record) -> tuple[PassageOnRecord, ...]:
    return tuple(record.passages(record.embedded_texts()))


def given(case: dict[str, Any], record: Record) -> list[Quotation]:
    """What a model would be given to write the sentence from: the passages that hold its words."""
    return [quotation for quotation, _ in _placed(case, record)]


def _placed(case: dict[str, Any], record: Record) -> list[tuple[Quotation, str]]:
    """The passages that hold a case's words, each with these words as it has them."""
    found = []
    for words in case["words"]:
        pattern = re.compile(r"[\W_]*".join(re.findall(r"[^\W_]+", words)))
        mine = [p for p in _passages(record) if p.document.endswith(Path(case["file"]).name) and _is_of(p, case)]
        place = next(((p, held) for p in mine if (held := pattern.search(p.text))), None)
        assert place is not None, f"on record nothing of {case['file']} holds: {words}"
        found.append((Quotation(place[0], Span(0, len(place[0].text)), 1.0), place[1].group()))
    return found


def _is_of(passage: PassageOnRecord, case: dict[str, Any]) -> bool:
    """Whether a passage is of the sample committee that a case names; real minutes name their file alone."""
    folder = case["file"].split("/")[0].replace("-", " ")
    return "at" in case or (passage.committee or "").lower().startswith(folder)


def weighed(record: Record, supporter: Comparer, name: str) -> Iterator[tuple[dict[str, Any], str, str, Weighed]]:
    """Each case, which version of its sentence ("right", or the kind of change), its words, and what became of it."""
    for case in cases(name):
        for kind, sentence in _versions(case):
            yield case, kind, sentence, weigh_case(case, sentence, record, supporter)


def adversary(record: Record, supporter: Comparer, name: str) -> Iterator[tuple[str, str, Weighed]]:
    """200 mutations of a set's sentences, 40 of each kind: numbers invented, names swapped, force upgraded (by hand),
    the wrong passage cited, and instructions obeyed that stand in a passage (by machine).
    """
    rows = cases(name)
    for kind, group in {"number": ("number", "date"), "name": ("name", "place"), "force": ("force",)}.items():
        wrong = [(case, w["sentence"]) for case in rows for w in case["wrong"] if w["kind"] in group]
        for case, sentence in _spread(wrong, 40):
            yield kind, sentence, weigh_case(case, sentence, record, supporter)
    for case, other in _spread(list(zip(rows, [*rows[7:], *rows[:7]], strict=True)), 40):
        yield (
            "wrong passage",
            case["sentence"],
            weigh_case(other, case["sentence"], record, supporter),
        )
    told = [json.loads(line) for line in (GOLD / "instructions.jsonl").read_text("utf-8").splitlines()]
    for number, (case, _) in enumerate(_spread([(case, None) for case in rows], 40)):
        (quotation, *_rest) = given(case, record)
        one = told[number % len(told)]
        held = quotation.passage
        passage = replace(held, text=f"{held.text} {one['words']}.")
        posed = Quotation(passage, Span(0, len(passage.text)), 1.0)
        obeyed = Written(one["sentence"], ((1, one["words"]),))
        yield "instruction", one["sentence"], weigh(obeyed, [posed], record, supporter)


def _spread(rows: list[Any], count: int) -> list[Any]:
    """So many of the rows, evenly spread."""
    return [rows[number * len(rows) // count] for number in range(min(count, len(rows)))]


def weigh_case(case: dict[str, Any], sentence: str, record: Record, supporter: Comparer) -> Weighed:
    """What becomes of a sentence that rests on a case's words."""
    placed = _placed(case, record)
    rests_on = tuple((n, words) for n, (_, words) in enumerate(placed, 1))
    return weigh(Written(sentence, rests_on), [quotation for quotation, _ in placed], record, supporter)


def fit(record: Record, supporter: Comparer) -> str:
    """What is worth what, fitted on those sentences that pass the rules; the limit is set where KEPT of the right ones
    are kept, each judged by weights that did not see its minutes.
    """
    rows: list[tuple[str, dict[str, float], bool]] = []
    made_on = [*cases("dev"), *cases("more")]
    for case in made_on:
        quotations = [found for q, words in _placed(case, record) if (found := rested_on(q, words))]
        for kind, sentence in _versions(case):
            if objection_by_rules(sentence, quotations, record) is None:
                rows.append(
                    (case["file"], supported.described(sentence, quotations, record, supporter), kind == "right")
                )
    scored = []
    for file in sorted({file for file, _, _ in rows}):
        weights = logistic([(known, right) for other, known, right in rows if other != file], ())
        scored += [(probability_of(weights, known), right) for other, known, right in rows if other == file]
    kept = sorted((p for p, right in scored if right), reverse=True)
    limit = kept[min(len(kept), round(KEPT * len(made_on))) - 1]
    caught = sum(p < limit for p, right in scored if not right)
    print(f"limit {limit:.3f}: of {len(scored) - len(kept)} wrong ones that pass the rules {caught} are caught")
    weights = logistic([(known, right) for _, known, right in rows], ())
    head = "# Written by `python -m tests.evals.prosed RECORD --fit`: how likely a quotation says what a sentence says."
    lines = [head, f"limit = {limit:.4f}  # from this probability on a sentence is shown", "\n[says]"]
    return "\n".join([*lines, *(f'"{key}" = {value:.4f}' for key, value in weights.items())]) + "\n"


def _versions(case: dict[str, Any]) -> list[tuple[str, str]]:
    """A case's sentence, "right", and its wrong versions by their kind."""
    return [("right", case["sentence"]), *((wrong["kind"], wrong["sentence"]) for wrong in case["wrong"])]


def main(home: Path, names: list[str], misses: bool) -> None:
    """Print how many right sentences are kept and wrong ones caught, by kind."""
    record, supporter = Record(home), Comparer(weights=SUPPORTER)
    if "--fit" in sys.argv:
        Path("assistant/supporting.toml").write_text(fit(record, supporter), "utf-8")
    for name in names:
        count, right = Counter[str](), Counter[str]()
        for case, kind, sentence, found in weighed(record, supporter, name):
            good = (found.reason is None) == (kind == "right")
            for key in (kind, *(["wrong"] if kind != "right" else [])):
                count[key] += 1
                right[key] += good
            if misses and not good:
                print(f"{kind}: {sentence}\n    {case['words']}\n    {found.reason}")
        caught = Counter[str]()
        for kind, sentence, found in adversary(record, supporter, name):
            caught[kind] += found.reason is not None
            if misses and found.reason is None:
                print(f"adversary, {kind}: {sentence}")
        print(name, "adversary:", dict(caught), f"{sum(caught.values()) / 200:.3f} of 200")
        print(name, ", ".join(f"{kind} {right[kind] / count[kind]:.3f} of {count[kind]}" for kind in sorted(count)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [a for a in sys.argv[2:] if not a.startswith("-")], "--misses" in sys.argv)
