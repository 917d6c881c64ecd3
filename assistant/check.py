"""A draft, sentence by sentence, against what was said before: consistent, different (and in what), or never said.

What is near on record is found as for an answer. The comparer reads each draft's sentence with it: which sentence
speaks of the same, and in what the draft differs. That is weighed with rules on numbers, dates and the words that carry
weight (assistant/differs.py) by two logistic models. Their weights stand in comparing.toml, fitted by
assistant/reading/calibrate_comparer.py on drafts that the comparer was not trained on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

from assistant.answer import Citation, plain
from assistant.compose import cite
from assistant.differs import ASPECTS, Aspect, Difference, backed, differences, pointed_at, sure_of
from assistant.evidence import READ, Sentence, describe, log_odds, probability_of
from assistant.query import understand
from assistant.quote import Quotation
from assistant.reading.comparer import FINDINGS, Comparer, Comparison
from assistant.reading.text import text_of
from assistant.retrieve import Retriever
from assistant.times import When, times
from assistant.values import Number, agreeing, numbers
from assistant.words import data, pattern
from corpus.records import Filters
from corpus.sentences import sentences

Label = Literal["consistent", "differs", "no_prior_statement", "no_claim"]
MOST = 3  # prior statements shown


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of the draft at `[start, end)`, what became of it, and the prior statements it is compared with, in
    the order of their dates. `differing` are words of the draft, `theirs` those of the record in their place.
    """

    sentence: str
    start: int
    end: int
    label: Label
    aspect: Aspect | None = None
    differing: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    prior: tuple[Citation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape that `onrecord check --json` prints."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence on record beside the draft's: what is known of the two, how likely they speak of the same, and what
    the draft is to it, if a comparer read them.
    """

    sentence: Sentence
    described: Mapping[str, float]
    same: float = 0.0
    compared: Comparison | None = None


def check(
    draft: str, retriever: Retriever, comparer: Comparer | None = None, filters: Filters | None = None
) -> Iterator[Checked]:
    """Every sentence of the draft, in order, held against the record within the filters. Nothing is stored."""
    for span in sentences(draft):
        yield _checked(draft[span.start : span.end], span.start, retriever, comparer, filters or Filters())


def _checked(text: str, start: int, retriever: Retriever, comparer: Comparer | None, filters: Filters) -> Checked:
    made = Checked(text, start, start + len(text), "no_claim")
    if not claims(text):
        return made
    weights = fitted(comparer)
    priors = prior_statements(ranked(near(text, retriever, comparer, filters), weights), weights)
    if not priors:
        return replace(made, label="no_prior_statement")
    cited = cite([quotation(one.sentence) for one in priors], retriever.record)
    best = max(priors, key=lambda one: one.same)
    # What was said later may have overtaken the nearest: a draft must agree with both.
    overtakes = best.sentence.passage.date and priors[-1].sentence.passage.date != best.sentence.passage.date
    for one in (best, priors[-1]) if overtakes else (best,):
        difference = judged(text, one, cited[priors.index(one)], weights)
        if difference:
            aspect, mine, theirs = difference.aspect, difference.mine, difference.theirs
            return replace(made, label="differs", aspect=aspect, differing=mine, theirs=theirs, prior=cited)
    return replace(made, label="consistent", prior=cited)


def quotation(sentence: Sentence) -> Quotation:
    """A sentence on record as it is cited beside a draft's."""
    return Quotation(sentence.passage, sentence.span, sentence.score, sentence.span.start)


def fitted(comparer: Comparer | None) -> dict[str, Any]:
    """The weights and thresholds that go with a comparer, or with none."""
    found: dict[str, Any] = data("comparing")["comparer" if comparer else "alone"]
    return found


def claims(text: str) -> bool:
    """Whether a sentence says something that can be held against the record: no greeting, question or remark."""
    if text.rstrip().endswith("?") or len(text.split()) < 3:
        return False
    if numbers(text) or times(text) or pattern("check", "decided").search(text):
        return True
    return len(text.split()) > 3 and not pattern("check", "no claim").search(text)


def near(text: str, retriever: Retriever, comparer: Comparer | None, filters: Filters) -> list[Near]:
    """The sentences on record that may speak of the same as the draft's, with what is known of each."""
    query = understand(text, (), filters, retriever.record, ("all",))
    question, found = retriever.retrieve(query)
    read = [one for one in found if one.passage.kind not in ("attendance", "purpose")][:READ]
    described = list(describe(query, question, read))
    mine, when = numbers(text), times(text)
    if comparer is None:
        return [Near(sentence, _described(mine, when, sentence)) for sentence in described]
    compared = chain.from_iterable(comparer.compare(text, [text_of(one.passage) for one in read]))
    return [
        Near(sentence, {**_described(mine, when, sentence), "same": one.same}, compared=one)
        for sentence, one in zip(described, compared, strict=True)
    ]


def _described(mine: Sequence[Number], when: Sequence[When], sentence: Sentence) -> dict[str, float]:
    """How near it lies, how many of the draft's values it names, and whether the draft names its meeting's time."""
    held = sentence.passage.date
    shared = agreeing(mine, numbers(sentence.text)) + agreeing(when, times(sentence.text))
    then = held is not None and any(t.holds(held) for t in when)
    return {**sentence.described, "values": float(min(shared, 2)), "then": float(then)}


def ranked(found: Sequence[Near], weights: Mapping[str, Mapping[str, float]]) -> list[Near]:
    """The likeliest first."""
    weighed = (replace(one, same=probability_of(weights["prior"], one.described)) for one in found)
    return sorted(weighed, key=lambda one: -one.same)


def prior_statements(found: Sequence[Near], weights: Mapping[str, Mapping[str, float]]) -> list[Near]:
    """The statement that speaks most likely of the same, with others about as likely, by date.

    Where the draft names the time of the likeliest's meeting, that one alone.
    """
    best = next(iter(found), None)
    limits = weights["limits"]
    if best is None or best.same < limits["said"]:
        return []
    chosen = [best]
    for one in found[1:] if not best.described["then"] else ():
        close = one.same >= limits["said"] and log_odds(best.same) - log_odds(one.same) <= limits["close"]
        if close and one.sentence.passage.id not in {c.sentence.passage.id for c in chosen}:
            chosen.append(one)
    return sorted(chosen[:MOST], key=lambda one: str(one.sentence.passage.date or ""))


def judged(text: str, prior: Near, cited: Citation, weights: Mapping[str, Mapping[str, float]]) -> Difference | None:
    """In what the draft's sentence differs from a prior statement, or None where it does not."""
    by_rules = differences(text, cited)
    agrees = probability_of(weights["agrees"], agreement(text, prior, cited, by_rules))
    sure = next((found for found in by_rules if sure_of(found, cited)), None)
    if sure:
        return sure
    if agrees >= weights["limits"]["consistent"]:
        return None
    likely = dict(zip(FINDINGS, prior.compared.findings, strict=True)) if prior.compared else {}
    worth = {found.aspect: 1.0 if found.aspect in ("number", "date") else 0.5 for found in by_rules}
    aspect = max(ASPECTS, key=lambda name: likely.get(name, 0.0) + worth.get(name, 0.0))
    return next((found for found in by_rules if found.aspect == aspect), None) or pointed_at(aspect, text, cited)


def agreement(text: str, prior: Near, cited: Citation, by_rules: Sequence[Difference]) -> dict[str, float]:
    """What is known of whether the two agree: the comparer's word, each rule's, and what of the draft is backed."""
    found = backed(text, cited)
    rules: dict[str, float] = {**dict.fromkeys(ASPECTS, 0.0), **{found.aspect: 1.0 for found in by_rules}}
    if prior.compared is None:
        return {**rules, **found}
    # Values are compared by rules: where these all agree, the comparer's doubt of them is none.
    likely = dict(zip(FINDINGS, prior.compared.findings, strict=True))
    agree = [likely[aspect] for aspect in ("number", "date") if found.pop(f"{aspect}s agree")]
    return {**rules, **found, "consistent": log_odds(likely["consistent"] + sum(agree))}


def found_in_words(one: Checked) -> str:
    """What became of a sentence, and by which of its words: "Differs (number: 67 %)"."""
    label = str(data("check")["labels"][one.label])
    if one.aspect is None:
        return label
    return f"{label} ({one.aspect}: {', '.join(one.differing)})" if one.differing else f"{label} ({one.aspect})"


def counted(found: Sequence[Checked]) -> dict[str, int]:
    """How many sentences have each finding, in words."""
    counts: dict[str, int] = {}
    for one in found:
        name = str(data("check")["labels"][one.label]).lower()
        counts[name] = counts.get(name, 0) + 1
    return counts
