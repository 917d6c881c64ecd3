"""How the record stores what SQLite has no type for: a date as ISO text, and a word as full text takes it."""

from __future__ import annotations

import datetime as dt


def date_of(value: str | None) -> dt.date | None:
    """The date that is stored so, if any."""
    return dt.date.fromisoformat(value) if value else None


def quoted(word: str) -> str:
    """A word or phrase as FTS5 takes it, whatever signs are in it."""
    return '"' + word.replace('"', '""') + '"'
