"""`onrecord remove`: takes a source off the record."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import options


def remove(
    source: Annotated[
        str, typer.Argument(help="A path, a file's or zip's name, or a document id from `onrecord status`.")
    ],
    home: options.Home = None,
) -> None:
    """Take a document off the record, with all its passages."""
    from assistant.config import load_settings
    from corpus.changes import writing
    from corpus.records import Record
    from ingest import sync

    settings = load_settings(home)
    with writing(settings.home):
        removed = sync.remove(Record(settings.home), source, settings.chroma_sync_threshold)
    print(f"Removed {', '.join(removed)}.")
