"""Options that several commands share, each defined once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UserError

if TYPE_CHECKING:
    from corpus.records import Filters

Home = Annotated[Path | None, typer.Option(help="The record's folder (else ONRECORD_HOME, else your data folder).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

Council = Annotated[str | None, typer.Option(help="Only this council.")]
Committee = Annotated[str | None, typer.Option(help="Only this committee.")]
From = Annotated[str | None, typer.Option("--from", help="Only meetings from this date, YYYY-MM-DD.")]
To = Annotated[str | None, typer.Option("--to", help="Only meetings up to this date.")]


def filters(council: str | None, committee: str | None, date_from: str | None, date_to: str | None) -> Filters:
    """Which meetings to look in. Raises UserError for what is no date, or dates that cross."""
    from corpus.records import Filters

    low, high = date(date_from, "--from"), date(date_to, "--to")
    if low and high and low > high:
        raise UserError("--from is later than --to; change one of them")
    return Filters(council, committee, low, high)


def date(value: str | None, option: str) -> dt.date | None:
    """A date written YYYY-MM-DD. Raises UserError naming the option if it is not one."""
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UserError(f"{option} wants a date like 2024-03-31, not {value}") from None
