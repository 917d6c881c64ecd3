"""`onrecord ingest`: puts minutes on record."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options
from corpus.errors import UserError

if TYPE_CHECKING:
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
    samples: Annotated[bool, typer.Option(help="Also ingest the sample minutes of an invented council.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Print what would be done, and do nothing.")] = False,
    home: options.Home = None,
) -> None:
    """Put minutes on record: .txt, .md and .pdf files, and folders of them."""
    from assistant.cli.progress import Bars
    from assistant.config import load_settings
    from corpus.changes import writing
    from corpus.records import Record
    from corpus.samples import samples_folder
    from corpus.weights import Embedder
    from ingest import sync
    from ingest.read import Supplied

    options.date(date, "--date")
    wanted = [*(paths or []), *([samples_folder()] if samples else [])]
    if not wanted:
        raise UserError("Say which files or folders to ingest, or --samples")
    settings = load_settings(home)
    record = Record(settings.home)
    supplied = Supplied(council=council, committee=committee, date=date)
    sources = sync.find_sources(wanted)
    with Bars() as bars:
        if dry_run:
            steps = list(sync.plan(record, sources, supplied, council_from_folder, encoding, bars))
        else:
            with writing(settings.home):
                steps = list(sync.plan(record, sources, supplied, council_from_folder, encoding, bars))
                embedder = Embedder(settings.embedding_model, settings.precision)
                bars.expect(
                    sum(len(i.passages) for s in steps if s.document for m in s.document.meetings for i in m.items)
                )
                sync.ingest(record, embedder, steps, settings.chroma_sync_threshold, bars)
    _report(steps, dry_run)
    if any(step.action == "skip" for step in steps):
        raise typer.Exit(3)


def _report(steps: list[Step], dry_run: bool) -> None:
    for step in steps:
        if step.action == "skip":
            print(f"Skipped {step.path}: {step.reason}.", file=sys.stderr)
        elif dry_run or step.action == "same text":
            print(f"{step.action:10} {step.path}" + (f" ({step.reason})" if step.reason else ""))
    counts = Counter(step.action for step in steps)
    told = ", ".join(
        f"{counts[name]} {name}" for name in ("add", "replace", "same text", "unchanged", "skip") if counts[name]
    )
    print(f"{'Plan' if dry_run else 'Done'}: {told or 'no files of a kind that is read'}.")
