"""Opens a reader: our own, or any cross-encoder by name. It gives each sentence a number; what it means is evidence's.

Ours is all-mpnet-base-v2 with what training added (assistant/reading/CARD.md). Its number is the log odds that a
sentence answers, against nothing answering.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from assistant.reading.text import Text
from corpus.errors import UserError
from corpus.mpnet import INSTALL, is_installed, mpnet_folder
from corpus.weights import give_back_memory, use_bfloat16

if TYPE_CHECKING:
    from assistant.reading.network import Network

AUTO = "auto"  # ours, where its base is installed
OURS = "on-record"
NONE = "none"
WEIGHTS = Path(__file__).with_name("reader.safetensors")
_LOADING = Lock()
_READING = Lock()


class Reader(Protocol):
    """Reads texts for a question. Threads may share one."""

    def load(self) -> None:
        """Load the model; raises UserError if it is not to be had."""

    def read(self, question: str, texts: Sequence[Text]) -> list[list[float]]:
        """For each text, a number for each of its sentences: the higher, the likelier it answers."""
        ...


def open_reader(name: str, precision: str = "auto") -> Reader | None:
    """The reader of that name, loaded when first used; None for "none", and for "auto" if ours has no base."""
    if name == NONE or (name == AUTO and not is_installed()):
        return None
    return OurReader(precision) if name in (OURS, AUTO) else NamedReader(name)


def missing(name: str) -> str | None:
    """What to tell somebody whose reader was left out because its base is not installed."""
    if name != AUTO or is_installed():
        return None
    return (
        "The reader is not installed: without it answers are chosen by likeness alone, and are more often wrong. "
        f"To have it, run `{INSTALL}`"
    )


class OurReader:
    """The reader trained on minutes."""

    def __init__(self, precision: str = "auto") -> None:
        """`precision` as for the embedding model."""
        self._precision = precision

    def load(self) -> None:
        """Load base and difference. Raises UserError if either is missing or damaged."""
        opened(WEIGHTS, self._precision)

    def read(self, question: str, texts: Sequence[Text]) -> list[list[float]]:
        """The log odds of each sentence."""
        import torch

        tokenizer, network, reading = opened(WEIGHTS, self._precision)
        with reading, torch.inference_mode():
            scores = network.scores(tokenizer, [(question, text) for text in texts])
        give_back_memory()
        return [mine.squeeze(-1).tolist() for mine in scores]


def opened(weights: Path, precision: str, numbers: int = 1) -> tuple[Any, Network, Lock]:
    """Tokenizer and network with these weights, and the lock to read under.

    One reads at a time: several at once on few cores wait for each other far longer than in turn.
    Raises UserError if base or weights are missing or damaged.
    """
    with _LOADING:
        return *_open(weights, precision, numbers), _READING


@cache  # one of each is enough for a process: a quarter of a gigabyte
def _open(weights: Path, precision: str, numbers: int) -> tuple[Any, Network]:
    folder = mpnet_folder()
    import torch
    import transformers

    from assistant.reading.network import Network
    from corpus import adapters

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    kind = torch.bfloat16 if use_bfloat16(precision) else torch.float32
    network = Network(transformers.AutoModel.from_pretrained(folder, dtype=kind, local_files_only=True), numbers)
    adapters.load(network, weights)
    adapters.merge(network.encoder)
    return transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True), network.eval()


class NamedReader:
    """A cross-encoder of sentence-transformers, by the name of a folder or on the hub."""

    def __init__(self, name: str) -> None:
        """Nothing is loaded yet."""
        self.name = name
        self._model: Any = None
        self._lock = Lock()

    def load(self) -> None:
        """Load it. Raises UserError if it is not to be had."""
        with self._lock:
            if self._model is not None:
                return
            import torch
            from sentence_transformers import CrossEncoder

            try:
                self._model = CrossEncoder(
                    self.name,
                    device="cpu",
                    activation_fn=torch.nn.Identity(),
                    local_files_only=Path(self.name).is_dir(),
                )
            except Exception as error:
                raise UserError(
                    f"The reader {self.name} cannot be had ({error.__class__.__name__}); "
                    "check ONRECORD_READER, or unset it"
                ) from error

    def read(self, question: str, texts: Sequence[Text]) -> list[list[float]]:
        """The mean of what it gives the whole text and the sentence alone: it was not made to judge sentences."""
        self.load()
        pairs = [(question, t.whole) for t in texts]
        pairs += [(question, t.words[s.start : s.end]) for t in texts for s in t.sentences]
        if not pairs:
            return []
        scores = [float(score) for score in self._model.predict(pairs, show_progress_bar=False)]
        whole, alone = scores[: len(texts)], iter(scores[len(texts) :])
        return [[(score + next(alone)) / 2 for _ in t.sentences] for t, score in zip(texts, whole, strict=True)]
