"""What a caller of a tool gave, checked: over HTTP nobody else does. Each raises UserError with one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.web.filters import read_filters
from assistant.web.texts import tools as texts
from corpus.errors import UserError
from corpus.records import Filters

LONGEST = 200  # characters of a name, a date or a subject


def words(value: Any, name: str, most: int = LONGEST) -> str:
    """Text that is needed."""
    found = some_words(value, name, most)
    if not found or not any(c.isalnum() for c in found):
        raise UserError(texts.WANTED.format(name=name))
    return found


def some_words(value: Any, name: str, most: int = LONGEST) -> str | None:
    """Text that may be left out: None where it is, or is blank."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise UserError(texts.NOT_TEXT.format(name=name))
    if len(value) > most:
        raise UserError(texts.LONG.format(name=name, most=most))
    return value if value.strip() else None


def number(value: Any, name: str, most: int) -> int:
    """A whole number from 1 to `most`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise UserError(texts.NOT_NUMBER.format(name=name, most=most))
    return value


def truth(value: Any, name: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise UserError(texts.NOT_TRUE.format(name=name))
    return value


def several(value: Any, name: str, most: int, longest: int) -> tuple[str, ...]:
    """A list of texts, or nothing."""
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > most:
        raise UserError(texts.NOT_LIST.format(name=name, most=most))
    return tuple(words(one, name, longest) for one in value)


def one_of(value: Any, name: str, names: Sequence[str]) -> str:
    """One of the names."""
    if value not in names:
        raise UserError(texts.NOT_ONE_OF.format(name=name, names=", ".join(names)))
    return str(value)


def filters(council: Any, committee: Any = None, date_from: Any = None, date_to: Any = None) -> Filters:
    """Which meetings to look in."""
    fields = {"council": council, "committee": committee, "date_from": date_from, "date_to": date_to}
    return read_filters(*(some_words(value, name) for name, value in fields.items()))
