"""The training loop that retriever and reader share: one step for each group of lessons, with a fixed seed."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

import torch
from torch import Tensor
from torch.nn import Parameter
from torch.optim.lr_scheduler import LambdaLR

from assistant.reading.lessons import Lesson

SEED = 1
L = TypeVar("L", bound=Lesson)


def descend(
    trained: Sequence[tuple[list[Parameter], float]],
    groups: Sequence[list[L]],
    loss_of_group: Callable[[list[L]], Tensor],
    label: str,
) -> None:
    """Train the parameters at their learning rates. These rise over a twentieth of the steps, then fall to nothing."""
    optimizer = torch.optim.AdamW([{"params": params, "lr": rate} for params, rate in trained], weight_decay=0.01)
    share = LambdaLR(optimizer, lambda n: min(1.0, (n + 1) / (0.05 * len(groups))) * (1 - n / len(groups)))
    begun, recent = time.time(), deque[float](maxlen=200)
    for done, group in enumerate(groups, 1):
        loss = loss_of_group(group)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([p for params, _ in trained for p in params], 1.0)
        optimizer.step()
        optimizer.zero_grad()
        share.step()
        recent.append(loss.item())
        if done % 25 == 0 or done == len(groups):
            spent = time.time() - begun
            print(f"{label} {done}/{len(groups)} loss {sum(recent) / len(recent):.3f} {spent:.0f} s", flush=True)
