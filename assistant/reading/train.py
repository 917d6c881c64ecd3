"""Trains the reader: the second half of `make reader`, or python -m assistant.reading.train SHARED RECORD

Three stages with fixed seeds. First public questions teach it to read, then questions on invented minutes, and some on
real ones, what minutes say and leave unsaid. Then many on real minutes; the reader is their mean, the second
stage's weighing twice.
Every question is weighed against nothing answering (as in SQuAD 2.0, Rajpurkar et al. 2018, arXiv:1806.03822): a
softmax over all the sentences read for it and a fixed zero for "none".
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import Parameter

from assistant.reading import lessons, publish
from assistant.reading.descent import SEED, L, descend
from assistant.reading.lessons import Lesson
from assistant.reading.network import Network
from assistant.reading.questions import given, own
from assistant.reading.reader import WEIGHTS
from corpus import adapters

PUBLIC = 8_000  # public questions of the first stage
AGAIN = 3_500  # invented questions of the second that the third sees again
BATCH = 32  # texts read in a step, about
FASTEST = 3e-4  # learning rate
LATER = 2e-4  # of the last stage
HEAD = 3.0  # the head learns faster by this


def loss_of(scores: Tensor, group: Sequence[Lesson]) -> Tensor:
    """The mean over questions of -log P(an answering sentence, or "none" where nothing answers)."""
    losses, at = [], 0
    for lesson in group:
        places = [(n, s) for n, text in enumerate(lesson.texts) for s in range(len(text.sentences))]
        mine = torch.cat([scores.new_zeros(1), scores[at : at + len(places)]])
        right = [1 + i for i, place in enumerate(places) if place in lesson.right]
        losses.append(torch.logsumexp(mine, 0) - torch.logsumexp(mine[right or [0]], 0))
        at += len(places)
    return torch.stack(losses).mean()


def batches(taught: list[L], seed: int, texts: int = BATCH) -> list[list[L]]:
    """The lessons in random batches of like length, of so many texts."""
    chance = random.Random(seed)
    longest = {id(t): max(len(x.front) + len(x.words) for x in t.texts) for t in taught}
    ordered = sorted(taught, key=lambda t: longest[id(t)] * chance.uniform(0.8, 1.25))
    made: list[list[L]] = [[]]
    for lesson in ordered:
        if sum(len(other.texts) for other in made[-1]) + len(lesson.texts) > texts:
            made.append([])
        made[-1].append(lesson)
    chance.shuffle(made)
    return made


def teach(network: Network, tokenizer: Any, taught: list[Lesson], label: str, rate: float = FASTEST) -> None:
    """Train once over the lessons, at most at this learning rate."""

    def loss(group: list[Lesson]) -> Tensor:
        pairs = [(lesson.question, text) for lesson in group for text in lesson.texts]
        return loss_of(torch.cat(network.scores(tokenizer, pairs)).squeeze(-1), group)

    descend(at_rates(network, rate), batches(taught, SEED), loss, label)


def at_rates(network: Network, rate: float) -> list[tuple[list[Parameter], float]]:
    """What is trained of a network, each part with its learning rate."""
    head = list(network.judge.parameters())
    rest = [p for n, p in network.named_parameters() if p.requires_grad and not n.startswith("judge")]
    return [(rest, rate), (head, rate * HEAD)]


def main(shared: Path, home: Path) -> None:
    """Train, weigh and report: writes reader.safetensors, reader.toml, evidence.toml and CARD.md in their places."""
    from transformers import AutoModel, AutoTokenizer

    from assistant.retrieve import Retriever
    from corpus.mpnet import mpnet_folder
    from corpus.records import Record
    from corpus.weights import Embedder

    torch.manual_seed(SEED)
    folder = mpnet_folder()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder = AutoModel.from_pretrained(folder, dtype=torch.bfloat16).eval()  # no dropout: few passes, frozen base
    network, tokenizer = Network(encoder).to(device), AutoTokenizer.from_pretrained(folder)
    retriever = Retriever(Record(home), Embedder())
    theirs = lessons.on_minutes(retriever, given(shared, "train"))
    invented = lessons.invented()
    teach(network, tokenizer, lessons.public(shared / "training" / "public", PUBLIC), "public questions")
    teach(network, tokenizer, [*invented, *theirs, *theirs], "invented minutes")
    before = adapters.trained(network)
    many = lessons.on_minutes(retriever, [*given(shared, "train"), *own(shared)], texts=3)
    again = random.Random(SEED).sample(invented, AGAIN)
    teach(network, tokenizer, [*again, *many], "real minutes", LATER)
    adapters.put_mean(network, before, before, adapters.trained(network))
    adapters.save(network, WEIGHTS)
    publish.main(shared, home)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
