"""Tunes the embedding model on minutes: python -m assistant.reading.tune SHARED RECORD

A question and the passage that answers it are brought together, and apart from other passages of the same batch and
from those that a search would bring too (as in DPR, Karpukhin et al. 2020, arXiv:2004.04906): both as whole vectors and
token by token, since the same weights search and rerank. Only adapters are trained; RECORD is made with the base.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize

from assistant.reading import lessons
from assistant.reading.descent import SEED, descend
from assistant.reading.lessons import Lesson
from assistant.reading.questions import answering_sentences, given
from assistant.reading.text import text_of
from assistant.retrieve import Retriever
from assistant.words import stop_words
from corpus import adapters
from corpus.records import Record
from corpus.weights import BASE, TUNED, Embedder
from corpus.wording import document_ids

TOGETHER = 16  # questions in a step
OTHERS = 2  # other passages for each question
PASSES = 2
FASTEST = 8e-4  # learning rate
SHARP, SHARP_TOKENS = 0.05, 0.03  # what likeness is divided by before the softmax
QUESTION, PASSAGE = 64, 256  # tokens
# How much of what was learnt is kept: with all of it, words that no lesson held are known less well than by the base
# (Wortsman et al. 2022, arXiv:2109.01903).
KEPT = 0.6
COMMON = 0.15  # what a stop word weighs beside another word
AMONG = (1, 5, 20, 60)  # passages


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts as unit vectors (texts x dimensions), their tokens' (texts x tokens x dimensions), and which of these are
    no padding (texts x tokens).
    """

    whole: Tensor
    tokens: Tensor
    held: Tensor


def encode(encoder: Any, tokenizer: Any, texts: Sequence[str], window: int) -> Encoded:
    """Mean-pooled and token vectors, as the embedding model makes them."""
    made = tokenizer(
        list(texts),
        padding=True,
        truncation=True,
        max_length=window,
        return_tensors="pt",
    )
    mask = made["attention_mask"].to(encoder.device)
    hidden = encoder(made["input_ids"].to(encoder.device), attention_mask=mask).last_hidden_state.float()
    whole = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
    return Encoded(normalize(whole, dim=-1), normalize(hidden, dim=-1), mask.bool())


def shares(tokenizer: Any, questions: Sequence[str]) -> Tensor:
    """How much of each question a token makes (questions x tokens): stop words little, marks nothing."""
    made = tokenizer(list(questions), padding=True, truncation=True, max_length=QUESTION, return_offsets_mapping=True)
    weights = torch.zeros(len(questions), len(made["input_ids"][0]))
    for row, (question, places) in enumerate(zip(questions, made["offset_mapping"], strict=True)):
        for column, (start, end) in enumerate(places):
            word = re.sub(r"\W", "", question[start:end]).lower()
            weights[row, column] = 0.0 if not word else COMMON if word in stop_words() else 1.0
    return weights / weights.sum(1, keepdim=True).clamp(min=COMMON)


def loss_of(asked: Encoded, share: Tensor, read: Encoded, right: Tensor, no_other: Tensor) -> Tensor:
    """-log P(the right passage), by whole vectors and token by token, in the mean over questions.

    `share` is what each token of the questions counts (questions x tokens), `right` (questions,) each one's passage;
    `no_other` (questions x passages) marks what is not wrong either.
    """
    whole = asked.whole @ read.whole.T
    near = torch.einsum("qad,pbd->qpab", asked.tokens, read.tokens)
    near = near.masked_fill(~read.held[None, :, None, :], -1.0).amax(-1)
    late = (near * share[:, None, :]).sum(-1)
    losses = [
        cross_entropy((likeness / sharp).masked_fill(no_other, -1e4), right)
        for likeness, sharp in ((whole, SHARP), (late, SHARP_TOKENS))
    ]
    return torch.stack(losses).sum()


def batch(group: Sequence[Lesson], chance: random.Random) -> tuple[list[str], list[str], Tensor, Tensor]:
    """Questions, passages, and which are right: what `loss_of` takes besides vectors."""
    passages: list[str] = []
    right, answering = [], []
    for lesson in group:
        answers = sorted({text for text, _ in lesson.right})
        others = [n for n in range(len(lesson.texts)) if n not in answers]
        chance.shuffle(others)
        right.append(len(passages))
        answering.append({lesson.texts[n].whole for n in answers})
        passages += [lesson.texts[n].whole for n in [chance.choice(answers), *others[:OTHERS]]]
    rows = [[n != at and p in mine for n, p in enumerate(passages)] for at, mine in zip(right, answering, strict=True)]
    return [lesson.question for lesson in group], passages, torch.tensor(right), torch.tensor(rows)


def teach(encoder: Any, tokenizer: Any, taught: list[Lesson], once: list[Lesson]) -> None:
    """Train `PASSES` times over the lessons, and over those of `once` in the first pass alone."""
    chance = random.Random(SEED)
    groups: list[list[Lesson]] = []
    for number in range(PASSES):
        lot = [*taught, *(once if number == 0 else [])]
        chance.shuffle(lot)
        groups += [lot[at : at + TOGETHER] for at in range(0, len(lot) - TOGETHER + 1, TOGETHER)]

    def loss(group: list[Lesson]) -> Tensor:
        questions, passages, right, no_other = batch(group, chance)
        asked, read = encode(encoder, tokenizer, questions, QUESTION), encode(encoder, tokenizer, passages, PASSAGE)
        share = shares(tokenizer, questions).to(encoder.device)
        return loss_of(asked, share, read, right.to(encoder.device), no_other.to(encoder.device))

    trained = [p for p in encoder.parameters() if p.requires_grad]
    descend([(trained, FASTEST)], groups, loss, "retriever")


def ranks(embedder: Embedder, record: Record, cases: list[dict[str, Any]]) -> list[int]:
    """For each question whose answer is on record, how many passages lie nearer to it, by whole vectors alone."""
    ids = list(record.embedded_texts())
    passages = [p for at in range(0, len(ids), 500) for p in record.passages(ids[at : at + 500])]
    vectors = embedder.embed([passage.embedded for passage in passages])
    found = []
    for case in cases:
        own = [i for i, p in enumerate(passages) if p.document == case["file"]]
        right = [i for i in own if answering_sentences(text_of(passages[i]), case["quotes"])]
        near = vectors @ embedder.embed_query(case["question"])
        if right:
            found.append(int((near > near[right].max()).sum()))
    return found


def table(rows: Mapping[str, list[int]]) -> str:
    """What share of questions have their answer among the first passages."""
    lines = ["| | " + " | ".join(f"first {count}" if count > 1 else "first" for count in AMONG) + " |"]
    lines.append("|---|" + "---|" * len(AMONG))
    for name, ranked in rows.items():
        shares = (sum(rank < count for rank in ranked) / len(ranked) for count in AMONG)
        lines.append(f"| {name} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")
    return "\n".join(lines)


def main(shared: Path, home: Path) -> None:
    """Train, write corpus/tuned.safetensors, and report in the retriever's card."""
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(SEED)
    record, base = Record(home), Embedder(BASE)
    on_minutes = lessons.on_minutes(Retriever(record, base), given(shared, "train"))
    answered = [lesson for lesson in [*lessons.invented(), *on_minutes, *on_minutes] if lesson.right]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder = AutoModel.from_pretrained(base.folder, dtype=torch.bfloat16).eval()
    adapters.adapt(encoder, encoder.encoder)
    teach(encoder.to(device), AutoTokenizer.from_pretrained(base.folder), answered, lessons.tempting())
    with torch.no_grad():
        for name, weight in encoder.named_parameters():
            if name.endswith(".up"):
                weight.mul_(KEPT)
    adapters.save(encoder, TUNED)
    report(shared, record)


def report(shared: Path, record: Record) -> None:
    """Write the card."""
    dev = [case for case in given(shared, "dev") if case["answerable"]]
    rows = {"the base": ranks(Embedder(BASE), record, dev), "tuned": ranks(Embedder(), record, dev)}
    counts = {"documents": len(document_ids(record)), "passages": f"{record.passage_count():,}"}
    template = Template(files("assistant.reading").joinpath("retriever.template").read_text("utf-8"))
    card = template.substitute(table=table(rows), **counts)
    Path(__file__).with_name("RETRIEVER.md").write_text(card)
    print(card)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
