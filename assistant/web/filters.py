"""What the page's filter fields say, as Filters, and Filters in words."""

from __future__ import annotations

import datetime as dt

from assistant.web import texts
from corpus.errors import UserError
from corpus.records import Filters


def read_filters(
    council: str | None = None, committee: str | None = None, date_from: str | None = None, date_to: str | None = None
) -> Filters:
    """The fields as filters; an empty field filters nothing. Raises UserError for a date that is none."""
    low, high = _date(date_from, texts.FROM), _date(date_to, texts.TO)
    if low and high and low > high:
        raise UserError(texts.DATES_CROSSED)
    return Filters(council or None, committee or None, low, high)


def _date(value: str | None, name: str) -> dt.date | None:
    if not value or not value.strip():
        return None
    try:
        return dt.date.fromisoformat(value.strip())
    except ValueError:
        shown = value.strip()[:40]
        raise UserError(texts.WRONG_DATE.format(name=name, value=shown)) from None


def in_words(filters: dict[str, str]) -> str:
    """Filters as an Answer names them: "of the Planning Committee, from 1 March 2024"."""
    parts = [f"of {filters[key]}" for key in ("council", "committee") if filters.get(key)]
    for key, word in (("from", "from"), ("to", "up to")):
        if filters.get(key):
            parts.append(f"{word} {long_date(dt.date.fromisoformat(filters[key]))}")
    return ", ".join(parts)


def named(filters: Filters) -> dict[str, str]:
    """The filters that are set, by the names that an Answer uses."""
    given = {
        "council": filters.council,
        "committee": filters.committee,
        "from": filters.date_from,
        "to": filters.date_to,
    }
    return {key: str(value) for key, value in given.items() if value}


def long_date(date: dt.date) -> str:
    """A date for reading: 31 March 2024."""
    return f"{date.day} {date:%B %Y}"
