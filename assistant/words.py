"""The words of questions: which of them carry the subject, and what minutes say for them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """One of the assistant's data files, by name."""
    return tomllib.loads(files("assistant").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of a subject."""
    return frozenset(data("words")["stop"].split())


def words(text: str) -> list[str]:
    """The words of a text, lower-case, in order; numbers keep their commas and points."""
    return [w.lower() for w in re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?", text)]


def content_words(text: str) -> list[str]:
    """The words that carry a text's subject, each once, in order."""
    kept = (w.replace("’", "'") for w in words(text))
    plain = (w.removesuffix("'s") for w in kept if w not in stop_words())
    return list(dict.fromkeys(w for w in plain if len(w) > 1 and w not in stop_words()))


def expansions(found: list[str]) -> list[str]:
    """What minutes may say for these words, without those already there."""
    table = data("words")["expansions"]
    more = (w for word in found for w in str(table.get(word, "")).split())
    return [w for w in dict.fromkeys(more) if w not in found]
