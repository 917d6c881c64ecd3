"""`onrecord remove`: takes a source off the record, and with `--withdraw` its words from all that people kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.config import Settings


def remove(
    source: Annotated[
        str, typer.Argument(help="A path, a file's or zip's name, or a document id from `onrecord status`.")
    ],
    withdraw: Annotated[
        bool,
        typer.Option(
            "--withdraw",
            help="Take its words back too, whatever other file has them: blank them in kept answers, notes and "
            "feedback. With a document's id, also if it was removed before.",
        ),
    ] = False,
    home: options.Home = None,
) -> None:
    """Take a document off the record, with all its passages."""
    from assistant.config import load_settings
    from corpus.changes import writing
    from corpus.records import Record
    from ingest import sync

    settings = load_settings(home)
    with writing(settings.home):
        if withdraw:
            print(_withdrawn(source, settings))
            return
        removed = sync.remove(Record(settings.home), source, settings.chroma_sync_threshold)
    print(f"Removed {', '.join(removed)}.")


def _withdrawn(source: str, settings: Settings) -> str:
    from corpus import withdrawn
    from corpus.records import Record
    from ingest import sync

    record = Record(settings.home)
    known = record.known_sources()
    paths: list[str] = []
    bounds = ""
    try:
        ids = {known[path].document_id for path, _ in sync.meant_by(record, source)}
        paths = [path for path, held in known.items() if held.document_id in ids]
        names = sorted({name for path in paths for _, name in record.find_sources(path)})
        told, gone = f"Removed {', '.join(names)}", withdrawn.on_record(record, ids)
    except UserError:
        if (kept := withdrawn.as_kept(settings.home, source)) is None:
            raise
        told, gone = f"{source} was off the record already", [kept]
        bounds = "Only words that kept pages quote of it could be looked for: its text is not here any more.\n"
    # What people kept comes first: stopped in between, the same command does the rest.
    count = withdrawn.blank(settings.home, gone)
    if paths:
        sync.take_off(record, paths, settings.chroma_sync_threshold)
    withdrawn.scrub(record)
    blanked = f"{_times(count.kept, 'kept page')}, {_times(count.notes, 'note')}, {_times(count.opinions, 'opinion')}"
    return (
        f"{told}. Its words are blanked in what people kept: {blanked}.\n{bounds}"
        "Backups, files that people saved and the source itself still hold them; ingesting it again brings it back."
    )


def _times(count: int, name: str) -> str:
    return f"{count:,} {name}{'s' * (count != 1)}"
