"""The record kept in step with its sources: what comes, changes and goes, in SQLite and in Chroma."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import chromadb
import numpy as np
import pytest
from sqlalchemy import func, select, update

import corpus.changes
import ingest.documents
import ingest.sync
from assistant.ask import Assistant
from assistant.config import Settings
from corpus import schema, vectors
from corpus.changes import writing
from corpus.errors import UserError
from corpus.models import digest
from corpus.overview import overview
from corpus.records import Filters, Record
from corpus.schema import documents, passages, sources
from corpus.vectors import Nearest
from corpus.weights import Embedder
from ingest import sync
from ingest.read import Supplied
from ingest.sources import find_sources
from tests.examples import ITEM_PAGE, MEETING, write, write_pdf
from tests.helpers import consistent, in_chroma, index_folder, onrecord, put_on_record, take_off_record

ANYWHERE = Filters()


def said(record: Record, *words: str) -> list[str]:
    """The texts of the passages that hold one of the words."""
    found = record.passages(record.find_words(list(words), ANYWHERE, 50))
    return [p.text for p in found if any(w in p.text for w in words)]


def nearest(record: Record, embedder: Embedder, question: str) -> list[str]:
    near = Nearest(record).find(embedder.embed_query(question), ANYWHERE, 5)
    ids = record.passages_of_vectors(list(near), ANYWHERE)
    ordered = [i for vector in sorted(near, key=lambda v: -near[v]) for i in ids.get(vector, [])]
    return [p.text for p in record.passages(ordered)]


def planned(record: Record, *paths: Path, **supplied: str) -> dict[str, str]:
    return {s.path.name: s.action for s in sync.plan(record, find_sources(paths), Supplied(**supplied))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "minutes", "streets.txt", MEETING)
    write(tmp_path / "minutes", "library.txt", ITEM_PAGE)
    return tmp_path / "minutes"


@pytest.fixture
def record(home: Path) -> Record:
    return Record(home)


@pytest.fixture
def filled(record: Record, folder: Path, embedder: Embedder) -> Record:
    put_on_record(record, embedder, folder)
    return record


class NotToBeLoaded(Embedder):
    """An embedder whose model must not be needed."""

    def load(self) -> object:  # type: ignore[override]
        raise AssertionError("the model was loaded")


# --- the plan -------------------------------------------------------------------------------------


def test_a_dry_run_tells_what_would_be_done_and_changes_nothing(filled: Record, folder: Path) -> None:
    write(folder, "library.txt", ITEM_PAGE.replace("41 stops", "42 stops"))
    write(folder, "copy.md", MEETING)
    write(folder, "new.txt", "Ponds\n\nMinutes:\n\nThe pond at Osier Lane was full of weed.\n")
    write(folder, "empty.txt", "")
    before = hashlib.sha256((filled.home / "record.sqlite").read_bytes()).hexdigest(), filled.fact("revision")

    done = onrecord("ingest", folder, "--dry-run", "--home", filled.home)

    assert done.status == 3
    told = {Path(line.split()[-1]).name: line for line in done.out.splitlines() if str(folder) in line}
    assert told["library.txt"].startswith("replace ")
    assert told["new.txt"].startswith("add ")
    assert told["streets.txt"].startswith(("unchanged ", "same text "))
    lines = [line for line in done.out.splitlines() if "copy.md" in line]
    assert lines[0].startswith("same text ")
    assert "as streets.txt" in lines[0]
    assert "empty.txt: it is empty." in done.err
    assert "Plan: 1 add, 1 replace, 1 same text, 1 unchanged, 1 skip." in done.out
    after = hashlib.sha256((filled.home / "record.sqlite").read_bytes()).hexdigest(), filled.fact("revision")
    assert after == before


def test_a_dry_run_of_a_new_home_leaves_it_empty(home: Path, folder: Path) -> None:
    assert onrecord("ingest", folder, "--dry-run", "--home", home).status == 0
    assert Record(home).is_empty()
    assert not (home / "index").exists()


def test_a_missing_path_is_one_sentence(home: Path, tmp_path: Path) -> None:
    done = onrecord("ingest", tmp_path / "nowhere", "--home", home)
    assert done.status == 2
    assert done.err == f"There is no file or folder {tmp_path / 'nowhere'}; check the name.\n"


def test_hidden_files_and_sidecars_are_no_sources(folder: Path) -> None:
    write(folder, ".notes.txt", "Mine")
    write(folder / ".git", "a.txt", "Words")
    write(folder, "library.txt.toml", 'council = "Quillbeck"')
    assert [p.name for p in find_sources([folder, folder / "library.txt"])] == ["library.txt", "streets.txt"]


# --- coming and staying ---------------------------------------------------------------------------


def test_ingesting_again_changes_nothing_and_loads_no_model(filled: Record, folder: Path) -> None:
    facts = [filled.fact(key) for key in ("revision", "index", "fingerprint")]
    ids = in_chroma(filled)
    with filled.engine.connect() as connection:
        rows = connection.execute(select(passages.c.id, passages.c.vector_id)).all()
    assert consistent(filled) == len(ids) > 10

    assert put_on_record(filled, NotToBeLoaded(), folder) == {
        "library.txt": "unchanged",
        "streets.txt": "unchanged",
    }

    assert [filled.fact(key) for key in ("revision", "index", "fingerprint")] == facts
    assert in_chroma(filled) == ids
    with filled.engine.connect() as connection:
        assert connection.execute(select(passages.c.id, passages.c.vector_id)).all() == rows


def test_the_index_holds_the_records_own_vectors(filled: Record) -> None:
    held = in_chroma(filled)
    kept = {key: vector for key, vector, _ in filled.vectors(sorted(filled.vector_ids()))}
    assert set(held) == set(kept)
    for key, vector in kept.items():
        assert np.array_equal(vector, vector.astype(np.float16).astype(np.float32))
        assert np.allclose(held[key], vector, atol=1e-6)
        assert abs(float(np.linalg.norm(vector)) - 1) < 0.01


def test_a_vectors_id_comes_from_exactly_the_text_embedded(filled: Record, embedder: Embedder) -> None:
    texts = {digest(words): words for words in filled.embedded_texts().values()}
    assert set(texts) == filled.vector_ids()
    some = sorted(texts)[:5]
    made = embedder.embed([texts[key] for key in some])
    kept = {key: vector for key, vector, _ in filled.vectors(some)}
    for key, vector in zip(some, made, strict=True):
        assert float(vector @ kept[key]) > 0.99


def test_a_stored_passage_is_borne_out_by_its_stored_source(filled: Record) -> None:
    with filled.engine.connect() as connection:
        ids = list(connection.scalars(select(passages.c.id)))
    for p in filled.passages(ids):
        assert filled.says(p.document_id, p.start, p.end, p.text)
        assert not filled.says(p.document_id, p.start, p.end, p.text + "!")
        assert not filled.says(p.document_id, p.start + 1, p.end + 1, p.text)
    assert not filled.says("not a document", 0, 3, "The")


def test_a_new_document_is_found_by_its_words_and_by_its_meaning(filled: Record, embedder: Embedder) -> None:
    assert any("14 grit bins" in text for text in said(filled, "grit"))
    assert "grit bins" in nearest(filled, embedder, "containers of salt that were filled again")[0]


# --- changing -------------------------------------------------------------------------------------


def test_a_changed_file_takes_its_old_passages_away_whole(filled: Record, folder: Path, embedder: Embedder) -> None:
    write(folder, "library.txt", ITEM_PAGE.replace("mobile library", "toy lending").replace("van", "barrow"))
    assert put_on_record(filled, embedder, folder) == {"library.txt": "replace", "streets.txt": "unchanged"}
    assert said(filled, "van") == []
    assert said(filled, "library") == []
    assert said(filled, "barrow")
    assert not any("van was eleven" in text for text in nearest(filled, embedder, "how old is the van?"))
    assert len(overview(filled).documents) == 2
    consistent(filled)


def test_supplying_a_council_later_replaces_cleanly_and_is_marked(
    filled: Record, folder: Path, embedder: Embedder
) -> None:
    page = folder / "library.txt"
    before = consistent(filled)
    assert put_on_record(filled, embedder, page, council="Quillbeck District Council") == {"library.txt": "replace"}
    assert consistent(filled) == before
    (held,) = [d for d in overview(filled).documents if d.document == "library.txt"]
    assert held.meetings[0].council == "Quillbeck District Council"
    found = filled.passages(filled.find_words(["mobile"], ANYWHERE, 9))
    assert {p.supplied for p in found if p.document == "library.txt"} == {("council",)}


def test_what_the_text_states_wins_over_what_is_supplied(record: Record, folder: Path, embedder: Embedder) -> None:
    put_on_record(record, embedder, folder / "streets.txt", council="Elsewhere Council", date="1999-01-01")
    meeting = overview(record).documents[0].meetings[0]
    assert (meeting.council, meeting.date) == ("Quillbeck District Council", "2018-02-06")
    assert {p.supplied for p in record.passages(record.find_words(["grit"], ANYWHERE, 9))} == {()}


def test_a_sidecar_supplies_what_the_text_does_not_state(record: Record, folder: Path, embedder: Embedder) -> None:
    page = folder / "library.txt"
    sidecar = write(folder, "library.txt.toml", 'council = "Quillbeck District Council"\ndate = "2017-11-02"')
    assert put_on_record(record, embedder, page) == {"library.txt": "add"}
    meeting = overview(record).documents[0].meetings[0]
    assert (meeting.council, meeting.date) == ("Quillbeck District Council", "2017-11-02")
    assert set(record.passages(record.find_words(["mobile"], ANYWHERE, 1))[0].supplied) == {"council", "date"}
    # The sidecar is part of what the source says: changing it is a change.
    sidecar.write_text("date = 2017-11-09")
    assert put_on_record(record, embedder, page) == {"library.txt": "replace"}
    assert overview(record).documents[0].meetings[0].date == "2017-11-09"
    assert put_on_record(record, embedder, page) == {"library.txt": "unchanged"}


def test_the_council_can_be_taken_from_the_folders_name(record: Record, tmp_path: Path, embedder: Embedder) -> None:
    write(tmp_path / "m" / "Harwell Green", "library.txt", ITEM_PAGE)
    write(tmp_path / "m" / "Harwell Green", "streets.txt", MEETING)
    put_on_record(record, embedder, tmp_path / "m", council_from_folder=True)
    named = {d.document: d.meetings[0].council for d in overview(record).documents}
    assert named == {"library.txt": "Harwell Green", "streets.txt": "Quillbeck District Council"}


# --- the same text twice --------------------------------------------------------------------------


def test_the_same_text_under_two_names_is_one_document_until_both_are_gone(
    filled: Record, folder: Path, embedder: Embedder
) -> None:
    vectors_before = consistent(filled)
    other = folder / "again.txt"
    other.write_bytes(MEETING.replace("\n", "\r\n").encode("utf-8-sig"))
    assert put_on_record(filled, embedder, folder)["again.txt"] == "same text"
    held = next(d for d in overview(filled).documents if len(d.sources) == 2)
    assert {Path(s).name for s in held.sources} == {"again.txt", "streets.txt"}
    assert len(overview(filled).documents) == 2
    assert consistent(filled) == vectors_before
    assert put_on_record(filled, embedder, folder) == dict.fromkeys(
        ("again.txt", "library.txt", "streets.txt"), "unchanged"
    )

    assert take_off_record(filled, "streets.txt") == ["streets.txt"]
    assert said(filled, "grit")
    assert consistent(filled) == vectors_before
    assert take_off_record(filled, "again.txt") == ["again.txt"]
    assert said(filled, "grit") == []
    assert len(overview(filled).documents) == 1
    assert 0 < consistent(filled) < vectors_before


def test_a_source_that_stops_saying_the_same_gets_its_own_document(
    filled: Record, folder: Path, embedder: Embedder
) -> None:
    write(folder, "again.txt", MEETING)
    put_on_record(filled, embedder, folder)
    write(folder, "again.txt", MEETING.replace("14 grit bins", "19 grit bins"))
    assert put_on_record(filled, embedder, folder)["again.txt"] == "replace"
    assert len(overview(filled).documents) == 3
    assert any("14 grit bins" in t for t in said(filled, "grit"))
    assert any("19 grit bins" in t for t in said(filled, "grit"))
    consistent(filled)


def test_two_new_files_of_one_text_in_one_ingest_are_one_document(
    record: Record, tmp_path: Path, embedder: Embedder
) -> None:
    write(tmp_path / "m", "a.txt", MEETING)
    write(tmp_path / "m", "b.txt", MEETING)
    assert put_on_record(record, embedder, tmp_path / "m") == {"a.txt": "add", "b.txt": "same text"}
    assert len(overview(record).documents) == 1


THANKS = (
    "The Panel thanked the officers of the council for their long and patient work on the timetable of the "
    "library van, which had been drawn up three times since the garage in Tanner Street was sold.\n"
)


def test_passages_that_say_the_same_share_one_vector(record: Record, tmp_path: Path, embedder: Embedder) -> None:
    page = f"Thanks\n\nMinutes:\n\n{THANKS}"
    write(tmp_path / "m", "a.txt", page)
    write(tmp_path / "m", "b.txt", page + "\nRESOLVED: To part as friends.\n")
    put_on_record(record, embedder, tmp_path / "m")
    assert len(said(record, "thanked")) == 2
    assert record.passage_count() == 3
    assert consistent(record) == 2
    take_off_record(record, "a.txt")
    assert len(said(record, "thanked")) == 1
    assert consistent(record) == 2
    take_off_record(record, "b.txt")
    assert consistent(record) == 0


def test_words_that_move_from_one_file_to_another_keep_their_vector(
    record: Record, tmp_path: Path, embedder: Embedder
) -> None:
    page = "Thanks\n\nMinutes:\n\n{}"
    write(tmp_path / "m", "a.txt", page.format(THANKS))
    put_on_record(record, embedder, tmp_path / "m")
    # The file that loses them is read before the one that gets them.
    write(tmp_path / "m", "a.txt", page.format("The Clerk said that the pond was full of weed.\n"))
    write(tmp_path / "m", "b.txt", page.format(THANKS + "\nRESOLVED: To part as friends.\n"))
    put_on_record(record, embedder, tmp_path / "m")
    assert consistent(record) == 3
    assert nearest(record, embedder, "thanks to the officers for the van's timetable")[0] == THANKS.strip()


# --- going ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["path", "relative path", "name", "id", "id prefix"])
def test_a_source_is_removed_by_what_a_person_calls_it(
    filled: Record, folder: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    held = next(d for d in overview(filled).documents if d.document == "library.txt")
    target = {
        "path": str(folder / "library.txt"),
        "relative path": "minutes/library.txt",
        "name": "library.txt",
        "id": held.document_id,
        "id prefix": held.document_id[:10],
    }[way]
    done = onrecord("remove", target, "--home", filled.home)
    assert (done.status, done.out) == (0, "Removed library.txt.\n")
    assert [d.document for d in overview(filled).documents] == ["streets.txt"]
    assert said(filled, "library") == []
    consistent(filled)


def test_removing_what_is_not_there_or_not_plain_is_one_sentence(
    record: Record, tmp_path: Path, embedder: Embedder
) -> None:
    one = write(tmp_path / "a", "m.txt", MEETING)
    two = write(tmp_path / "b", "m.txt", ITEM_PAGE)
    put_on_record(record, embedder, one, two)
    missing = onrecord("remove", "other.txt", "--home", record.home)
    assert missing.status == 2
    assert missing.err == "Nothing on record is called other.txt; `onrecord status` lists what is.\n"
    both = onrecord("remove", "m.txt", "--home", record.home)
    assert both.status == 2
    assert str(one) in both.err
    assert str(two) in both.err
    assert both.err.count("\n") == 1
    assert len(overview(record).documents) == 2


def test_removing_the_last_document_leaves_a_record_that_can_be_filled_again(
    record: Record, folder: Path, embedder: Embedder
) -> None:
    put_on_record(record, embedder, folder / "streets.txt")
    take_off_record(record, "streets.txt")
    assert record.is_empty()
    assert consistent(record) == 0
    put_on_record(record, embedder, folder / "streets.txt")
    assert consistent(record) > 5
    assert said(record, "grit")


# --- another model --------------------------------------------------------------------------------


def test_a_record_of_another_model_says_which_command_mends_it(
    filled: Record, folder: Path, embedder: Embedder
) -> None:
    with writing(filled.home), filled.change() as connection:
        corpus.changes.set_meta(connection, "fingerprint", "another-model 123 pooling-x passages-0")
    write(folder, "new.txt", "Ponds\n\nMinutes:\n\nThe pond was full of weed.\n")
    with pytest.raises(UserError, match="onrecord reindex"):
        put_on_record(filled, embedder, folder)
    with pytest.raises(UserError, match="onrecord reindex"):
        Assistant(Settings(home=filled.home), filled).ask("How many grit bins were refilled?")
    assert len(overview(filled).documents) == 2

    assert onrecord("reindex", "--home", filled.home).status == 0

    assert filled.fact("fingerprint") == embedder.fingerprint
    consistent(filled)
    assert put_on_record(filled, embedder, folder)["new.txt"] == "add"


def test_reindexing_gives_every_vector_its_true_value_again(filled: Record, embedder: Embedder) -> None:
    true = in_chroma(filled)
    junk = np.eye(1, 384, dtype=np.float16)[0].tobytes()
    with writing(filled.home):
        with filled.change() as connection:
            connection.execute(update(schema.vectors).values(embedding=junk))
        vectors.publish(filled, fresh=True)
        assert not np.allclose(in_chroma(filled)[min(true)], true[min(true)], atol=0.1)
        sync.reindex(filled, embedder, 1_000, sync.Unwatched())
    again = in_chroma(filled)
    assert all(np.allclose(again[key], true[key], atol=0.02) for key in true)


# --- an index that is gone, or torn ---------------------------------------------------------------


def _gone(record: Record) -> None:
    shutil.rmtree(record.home / "index")


def _generation_gone(record: Record) -> None:
    shutil.rmtree(index_folder(record))


def _database_garbled(record: Record) -> None:
    (index_folder(record) / "chroma.sqlite3").write_bytes(b"not a database" * 400)


def _database_cut(record: Record) -> None:
    path = index_folder(record) / "chroma.sqlite3"
    path.write_bytes(path.read_bytes()[:5_000])


def _emptied(record: Record) -> None:
    folder = index_folder(record)
    shutil.rmtree(folder)
    folder.mkdir()


def _an_old_copy_put_back(record: Record) -> None:
    client = chromadb.PersistentClient(
        path=index_folder(record), settings=chromadb.config.Settings(anonymized_telemetry=False)
    )
    client.get_collection("passages").delete(ids=sorted(record.vector_ids())[:3])
    client.close()


HARMS: list[Callable[[Record], None]] = [
    _gone,
    _generation_gone,
    _database_garbled,
    _database_cut,
    _emptied,
    _an_old_copy_put_back,
]


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__.strip("_"))
def test_an_index_harmed_by_hand_is_made_again_by_the_next_question(
    filled: Record, harm: Callable[[Record], None]
) -> None:
    with writing(filled.home):
        harm(filled)
    assistant = Assistant(Settings(home=filled.home), Record(filled.home))
    assistant.warm()
    answer = assistant.ask("How many grit bins on the Brackenhill estate were refilled?")
    shown = [*answer.citations, *answer.nearest]
    assert any("14 grit bins" in c.passage for c in shown)
    consistent(filled)


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__.strip("_"))
def test_an_index_harmed_by_hand_is_made_again_by_the_next_change(
    filled: Record, folder: Path, embedder: Embedder, harm: Callable[[Record], None]
) -> None:
    with writing(filled.home):
        harm(filled)
    write(folder, "new.txt", "Ponds\n\nMinutes:\n\nThe pond at Osier Lane was full of weed.\n")
    put_on_record(filled, embedder, folder)
    consistent(filled)
    assert nearest(filled, embedder, "weed in the pond")[0].startswith("The pond at Osier Lane")


# A graph of other bytes makes Chroma end the whole process: no test can outlive that.
@pytest.mark.parametrize("harm", ["gone", "emptied"])
def test_a_graph_harmed_by_hand_is_told_with_the_command_that_mends_it(
    filled: Record, embedder: Embedder, harm: str
) -> None:
    with writing(filled.home):
        vectors.publish(filled, sync_threshold=2, fresh=True)  # so that the graph is on disk
    (graph,) = {path.parent for path in index_folder(filled).glob("*/data_level0.bin")}
    if harm == "gone":
        shutil.rmtree(graph)
    else:
        (graph / "index_metadata.pickle").write_bytes(b"")
    with pytest.raises(UserError, match="onrecord reindex"):
        Nearest(filled).find(embedder.embed_query("grit bins"), ANYWHERE, 5)
    assert onrecord("reindex", "--home", filled.home).status == 0
    assert "grit bins" in nearest(filled, embedder, "containers of salt that were filled again")[0]
    consistent(filled)


def test_a_question_does_not_wait_for_an_ingest_that_holds_the_record(filled: Record) -> None:
    _gone(filled)
    with writing(filled.home):
        assistant = Assistant(Settings(home=filled.home), filled)
        assistant.warm()
        answer = assistant.ask("How many grit bins on the Brackenhill estate were refilled?")
    # Without the index there are still the words.
    assert any("14 grit bins" in c.passage for c in [*answer.citations, *answer.nearest])


def test_a_reader_sees_a_change_without_being_opened_again(filled: Record, folder: Path, embedder: Embedder) -> None:
    reader = Nearest(filled)
    about = embedder.embed_query("weed in the pond")
    before = set(reader.find(about, ANYWHERE, 50))
    write(folder, "new.txt", "Ponds\n\nMinutes:\n\nThe pond at Osier Lane was full of weed.\n")
    put_on_record(Record(filled.home), embedder, folder)
    after = set(reader.find(about, ANYWHERE, 50))
    assert before < after


def test_filters_hold_in_the_index_as_in_the_record(record: Record, folder: Path, embedder: Embedder) -> None:
    put_on_record(record, embedder, folder)
    about = embedder.embed_query("grit bins")
    everything = Nearest(record).find(about, ANYWHERE, 100)
    dated = Nearest(record).find(about, Filters(date_from=_day("2018-01-01")), 100)
    assert 0 < len(dated) < len(everything)  # the undated page is left out
    assert Nearest(record).find(about, Filters(date_from=_day("2018-02-07")), 100) == {}
    council = Filters(council="QUILLBECK district council")
    assert set(Nearest(record).find(about, council, 100)) == set(dated)
    assert Nearest(record).find(about, Filters(committee="Elsewhere Panel"), 100) == {}


def _day(written: str):  # type: ignore[no-untyped-def]
    from datetime import date

    return date.fromisoformat(written)


# --- a newer parser -------------------------------------------------------------------------------


def test_a_newer_parser_reads_every_source_again_and_loses_none(
    filled: Record, folder: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "again.txt", MEETING)
    put_on_record(filled, embedder, folder)
    named = {s for d in overview(filled).documents for s in d.sources}
    assert len(named) == 3
    ids = filled.vector_ids()
    newer = ingest.documents.PARSER_VERSION + 1
    monkeypatch.setattr(ingest.documents, "PARSER_VERSION", newer)
    monkeypatch.setattr(ingest.sync, "PARSER_VERSION", newer)
    with filled.change() as connection:
        connection.execute(update(documents).values(retrieved="2020-02-29"))

    told = onrecord("status", "--home", filled.home)
    assert "2 documents were read by an older version" in told.out
    put_on_record(filled, embedder, folder)

    assert {s for d in overview(filled).documents for s in d.sources} == named
    assert {d.parser for d in overview(filled).documents} == {newer}
    assert filled.vector_ids() == ids
    consistent(filled)
    with filled.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(sources)) == 3
        assert connection.scalar(select(func.count()).select_from(documents)) == 2
        assert set(connection.scalars(select(documents.c.retrieved))) == {"2020-02-29"}, "it came on record then"
    assert set(put_on_record(filled, NotToBeLoaded(), folder).values()) == {"unchanged"}
    assert "older version" not in onrecord("status", "--home", filled.home).out


def test_a_pdf_keeps_its_pages_on_record(record: Record, tmp_path: Path, embedder: Embedder) -> None:
    path = write_pdf(
        tmp_path / "p.pdf",
        [["31. Grit bins", "The bins were full of salt."], ["32. Ponds", "The pond was full of weed."]],
    )
    put_on_record(record, embedder, path)
    facts = json.loads(onrecord("status", "--json", "--home", record.home).out)
    assert facts["documents"][0]["pages"] == 2
    assert {p.page for p in record.passages(record.find_words(["weed"], ANYWHERE, 5))} == {2}
