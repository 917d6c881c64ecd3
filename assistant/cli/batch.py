"""Many questions, or drafts, in one go: JSON lines in, one line out for each in order, an `error` instead of a stop."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from corpus.errors import UserError


def opened(batch: str) -> TextIO:
    """The file of that name, or standard input for "-". Raises UserError if it cannot be opened."""
    if batch == "-":
        return sys.stdin
    try:
        return Path(batch).open(encoding="utf-8-sig", errors="replace")
    except OSError:
        raise UserError(f"{batch} cannot be opened; check the name") from None


def answers(
    lines: TextIO,
    key: str,
    answer: Callable[[dict[str, Any]], dict[str, Any]],
    failed: Callable[[dict[str, Any], str], dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    """What `answer` gives for each line that holds an object with `key`; else what `failed` makes of the reason."""
    for number, line in enumerate(lines, 1):
        asked: dict[str, Any] = {}
        try:
            parsed = json.loads(line)
            asked = parsed if isinstance(parsed, dict) else {}
            if not isinstance(asked.get(key), str):
                raise UserError(f"Line {number} is not an object with a {key}")
            yield {**answer(asked), "id": asked.get("id")}
        except json.JSONDecodeError:
            yield failed(asked, f"Line {number} is not JSON")
        except UserError as error:
            yield failed(asked, str(error))
        except Exception as error:
            yield failed(asked, f"Line {number} could not be answered ({error.__class__.__name__})")
