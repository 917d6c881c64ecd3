"""`onrecord status`: what is on record."""

from __future__ import annotations

import json

from assistant.cli import options


def status(as_json: options.AsJson = False, home: options.Home = None) -> None:
    """Show what is on record: documents, meetings, passages, councils, dates, model."""
    from assistant.config import load_settings
    from assistant.reading.reader import missing
    from corpus.overview import overview
    from corpus.records import Record
    from corpus.vectors import is_current
    from ingest.documents import PARSER_VERSION

    settings = load_settings(home)
    record = Record(settings.home)
    found = overview(record)
    if as_json:
        print(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
        return
    if not found.documents:
        print("Nothing is on record yet; run `onrecord ingest PATH`.")
        return
    print(f"Record:      {settings.home}")
    print(f"Documents:   {len(found.documents):,}")
    print(f"Meetings:    {sum(len(d.meetings) for d in found.documents):,}")
    print(f"Passages:    {found.passages:,}")
    print(f"Model:       {found.model}")
    print(f"Fingerprint: {found.fingerprint}")
    if told := missing(settings.reader):
        print(told)
    for line in found.by_council():
        print(f"  {line}")
    if not is_current(record):
        print("The index is behind the record; the next question or ingest brings it up to date.")
    old = [d.document for d in found.documents if d.parser < PARSER_VERSION]
    if old:
        print(f"{len(old)} documents were read by an older version; ingest them again: {', '.join(old[:5])}")
