"""Months as they are counted and told: each a number, so that the next is one more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from corpus.models import MONTHS


def number(year: int, month: int) -> int:
    """A month's number: of January 2024, 24288."""
    return 12 * year + month - 1


def of(date: dt.date) -> int:
    """The number of a day's month."""
    return number(date.year, date.month)


def year(month: int) -> int:
    """The year of a month by its number."""
    return month // 12


def alone(month: int) -> str:
    """A month without its year: "March"."""
    return MONTHS[month % 12].capitalize()


def name(month: int) -> str:
    """ "March 2024"."""
    return f"{alone(month)} {year(month)}"


def span(first: int, last: int) -> str:
    """ "March 2024", "March to July 2024", "November 2023 to January 2024"."""
    if first == last:
        return name(first)
    return f"{alone(first) if year(first) == year(last) else name(first)} to {name(last)}"


def gap(first: int, last: int) -> str:
    """When there was none: "in March 2024", "from March to July 2024"."""
    return f"in {name(first)}" if first == last else f"from {span(first, last)}"


def gaps(months: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last month of each time between these months that has none of them."""
    return [(before + 1, after - 1) for before, after in pairwise(sorted(set(months))) if after > before + 1]


def listed(months: Iterable[int]) -> str:
    """Months of one year or several, those that follow each other as one: "March to May 2024, July 2024"."""
    ordered = sorted(set(months))
    starts = [m for m in ordered if m - 1 not in ordered]
    ends = [m for m in ordered if m + 1 not in ordered]
    return ", ".join(span(first, last) for first, last in zip(starts, ends, strict=True))
