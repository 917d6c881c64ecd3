"""Options that several commands share, each defined once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import UserError

Home = Annotated[Path | None, typer.Option(help="The record's folder (else ONRECORD_HOME, else your data folder).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def date(value: str | None, option: str) -> dt.date | None:
    """A date written YYYY-MM-DD. Raises UserError naming the option if it is not one."""
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UserError(f"{option} wants a date like 2024-03-31, not {value}") from None
