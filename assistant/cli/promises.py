"""`onrecord promises`: what was promised, by whom, by when, and what the record says of it later."""

from __future__ import annotations

import datetime as dt
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options

if TYPE_CHECKING:
    from assistant.promises import Promise


class Sort(StrEnum):
    """What promises are sorted by."""

    date = "date"
    deadline = "deadline"
    who = "who"


def promises(
    who: Annotated[str | None, typer.Option(help="Only promises by this person, or holder of a role.")] = None,
    about: Annotated[str | None, typer.Option(help="Only promises about this, the nearest first.")] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only those whose day is past, never mentioned since.")
    ] = False,
    sort: Annotated[Sort, typer.Option(help="By the meeting's date, by deadline, or by who promised.")] = Sort.date,
    csv: Annotated[Path | None, typer.Option(help="Also write them to this CSV file.")] = None,
    word: Annotated[Path | None, typer.Option(help="Also write them to this Word file (.docx).")] = None,
    council: options.Council = None,
    committee: options.Committee = None,
    date_from: options.From = None,
    date_to: options.To = None,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """List what was promised: who took what on, by when, and what later meetings say of it."""
    from assistant import promises as on_record
    from assistant.cli.progress import watched
    from assistant.config import load_settings
    from assistant.exports import promises_csv, promises_word, save
    from assistant.statements import opened

    filters = options.filters(council, committee, date_from, date_to)
    retriever = opened(load_settings(home))
    today = dt.date.today()
    found = on_record.promises(retriever, filters, who, about, sort.value)
    if overdue:
        found = [promise for promise in found if promise.is_due(today)]
    found = list(on_record.followed(watched(found, "Looking"), retriever.record))
    if overdue:
        found = [promise for promise in found if promise.is_overdue(today)]
    for path, made in ((csv, promises_csv), (word, promises_word)):
        if path:
            save(path, made(found))
    if as_json:
        for promise in found:
            print(json.dumps(promise.to_json(), ensure_ascii=False))
    elif found:
        print("\n\n".join(map(_shown, found)))
        counts = on_record.counted(found)
        print("\n" + ", ".join(f"{count} {name}" for name, count in counts.items()) + ".")
    else:
        print("No promise like that is on record.")


def _shown(promise: Promise) -> str:
    from assistant.compose import source_line
    from assistant.promises import in_words

    quote = " ".join(promise.citation.quote.split())
    about = f"{source_line(promise.citation)} [{promise.anchor.id}]"
    return f"“{quote}”\n{about}\n" + "\n".join(in_words(promise))
