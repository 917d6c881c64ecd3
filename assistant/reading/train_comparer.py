"""Trains the comparer and the supporter: python -m assistant.reading.train_comparer SHARED RECORD

It begins as the reader, and learns from sentences of drafts written over real minutes (`on_drafts.jsonl`) which
sentence on record speaks of the same, if any, and in what the draft differs from it. The supporter goes on from there
with sentences like those of a language model (`on_prose.jsonl`), each read with its own passage, among some of
the drafts. Those over minutes that are not for training stay unseen: the thresholds in comparing.toml are set on them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn.functional import cross_entropy

from assistant.reading.comparer import FINDINGS, SUPPORTER, WEIGHTS
from assistant.reading.descent import SEED, descend
from assistant.reading.lessons import Lesson, on_minutes
from assistant.reading.network import Network
from assistant.reading.questions import answering_sentences, drafts, part
from assistant.reading.reader import WEIGHTS as READER
from assistant.reading.text import text_of
from assistant.reading.train import at_rates, batches, loss_of
from assistant.retrieve import Retriever
from corpus import adapters
from corpus.models import PassageOnRecord
from corpus.records import Record

TEXTS = 3  # read for a sentence
PASSES = 2
AGAIN = 6  # every so many of the drafts are read again among the prose, in each pass over that
BATCH = 16  # texts read in a step, about
RATE = 2e-4
FINDING = 0.7  # what the finding counts beside which sentence it is


@dataclass(frozen=True, slots=True)
class Compared(Lesson):
    """A draft's sentence in a question's place, and what it is to the sentence on record, as a place in FINDINGS."""

    finding: int = 0


def compared(retriever: Retriever, cases: Sequence[dict[str, Any]]) -> list[Compared]:
    """Lessons on the sentences of drafts."""
    return [
        Compared(lesson.question, lesson.texts, lesson.right, FINDINGS.index(case["aspect"] or "consistent"))
        for number, case in enumerate(cases)
        for lesson in on_minutes(retriever, [case], TEXTS, number)
    ]


def written(record: Record, cases: Sequence[dict[str, Any]]) -> list[Compared]:
    """Lessons on prose: each sentence with the passage that it is about, right or wrong."""
    by_document: dict[str, list[PassageOnRecord]] = {}
    for passage in record.passages(record.embedded_texts()):
        by_document.setdefault(passage.document, []).append(passage)
    found = []
    for case in cases:
        for passage in by_document.get(case["file"], []):
            text = text_of(passage)
            if right := answering_sentences(text, case["quotes"]):
                places = frozenset((0, place) for place in right)
                aspect = FINDINGS.index(case["aspect"] or "consistent")
                found.append(Compared(case["question"], (text,), places, aspect))
                break
    return found


def loss_of_findings(numbers: Tensor, group: Sequence[Compared]) -> Tensor:
    """The reader's loss, and -log P(the right finding) for the sentences that speak of the same."""
    rows, right, at = [], [], 0
    for lesson in group:
        for place in [(n, s) for n, text in enumerate(lesson.texts) for s in range(len(text.sentences))]:
            if place in lesson.right:
                rows.append(at)
                right.append(lesson.finding)
            at += 1
    which = loss_of(numbers[:, 0], group)
    if not rows:
        return which
    return which + FINDING * cross_entropy(numbers[rows, 1:], torch.tensor(right, device=numbers.device))


def begun(encoder: Any) -> Network:
    """The comparer before its training: the reader, which gives no findings yet."""
    network = Network(encoder, 1 + len(FINDINGS))
    stored = load_file(READER)
    with torch.no_grad():
        for name in ("judge.2.weight", "judge.2.bias"):
            network.state_dict()[name][:1] = stored.pop(name).float()
    network.load_state_dict(stored, strict=False)
    return network


def main(shared: Path, home: Path) -> None:
    """Train, and write comparer.safetensors and supporter.safetensors, each with its SHA-256."""
    from transformers import AutoModel, AutoTokenizer

    from corpus.mpnet import mpnet_folder
    from corpus.weights import Embedder

    torch.manual_seed(SEED)
    folder = mpnet_folder()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = begun(AutoModel.from_pretrained(folder, dtype=torch.bfloat16).eval()).to(device)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    retriever = Retriever(Record(home), Embedder())
    cases = [case for case in drafts(shared) if part(case["file"]) == "train"]
    lessons = compared(retriever, cases)
    groups = [group for number in range(PASSES) for group in batches(lessons, SEED + number, BATCH)]

    def loss(group: list[Compared]) -> Tensor:
        pairs = [(lesson.question, text) for lesson in group for text in lesson.texts]
        return loss_of_findings(torch.cat(network.scores(tokenizer, pairs)), group)

    descend(at_rates(network, RATE), groups, loss, "drafts")
    adapters.save(network, WEIGHTS)
    more = written(retriever.record, [c for c in drafts(shared, "on_prose") if part(c["file"]) == "train"])
    again = [[*more, *lessons[number::AGAIN]] for number in range(PASSES)]
    groups = [g for number, one in enumerate(again) for g in batches(one, SEED + PASSES + number, BATCH)]
    descend(at_rates(network, RATE), groups, loss, "prose")
    adapters.save(network, SUPPORTER)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
