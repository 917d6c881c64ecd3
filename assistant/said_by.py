"""What somebody said: a question after a person's own words is answered from the sentences recorded as theirs."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence import Judgement
from assistant.query import Query
from assistant.words import data
from corpus.records import Record
from corpus.spoken import statements_of


def said_by(query: Query, judged: Judgement, record: Record) -> Judgement:
    """The judgement with that person's own sentences alone, where the question asks what a named person said.

    That they are theirs is a recorded fact; that they are about what was asked is as likely as the nearest was.
    """
    if not judged.sentences or not _asks().search(query.question) or judged.probability < judged.limits["near"]:
        return judged
    asked = set(re.findall(r"[A-ZÀ-Þ][\w’'-]{2,}", query.asked or query.question)) | set(query.people)
    said = statements_of(record, {s.passage.id for s in judged.sentences})
    theirs = []
    for sentence in judged.sentences:
        at = sentence.passage.start + sentence.span.start
        one = next((s for s in said.get(sentence.passage.id, []) if s.start <= at < s.end), None)
        if one and one.sort == "named" and one.speaker and one.speaker.split()[-1] in asked:
            theirs.append(sentence)
    if not theirs:
        return judged
    return replace(judged, sentences=tuple(theirs), probability=max(judged.probability, judged.limits["answered"]))


def _asks() -> re.Pattern[str]:
    verbs = "|".join(data("speech")["asked_after"])
    return re.compile(rf"\b(?:what|how|did|does|has|have)\b.*\b(?:{verbs})\b", re.I)
