"""What the record's own abbreviations stand for, as its documents explain them: "Special Educational Needs (SEN)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assistant.words import content_words, data, everyday_words

# The words before "(EHCP)" that may spell it out: more than any council strings together.
MOST_WORDS = 12

_BRACKET = re.compile(r"\(([^()]{2,120})\)")
_SHORT = re.compile(r"[“\"'‘]?([A-Za-z][A-Za-z&/.]{1,9})[”\"'’]?")
_BEFORE = re.compile(r"(?<![\w&])([A-Z][A-Za-z&]{1,8})\s+$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*|&")


@dataclass(frozen=True, slots=True)
class Glossary:
    """Abbreviations in capitals with the words they stand for, both in lower case."""

    long: Mapping[str, str] = field(default_factory=dict)

    def expansions(self, question: str) -> list[str]:
        """Other words for what a question says: an abbreviation's own, or the abbreviation of words spelt out."""
        more: list[str] = []
        for word in _WORD.findall(question):
            spelt_out = self.long.get(_singular(word)) or self.long.get(word.lower().removesuffix("s"))
            if spelt_out and _is_meant(word):
                more += content_words(spelt_out)
        said = f" {' '.join(_stem(w) for w in _WORD.findall(question.lower()))} "
        for short, words in self.long.items():
            if f" {' '.join(_stem(w) for w in _WORD.findall(words))} " in said and len(content_words(words)) > 1:
                more.append(short)
        return list(dict.fromkeys(more))


def glossary(explained: Mapping[tuple[str, str], int]) -> Glossary:
    """A glossary of explanations counted; where documents differ, the commonest counts."""
    best: dict[str, tuple[int, str]] = {}
    for (short, words), count in explained.items():
        if short not in best or (-count, words) < (-best[short][0], best[short][1]):
            best[short] = (count, words)
    return Glossary({short: words for short, (_, words) in best.items()})


def learn(text: str) -> Counter[tuple[str, str]]:
    """Every abbreviation that a text explains: (abbreviation, its words), in lower case, with how often."""
    found: Counter[tuple[str, str]] = Counter()
    for bracket in _BRACKET.finditer(text):
        for short, words in _explained(text, bracket):
            found[_singular(short), " ".join(words).lower()] += 1
    return found


def _explained(text: str, bracket: re.Match[str]) -> Iterator[tuple[str, list[str]]]:
    inside = bracket[1].strip()
    if (short := _SHORT.fullmatch(inside)) and len(re.findall("[A-Z]", short[1])) > 1:
        # Words of an earlier sentence or line's end do not belong to it.
        before = re.split(r"[.;:!?()]\s|\n\s*\n", text[max(0, bracket.start() - 160) : bracket.start()])[-1]
        words = _WORD.findall(before)[-MOST_WORDS:]
        for start in range(len(words) - 2, -1, -1):
            if _spells(_letters(short[1]), words[start:]):
                yield short[1], words[start:]
                return
    elif short := _BEFORE.search(text[max(0, bracket.start() - 12) : bracket.start()]):
        words = _WORD.findall(inside)
        if len(words) > 1 and len(_letters(short[1])) > 1 and _spells(_letters(short[1]), words):
            yield short[1], words


def _letters(short: str) -> str:
    return "".join(c for c in re.sub(r"(?<=[A-Z])s$", "", short) if c.isalpha()).lower()


def _spells(letters: str, words: list[str]) -> bool:
    """True if the words' first letters are `letters`; "and", "of" and the like may be passed over inside."""
    return bool(letters) and words[0][0].lower() == letters[0] and _follow(letters[1:], words[1:])


def _follow(letters: str, words: list[str]) -> bool:
    if not words:
        return not letters
    first = words[0].lower()
    if letters and first[0] == letters[0] and _follow(letters[1:], words[1:]):
        return True
    return bool(words[1:]) and first in _joiners() and _follow(letters, words[1:])


def _joiners() -> frozenset[str]:
    return frozenset(data("words")["joiners"].split())


def _singular(short: str) -> str:
    return re.sub(r"(?<=[A-Z])[’']?s$", "", short).replace(".", "").lower()


def _is_meant(word: str) -> bool:
    # "Can" and "send" are words; "CAN" and "SEND" are not.
    return word[:2].isupper() or word.lower() not in everyday_words()


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
