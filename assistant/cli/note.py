"""`onrecord note` and `onrecord notes`: a person's own word on a promise, kept apart from the record's."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from assistant.cli import options
from corpus.errors import UserError


def note(
    promise: Annotated[str, typer.Argument(help="The promise's id, as `onrecord promises` prints it in brackets.")],
    words: Annotated[str, typer.Argument(help="What you want to note.")] = "",
    by: Annotated[str, typer.Option(help="Whose note it is.")] = "",
    status: Annotated[str | None, typer.Option(help="done, partly done, in hand, not done or overtaken.")] = None,
    home: options.Home = None,
) -> None:
    """Add a note to a promise, or say how it stands: in your name, and never as the record's word."""
    from assistant.config import load_settings
    from assistant.promises import note_line, promises
    from assistant.statements import opened
    from corpus.people import People
    from corpus.records import Filters

    retriever = opened(load_settings(home))
    meant = next((one for one in promises(retriever, Filters()) if one.anchor.id == promise.strip("[]")), None)
    if meant is None:
        raise UserError(f"No promise has the id {promise}; `onrecord promises` prints them in brackets")
    added = People(retriever.record.home).add(meant.anchor, status, words, by)
    print(f"“{' '.join(meant.citation.quote.split())}”\n{note_line(added)}")


def notes(as_json: options.AsJson = False, home: options.Home = None) -> None:
    """List every note, the oldest first, and say where the words it was made on are no longer on record."""
    from assistant.answer import plain
    from assistant.config import load_settings
    from assistant.promises import note_line
    from corpus.people import People, is_on_record
    from corpus.records import Record

    record = Record(load_settings(home).home)
    for kept in People(record.home).notes():
        there = is_on_record(kept.anchor, record)
        if as_json:
            print(json.dumps({**plain(kept), "at": kept.at.isoformat(), "on_record": there}, ensure_ascii=False))
            continue
        if not kept.anchor.quote:
            print(f"(these words were withdrawn)\n{note_line(kept)}\n")
            continue
        gone = "" if there else " (these words are no longer on record)"
        print(f"[{kept.anchor.id}] “{' '.join(kept.anchor.quote.split())}”{gone}\n{note_line(kept)}\n")
