"""Welsh, told from English by its small words, so that it can be said that search by meaning is English only."""

from __future__ import annotations

import re
from functools import cache

import prompts
from assistant.answer import Answer
from assistant.words import data, stop_words, words

FEWEST = 2  # different small words of Welsh: an English sentence may well hold one


def is_welsh(text: str) -> bool:
    """Whether a text is in Welsh, and not English with Welsh names in it: it has more small words of Welsh."""
    ours, english = _small_words()
    # "Yw'r" is two words.
    found = {part for word in words(text) for part in re.split("(?=')", word.replace("’", "'"))}
    welsh = found & ours
    return len(welsh) >= FEWEST and not welsh <= _in_names() and len(welsh) > len(found & english)


def noticed(answer: Answer) -> str | None:
    """An answer's notice, with what has to be said where the question is in Welsh, or a passage shown."""
    said = [answer.notice] if answer.notice else []
    if is_welsh(answer.question):
        said.append(prompts.load("welsh_question").text.strip())
    if any(is_welsh(c.passage) for c in (*answer.citations, *answer.nearest)):
        said.append(prompts.load("welsh_passage").text.strip())
    return " ".join(said) or None


@cache
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    """Those of Welsh, and those of English."""
    lists = data("welsh")
    ours = frozenset(lists["words"].split())
    return ours, stop_words() - ours - frozenset(lists["either"].split())


@cache
def _in_names() -> frozenset[str]:
    return frozenset(data("welsh")["in_names"].split())
