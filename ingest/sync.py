"""Sources -> the record: a plan first, then every document in one change, embedded beforehand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus import changes, drafts, vectors
from corpus.errors import UserError
from corpus.models import Document, digest
from corpus.records import KnownSource, Record
from corpus.weights import Embedder
from ingest import archive
from ingest.documents import PARSER_VERSION, make_document
from ingest.progress import Progress, Unwatched
from ingest.read import Supplied, read, with_sidecar
from ingest.source import Skip

Action = Literal["add", "replace", "same text", "superseded", "unchanged", "skip"]

EMBEDDED_AT_ONCE = 1_024  # passages; documents come on record when the batch they are in is embedded
PUBLISHED_AT_ONCE = 20_000  # vectors; between, new passages are found by their words, not yet by meaning


@dataclass(frozen=True, slots=True)
class Step:
    """What an ingest does with one source, and why."""

    path: Path
    action: Action
    reason: str = ""
    document: Document | None = None
    stamp: str = ""
    supplied: Mapping[str, str | bool] = field(default_factory=dict)


def plan(
    record: Record,
    sources: Sequence[Path],
    supplied: Supplied,
    progress: Progress | None = None,
    leaving: Mapping[Path, Sequence[Path]] | None = None,
) -> list[Step]:
    """One step for each source, in order. Reads and parses; changes nothing.

    `leaving` are, by source, those that it will replace: they are taken off the record once it is put there.
    """
    watch = progress or Unwatched()
    steps: list[Step] = []
    known = record.known_sources()
    documents = {source.document_id: path for path, source in known.items()}
    for done, path in enumerate(sources):
        watch.reading(done, len(sources))
        try:
            step = _step(path, supplied, known, documents)
        except Skip as reason:
            step = Step(path, "skip", str(reason))
        except Exception as error:
            # One odd file must not lose the others their ingest; its name and ours are in the reason.
            step = Step(path, "skip", f"it could not be taken apart ({error.__class__.__name__}: {error})"[:200])
        if step.document:
            documents.setdefault(step.document.id, str(path.resolve()))
        steps.append(step)
    watch.reading(len(sources), len(sources))
    return _drafts_told_apart(record, steps, leaving or {})


def _drafts_told_apart(record: Record, steps: Sequence[Step], leaving: Mapping[Path, Sequence[Path]]) -> list[Step]:
    """The steps, with drafts left out whose approved minutes are on record or among the others."""
    approved = [s.document for s in steps if s.document and not drafts.is_draft(s.document)]
    told = []
    with record.engine.connect() as connection:
        for step in steps:
            reason = step.reason
            # What a source held before is no minutes beside it: it goes as soon as the new comes.
            gone = [str(path.resolve()) for path in (step.path, *leaving.get(step.path, ()))]
            if step.document and drafts.is_draft(step.document):
                final = next((d.name for d in approved if drafts.replaces(d, step.document)), None)
                final = final or drafts.approved_of(connection, step.document, gone)
                if final:
                    told.append(Step(step.path, "superseded", f"by the final minutes, {final}"))
                    continue
            elif step.document and (old := drafts.drafts_of(connection, step.document, gone)):
                reason = ", ".join(filter(None, [reason, f"instead of the draft {old[0][1]}"]))
            told.append(replace(step, reason=reason))
    return told


def _step(path: Path, supplied: Supplied, known: dict[str, KnownSource], documents: dict[str, str]) -> Step:
    data = read(path)
    key = str(path.resolve())
    # What was said of this source before still holds where nothing else is said now.
    said = {**(known[key].supplied if key in known else {}), **{k: v for k, v in asdict(supplied).items() if v}}
    facts = with_sidecar(path, Supplied(**said))
    if said.pop("council_from_folder", False) and not facts.council:
        said["council"] = path.resolve().parent.name.removesuffix(".zip")
        facts = replace(facts, council=said["council"])
    stamp = hashlib.sha256(data + repr((facts, PARSER_VERSION, path.name)).encode()).hexdigest()
    if key in known and known[key].stamp == stamp:
        return Step(path, "unchanged")
    document = make_document(path.name, data, facts)
    if document.id in documents and documents[document.id] != key:
        other = Path(documents[document.id]).name
        return Step(path, "same text", f"as {other}", document, stamp, said)
    return Step(path, "replace" if key in known else "add", "", document, stamp, said)


def ingest(record: Record, embedder: Embedder, steps: Sequence[Step], sync_threshold: int, watch: Progress) -> None:
    """Carry out a plan. The caller holds the writer's lock. Killed anywhere, the next one finishes it."""
    check_fingerprint(record, embedder)
    waiting: list[Step] = []
    count = unpublished = 0
    for step in steps:
        if step.document is None:
            continue
        waiting.append(step)
        count += sum(len(i.passages) for m in step.document.meetings for i in m.items)
        if count >= EMBEDDED_AT_ONCE:
            _commit(record, embedder, waiting, watch)
            unpublished += count
            waiting, count = [], 0
        if unpublished >= PUBLISHED_AT_ONCE:
            vectors.publish(record, sync_threshold, watch.indexing)
            unpublished = 0
    if waiting:
        _commit(record, embedder, waiting, watch)
    if not vectors.is_current(record):
        vectors.publish(record, sync_threshold, watch.indexing)


def _commit(record: Record, embedder: Embedder, steps: Sequence[Step], watch: Progress) -> None:
    texts: dict[str, str] = {}
    for step in steps:
        if step.document:
            texts |= changes.embedded_texts(step.document)
    # What is on record already is given too: a document that leaves may take a vector that one behind it needs.
    made: dict[str, NDArray[np.float32]] = {}
    for at in range(0, len(texts), 500):
        made |= {key: vector for key, vector, _ in record.vectors(list(texts)[at : at + 500])}
    new = [key for key in texts if key not in made]
    made |= dict(zip(new, embedder.embed([texts[key] for key in new], watch.embedding), strict=True))
    watch.embedding(len(texts) - len(new))
    for step in steps:
        if step.document:
            needed = {key: made[key] for key in changes.embedded_texts(step.document)}
            with record.change() as connection:
                key = str(step.path.resolve())
                changes.put(connection, key, step.stamp, step.document, needed, PARSER_VERSION, step.supplied)


def check_fingerprint(record: Record, embedder: Embedder) -> None:
    """Mark an empty record with the model's fingerprint. Raises UserError where another model made it."""
    held = record.fact("fingerprint")
    if held == embedder.fingerprint:
        return
    if held is not None and not record.is_empty():
        raise UserError(
            f"This record was made with {held.rsplit(' ', 3)[0]} and other settings than {embedder.name}'s; "
            "run `onrecord reindex` to make it again, or set ONRECORD_EMBEDDING_MODEL back"
        )
    with record.change() as connection:
        changes.set_meta(connection, "fingerprint", embedder.fingerprint)


def remove(record: Record, target: str, sync_threshold: int) -> list[str]:
    """Take a source off the record, by path, name or document id, or all of a zip's; gives the names removed.

    The caller holds the writer's lock. Raises UserError if nothing is meant, or more than one thing.
    """
    meant = meant_by(record, target)
    take_off(record, [path for path, _ in meant], sync_threshold)
    return [name for _, name in meant]


def take_off(record: Record, paths: Sequence[str], sync_threshold: int) -> None:
    """Take sources off the record, by path. The caller holds the writer's lock."""
    with record.change() as connection:
        for path in paths:
            changes.remove(connection, path)
    vectors.publish(record, sync_threshold)


def meant_by(record: Record, target: str) -> list[tuple[str, str]]:
    """The sources, by path and name, that a person means by a path, a name, a document id or a zip.

    Raises UserError if nothing is meant, or more than one thing.
    """
    found, members = record.find_sources(target), _members(record, target)
    if not found and not members:
        raise UserError(f"Nothing on record is called {target}; `onrecord status` lists what is")
    if len({name for _, name in found}) > 1 or (len(found) > 1 and found[0][1] == target):
        paths = ", ".join(path for path, _ in found)
        raise UserError(f"{target} could be any of {paths}; give one of these paths")
    return found + members


def _members(record: Record, target: str) -> list[tuple[str, str]]:
    """The sources, by path and name, in the zip that a person means. Raises UserError if that is not one zip."""
    zips: dict[str, list[tuple[str, str]]] = {}
    for path in map(Path, record.known_sources()):
        for held in filter(archive.is_zip, path.parents):
            if target in (held.name, str(held)) or Path(target).resolve() == held:
                zips.setdefault(str(held), []).append((str(path), path.name))
    if len(zips) > 1:
        raise UserError(f"{target} could be any of {', '.join(zips)}; give one of these paths")
    return next(iter(zips.values()), [])


def reindex(record: Record, embedder: Embedder, sync_threshold: int, watch: Progress) -> None:
    """Embed all that is on record again and rebuild the index. The caller holds the writer's lock.

    The record changes in one step at the end: stopped before, it is as it was.
    """
    texts = record.embedded_texts()
    ids = {passage: digest(words) for passage, words in texts.items()}
    unique = {digest(words): words for words in texts.values()}
    made = embedder.embed(list(unique.values()), watch.embedding)
    with record.change() as connection:
        changes.replace_vectors(connection, ids, dict(zip(unique, made, strict=True)), embedder.fingerprint)
    vectors.publish(record, sync_threshold, watch.indexing, fresh=True)
