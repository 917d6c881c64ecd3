"""`make evals`: asks every case and prints the table. `--answers` prints every answer, `--misses` the bad ones,
`--no-minutes` leaves out the several hundred questions on real minutes, `--no-starter` the comparison. `--llm MODEL`
compares quotations with that language model's prose instead; `--answers` prints what it wrote, and what was removed."""

from __future__ import annotations

import sys

from tests.evals.run import run
from tests.evals.scores import Shown, covers

REPORTED = ["evidence first", "evidence shown", "essential covered", "precision", "words quoted", "verbatim"]


def prose(name: str) -> None:
    from assistant.config import Settings
    from assistant.llms import open_llm
    from tests.evals.compared import compare, table

    model = open_llm(Settings(llm=name))
    assert model is not None, "name a model: --llm openai/MODEL"
    ways = compare(model)
    print(table(ways))
    if "--answers" in sys.argv:
        for case, answer in ways[model.name].answers:
            print(f"\n{case.id}: {case.question}\n  {answer.mode}: {answer.answer}")
            for removed in answer.removed:
                print(f"  removed: {removed['sentence']} ({removed['reason']})")


def main() -> None:
    if "--llm" in sys.argv:
        prose(sys.argv[sys.argv.index("--llm") + 1])
        return
    report = run(with_starter="--no-starter" not in sys.argv, with_minutes="--no-minutes" not in sys.argv)
    rows = {"all": report.total, **({"LlamaIndex starter": report.starter} if report.starter.first else {})}
    rows |= dict(sorted(report.groups.items()))
    print(
        f"{'':24}"
        + "".join(f"{name:>18}" for name in REPORTED)
        + f"{'answered':>10}{'refused':>9}{'seconds':>9}{'p95':>7}"
    )
    for name, tally in rows.items():
        row = tally.row()
        refused = [value for values in tally.refused.values() for value in values]
        cells = [f"{row[key]:18.2f}" if key in row else f"{'':18}" for key in REPORTED]
        answered = f"{row['answerable answered']:10.2f}" if "answerable answered" in row else f"{'':10}"
        share = f"{sum(refused) / len(refused):9.2f}" if refused else f"{'':9}"
        print(f"{name:24}" + "".join(cells) + answered + share + f"{row['seconds']:9.2f}{row['p95']:7.2f}")
    for case, answer in report.answers:
        shown = [Shown(c.document, c.quote) for c in answer.citations]
        good = bool(shown) and any(covers(shown[0], g) for g in case.essential) if case.answerable else answer.refused
        if "--answers" in sys.argv or ("--misses" in sys.argv and not good):
            print(
                f"\n{'ok  ' if good else 'MISS'} {case.id} {case.persona} {case.kind}: {case.history} {case.question}"
            )
            print(f"  gold: {[g.quote for g in case.essential]}\n  {answer.outcome}: {answer.answer}")


if __name__ == "__main__":
    main()
