"""What operators do: files that come and go, settings that change, notes that are deleted."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.changing import changed, origin, write
from assistant.config import Settings, load_settings
from assistant.web import pledges
from assistant.web.operate import held, noting, setting, uploads
from assistant.web.pledges import Wanted
from assistant.web.startup import StartUp
from corpus.errors import UserError
from corpus.people import Anchor, People
from corpus.records import Record
from corpus.weights import Embedder
from ingest import sync, told
from ingest.read import Supplied
from ingest.sources import find_sources
from tests import examples
from tests.helpers import awaited, onrecord, put_on_record


def put(home: Path, batch: str, name: str, data: bytes) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield data

    awaited(uploads.put(home, batch, name, parts()))


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# --- files ----------------------------------------------------------------------------------------


def test_the_plan_is_what_the_command_says(home: Path) -> None:
    record = Record(home)
    batch = uploads.begin(record)
    put(home, batch, "minutes.txt", examples.MEETING.encode())
    put(home, batch, "old.doc", b"\xd0\xcf\x11\xe0")
    folder = uploads.folder_of(home, batch)
    steps = sync.plan(record, find_sources([folder]), Supplied())
    said = onrecord("ingest", "--dry-run", folder, "--home", home)
    assert said.out.splitlines() == told.done(steps, dry_run=True)
    assert said.err.splitlines() == told.skipped(steps)
    assert told.skipped(steps, lambda path: path.name)[0].startswith("Skipped old.doc: ")


def test_a_file_keeps_its_own_name_and_leads_nowhere_else(home: Path) -> None:
    batch = uploads.begin(Record(home))
    for name in ("../../../etc/passwd.txt", "C:\\minutes\\a.txt", "a.txt", ".hidden.txt", "", "x" * 300 + ".pdf"):
        put(home, batch, name, b"words")
    assert names(home / "uploaded") == sorted(
        f"{batch}/{name}" for name in ("a (2).txt", "a.txt", "file", "hidden.txt", "passwd.txt", "x" * 120 + ".pdf")
    )
    for wrong in ("../..", "", batch + "/..", "2024-01-01-0123456789abcdef"):
        with pytest.raises(UserError, match="choose them again"):
            uploads.folder_of(home, wrong)


def test_a_file_too_large_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 3)
    batch = uploads.begin(Record(home))
    with pytest.raises(UserError, match=r"large\.txt is larger"):
        put(home, batch, "large.txt", b"words")
    assert names(home / "uploaded") == []


def test_what_is_not_put_on_record_is_deleted_and_what_is_removed_too(home: Path, embedder: Embedder) -> None:
    record = Record(home)
    left, batch = uploads.begin(record), uploads.begin(record)
    put(home, left, "left.txt", b"words")
    put(home, batch, "minutes.txt", examples.MEETING.encode())
    put(home, batch, "notes.doc", b"no")
    put_on_record(record, embedder, uploads.folder_of(home, batch))
    uploads.tidy(record, batch)
    assert names(home / "uploaded") == sorted([f"{batch}/minutes.txt", f"{left}/left.txt"])
    day_ago = time.time() - uploads.LEFT_BEHIND - 60
    for folder in (left, batch):
        os.utime(home / "uploaded" / folder, (day_ago, day_ago))
    uploads.begin(record)
    assert names(home / "uploaded") == [f"{batch}/minutes.txt"]

    startup = StartUp(Settings(home=home), samples=False)
    page = held.listed(record, "quillbeck 2018")
    assert "Remove" in page
    assert "1 of 1 documents" in page
    assert "0 of 1 documents" in held.listed(record, "elsewhere")
    (document,) = {source.document_id for source in record.known_sources().values()}
    assert "minutes.txt is off the record" in held._remove(startup, record, document)
    assert record.is_empty()
    assert names(home / "uploaded") == []


# --- settings -------------------------------------------------------------------------------------

WRITTEN = """# Ours.
port = 7000   # the proxy knows it

quoted_words = 100
"""


@pytest.fixture
def startup(home: Path) -> StartUp:
    home.mkdir()
    (home / "onrecord.toml").write_text(WRITTEN, "utf-8")
    return StartUp(load_settings(home), samples=False)


def fields(startup: StartUp, **new: object) -> dict[str, object]:
    return {name: setting._now(startup.settings, name)["value"] for name in setting.CHANGEABLE} | new


def test_a_changed_setting_holds_at_once_and_the_files_other_lines_stay(startup: StartUp, home: Path) -> None:
    llm = {"llm": "openai/small", "llm_url": "http://127.0.0.1:9/v1", "llm_key": "hush-hush"}
    assert set(setting._save(startup, False, fields(startup, **llm, quoted_words="120", read_only=True))) == {
        *llm, "quoted_words", "read_only",
    }  # fmt: skip
    assert startup.settings.llm == "openai/small"
    assert startup.settings.read_only
    path = home / "onrecord.toml"
    assert path.read_text().startswith("# Ours.\nport = 7000   # the proxy knows it\n")
    assert "quoted_words" not in path.read_text()  # as it would be anyway
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_settings(home) == startup.settings
    page = setting._every(startup.settings)
    assert "hush-hush" not in page + str(setting._filled(startup))
    assert "set, not shown" in page
    assert setting._save(startup, False, fields(startup)) == []  # an empty key is no new one
    assert setting._save(startup, True, fields(startup)) == ["llm_key"]
    assert "hush-hush" not in path.read_text()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"llm": "gpt"}, "should be ollama/MODEL"),
        ({"llm": "openai/gpt"}, "needs a key"),
        ({"llm": "ollama/x", "llm_url": "nowhere"}, "should be an address like"),
        ({"llm": "ollama/x", "llm_url": "http://…@127.0.0.1:9"}, "write the whole address"),
        ({"quoted_words": "5"}, "The setting quoted_words is wrong"),
        ({"llm_seconds": "soon"}, "The setting llm_seconds is wrong"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence_and_changes_nothing(
    startup: StartUp, home: Path, wrong: dict[str, object], said: str
) -> None:
    before = startup.settings
    with pytest.raises(UserError, match=said):
        setting._save(startup, False, fields(startup, **wrong))
    assert startup.settings == before
    assert (home / "onrecord.toml").read_text() == WRITTEN


def test_an_environment_variable_wins_and_is_not_changed_here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_QUOTED_WORDS", "90")
    startup = StartUp(load_settings(home), samples=False)
    assert origin(startup.settings, "quoted_words") == "environment"
    now = setting._now(startup.settings, "quoted_words")
    assert now["value"] == "90"
    assert not now["interactive"]
    assert setting._save(startup, False, fields(startup, quoted_words="60")) == []
    with pytest.raises(UserError, match="cannot be changed here"):
        changed(startup.settings, {"quoted_words": 60})
    with pytest.raises(UserError, match="cannot be changed here"):
        changed(startup.settings, {"home": "/"})


def test_another_model_answers_the_next_question_without_loading_anything_anew(samples_record: Record) -> None:
    from assistant.ask import Assistant

    before = Assistant(Settings(home=samples_record.home, reader="none"), samples_record)
    after = before.changed(before.settings.model_copy(update={"llm": "ollama/small", "quoted_words": 30}))
    assert before.model is None
    assert after.model is not None
    assert after.model.name == "ollama/small"
    assert after.settings.quoted_words == 30
    assert after.embedder is before.embedder
    with pytest.raises(UserError, match="should be ollama/MODEL"):
        before.changed(before.settings.model_copy(update={"llm": "small"}))


def test_writing_needs_no_file_to_be_there(home: Path) -> None:
    write(Settings(home=home, llm_seconds=45), {"llm_seconds": 45})
    assert (home / "onrecord.toml").read_text() == "llm_seconds = 45.0\n"


# --- notes ----------------------------------------------------------------------------------------


def test_notes_are_listed_with_those_whose_words_are_gone_and_can_be_deleted(home: Path) -> None:
    people, record = People(home), Record(home)
    anchor = Anchor("The lamp would be mended.", "Quillbeck District Council", None, None, None)
    first = people.add(anchor, "done", "", "Ann <Imber>")
    people.add(anchor, None, "It is dark again", "Bob")
    page = noting.listed(record)
    assert page.count("no longer on record") == 2
    assert page.index("It is dark again") < page.index("Ann &lt;Imber&gt;")
    assert noting._delete(people, str(first.id)) == "The note is deleted."
    assert [note.name for note in people.notes()] == ["Bob"]
    with pytest.raises(UserError, match="gone already"):
        people.delete(first.id)


def test_a_page_that_is_read_only_keeps_no_note_whatever_is_sent(home: Path) -> None:
    startup = StartUp(Settings(home=home, read_only=True), samples=False)
    startup.settled.set()
    anchor = Anchor("The lamp would be mended.", None, None, None, None)
    said = awaited(pledges._keep(startup, (anchor,), Wanted(), "1", "done", "Ann", "words"))
    assert "nothing can be added here" in said[0]
    assert People(home).notes() == []
