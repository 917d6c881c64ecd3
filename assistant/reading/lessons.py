"""What the reader learns from: questions, each with a few texts and the sentences among them that answer, if any.

Three sources. Invented agenda items with questions, written for this project, stand in `lessons/`. Questions on
real minutes come from `questions`; the minutes and the public question sets lie in a folder of their own.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.query import understand
from assistant.reading.questions import answering_sentences, part
from assistant.reading.text import Text, text_of
from assistant.retrieve import Retriever
from corpus.models import Span
from corpus.records import Filters
from corpus.sentences import sentences

TEXTS = 4  # read for one question on minutes
FOUND = 20  # of the likeliest, among which these are chosen


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question, the texts to read for it, and which sentences answer: (text, sentence); none if nothing does."""

    question: str
    texts: tuple[Text, ...]
    right: frozenset[tuple[int, int]]


def public(folder: Path, count: int, seed: int = 1) -> list[Lesson]:
    """Lessons from SQuAD's questions and sentences: neighbouring sentences make a text, the next ones another.

    A quarter have the answering sentence's text left out.
    """
    chance = random.Random(seed)
    pairs = [line.split("\t") for line in (folder / "squad_question_sentence.tsv").read_text("utf-8").splitlines()]
    said = list(dict.fromkeys(sentence.strip() for _, sentence in pairs))
    place = {sentence: i for i, sentence in enumerate(said)}
    chance.shuffle(pairs)
    lessons = []
    for question, sentence in pairs[:count]:
        at, size = place[sentence.strip()], chance.choice((2, 2, 3))
        start = max(0, at - chance.randrange(size))
        other = start + size if chance.random() < 0.5 and start + 2 * size <= len(said) else max(0, start - size)
        starts = [start, other] if other + size <= start or other >= start + size else [start]
        if chance.random() < 0.25:
            starts = [s for s in starts if not s <= at < s + size] or starts
        chance.shuffle(starts)
        texts = [_joined(said[s : s + size]) for s in starts]
        right = {(n, at - s) for n, s in enumerate(starts) if s <= at < s + size}
        lessons.append(Lesson(_untokenised(question), tuple(texts), frozenset(right)))
    return lessons


def _joined(parts: list[str]) -> Text:
    words, spans = "", []
    for part_ in map(_untokenised, parts):
        spans.append(Span(len(words), len(words) + len(part_)))
        words += part_ + " "
    return Text("", words.rstrip(), tuple(spans))


def _untokenised(words: str) -> str:
    for mark, plain in (("-lrb-", "("), ("-rrb-", ")"), ("``", '"'), ("''", '"'), ("-lsb-", "["), ("-rsb-", "]")):
        words = words.replace(mark, plain)
    words = re.sub(r" ([.,;:?!%)\]]|'s|'t|n't|'re|'ve|'ll)", r"\1", words.strip())
    return re.sub(r"([(\[£$]) ", r"\1", words)


def invented(seed: int = 1) -> list[Lesson]:
    """Lessons on the invented items: each question with its passage and others of the same item."""
    chance = random.Random(seed)
    lessons = []
    for item in _items():
        texts = _texts(item)
        for asked in item["answered"]:
            order = _picked(chance, len(texts), asked["passage"], 3)
            right = answering_sentences(texts[asked["passage"]], [asked["quote"]])
            place = order.index(asked["passage"])
            if right:
                lessons.append(
                    Lesson(asked["question"], tuple(texts[i] for i in order), frozenset((place, s) for s in right))
                )
        for asked in item["unanswered"]:
            order = _picked(chance, len(texts), asked["tempting"], 2)
            lessons.append(Lesson(asked["question"], tuple(texts[i] for i in order), frozenset()))
    return lessons


def tempting() -> list[Lesson]:
    """The invented questions that nothing answers, as if what tempts did: a search should bring that first."""
    lessons = []
    for item in _items():
        texts = _texts(item)
        for asked in item["unanswered"]:
            lessons.append(Lesson(asked["question"], texts, frozenset({(asked["tempting"], 0)})))
    return lessons


def _texts(item: Mapping[str, Any]) -> tuple[Text, ...]:
    front = " · ".join(p for p in (*re.split(r" – |, ", item["context"]), item["item"]) if p)
    return tuple(Text(front, words, tuple(sentences(words))) for words in item["passages"])


def _items() -> Iterator[dict[str, Any]]:
    for path in sorted(files("assistant").joinpath("reading/lessons").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".jsonl"):
            yield from map(json.loads, path.read_text("utf-8").splitlines())


def _picked(chance: random.Random, count: int, first: int, most: int) -> list[int]:
    others = [i for i in range(count) if i != first]
    chance.shuffle(others)
    picked = [first, *others[: most - 1]]
    chance.shuffle(picked)
    return picked


def on_minutes(retriever: Retriever, cases: list[dict[str, Any]], texts: int = TEXTS, seed: int = 1) -> list[Lesson]:
    """Lessons on questions asked of a record of real minutes: what answers, and what retrieval brings beside it.

    At most so many `texts` are read for each.
    """
    chance = random.Random(seed)
    lessons = []
    for case in cases:
        query = understand(case["question"], (), Filters(), retriever.record)
        found = retriever.record.passages(list(retriever.fused(query))[:FOUND])
        # A question that is trained on meets no words of the documents that are held out.
        passages = [p for p in found if part(p.document) == "train"]
        read = {p.id: text_of(p) for p in passages}
        right = {
            p.id: answering_sentences(read[p.id], case["quotes"]) if p.document == case["file"] else []
            for p in passages
        }
        answering = [i for i, found in right.items() if found]
        if not passages or (case["answerable"] and not answering):
            continue  # nothing, or nothing that answers, was found: nothing to learn from
        others = [p.id for p in passages if not right[p.id]][: texts + 2]
        tempts = [
            p.id for p in passages if not case["answerable"] and answering_sentences(read[p.id], case["tempting"])
        ]
        chance.shuffle(others)
        kept = list(dict.fromkeys([*answering[:1], *tempts[:1], *others]))[:texts]
        chance.shuffle(kept)
        lessons.append(
            Lesson(
                case["question"],
                tuple(read[i] for i in kept),
                frozenset((n, s) for n, i in enumerate(kept) for s in right[i]),
            )
        )
    return lessons
