"""`onrecord backup` and `onrecord restore`: the record's folder whole, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import options
from corpus.errors import UserError


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write (.zip). It must not be there yet.")],
    home: options.Home = None,
) -> None:
    """Write the whole record to one file: minutes, notes, kept answers, settings. A page may run meanwhile."""
    from assistant.config import load_settings
    from corpus.backup import back_up
    from corpus.changes import writing

    settings = load_settings(home)
    if not settings.home.exists():
        raise UserError(f"There is no record in {settings.home}; name its folder with --home")
    with writing(settings.home):
        held = back_up(settings.home, file)
    print(f"{file}: {held.documents:,} documents, {held.files:,} files, {held.size / 1e6:,.1f} MB unpacked.")
    if held.links:
        print(f"Not taken, as they only lead elsewhere: {', '.join(held.links)}.")
    print("It holds the settings with their keys, and what people kept and wrote: store it where nobody else reads it.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `onrecord backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is on record now. It is lost.")] = False,
    home: options.Home = None,
) -> None:
    """Put a backup in the place of the record, and make its index again. It is checked before anything changes."""
    from assistant.cli.progress import Bars
    from assistant.config import load_settings
    from corpus import backup, vectors
    from corpus.changes import writing
    from corpus.records import Record

    settings = load_settings(home)
    if not file.is_file():
        raise UserError(f"There is no file {file}; give one that `onrecord backup` wrote")
    with writing(settings.home):
        if not force and not backup.is_free(settings.home):
            raise UserError(
                f"There is a record in {settings.home}; give another --home, or back it up and replace it with --force"
            )
        held = backup.restore(file, settings.home)
        with Bars() as bars:
            vectors.publish(Record(settings.home), settings.chroma_sync_threshold, bars.indexing, fresh=True)
    print(f"Restored {held.documents:,} documents, as they were on {held.made:%Y-%m-%d at %H:%M} UTC.")
    print("If a page runs with other settings than the restored ones, start it again.")
