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


@cache
def everyday_words() -> frozenset[str]:
    """Everyday words with their plain forms: none of them is taken for a name unless it is written as one."""
    plain = data("everyday")["words"].split()
    forms = set(plain)
    for word in plain:
        # "Swim" gives "swimming", "move" gives "moving", "study" gives "studies".
        stem = word + word[-1] if re.search("[^aeiou][aeiou][bdgmnprt]$", word) else re.sub("e$|y$", "", word)
        forms |= {stem + end for end in ("ed", "ing", "er", "ers", "ied", "ies", "ier", "ily")}
        forms |= {word + end for end in ("s", "es", "ly", "ing" if word.endswith("y") or len(word) > 4 else "s")}
        forms |= {word + end for end in ("ed", "er", "ers") if len(word) > 4 and not word.endswith("e")}
    return frozenset(forms) | stop_words()


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


def phrases(text: str) -> list[str]:
    """What minutes may say for what a text says in several words, without those already there."""
    lowered = text.lower()
    more = (
        w for pattern, said in data("words")["phrases"].items() if re.search(pattern, lowered) for w in said.split()
    )
    there = set(words(text))
    return [w for w in dict.fromkeys(more) if w not in there]


@cache
def pattern(file: str, name: str) -> re.Pattern[str]:
    """Any of the patterns listed under `name` in a data file, whatever the case."""
    return re.compile("|".join(f"(?:{one})" for one in data(file)[name]), re.I)


def stems(text: str) -> set[str]:
    """The content words of a text, without their endings."""
    return {stem(word) for word in content_words(text)}


def stem(word: str) -> str:
    """A word without its ending, near enough to know "gullies" for "gully" again."""
    return re.sub(r"(?:ies|y|ing|ed|es|s|e)$", "", word) if len(word) > 4 else word
