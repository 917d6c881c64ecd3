"""Whether a question stands alone, and what it is about where it follows up on earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.words import content_words, data, words

FULL = 3  # words of substance with which a question has a subject of its own


def subject(question: str, history: Sequence[str]) -> str:
    """What earlier questions were about, where this one follows up on them; else nothing.

    An earlier question may itself follow up: it goes back to one that stands alone.
    """
    if not history or not follows_up(question):
        return ""
    chain: list[str] = []
    for earlier in reversed(history):
        chain.insert(0, earlier.strip().rstrip("?").strip())
        if not follows_up(earlier):
            break
    return "; ".join([chain[0], *chain[1:][-2:]])


def follows_up(question: str) -> bool:
    """True if a question says too little alone, or points at something that it does not name."""
    facts = data("followups")
    lowered = f" {' '.join(question.lower().replace('’', chr(39)).split())} "
    about = substance(question)
    for phrase in facts["not_pointers"]:
        lowered = re.sub(rf"(?<!\w){phrase}(?!\w)", " x ", lowered)
    if _points(lowered, about):
        return True
    opened = next((o for o in facts["openers"] if lowered.startswith(f" {o}")), None)
    if opened is None:
        return not about
    # "And how much did the new pool at Lennford cost?" only begins like a follow-up.
    asks_anew = words(lowered[len(opened) :])[:1]
    return len(about) < FULL or not asks_anew or asks_anew[0] not in facts["interrogatives"].split()


def substance(question: str) -> list[str]:
    """The content words that can be what a question is about: "cost" and "deadline" are always of something."""
    relational = _relational()
    return [w for w in content_words(question) if w not in relational and not w[0].isdigit()]


@cache
def _relational() -> frozenset[str]:
    return frozenset(data("followups")["relational"].split())


def _points(lowered: str, about: list[str]) -> bool:
    """True if a pointing word points out of the question."""
    facts = data("followups")
    said = words(lowered)
    for at, word in enumerate(said):
        if word not in facts["pointers"].split():
            continue
        before, after = said[:at], said[at + 1 :]
        named = [w for w in before if w in about]
        if word in facts["possessives"].split():
            inside = bool(named) and len(about) >= FULL
        elif word in facts["pronouns"].split():
            # "Did the council say when it will ...": a clause's own subject has been named, where there was a name.
            opens_clause = bool(before[1:]) and before[-1] in facts["subordinators"].split()
            inside = opens_clause and len(about) >= FULL
        elif word == "that":
            inside = _joins(before, after, about)
        else:
            inside = False
        if not inside:
            return True
    return False


def _joins(before: list[str], after: list[str], about: list[str]) -> bool:
    """True for a "that" which opens a clause: "did they say that the pool", "the bus that was late"."""
    if not before or len(after) < 2:
        return False
    facts = data("followups")
    says = before[-1] in facts["before_that"].split() and (after[0] in facts["after_that"].split() or after[0] in about)
    relative = before[-1] in about and after[0] in facts["auxiliaries"].split()
    return says or relative
