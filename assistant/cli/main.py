"""`onrecord`: names the commands and turns what went wrong into one plain sentence and an exit status."""

from __future__ import annotations

import io
import sys
from typing import Any

import typer

from assistant.cli import (
    ask,
    backup,
    chat,
    check,
    fetch,
    ingest,
    kept,
    note,
    promises,
    reindex,
    remove,
    settings,
    show,
    statements,
    status,
)
from corpus.errors import UserError

app = typer.Typer(
    name="onrecord",
    help="Answers questions from council minutes, in the minutes' own words, each with its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    ingest.ingest,
    fetch.fetch,
    ask.ask,
    chat.chat,
    status.status,
    show.show,
    statements.statements,
    promises.promises,
    note.note,
    note.notes,
    kept.kept,
    kept.feedback,
    check.check,
    remove.remove,
    reindex.reindex,
    backup.backup,
    backup.restore,
    settings.settings,
):
    app.command()(command)


# Typer's own name for wrong usage is public in no version of it; this is its parent in all.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]


def main() -> None:
    """Run the command line. Exit status: 0 done, 3 some inputs skipped, 2 the user's mistake, 1 ours."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows writes files in its own encoding, which lacks "ŵ"
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = app(standalone_mode=False)
    except UserError as error:
        print(f"{error}.", file=sys.stderr)
        sys.exit(2)
    except UsageError as error:
        print(_usage(error), file=sys.stderr)
        sys.exit(2)
    if status == 130:  # Typer's number for an interrupt
        print("Stopped. Nothing is half done; the same command goes on where this one was.", file=sys.stderr)
    sys.exit(status or 0)


def _usage(error: Any) -> str:
    said = str(error.format_message())
    if "\n" in said:
        return said  # no arguments at all: this is the help
    return f"{said.rstrip('.?')}; see `{error.ctx.command_path if error.ctx else 'onrecord'} --help`."
