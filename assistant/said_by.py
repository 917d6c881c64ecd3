"""What somebody said, and who said something: answered from the sentences recorded as people's own.

That they are theirs is a recorded fact. That they are about what was asked is told by its words, and by how near the
likeliest was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from assistant.evidence import Judgement, Sentence
from assistant.query import Query
from assistant.words import data, stems
from corpus.models import Statement
from corpus.records import Record
from corpus.spoken import statements_of

SHARED = 0.5  # of the words of what was raised that a sentence, or its item, must hold


def said_by(query: Query, judged: Judgement, record: Record) -> Judgement:
    """The judgement with the sentences of those alone who are asked after: what X said, or whoever raised it."""
    if not judged.sentences or judged.probability < judged.limits["near"]:
        return judged
    if asked := _asked_after().search(query.asked or query.question):
        named = set(re.findall(r"[A-ZÀ-Þ][\w’'-]{2,}", asked["who"])) | set(query.people)
        return _alone(judged, record, lambda _, one: one.sort == "named" and _surname(one) in named)
    if who := _who().search(query.question):
        forces = data("speech")["who_forces"][who["verb"].lower()].split()
        about = stems(_who().sub(" ", query.question)) | stems(query.subject)
        theirs = _alone(judged, record, lambda s, one: one.force in forces and _shared(s, about))
        if theirs is judged and not about & stems(
            f"{judged.sentences[0].passage.text} {judged.sentences[0].passage.item}"
        ):
            # A name is easily believed: where nothing of what was said is in the passage, it is only near.
            return replace(judged, probability=min(judged.probability, 0.99 * judged.limits["answered"]))
        return theirs
    return judged


def _alone(judged: Judgement, record: Record, meant: Callable[[Sentence, Statement], int]) -> Judgement:
    """The judgement with the sentences that somebody said, those most `meant` first; as it was, where none is."""
    said = statements_of(record, {s.passage.id for s in judged.sentences})
    theirs: list[tuple[int, Sentence]] = []
    for sentence in judged.sentences:
        at = sentence.passage.start + sentence.span.start
        one = next((s for s in said.get(sentence.passage.id, []) if s.start <= at < s.end), None)
        if one and one.speaker and (rank := meant(sentence, one)):
            theirs.append((rank, sentence))
    if not theirs:
        return judged
    first = tuple(sentence for _, sentence in sorted(theirs, key=lambda ranked: -ranked[0]))
    return replace(judged, sentences=first, probability=max(judged.probability, judged.limits["answered"]))


def _shared(sentence: Sentence, about: set[str]) -> int:
    """How many words of what was raised the sentence holds; none, if it and its item hold too few."""
    held = about & stems(sentence.text)
    enough = len(held | (about & stems(sentence.passage.item or ""))) >= SHARED * len(about)
    return len(held) if enough else 0


def _surname(one: Statement) -> str:
    return (one.speaker or "").split()[-1]


@cache
def _asked_after() -> re.Pattern[str]:
    verbs = "|".join(data("speech")["asked_after"])
    return re.compile(rf"\b(?:did|does|has|have)\s+(?P<who>.{{2,60}}?)\s+(?:\w+\s+)?(?:{verbs})\b", re.I)


@cache
def _who() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, data("speech")["who_forces"]))
    between = r"(?:\s+(?:was it that|has|had|first|also|else|it was that))*"
    return re.compile(rf"^\W*(?:(?:and|so|but)\s+)?who\b{between}\s+(?P<verb>{verbs})\b", re.I)
