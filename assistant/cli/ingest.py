"""`onrecord ingest`: puts minutes on record."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.cli.progress import Bars
    from assistant.config import Settings
    from ingest.read import Supplied
    from ingest.sync import Step


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders of minutes.")] = None,
    council: Annotated[str | None, typer.Option(help="The council, where the text states none.")] = None,
    committee: Annotated[str | None, typer.Option(help="The committee, where the text states none.")] = None,
    date: Annotated[
        str | None, typer.Option(help="The meeting's date, YYYY-MM-DD, where the text states none.")
    ] = None,
    council_from_folder: Annotated[
        bool, typer.Option(help="Take the council from the name of the folder that a file is in.")
    ] = False,
    encoding: Annotated[str | None, typer.Option(help="The encoding of text that is not UTF-8, e.g. cp1252.")] = None,
    any_document: Annotated[
        bool, typer.Option("--any-document", help="Also read agendas, reports and packs, which are no minutes.")
    ] = False,
    samples: Annotated[bool, typer.Option(help="Also ingest the sample minutes of an invented council.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Print what would be done, and do nothing.")] = False,
    home: options.Home = None,
) -> None:
    """Put minutes on record: PDF, Word, web pages, text, zips and folders of them."""
    from assistant.cli.progress import Bars
    from assistant.config import load_settings
    from corpus.records import Record
    from corpus.samples import samples_folder
    from ingest import sync
    from ingest.read import Supplied
    from ingest.sources import find_sources

    options.date(date, "--date")
    wanted = [*(paths or []), *([samples_folder()] if samples else [])]
    if not wanted:
        raise UserError("Say which files or folders to ingest, or --samples")
    settings = load_settings(home)
    supplied = Supplied(
        council=council,
        committee=committee,
        date=date,
        encoding=encoding,
        any_document=any_document,
        council_from_folder=council_from_folder,
    )
    sources = find_sources(wanted)
    with Bars() as bars:
        if dry_run:
            steps = sync.plan(Record(settings.home), sources, supplied, bars)
        else:
            steps = put_on_record(settings, sources, supplied, bars)
    report(steps, dry_run)
    if any(step.action == "skip" for step in steps):
        raise typer.Exit(3)


def put_on_record(
    settings: Settings,
    sources: Sequence[Path],
    supplied: Supplied,
    bars: Bars,
    leaving: Mapping[Path, Sequence[Path]] | None = None,
) -> list[Step]:
    """Plan and carry out, under the writer's lock; gives what was done with each source.

    `leaving` are, by source, those that the caller takes off the record once it is there.
    """
    from corpus.changes import writing
    from corpus.records import Record
    from corpus.weights import Embedder
    from ingest import sync

    record = Record(settings.home)
    with writing(settings.home):
        steps = sync.plan(record, sources, supplied, bars, leaving)
        embedder = Embedder(settings.embedding_model, settings.precision)
        bars.expect(sum(len(i.passages) for s in steps if s.document for m in s.document.meetings for i in m.items))
        sync.ingest(record, embedder, steps, settings.chroma_sync_threshold, bars)
    return steps


def report(steps: list[Step], dry_run: bool) -> None:
    """Print what was done, or would be, and why some sources were left out."""
    from ingest import told

    for line in told.skipped(steps):
        print(line, file=sys.stderr)
    for line in told.done(steps, dry_run):
        print(line)
