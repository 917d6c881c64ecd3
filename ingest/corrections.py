"""Finds what an item corrects in the minutes of an earlier meeting, so that the record can tell who cites those.

What was only asked for, or refused, corrects nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from corpus.models import Correction, Item, Span
from corpus.sentences import sentences
from ingest.dates import first_date
from ingest.rolls import outcome

_LEAST_WORDS = 5
_QUOTED = re.compile(
    r"[“\"][^“”\"]{1,600}[”\"]|‘(?:[^‘’]|’(?=\w)){1,300}’(?!\w)|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){1,300}'(?!\w)"
)
_CUT = re.compile(r"\n+|;|(?<=[”\"’)][.!?])\s+(?=[A-Z])|(?<=[.!?][”\"’])\s+(?=[A-Z])")
# What stands in front of a point of a list; and what joins it to the next.
_FRONT = re.compile(
    r"(?:[\s,;:.•*–-]+|and\s+|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s+|(?:\d{1,2}|[a-oq-z]|[ivx]{1,4})[).]\s+)*"
)
_BACK = re.compile(r"(?:[\s,;]|\s[–-])*(?:\band)?\s*$")
# A place within a word or a figure.
_TORN = re.compile(r"(?<=\w)(?=\w)|(?<=\d)(?=[.,:/]\d|%)|(?<=\d[.,:/])(?=\d)|(?<=[£€$])(?=\d)")


def with_corrections(text: str, item: Item) -> Item:
    """The item with each correction of earlier minutes that its passages record, as its own slice of `text`."""
    title = item.title or ""
    found = []
    for passage in item.passages:
        words = text[passage.start : passage.end]
        if passage.kind in ("attendance", "purpose") or not (_has("of_minutes", title) or _has("of_minutes", words)):
            continue
        of = first_date(_unquoted(words)) or first_date(title)
        found += [
            Correction(passage.start + span.start, passage.start + span.end, of) for span in _corrections(words, title)
        ]
    return replace(item, corrections=tuple(found)) if found else item


def _corrections(words: str, title: str) -> list[Span]:
    """What `words` correct, where they say that it was so decided."""
    bare = _unquoted(words)
    found = [span for span in _clauses(words, bare, title) if not _has("refused_within", bare[span.start : span.end])]
    beside = bare
    for span in found:
        beside = beside[: span.start] + " " * (span.end - span.start) + beside[span.end :]
    if _has("refused", beside) or any(told["lost"] for told in outcome().finditer(beside)):
        return []
    decided = _is_decided(beside)
    return [span for span in found if decided or not _is_only_asked(bare, beside, span)]


def _is_decided(bare: str) -> bool:
    return _has("verdict", _pattern("wanted").sub(" ", bare))


def _is_only_asked(bare: str, beside: str, clause: Span) -> bool:
    """True where somebody wants the correction and nothing in its sentence says that it is made."""
    said = bare[clause.start : clause.end]
    told = [found.start() for key in ("corrects", "corrects_told") for found in _pattern(key).finditer(said)]
    before = said[: min(told)]
    if _is_decided(before) or _has("verdict_behind", said):
        return False
    return _has("asks", beside[: clause.start] + before)


def _clauses(words: str, bare: str, title: str) -> Iterator[Span]:
    """Each correction of a list, which minutes print as lines, sentences or behind semicolons."""
    announced = _pattern("announced").search(words)
    low = announced.end() if announced else 0
    for clause in _parts(words, low, whole=announced is None):
        said, plain = words[clause.start : clause.end], bare[clause.start : clause.end]
        corrects = _has("corrects", plain) or (_has("corrects_told", plain) and (announced or plain != said))
        if len(said.split()) < _LEAST_WORDS or not corrects or _has("empty", said):
            continue
        # Of a sentence alone it must be clear that it speaks of minutes; a quotation opened must be closed.
        about = announced or _has("of_minutes", plain) or (_has("of_minutes", title) and plain != said)
        if about and not re.search('[“”"]', plain):
            yield clause


def _parts(words: str, low: int, whole: bool) -> Iterator[Span]:
    """Sentences from `low` on, cut at lines and, but for `whole` ones, at semicolons; never within quotation marks."""
    cuts = {low, len(words)} | {span.start for span in sentences(words, low)}
    cuts |= {found.end() for found in _CUT.finditer(words, low) if not (whole and found.group() == ";")}
    if not whole:
        cuts |= {found.start() for found in _pattern("beyond").finditer(words, low)}
    quoted = [found.span() for found in _QUOTED.finditer(words)]
    places = sorted(cut for cut in cuts if not any(start < cut < end for start, end in quoted))
    for start, end in pairwise(places):
        front = _FRONT.match(words, start, end)
        start = front.end() if front else start
        back = _BACK.search(words, start, end)
        end = back.start() if back else end
        if start < end and not _TORN.match(words, start) and not _TORN.match(words, end):
            yield Span(start, end)


def _unquoted(words: str) -> str:
    """`words` with what stands in quotation marks blanked, so that all else keeps its place."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), words)


def _has(key: str, words: str) -> bool:
    return _pattern(key).search(words) is not None


@cache
def _pattern(key: str) -> re.Pattern[str]:
    words = tomllib.loads(files("ingest").joinpath("corrections.toml").read_text("utf-8"))
    return re.compile("|".join(words[key]), re.IGNORECASE)
