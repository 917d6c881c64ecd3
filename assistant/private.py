"""Files that hold secrets: written whole or not at all, for their owner's eyes alone."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write(path: Path, words: str) -> None:
    """Put `words` in the file at `path`, in place of what it held. Its mode is 600."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(words)
        os.replace(made, path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
