"""Whether a sentence has more force than the record's words: "noted" is not "agreed", "asked" is not "promised"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation
from assistant.words import data, pattern, stem, words
from corpus.models import Statement
from corpus.speech import Talk
from corpus.voices import expressions

_AHEAD = re.compile(r"\b(?:would|will|is to|are to|was to|were to)\b", re.I)
ALIKE = str.maketrans("’‘“”–—‑", "''\"\"---")


def stronger(sentence: str, cited: Citation, said_by: Sequence[Statement]) -> str | None:
    """The words by which a sentence has more force than the record's; None where it has not."""
    said = said_in(cited)
    if pattern("supported", "received").search(said):
        said = re.sub(r"\bresol\w+", "", said, flags=re.I)  # what is resolved is only that it be noted
    if word := lacking("strong", sentence, said):
        return word
    order = expressions()["order"]
    mine = next(iter(Talk().statements(sentence)), None)
    force, verb = ((mine and mine.force) or "stated"), ((mine and mine.verb) or "")
    theirs = _own_force(mine.speaker, said_by, order) if mine and mine.speaker else None
    theirs = theirs or cited.force or "stated"
    if order.index(force) <= order.index(theirs):
        return None
    if _is_asked(sentence, verb) or any(
        re.fullmatch(mine, verb, re.I) and re.search(theirs, said, re.I) for mine, theirs in data("supported")["alike"]
    ):
        return None
    if verb and not _AHEAD.match(verb) and words_of(verb) <= words_of(said):
        return None  # the record's own word, whoever of several it stands with
    if force == "stated" and pattern("supported", "less than stated").search(sentence):
        return None
    if force == "committed" and theirs == "stated" and _AHEAD.match(verb) and _AHEAD.search(said):
        return None  # what is to come, told as the record tells it
    return verb or force


def _is_asked(sentence: str, verb: str) -> bool:
    """Whether what is to come is only asked, hoped or feared: "advice on how it would be designed", "a worry that"."""
    before = sentence[: sentence.find(verb)] if verb in sentence else ""
    return bool(_AHEAD.match(verb) and pattern("supported", "only asked").search(before))


def is_ahead(words: str) -> bool:
    """Whether these words tell only that something is to come."""
    return _AHEAD.fullmatch(words) is not None


def _own_force(speaker: str, said: Sequence[Statement], order: Sequence[str]) -> str | None:
    """The greatest force with which somebody says any of this: "Councillor Quill said" is more than that she asked."""
    named = words_of(speaker) - words_of(" ".join(["the", *expressions()["speakers"]["titles"]]))
    own = [one.force or order[0] for one in said if one.speaker and named & words_of(f"{one.speaker} {one.role or ''}")]
    return max(own, key=order.index, default=None)


def lacking(name: str, sentence: str, said: str) -> str | None:
    """A word of the sentence that it may have only where its quotation has one like it."""
    for one in data("supported")[name]:
        word = re.search(one["says"], sentence, re.I)
        if word and not re.search(one["needs"], said, re.I):
            return word.group()
    return None


def words_of(text: str) -> set[str]:
    """The words of a text without their endings, possessives and odd apostrophes."""
    plain = re.sub(r"(?<=\bo')\s+|'s\b", "", text.translate(ALIKE), flags=re.I)  # "O' Dea"
    return {stem(word) for word in words(plain)}


def said_in(c: Citation) -> str:
    """What a citation quotes, behind what leads it in."""
    return f"{c.lead_in or ''} {c.quote}"
