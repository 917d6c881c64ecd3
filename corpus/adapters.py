"""Low-rank differences from a base model that training made: they are small to keep, and put into the base in memory.

From LoRA (Hu et al. 2021, arXiv:2106.09685). The base's own weights are never trained and never stored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from corpus.errors import UserError
from corpus.weights import file_sha256

RANK = 16
STRENGTH = 2.0  # what the adapters' product is multiplied by


class Adapted(nn.Module):
    """A linear layer of the base, left as it is, and a low-rank difference that is learnt."""

    def __init__(self, base: nn.Linear) -> None:
        """The difference is nothing until it is trained."""
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.randn(RANK, base.in_features) * base.in_features**-0.5)
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        """The base's output and the difference."""
        low = x @ self.down.to(x.dtype).T
        out: Tensor = self.base(x) + (low @ self.up.to(x.dtype).T) * STRENGTH
        return out

    def merged(self) -> nn.Linear:
        """The base with the difference added to its weights: as fast as the base."""
        with torch.no_grad():
            self.base.weight += (self.up @ self.down * STRENGTH).to(self.base.weight.dtype)
        return self.base


def adapt(model: nn.Module, layers: nn.Module) -> None:
    """Freeze `model` and give every linear layer within its `layers` a difference to learn."""
    for weight in model.parameters():
        weight.requires_grad_(False)
    _replace(layers, nn.Linear, Adapted)


def merge(layers: nn.Module) -> None:
    """Put the differences into the base's own weights, in memory."""
    _replace(layers, Adapted, Adapted.merged)


def _replace(module: nn.Module, kind: type, by: Callable[[Any], nn.Module]) -> None:
    for name, child in module.named_children():
        if isinstance(child, kind):
            setattr(module, name, by(child))
        else:
            _replace(child, kind, by)


def trained(model: nn.Module) -> dict[str, Tensor]:
    """A copy of all that is trained of `model`, by name."""
    return {name: weight.detach().clone() for name, weight in model.named_parameters() if weight.requires_grad}


def put_mean(model: nn.Module, *several: Mapping[str, Tensor]) -> None:
    """Give `model` the mean of what `trained` gave at several points of one training.

    Such a mean keeps what the earlier knew of other texts (Wortsman et al. 2022, arXiv:2109.01903).
    """
    mean = {name: torch.stack([one[name] for one in several]).mean(0) for name in several[0]}
    model.load_state_dict(mean, strict=False)


def save(model: nn.Module, path: Path) -> None:
    """Store all that was trained of `model` (bfloat16), and its SHA-256 beside it as `path`'s .toml."""
    save_file({name: weight.to(torch.bfloat16).contiguous() for name, weight in trained(model).items()}, path)
    path.with_suffix(".toml").write_text(f'sha256 = "{file_sha256(path)}"\n')


def stored_sha256(path: Path) -> str:
    """The SHA-256 that what `save` stored must have."""
    return str(tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))["sha256"])


def load(model: nn.Module, path: Path) -> None:
    """Put what `save` stored into an adapted model. Raises UserError if it is missing, damaged or of another model."""
    damaged = UserError(f"The weights {path.name} are missing or damaged; install On Record again")
    if not path.is_file() or file_sha256(path) != stored_sha256(path):
        raise damaged
    stored = load_file(path)
    if stored.keys() != {name for name, weight in model.named_parameters() if weight.requires_grad}:
        raise damaged
    model.load_state_dict(stored, strict=False)
