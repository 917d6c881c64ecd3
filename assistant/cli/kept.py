"""`onrecord kept` and `onrecord feedback`: what people kept of answers, and what they thought of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from assistant.cli import options
from corpus.errors import UserError


def kept(
    forget: Annotated[str | None, typer.Option(help="Delete what is kept under this id.")] = None,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """List the answers that people kept, the oldest first, or delete one."""
    from assistant.config import load_settings
    from corpus.kept import Kept

    answers = Kept(load_settings(home).home)
    if forget is not None:
        if not answers.forget(forget):
            raise UserError(f"Nothing is kept under {forget}; `onrecord kept` lists what is")
        print(f"Forgotten: /kept/{forget} leads nowhere now.")
        return
    found = answers.all()
    for one in found if as_json else ():
        held = {"id": one.id, "at": one.at.isoformat(), "revision": one.revision, "answers": list(one.answers)}
        print(json.dumps(held, ensure_ascii=False))
    if as_json:
        return
    if not found:
        print("No answer is kept.")
        return
    rows = [(one.id, f"{one.at:%Y-%m-%d %H:%M}", len(one.answers), one.answers[0]["question"]) for one in found]
    _table(("Id", "Kept (UTC)", "Answers", "First question"), rows)


def feedback(
    clear: Annotated[bool, typer.Option("--clear", help="Delete all of it.")] = False,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """List what people thought of answers, the oldest first, or delete it all."""
    from assistant.answer import plain
    from assistant.config import load_settings
    from corpus.feedback import Feedback

    opinions = Feedback(load_settings(home).home)
    if clear:
        print(f"Deleted: {opinions.clear()}.")
        return
    found = opinions.all()
    for one in found if as_json else ():
        print(json.dumps(plain(one), ensure_ascii=False))
    if as_json:
        return
    if not found:
        print("Nobody has said what they thought of an answer.")
        return
    rows = [
        (f"{one.at:%Y-%m-%d %H:%M}", "yes" if one.helpful else "no", one.reason, one.question, one.outcome)
        for one in found
    ]
    _table(("At (UTC)", "Helpful", "Reason", "Question", "Outcome"), rows)


def _table(names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold", no_wrap=name in ("Id", "At (UTC)", "Kept (UTC)"))
    for row in rows:
        table.add_row(*(Text(_safe(str(value))) for value in row))  # as text: no word of it is markup
    Console().print(table)


def _safe(words: str) -> str:
    """In one line, without signs that would steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(words.split()))
