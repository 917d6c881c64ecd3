"""The readers' network: an embedding model's encoder, low-rank adapters on it, and a head that judges sentences.

Question, or a draft's sentence, and passage are read together. Each sentence of the passage gets a few numbers; the
first is its log odds of being the one looked for, against none being it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from assistant.reading.text import Text
from corpus.adapters import adapt

WINDOW = 256  # tokens of question and passage together
JUDGE = 256  # units of the head's hidden layer
TOGETHER = 4  # texts read at once: more are padded to the longest, for nothing


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts as the network takes them. `sentence_of` is each token's sentence in the whole batch, or -1."""

    ids: Tensor
    mask: Tensor
    sentence_of: Tensor
    text_of: Tensor  # each sentence's text

    def to(self, device: torch.device) -> Batch:
        """The same on another device."""
        return Batch(*(t.to(device) for t in (self.ids, self.mask, self.sentence_of, self.text_of)))


class Network(nn.Module):
    """Encoder, adapters, head."""

    def __init__(self, encoder: Any, numbers: int = 1) -> None:
        """`encoder` is a transformers model; its own weights are not trained. `numbers` are given each sentence."""
        super().__init__()
        self.encoder = encoder
        adapt(encoder, encoder.encoder)
        size = encoder.config.hidden_size
        self.judge = nn.Sequential(nn.Linear(2 * size, JUDGE), nn.GELU(), nn.Linear(JUDGE, numbers))

    def forward(self, batch: Batch) -> Tensor:
        """The numbers for each sentence of the batch (sentences x numbers)."""
        hidden = self.encoder(batch.ids, attention_mask=batch.mask).last_hidden_state.float()
        mask = batch.mask.unsqueeze(-1).float()
        whole = (hidden * mask).sum(1) / mask.sum(1)
        inside = batch.sentence_of >= 0
        count = len(batch.text_of)
        sums = hidden.new_zeros(count, hidden.shape[-1]).index_add(0, batch.sentence_of[inside], hidden[inside])
        sizes = hidden.new_zeros(count).index_add(0, batch.sentence_of[inside], hidden.new_ones(int(inside.sum())))
        means = sums / sizes.clamp(min=1).unsqueeze(-1)
        scores: Tensor = self.judge(torch.cat([means, whole[batch.text_of]], -1))
        # A sentence that fell out of the window was not read, and answers nothing.
        return torch.where(sizes.unsqueeze(-1) > 0, scores, scores.new_full((), -20.0))

    def scores(self, tokenizer: Any, pairs: Sequence[tuple[str, Text]]) -> list[Tensor]:
        """For each question and text, the numbers for each of the text's sentences (sentences x numbers).

        Texts of like length are read together, so that little is read that is only padding.
        """
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][1].front) + len(pairs[i][1].words))
        found: list[Tensor] = [torch.empty(0)] * len(pairs)
        device = next(self.judge.parameters()).device
        for at in range(0, len(order), TOGETHER):
            part = order[at : at + TOGETHER]
            made = self(collate(tokenizer, [pairs[i] for i in part]).to(device))
            sizes = [len(pairs[i][1].sentences) for i in part]
            for i, mine in zip(part, made.split(sizes), strict=True):
                found[i] = mine
        return found


def collate(tokenizer: Any, pairs: Sequence[tuple[str, Text]]) -> Batch:
    """Question and text pairs as one padded batch."""
    made = tokenizer(
        [question for question, _ in pairs],
        [text.whole for _, text in pairs],
        truncation="longest_first",  # the text's end, and of a question only what is longer than the text
        max_length=WINDOW,
        padding=True,
        pad_to_multiple_of=16,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    sentence_of = torch.full(made["input_ids"].shape, -1)
    text_of: list[int] = []
    for row, (_, text) in enumerate(pairs):
        shift = len(text.whole) - len(text.words)
        starts, ends = made["offset_mapping"][row].T
        second = torch.tensor([part == 1 for part in made.sequence_ids(row)])
        for span in text.sentences:
            inside = second & (starts >= span.start + shift) & (ends <= span.end + shift) & (ends > starts)
            sentence_of[row][inside] = len(text_of)
            text_of.append(row)
    return Batch(made["input_ids"], made["attention_mask"], sentence_of, torch.tensor(text_of, dtype=torch.long))
