"""`onrecord reindex`: makes every vector and the index again from the record."""

from __future__ import annotations

from assistant.cli import options


def reindex(home: options.Home = None) -> None:
    """Embed the whole record again and rebuild the index: after a change of model, or if search seems broken."""
    from assistant.cli.progress import Bars
    from assistant.config import load_settings
    from corpus.changes import writing
    from corpus.records import Record
    from corpus.weights import Embedder
    from ingest import sync

    settings = load_settings(home)
    record = Record(settings.home)
    embedder = Embedder(settings.embedding_model, settings.precision)
    with writing(settings.home), Bars() as bars:
        sync.reindex(record, embedder, settings.chroma_sync_threshold, bars)
    print(f"Done: {record.passage_count():,} passages.")
