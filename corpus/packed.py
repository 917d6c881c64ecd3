"""Texts of unlike length laid end to end in rows, so that a transformer computes next to no padding.

A token attends to its own text alone (packing without contamination: Krell et al. 2021, arXiv:2107.02027), so the
numbers are those of each text by itself. Of fifteen passages of minutes side by side, a fifth to a half is padding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

ROW = 400  # tokens in a row, about: attention takes the square of it


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows of tokens (rows x width): their ids, each token's position in its text, and which text it is of, or -1."""

    ids: Tensor
    positions: Tensor
    text_of: Tensor

    def to(self, device: torch.device) -> Packed:
        """The same on another device."""
        return Packed(*(t.to(device) for t in (self.ids, self.positions, self.text_of)))


def pack(texts: Sequence[Sequence[int]], first: int) -> Packed:
    """Texts, as token ids, in rows of like length. `first` is the number of the model's first position."""
    count = max(1, round(sum(map(len, texts)) / ROW))
    rows: list[list[int]] = [[] for _ in range(count)]
    filled = [0] * count
    for i in sorted(range(len(texts)), key=lambda i: -len(texts[i])):
        row = filled.index(min(filled))
        rows[row].append(i)
        filled[row] += len(texts[i])
    width = -(-max(filled) // 16) * 16  # few widths: oneDNN compiles for each
    ids = torch.zeros(count, width, dtype=torch.long)
    positions, text_of = torch.full_like(ids, first), torch.full_like(ids, -1)
    for row, members in enumerate(rows):
        at = 0
        for i in members:
            place = slice(at, at := at + len(texts[i]))
            ids[row, place] = torch.tensor(texts[i])
            positions[row, place] = torch.arange(first, first + len(texts[i]))
            text_of[row, place] = i
    return Packed(ids, positions, text_of)


def encode(model: Any, packed: Packed) -> Tensor:
    """Every token's vector (rows x width x dimensions) by a BERT or MPNet of transformers."""
    embedded = model.embeddings(input_ids=packed.ids, position_ids=packed.positions)
    same = packed.text_of[:, None, :, None] == packed.text_of[:, None, None, :]
    apart = torch.zeros(same.shape, dtype=embedded.dtype, device=embedded.device)
    apart.masked_fill_(~same, torch.finfo(embedded.dtype).min)
    hidden: Tensor = model.encoder(embedded, attention_mask=apart)[0]
    return hidden
