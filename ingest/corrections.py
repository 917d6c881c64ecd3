"""Finds what an item corrects in the minutes of an earlier meeting, so that the record can tell who cites those."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from corpus.models import Correction, Item, Span
from corpus.sentences import sentences
from ingest.dates import first_date

_LEAST_WORDS = 5


def with_corrections(text: str, item: Item) -> Item:
    """The item with each correction of earlier minutes that its passages record, as its own slice of `text`."""
    title = item.title or ""
    found = []
    for passage in item.passages:
        words = text[passage.start : passage.end]
        if passage.kind in ("attendance", "purpose") or not (_has("of_minutes", title) or _has("of_minutes", words)):
            continue
        of = first_date(words) or first_date(title)
        found += [
            Correction(passage.start + span.start, passage.start + span.end, of) for span in _corrections(words, title)
        ]
    return replace(item, corrections=tuple(found)) if found else item


def _corrections(words: str, title: str) -> Iterator[Span]:
    announced = _pattern("announced").search(words)
    if announced:
        for clause in _clauses(words, announced.end(), len(words)):
            said = words[clause.start : clause.end]
            if len(said.split()) >= _LEAST_WORDS and not _has("empty", said):
                yield clause
        return
    for sentence in sentences(words):
        said = words[sentence.start : sentence.end]
        if _has("corrects", said) and (_has("of_minutes", said) or (_has("of_minutes", title) and '"' in _plain(said))):
            yield sentence


def _clauses(words: str, low: int, high: int) -> Iterator[Span]:
    """Each correction of a list, which minutes print as lines or behind semicolons."""
    for part in re.compile(r"[^\n;]+").finditer(words, low, high):
        clause = re.sub(r"^\W*(?:(?:and|\(?[a-z0-9]{1,3}[).])\s+)*", "", part.group())
        clause = re.sub(r"[\s,]*(?:\band\s*)?$", "", clause)
        start = part.start() + part.group().find(clause)
        if clause:
            yield Span(start, start + len(clause))


def _plain(said: str) -> str:
    return re.sub("[“”‘’']", '"', said)


def _has(key: str, words: str) -> bool:
    return _pattern(key).search(words) is not None


@cache
def _pattern(key: str) -> re.Pattern[str]:
    words = tomllib.loads(files("ingest").joinpath("corrections.toml").read_text("utf-8"))
    return re.compile("|".join(words[key]), re.IGNORECASE)
