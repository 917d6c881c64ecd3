"""Somebody as a sentence prints them: a title and a name, a role, a body, a pronoun, or two bare names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from corpus.models import Sort


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may speak. `words` is empty for nobody; a pronoun and "it" are of sort "nobody"."""

    words: str = ""
    sort: Sort = "nobody"
    role: str | None = None


NOBODY = Voice()

_CAP = r"(?:A/)?[A-ZÀ-Þ][\w’'‟`´-]*(?:/[A-ZÀ-Þ][\w’'-]*)*"
_INITIALS = r"(?:[A-Z]\.\s*|[A-Z]\s+){0,3}"
_JOIN = r"(?:of|for|and|in|to|with|on|&)"
_LETTERS = r"(?:,?\s+(?:[A-Z]\.){2,4},?)"  # behind a name: "T.D."


@cache
def expressions() -> dict[str, Any]:
    """expressions.toml as it is."""
    return tomllib.loads(files("corpus").joinpath("expressions.toml").read_text("utf-8"))


def any_of(words: list[str]) -> str:
    """The words as alternatives of a pattern, the longest first, with any white space between theirs."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    facts = expressions()["speakers"]
    title = rf"(?i:{any_of(facts['titles'])})"
    name = rf"{_INITIALS}{_CAP}(?:\s+(?:de\s+|van\s+|O\s+)?{_CAP}){{0,3}}"
    one = rf"(?:{title}\.?\s+)+{name}(?:\s\([A-Z]\))?"
    more = rf"(?:(?:,\s*(?:and\s+)?|\s+and\s+|\s+&\s+)(?:{one}|(?!{title}\b){_INITIALS}{_CAP}(?:\s+{_CAP})?(?=\s|,)))*"
    body = r"(?!\s+(?:&|of|for)\b|\s+and\s+[A-Z]\w+\s+(?:Council|Committee|Board))"  # "Ashton and Mere Council"
    bare = rf"(?:(?:[A-Z]\.\s?){{1,3}}{_CAP}|{_CAP}\s+(?:[A-Z]\.?\s+)?(?:O['’]|Mc|Mac|de\s+)?{_CAP}{body})"
    more_tail = rf"(?:(?:,\s+and|,|\s+{_JOIN}(?:\s+the)?)?\s+(?!{title}\b){_CAP}){{0,8}}"
    tail = rf"(?:\s+{_JOIN}(?:\s+the)?|,\s+and|,)\s+(?!{title}\b){_CAP}{more_tail}"
    role = (
        rf"(?:[Tt]he\s+)?(?:{_CAP}(?:/|,)?\s+(?:{_JOIN}\s+){{0,2}}){{0,8}}(?i:{any_of(facts['roles'])})s?\b(?:,?\s\([A-Z][^)]{{1,40}}\))?"
        rf"(?:{tail}(?=\s*[,(]|\s+[a-z])|\s+{_JOIN}(?:\s+the)?\s+{_CAP}(?:\s+{_CAP}){{0,4}})?"
    )
    aside = r"(?:\s*[,(]\s*(?P<role>(?:the\s+)?[A-Z][^,()]{3,80}?)\s*[,)])?"
    return {
        "named": re.compile(rf"(?P<words>{one}{more}){_LETTERS}?{aside}"),
        "known": re.compile(rf"(?P<words>{one}|{bare}){_LETTERS}?,\s+(?P<role>{role}),?"),
        "pronoun": re.compile(rf"(?P<words>(?i:{any_of(facts['pronouns'])}|it|there))\b"),
        "collective": re.compile(rf"(?P<words>(?i:{any_of(facts['collectives'])}))\b(?!\s+(?:and|&|of|for)\s+[A-Z])"),
        "role": re.compile(rf"(?P<words>{role})(?:,?\s+\(?(?P<name>{one}|{bare})\)?{_LETTERS}?,?(?=\s+[a-z]|$))?"),
        "body": re.compile(
            rf"(?P<words>(?:[Tt]he\s+)?(?:{_CAP}\s+(?:(?:and|of|for|the|&)\s+){{0,2}}){{0,6}}?(?:{any_of(facts['bodies'])}|[A-Z]{{3,}})\b)"
        ),
        "bare": re.compile(rf"(?P<words>{bare}){_LETTERS}?"),
        # "Anglian advised": one word is somebody only where it cannot be read otherwise.
        "firm": re.compile(
            rf"(?P<words>(?!(?:{any_of(facts['no_firms'])})\b){_CAP})(?=\s+(?:(?:has|have|had)\s+)?(?:{any_of(facts['firm_verbs'])})\b)"
        ),
    }


@cache
def _role_words() -> frozenset[str]:
    return frozenset(word.split()[-1].split("-")[-1] for word in expressions()["speakers"]["roles"])


def voices_at(text: str, at: int) -> list[tuple[Voice, int]]:
    """Who may stand at `at`, likeliest first, each with where they end."""
    found: list[tuple[Voice, int]] = []
    for sort, pattern in _patterns().items():
        if sort in ("role", "known") and at > _last_role(text):
            continue
        match = pattern.match(text, at)
        if match is None:
            continue
        words = match["words"]
        if sort == "known":
            found.append((Voice(words, "named", match["role"]), match.end()))
        elif sort == "named":
            found.append((Voice(words, "named", match["role"]), match.end()))
            if match["role"]:
                found.append((Voice(words, "named"), match.end("words")))
        elif sort == "role" and match["name"]:
            found.append((Voice(match["name"], "named", words), match.end()))
        elif sort == "role":
            found.append((Voice(words, "role", words), match.end()))
        elif sort == "pronoun":
            found.append((Voice(words), match.end()))
        else:
            found.append((Voice(words, "named" if sort == "bare" else "collective"), match.end()))
    return found


@lru_cache(maxsize=64)
def _last_role(text: str) -> int:
    """Where the last word of a text that may end a role begins; -1 where it has none."""
    found = [m.start() for m in re.finditer(r"[a-z]+", text.lower()) if _is_role(m.group())]
    return found[-1] if found else -1


@lru_cache(maxsize=20_000)
def _is_role(word: str) -> bool:
    return word in _role_words() or word.removesuffix("s") in _role_words()


def voice_at(text: str, at: int) -> Voice | None:
    """Somebody at `at`, by name, role or body; None for a pronoun or nobody."""
    return next((voice for voice, _ in voices_at(text, at) if voice.sort != "nobody"), None)


def is_pronoun(voice: Voice) -> bool:
    """Whether "He", "She" or "They" stands for whoever spoke before."""
    return voice.sort == "nobody" and voice.words.lower() in expressions()["speakers"]["pronouns"]
