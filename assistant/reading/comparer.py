"""Opens the comparer: for a draft's sentence, which sentence on record speaks of the same, and what it is to that.

It is the reader's network, trained on from the reader by assistant/reading/train_comparer.py. Trained on further with
prose, it is the supporter: what a language model writes is weighed by that (assistant/supported.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.differs import ASPECTS
from assistant.reading.reader import opened
from assistant.reading.text import Text
from corpus.mpnet import is_installed
from corpus.weights import give_back_memory

# What a draft's sentence is to the one on record, in the order of the network's numbers.
FINDINGS = ("consistent", *ASPECTS)
WEIGHTS = Path(__file__).with_name("comparer.safetensors")
SUPPORTER = Path(__file__).with_name("supporter.safetensors")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The log odds that a sentence on record speaks of what a draft's does, and how likely it is each of FINDINGS."""

    same: float
    findings: tuple[float, ...]


class Comparer:
    """The comparer trained on minutes, loaded when first used. Threads may share one."""

    def __init__(self, precision: str = "auto", weights: Path = WEIGHTS) -> None:
        """`precision` as for the embedding model; `weights` are WEIGHTS or SUPPORTER."""
        self._precision, self._weights = precision, weights

    def compare(self, draft: str, texts: Sequence[Text]) -> list[list[Comparison]]:
        """For each text, what the draft's sentence is to each of its sentences."""
        import torch

        tokenizer, network, reading = opened(self._weights, self._precision, 1 + len(FINDINGS))
        with reading, torch.inference_mode():
            numbers = network.scores(tokenizer, [(draft, text) for text in texts])
        give_back_memory()
        return [[Comparison(float(row[0]), tuple(row[1:].softmax(0).tolist())) for row in mine] for mine in numbers]


def open_comparer(reader: str, precision: str = "auto", weights: Path = WEIGHTS) -> Comparer | None:
    """The comparer, or with other weights the supporter; None where the settings name no reader, or its base is not
    installed.
    """
    return Comparer(precision, weights) if reader != "none" and is_installed() else None
