"""A record moves whole: out as one file, and back in one step, or not at all."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from corpus.backup import BEGUN, MANIFEST
from corpus.kept import Kept
from corpus.people import Anchor, People
from corpus.records import Filters, Record
from corpus.weights import Embedder
from tests.examples import MEETING, SCANNED, write
from tests.helpers import consistent, onrecord, put_on_record


def found(record: Record, word: str) -> int:
    return len(record.find_words([word], Filters(), 10))


@pytest.fixture
def backed_up(home: Path, embedder: Embedder, tmp_path: Path) -> Path:
    """A record with all that a folder may hold, and its backup."""
    record = Record(home)
    put_on_record(record, embedder, write(home / "fetched" / "quillbeck", "streets.txt", MEETING))
    (home / "onrecord.toml").write_text('llm_key = "s3cret"\nport = 7999\n')
    (home / "onrecord.toml").chmod(0o600)
    (home / "page.json").write_text("{}")
    People(home).add(Anchor("the willows had been left uncut", None, None, None, None), None, "Ask in May", "Jo")
    Kept(home).keep([{"question": "Who pollards the willows?"}], None)
    file = tmp_path / "backup.zip"
    done = onrecord("backup", file, "--home", home)
    assert (done.status, done.err) == (0, "")
    assert "1 documents" in done.out
    return file


def test_a_record_comes_back_whole_in_another_folder(backed_up: Path, home: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(backed_up.stat().st_mode) == 0o600
    assert not [name for name in zipfile.ZipFile(backed_up).namelist() if name.startswith(("index", "page", "open."))]
    other = tmp_path / "other"
    done = onrecord("restore", backed_up, "--home", other)
    assert (done.status, done.err) == (0, "")
    record = Record(other)
    assert consistent(record) == len(Record(home).vector_ids()) > 0
    assert found(record, "willows") > 0
    assert [note.words for note in People(other).notes()] == ["Ask in May"]
    assert [one.answers[0]["question"] for one in Kept(other).all()] == ["Who pollards the willows?"]
    assert (other / "onrecord.toml").read_text() == (home / "onrecord.toml").read_text()
    assert stat.S_IMODE((other / "onrecord.toml").stat().st_mode) == 0o600
    moved = other / "fetched" / "quillbeck" / "streets.txt"
    assert list(record.known_sources()) == [str(moved.resolve())]
    assert moved.read_text("utf-8") == MEETING
    assert "unchanged" in (again := onrecord("ingest", moved, "--home", other)).out.lower(), again
    assert not (other / "restoring").exists()


def test_a_record_that_is_there_is_replaced_only_when_that_is_said(
    backed_up: Path, tmp_path: Path, embedder: Embedder
) -> None:
    other = tmp_path / "other"
    page = Record(other)  # as a page holds it open
    put_on_record(page, embedder, write(tmp_path, "licensing.txt", SCANNED))
    lost = Kept(other).keep([{"question": "Where is the rank?"}], None)
    before = page.fact("revision")
    refused = onrecord("restore", backed_up, "--home", other)
    assert refused.status == 2
    assert "--force" in refused.err
    assert found(page, "taxi") > 0
    assert Kept(other).find(lost) is not None
    assert onrecord("restore", backed_up, "--force", "--home", other).status == 0
    assert found(page, "taxi") == 0
    assert found(page, "willows") > 0
    assert int(page.fact("revision") or 0) > int(before or 0)
    assert Kept(other).find(lost) is None
    consistent(page)


def test_a_restore_that_was_stopped_goes_on_when_it_is_given_again(backed_up: Path, home: Path) -> None:
    assert onrecord("restore", backed_up, "--home", home).status == 2
    (home / BEGUN).touch()  # as one that is stopped while it replaces the record leaves it
    (home / "restoring").mkdir()
    assert onrecord("restore", backed_up, "--home", home).status == 0
    assert not (home / BEGUN).exists()
    assert onrecord("restore", backed_up, "--home", home).status == 2


def test_a_restore_over_a_damaged_record_changes_nothing_and_says_what_to_do(backed_up: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert onrecord("restore", backed_up, "--home", other).status == 0
    whole = (other / "record.sqlite").read_bytes()
    damaged = whole[:4096] + b"\xff" * (len(whole) - 4096)
    (other / "record.sqlite").write_bytes(damaged)
    for how in ([], ["--force"]):
        done = onrecord("restore", backed_up, *how, "--home", other)
        assert (done.status, len(done.err.strip().splitlines())) == (2, 1), done.err
    assert "move" in done.err
    assert (other / "record.sqlite").read_bytes() == damaged
    assert not (other / "restoring").exists()
    other.rename(tmp_path / "away")
    assert onrecord("restore", backed_up, "--home", other).status == 0
    assert found(Record(other), "willows") > 0


def test_a_restore_deletes_only_what_on_record_wrote_and_a_backup_tells_of_links(
    backed_up: Path, home: Path, tmp_path: Path
) -> None:
    diary = write(home / "mine", "diary.txt", "Nobody else's")
    later = write(home / "fetched" / "quillbeck", "later.txt", SCANNED)
    (home / "mine" / "link").symlink_to(diary)
    assert onrecord("restore", backed_up, "--force", "--home", home).status == 0
    assert diary.read_text() == "Nobody else's"
    assert not later.exists()
    assert "mine/link" in onrecord("backup", tmp_path / "again.zip", "--home", home).out
    assert onrecord("restore", tmp_path / "again.zip", "--force", "--home", home).status == 0


def tampered(backed_up: Path, file: Path, how: str) -> Path:
    with zipfile.ZipFile(backed_up) as whole:
        held = {name: whole.read(name) for name in whole.namelist()}
    facts = json.loads(held[MANIFEST])
    if how == "a changed file":
        held["onrecord.toml"] += b"host = '0.0.0.0'\n"
    elif how == "one too many":
        held["operators.toml"] = b""
    elif how == "one that belongs elsewhere":
        held["../evil"] = b""
        facts["files"]["../evil"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    elif how == "one too few":
        del held["record.sqlite"]
    elif how == "a newer version":
        facts["format"] = 99
    elif how == "no list":
        facts = {}
    held[MANIFEST] = json.dumps(facts).encode()
    with zipfile.ZipFile(file, "w") as whole:
        for name, data in held.items():
            whole.writestr(name, data)
    if how == "half of it":
        file.write_bytes(backed_up.read_bytes()[: backed_up.stat().st_size // 2])
    return file


def test_a_damaged_backup_changes_nothing(backed_up: Path, home: Path, tmp_path: Path) -> None:
    ways = ("a changed file", "one too many", "one that belongs elsewhere", "one too few", "a newer version", "no list",
            "half of it")  # fmt: skip
    before = Record(home).fact("revision")
    for how in ways:
        done = onrecord("restore", tampered(backed_up, tmp_path / "bad.zip", how), "--force", "--home", home)
        assert done.status == 2, how
        assert "newer" in done.err if how == "a newer version" else "nothing was changed" in done.err, how
        assert Record(home).fact("revision") == before, how
        assert "0.0.0.0" not in (home / "onrecord.toml").read_text()
        assert not (home / "restoring").exists()
        assert not (home.parent / "evil").exists()
    assert onrecord("restore", tmp_path / "none.zip", "--home", home).status == 2
    assert onrecord("restore", tmp_path / "bad.zip", "--home", tmp_path / "new").status == 2
    assert not (tmp_path / "new" / "record.sqlite").exists()


def test_a_backup_overwrites_nothing_and_leaves_nothing_half_written(
    backed_up: Path, home: Path, tmp_path: Path
) -> None:
    size = backed_up.stat().st_size
    for file in (backed_up, home / "inside.zip", tmp_path / "no such folder" / "x.zip"):
        assert onrecord("backup", file, "--home", home).status == 2
    assert backed_up.stat().st_size == size
    assert not list(tmp_path.glob(".onrecord-*"))
    shutil.rmtree(home)
    assert "no record" in onrecord("backup", tmp_path / "y.zip", "--home", home).err
    assert not home.exists()
