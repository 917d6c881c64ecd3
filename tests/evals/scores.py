"""Scores of one answer against one case: a bool asserts, a float scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import mean, quantiles

from tests.evals.cases import Case, Gold, source_text

PAGE_END = re.compile(r"(?<=[^\s-])-{3,}[ \t]*(?:\n\**\d{1,3}\**[ \t]*)?(?=\n|$)")
MARKS = str.maketrans("", "", "*_#|\\`")


@dataclass(frozen=True)
class Shown:
    """A stretch of a source that was shown as evidence: ours a quotation, the starter's a chunk."""

    file: str
    text: str


@dataclass
class Tally:
    """What was measured over some cases."""

    first: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    covered: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    verbatim: list[bool] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    refused: dict[str, list[bool]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def row(self) -> dict[str, float]:
        """The means, by name, and how long nineteen of twenty took at most."""
        late = [quantiles(self.seconds, n=20)[-1]] if len(self.seconds) > 1 else self.seconds
        everything: list[tuple[str, Sequence[float]]] = [
            ("evidence first", self.first),
            ("evidence shown", self.shown),
            ("essential covered", self.covered),
            ("precision", self.precision),
            ("words quoted", self.words),
            ("verbatim", self.verbatim),
            ("answerable answered", self.answered),
            *((f"{kind} refused", values) for kind, values in sorted(self.refused.items())),
            ("seconds", self.seconds),
            ("p95", late),
        ]
        return {name: mean(values) for name, values in everything if values}


def plain(text: str) -> str:
    """Text without white space, Markdown's marks and page ends: a record keeps none as a source file has them."""
    return "".join(PAGE_END.sub("", text).translate(MARKS).split())


def covers(shown: Shown, gold: Gold) -> bool:
    """True if most of the gold words are in what was shown."""
    if plain(gold.quote) in plain(shown.text):
        return True
    if not (shown.file.endswith(gold.file) or gold.file.endswith(shown.file)):
        return False
    source = plain(source_text(gold.file))
    a, c = source.find(plain(gold.quote)), source.find(plain(shown.text))
    if a < 0 or c < 0:
        return False
    both = min(a + len(plain(gold.quote)), c + len(plain(shown.text))) - max(a, c)
    return both >= 0.6 * len(plain(gold.quote))


def score(tally: Tally, case: Case, outcome: str, shown: Sequence[Shown], seconds: float) -> None:
    """Add one answer to a tally."""
    tally.seconds.append(seconds)
    tally.verbatim += [plain(s.text) in plain(source_text(s.file)) for s in shown]
    if not case.answerable:
        kind = case.kind if case.kind in ("near_miss", "absent", "out_of_scope") else "other"
        tally.refused.setdefault(kind, []).append(outcome != "answered")
        return
    tally.answered.append(outcome == "answered")
    tally.first.append(bool(shown) and any(covers(shown[0], g) for g in case.essential))
    hits = [any(covers(s, g) for s in shown) for g in case.essential]
    tally.shown.append(any(hits))
    tally.covered.append(mean(hits))
    if shown:
        tally.words.append(sum(len(s.text.split()) for s in shown))
        tally.precision += [any(covers(s, g) for g in (*case.essential, *case.also)) for s in shown]
