"""Words that the record does not hold, matched to the one of its own that was clearly meant."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.lexicon import Lexicon
from assistant.words import content_words, data, everyday_words
from corpus.weights import Embedder

SHORTEST = 5  # letters: below, one letter more or less is often another word
LONG = 9  # letters from which two slips are allowed


@cache
def english() -> frozenset[str]:
    """Whole words that the bundled model was taught: the common words and names of English, which are no slips."""
    lines = (Embedder().folder / "vocab.txt").read_text("utf-8").split()
    return frozenset(w for w in lines if w.isalpha() and len(w) > 3)


def is_slip(word: str, lexicon: Lexicon) -> bool:
    """True for a word that neither the record nor common English has."""
    return (
        word.isalpha() and word not in lexicon.words and word not in english() and word not in everyday_words()
        and word not in data("words")["expansions"]
    )  # fmt: skip


def closest(word: str, known: Mapping[str, int], shortest: int = SHORTEST, slips: int | None = None) -> str | None:
    """The one of `known` (with how often each occurs) that `word` is a slip of, if one clearly is.

    The first letter is hardly ever mistyped, and holding to it keeps most other words away.
    """
    if len(word) < shortest:
        return None
    most = slips or (2 if len(word) >= LONG else 1)
    near = process.extract(
        word,
        [k for k in known if k[0] == word[0] and abs(len(k) - len(word)) <= most],
        scorer=OSA.distance,
        score_cutoff=most,
        limit=5,
    )
    if not near:
        return None
    least = min(distance for _, distance, _ in near)
    best = sorted((k for k, distance, _ in near if distance == least), key=lambda k: -known[k])
    clear = len(best) == 1 or known[best[0]] >= 3 * known[best[1]] or _one_word(best[:2])
    return best[0] if clear else None


def respelt(question: str, lexicon: Lexicon) -> dict[str, str]:
    """The question's words that are not on record, each with the word of the record that is clearly meant."""
    asked = [w for w in content_words(question) if is_slip(w, lexicon)]
    if not asked:
        return {}
    # A slip of the minutes' own is no word to correct to.
    common = 2 if len(lexicon.words) > 20_000 else 1
    known = {w: n for w, n in lexicon.words.items() if n >= common and len(w) >= SHORTEST - 1}
    found = ((w, closest(w, known)) for w in asked)
    return {w: meant for w, meant in found if meant and not _forms(w, meant)}


def _forms(one: str, other: str) -> bool:
    # "Burial" and "burials" are the same to the search, which stems.
    low, high = sorted((one, other), key=len)
    return high.startswith(low) and high[len(low) :] in ("s", "es", "d", "ed", "er", "ly")


def _one_word(two: list[str]) -> bool:
    return _forms(two[0], two[1])
