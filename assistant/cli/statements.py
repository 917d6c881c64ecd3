"""`onrecord statements`: who said what, with what force, on record."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from assistant.cli import options
from corpus.errors import UserError


def statements(
    speaker: Annotated[str | None, typer.Option(help="Only what this person, or holder of a role, said.")] = None,
    force: Annotated[
        list[str] | None,
        typer.Option(help="Only this force: decided, committed, stated, asked, wished or proposed. May be repeated."),
    ] = None,
    about: Annotated[str | None, typer.Option(help="Only passages about this, the nearest first.")] = None,
    council: options.Council = None,
    committee: options.Committee = None,
    date_from: options.From = None,
    date_to: options.To = None,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """List what was said: each sentence with its speaker, its force and its source."""
    from assistant.answer import plain
    from assistant.compose import answer_text
    from assistant.config import load_settings
    from assistant.statements import FORCES, heard, opened, said
    from assistant.verify import verified

    wrong = [name for name in force or () if name not in FORCES]
    if wrong:
        raise UserError(f"{wrong[0]} is no force; choose {', '.join(FORCES[:-1])} or {FORCES[-1]}")
    filters = options.filters(council, committee, date_from, date_to)
    retriever = opened(load_settings(home))
    spoken = heard(retriever, filters, speaker, force or (), about)
    found, _ = verified(said(spoken, retriever.record), retriever.record)
    if as_json:
        for citation in found:
            print(json.dumps(plain(citation), ensure_ascii=False))
    elif found:
        print(answer_text(found))
        print(f"\n{len(found)} statement{'s' * (len(found) != 1)}.")
    else:
        print("Nothing on record was said so.")
