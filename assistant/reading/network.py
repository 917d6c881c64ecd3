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
from corpus.packed import Packed, encode, pack

WINDOW = 256  # tokens of question and passage together
JUDGE = 256  # units of the head's hidden layer
TOGETHER = 16  # texts read at once
FIRST_POSITION = 2  # MPNet's: 0 is unused and 1 is the padding's


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts as the network takes them. `sentence_of` is each token's sentence in the whole batch, or -1, and `text_of`
    each sentence's text, of `texts`.
    """

    tokens: Packed
    sentence_of: Tensor
    text_of: Tensor
    texts: int

    def to(self, device: torch.device) -> Batch:
        """The same on another device."""
        return Batch(self.tokens.to(device), self.sentence_of.to(device), self.text_of.to(device), self.texts)


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
        hidden = encode(self.encoder, batch.tokens).float().flatten(0, 1)
        whole, _ = _means(hidden, batch.tokens.text_of.flatten(), batch.texts)
        means, sizes = _means(hidden, batch.sentence_of.flatten(), len(batch.text_of))
        scores: Tensor = self.judge(torch.cat([means, whole[batch.text_of]], -1))
        # A sentence that fell out of the window was not read, and answers nothing.
        return torch.where(sizes.unsqueeze(-1) > 0, scores, scores.new_full((), -20.0))

    def scores(self, tokenizer: Any, pairs: Sequence[tuple[str, Text]]) -> list[Tensor]:
        """For each question and text, the numbers for each of the text's sentences (sentences x numbers)."""
        device = next(self.judge.parameters()).device
        found: list[Tensor] = []
        for at in range(0, len(pairs), TOGETHER):
            part = pairs[at : at + TOGETHER]
            made = self(collate(tokenizer, part).to(device))
            found += made.split([len(text.sentences) for _, text in part])
        return found


def _means(hidden: Tensor, part_of: Tensor, parts: int) -> tuple[Tensor, Tensor]:
    """The mean of the tokens of each part (parts x dimensions), and how many they are."""
    inside = part_of >= 0
    sums = hidden.new_zeros(parts, hidden.shape[-1]).index_add(0, part_of[inside], hidden[inside])
    sizes = hidden.new_zeros(parts).index_add(0, part_of[inside], hidden.new_ones(int(inside.sum())))
    return sums / sizes.clamp(min=1).unsqueeze(-1), sizes


def collate(tokenizer: Any, pairs: Sequence[tuple[str, Text]]) -> Batch:
    """Question and text pairs as one batch."""
    made = tokenizer(
        [question for question, _ in pairs],
        [text.whole for _, text in pairs],
        truncation="longest_first",  # the text's end, and of a question only what is longer than the text
        max_length=WINDOW,
        return_offsets_mapping=True,
    )
    tokens = pack(made["input_ids"], FIRST_POSITION)
    sentence_of = torch.full(tokens.ids.shape, -1)
    text_of: list[int] = []
    for i, (_, text) in enumerate(pairs):
        shift = len(text.whole) - len(text.words)
        starts, ends = torch.tensor(made["offset_mapping"][i]).T
        second = torch.tensor([part == 1 for part in made.sequence_ids(i)])
        numbered = torch.full(starts.shape, -1)
        for span in text.sentences:
            inside = second & (starts >= span.start + shift) & (ends <= span.end + shift) & (ends > starts)
            numbered[inside] = len(text_of)
            text_of.append(i)
        sentence_of[tokens.text_of == i] = numbered
    return Batch(tokens, sentence_of, torch.tensor(text_of, dtype=torch.long), len(pairs))
