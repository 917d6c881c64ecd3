"""Which statements are promises: acts that somebody takes on, and verdicts that direct somebody to act."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus.models import Statement
from corpus.voices import any_of, expressions

Promised = Literal["commitment", "resolution"]


@cache
def _patterns(name: str) -> re.Pattern[str]:
    facts = tomllib.loads(files("corpus").joinpath("promises.toml").read_text("utf-8"))
    acts = expressions()["acts"]
    done = acts["participle"].removesuffix("$")
    filled = (
        p.replace("{acts}", f"(?:{any_of(acts['verbs'])})").replace("{done}", rf"(?:\w+ly\s+)?\w*?{done}\b")
        for p in facts[name]
    )
    return re.compile("|".join(f"(?:{p})" for p in filled), re.I)


def promised(statement: Statement, words: str) -> Promised | None:
    """Whether a statement, in these `words`, is a promise, and of which kind."""
    words = " ".join(words.split())
    verb = re.search(re.escape(statement.verb), words, re.I) if statement.verb else None
    if statement.force == "committed":
        return None if _patterns("hangs").search(words[: verb.end()] if verb else words) else "commitment"
    if statement.force != "decided":
        return None
    behind = words[verb.end() - (2 if verb.group().endswith(" to") else 0) :] if verb else words
    if verb and verb.group().lower() == "noted" and not _patterns("also directs").search(behind):
        return None
    asks = verb is not None and verb.group().lower() == "requested"
    if _patterns("settles").search(behind) or not (asks or _patterns("directs").search(f" {behind}")):
        return None
    return "resolution"
