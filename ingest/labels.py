"""The words in labels.toml, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def labels() -> dict[str, Any]:
    """labels.toml as it is."""
    return tomllib.loads(files("ingest").joinpath("labels.toml").read_text("utf-8"))


@cache
def furniture() -> frozenset[str]:
    """Whole lines of site furniture, lower-case."""
    return frozenset(labels()["furniture"])


@cache
def ends() -> re.Pattern[str]:
    """The line from which a page lists files."""
    return re.compile(rf"(?i:{any_of(labels()['ends'])})\s*:\s*$")


@cache
def page_line() -> re.Pattern[str]:
    """A line that a web page says of itself."""
    return re.compile("|".join(labels()["page_lines"]), re.IGNORECASE)


@cache
def separator() -> re.Pattern[str]:
    """A rule between parts: `--oOo---`, `---o0o---`, `*****`, `____`. They differ inside one page."""
    return re.compile(r"^(?=.*[-–—_=*~]\s?[-–—_=*~])[\s\-–—_=*~·.]*(?:[oO0]{1,3}[\s\-–—_=*~·.]*)?$")


@cache
def page_number() -> re.Pattern[str]:
    """A line that is only a page's number."""
    return re.compile(r"^\s*(?:page\s+)?[-–(]?\s*\d{1,4}\s*[-–)]?(?:\s+of\s+\d{1,4})?\s*$", re.IGNORECASE)


@cache
def bullet() -> re.Pattern[str]:
    """What stands before a list point: a symbol, a letter, a number, a roman numeral."""
    return re.compile(
        r"^\s*(?:[·•▪◦●‣⁃∙¢§\uf0b7\uf0a7-]|[*+o-](?=\s)|\(?(?:[a-z]|[ivx]{1,4})[).](?=\s)|\(?\d{1,2}[).](?=\s)"
        r"|\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[A-H]\)(?=\s)|\d{1,3}\.\d{1,2}\.?(?=\s))\s*",
    )


@cache
def verdict() -> re.Pattern[str]:
    """The head of a verdict block."""
    capitals = any_of(labels()["verdicts_capitals"])
    marked = any_of(labels()["verdicts_with_mark"])
    return re.compile(rf"^\W{{0,4}}(?:(?P<capitals>{capitals})\b|(?P<marked>(?i:{marked}))\s*[:–—-])")


@cache
def after_verdict() -> re.Pattern[str]:
    """A heading that ends a verdict block."""
    return re.compile(rf"^\s*(?i:{any_of(labels()['after_verdict'])})\b")


@cache
def procedural() -> re.Pattern[str]:
    """A line about the meeting's own running."""
    return re.compile(rf"^\W*(?:{'|'.join(labels()['procedural'])})", re.IGNORECASE)


@cache
def attendance() -> re.Pattern[str]:
    """A line that lists who was there: `PRESENT:`, `In attendance -`."""
    return re.compile(rf"^\W*(?i:{any_of(labels()['attendance'])})\s*(?:[:–—]|-\s|\(|$)")


@cache
def minutes_label() -> frozenset[str]:
    """The line between an item's purpose and its minutes, lower-case."""
    return frozenset(labels()["minutes_labels"])


def any_of(words: Sequence[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
