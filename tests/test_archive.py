"""Zips: their members are sources like the files of a folder, and nothing in one can lead out of it or do harm."""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UserError
from corpus.overview import overview
from corpus.records import Record
from corpus.weights import Embedder
from ingest import archive, sync
from ingest.read import MAX_BYTES, Supplied, read, with_sidecar
from ingest.source import Skip
from ingest.sources import find_sources
from tests.examples import ITEM_PAGE, MEETING, write
from tests.helpers import consistent, onrecord, put_on_record, take_off_record

SOURCES = Path(__file__).parent / "sources"
OTHER = MEETING.replace("14 grit bins", "19 grit bins")


def pack(path: Path, members: Mapping[str, str | bytes] | list[tuple[str, str | bytes]], method: int = 8) -> Path:
    """A zip of these members; a list may name one twice."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pairs = members if isinstance(members, list) else list(members.items())
    with zipfile.ZipFile(path, "w", method) as made:
        for name, words in pairs:
            made.writestr(zipfile.ZipInfo(name), words, method)
    return path


def planned(record: Record, *paths: Path, **supplied: str) -> dict[str, tuple[str, str]]:
    """What would be done with each source, and why, by its path behind the first zip or folder named."""
    steps = sync.plan(record, find_sources(paths), Supplied(**supplied))
    return {step.path.relative_to(paths[0]).as_posix(): (step.action, step.reason) for step in steps}


def reasons(record: Record, path: Path) -> dict[str, str]:
    """The reasons of all that is skipped."""
    told = {name: reason for name, (action, reason) in planned(record, path).items() if action == "skip"}
    assert not any("\n" in reason or reason.endswith(".") for reason in told.values())
    return told


@pytest.fixture
def record(home: Path) -> Record:
    return Record(home)


# --- members are sources --------------------------------------------------------------------------


def test_a_zips_members_are_sources_in_a_steady_order(tmp_path: Path, record: Record) -> None:
    path = pack(tmp_path / "m" / "minutes.zip", {"b.txt": MEETING, "inner/a.md": ITEM_PAGE, "a.txt": OTHER})
    write(tmp_path / "m", "z.txt", "Ponds\n\nMinutes:\n\nThe pond at Osier Lane was full of weed.\n")
    inside = [path / "a.txt", path / "b.txt", path / "inner" / "a.md"]
    assert find_sources([path]) == inside
    assert find_sources([tmp_path / "m"]) == [*inside, tmp_path / "m" / "z.txt"]
    assert find_sources([path / "b.txt"]) == [path / "b.txt"]
    assert planned(record, path) == dict.fromkeys(("a.txt", "b.txt", "inner/a.md"), ("add", ""))
    assert read(path / "b.txt") == MEETING.encode()
    with pytest.raises(UserError):
        find_sources([path / "c.txt"])


def test_hidden_members_folders_and_a_macs_furniture_are_no_sources(tmp_path: Path) -> None:
    names = ("a.txt", ".b.txt", ".git/c.txt", "__MACOSX/._a.txt", "inner/", "inner/.DS_Store", "inner/d.txt.toml")
    path = pack(tmp_path / "m.zip", dict.fromkeys(names, ""))
    assert [p.name for p in find_sources([path])] == ["a.txt"]


def test_members_come_on_record_stay_and_go_with_their_zip(tmp_path: Path, record: Record, embedder: Embedder) -> None:
    path = pack(tmp_path / "minutes.zip", {"streets.txt": MEETING, "inner/library.txt": ITEM_PAGE})
    elsewhere = write(tmp_path, "again.txt", MEETING)
    assert put_on_record(record, embedder, path) == {"library.txt": "add", "streets.txt": "add"}
    assert put_on_record(record, embedder, path) == {"library.txt": "unchanged", "streets.txt": "unchanged"}
    assert put_on_record(record, embedder, elsewhere) == {"again.txt": "same text"}
    held = {source for document in overview(record).documents for source in document.sources}
    assert held == {str(path / "inner" / "library.txt"), str(path / "streets.txt"), str(elsewhere)}

    pack(path, {"streets.txt": OTHER, "inner/library.txt": ITEM_PAGE})
    assert put_on_record(record, embedder, path) == {"library.txt": "unchanged", "streets.txt": "replace"}
    consistent(record)

    done = onrecord("remove", path, "--home", record.home)
    assert (done.status, done.out) == (0, "Removed library.txt, streets.txt.\n")
    assert [document.sources for document in overview(record).documents] == [[str(elsewhere)]]
    consistent(record)


def test_a_zip_is_removed_by_its_name_a_member_by_its_own_and_no_other_zip_goes(
    tmp_path: Path, record: Record, embedder: Embedder
) -> None:
    path = pack(tmp_path / "a" / "minutes.zip", {"streets.txt": MEETING, "library.txt": ITEM_PAGE})
    pack(tmp_path / "b" / "minutes.zip", {"other.txt": OTHER})
    put_on_record(record, embedder, tmp_path)
    with pytest.raises(UserError, match="could be any of"):
        take_off_record(record, "minutes.zip")
    with pytest.raises(UserError, match="Nothing on record"):
        take_off_record(record, "nutes.zip")
    assert take_off_record(record, path / "library.txt") == ["library.txt"]
    assert take_off_record(record, path) == ["streets.txt"]
    path.unlink()
    assert take_off_record(record, "minutes.zip") == ["other.txt"]  # though nobody has the first any more
    assert record.is_empty()


def test_sidecars_in_a_zip_and_beside_it_supply_what_members_do_not_state(
    tmp_path: Path, record: Record, embedder: Embedder
) -> None:
    members = {"a.txt": ITEM_PAGE, "inner/b.txt": ITEM_PAGE.replace("41", "42"), "c.txt": MEETING}
    named = {"inner/b.txt.toml": 'council = "Harwell Green Parish Council"'}
    path = pack(tmp_path / "m" / "minutes.zip", {**members, **named})
    write(tmp_path / "m", "minutes.zip.toml", 'council = "Quillbeck District Council"\ndate = "2017-11-02"')
    assert with_sidecar(path / "inner" / "b.txt", Supplied(title="Pages")) == Supplied(
        "Harwell Green Parish Council", None, "2017-11-02", "Pages"
    )
    assert sorted(put_on_record(record, embedder, tmp_path / "m")) == ["a.txt", "b.txt", "c.txt"]
    found = {d.document: (d.meetings[0].council, d.meetings[0].date) for d in overview(record).documents}
    assert found == {
        "a.txt": ("Quillbeck District Council", "2017-11-02"),
        "b.txt": ("Harwell Green Parish Council", "2017-11-02"),
        "c.txt": ("Quillbeck District Council", "2018-02-06"),
    }


def test_a_sidecar_that_is_wrong_is_told_in_a_zip_too(tmp_path: Path, record: Record) -> None:
    path = pack(tmp_path / "m.zip", {"a.txt": ITEM_PAGE, "a.txt.toml": "council: Quillbeck", "b.txt": MEETING})
    assert reasons(record, path) == {"a.txt": "its sidecar a.txt.toml is not TOML; mend or remove it"}
    write(tmp_path, "m.zip.toml", 'counsil = "Quillbeck"')
    assert set(reasons(record, path)) == {"a.txt", "b.txt"}
    assert "m.zip.toml has an unknown key, counsil" in reasons(record, path)["b.txt"]


def test_what_would_be_skipped_in_a_folder_is_skipped_in_a_zip(tmp_path: Path, record: Record) -> None:
    path = pack(
        tmp_path / "m.zip",
        {
            "a.txt": "",
            "b.xlsx": "x",
            "c.doc": "x",
            "d.pdf": "x",
            "e.txt": b"\0\1" * 9,
            "none": "x",
            "good.txt": MEETING,
        },
    )
    told = reasons(record, path)
    assert sorted(told) == ["a.txt", "b.xlsx", "c.doc", "d.pdf", "e.txt", "none"]
    assert told["a.txt"] == "it is empty"
    assert ".xlsx is not read; these are: " in told["b.xlsx"]
    assert "old kind" in told["c.doc"]


# --- names ----------------------------------------------------------------------------------------


def test_no_name_leads_out_of_its_zip(tmp_path: Path, record: Record) -> None:
    names = ["../../a.txt", "/b.txt", "..\\..\\c.txt", "C:\\d.txt", "x/../../e.txt", "./f.txt", "g\n\x1b[2Jh.txt", ".."]
    path = pack(tmp_path / "deep" / "er" / "m.zip", [(name, f"{MEETING}\n{name}") for name in names])
    before = sorted(p for p in tmp_path.rglob("*"))
    assert set(planned(record, path)) == {"a.txt", "b.txt", "c.txt", "d.txt", "x/e.txt", "f.txt", "g__[2Jh.txt"}
    assert all(p.resolve().is_relative_to(path) for p in find_sources([path]))
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_a_member_named_twice_is_read_twice(tmp_path: Path, record: Record) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = pack(tmp_path / "m.zip", [("a.txt", MEETING), ("x/a.txt", ITEM_PAGE), ("a.txt", OTHER), ("./a.txt", "")])
    assert [p.relative_to(path).as_posix() for p in find_sources([path])] == [
        "a (2).txt", "a (3).txt", "a.txt", "x/a.txt",
    ]  # fmt: skip
    assert read(path / "a.txt") == MEETING.encode()
    assert read(path / "a (2).txt") == OTHER.encode()


def test_names_in_an_old_encoding_are_read_as_their_maker_meant_them(tmp_path: Path) -> None:
    path = pack(tmp_path / "m.zip", {"caf?1.txt": MEETING, "caf?2.txt": OTHER})
    data = path.read_bytes().replace(b"caf?1", b"caf\x821")  # cp437, as DOS wrote it
    path.write_bytes(data.replace(b"caf?2.txt", "caf\u00e9.txt".encode()))  # UTF-8 that does not say so, as macOS does
    assert [p.name for p in find_sources([path])] == ["caf\u00e9.txt", "caf\u00e91.txt"]


def test_a_name_too_long_for_a_disk_does_no_harm(tmp_path: Path, record: Record) -> None:
    names = ["n" * 300 + ".txt", "/".join(["folder"] * 900) + "/a.txt", "x.zip/" * 3 + "b.txt"]
    path = pack(tmp_path / "m.zip", [(name, f"{MEETING}\n{n}") for n, name in enumerate(names)])
    assert [action for action, _ in planned(record, path).values()] == ["add"] * 3


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path, record: Record) -> None:
    secret = write(tmp_path, "secret.txt", MEETING)
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as made:
        made.writestr(link, str(secret))
    assert reasons(record, tmp_path / "m.zip") == {"a.txt": "it is a link to a file, not a file"}


# --- what is refused ------------------------------------------------------------------------------


def test_a_zip_that_is_none_is_one_step_with_its_reason(tmp_path: Path, record: Record) -> None:
    good = pack(tmp_path / "good.zip", {"a.txt": MEETING}).read_bytes()
    for name, data in {"empty": b"", "text": b"words" * 99, "torn": good[:-30], "cut": good[50:]}.items():
        (tmp_path / "m").mkdir(exist_ok=True)
        (tmp_path / "m" / f"{name}.zip").write_bytes(data)
    pack(tmp_path / "m" / "nothing.zip", {"inner/": "", ".hidden.txt": MEETING, "a.txt.toml": ""})
    (tmp_path / "m" / "gone.zip").symlink_to(tmp_path / "not-there.zip")
    told = reasons(record, tmp_path / "m")
    assert told == {
        "cut.zip/a.txt": "it is damaged and cannot be unpacked",  # its list of members is whole
        "empty.zip": "it is empty",
        "nothing.zip": "it is a zip without files to read",
        "text.zip": "it cannot be read as a zip; it may be damaged",
        "torn.zip": "it cannot be read as a zip; it may be damaged",
    }
    assert "cannot be opened" in reasons(record, tmp_path / "m" / "gone.zip")["."]


def test_a_damaged_member_is_skipped_and_the_others_are_read(tmp_path: Path, record: Record) -> None:
    path = pack(tmp_path / "m.zip", {"a.txt": MEETING, "b.txt": OTHER})
    data = bytearray(path.read_bytes())
    data[60:80] = bytes(20)
    path.write_bytes(data)
    assert reasons(record, path) == {"a.txt": "it is damaged and cannot be unpacked"}


def test_a_zip_inside_a_zip_is_told(tmp_path: Path, record: Record) -> None:
    inner = pack(tmp_path / "inner.zip", {"a.txt": MEETING}).read_bytes()
    path = pack(tmp_path / "m.zip", {"inner.zip": inner, "b.txt": MEETING})
    assert reasons(record, path) == {"inner.zip": "it is a zip inside a zip; unpack it"}


def test_other_ways_of_packing_are_told(tmp_path: Path, record: Record) -> None:
    path = pack(tmp_path / "m.zip", {"a.txt": MEETING}, zipfile.ZIP_BZIP2)
    assert "packed in a way that is not read" in reasons(record, path)["a.txt"]


def test_bombs_are_refused(tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "m.zip", {"zeros.txt": bytes(20_000_000), "small.txt": MEETING + "\n" * 500_000})
    assert reasons(record, path) == {
        "zeros.txt": "it would unpack to more than 200 times its size, as nothing but a zip bomb does"
    }
    large = pack(tmp_path / "large.zip", {"random.txt": os.urandom(1_000) * 2_100}, zipfile.ZIP_STORED)
    with pytest.raises(Skip, match="more than 2; split it"):
        archive.read(large / "random.txt", 2_000_000)
    for name, most in (("MOST_MEMBERS", 1), ("MOST_BYTES", 1_000_000)):
        monkeypatch.setattr(archive, name, most)
        path.touch()
        os.utime(path, ns=(most, most))
        assert "unpack it" in reasons(record, path)["."]
        monkeypatch.undo()


def test_a_member_larger_than_it_says_is_never_unpacked_whole(tmp_path: Path, record: Record) -> None:
    path = pack(tmp_path / "m.zip", {"a.txt": bytes(30_000_000)})
    data = path.read_bytes()
    assert data.count((30_000_000).to_bytes(4, "little")) == 2
    path.write_bytes(data.replace((30_000_000).to_bytes(4, "little"), (900).to_bytes(4, "little")))
    read_from = zipfile.ZipExtFile.read
    taken: list[int] = []

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        taken.append(n if n is not None else -1)
        return read_from(self, n)

    with patch.object(zipfile.ZipExtFile, "read", counted):
        assert reasons(record, path) == {"a.txt": "it is damaged and cannot be unpacked"}
    assert taken
    assert all(0 <= n <= MAX_BYTES + 1 for n in taken)


def test_a_zip_of_more_members_than_it_may_have_is_refused(tmp_path: Path, record: Record) -> None:
    path = pack(tmp_path / "m.zip", {f"{n}.txt": "" for n in range(archive.MOST_MEMBERS + 1)})
    assert "more than 5,000 files" in reasons(record, path)["."]


@pytest.mark.skipif(not (SOURCES / "zip").is_dir(), reason="no example files")
def test_the_example_zips_are_read_or_refused(record: Record) -> None:
    folder = SOURCES / "zip"
    told = planned(record, folder)
    assert {name for name, (action, _) in told.items() if action == "add"} >= {
        "minutes.zip/2025/minutes.docx", "minutes.zip/item-page.html",
    }  # fmt: skip
    assert "zip bomb" in told["bomb.zip/minutes.txt"][1]
    assert "password" in told["encrypted.zip/minutes.txt"][1]
    assert "zip inside a zip" in told["nested.zip/older.zip"][1]


def test_an_ingest_of_a_zip_names_each_member_that_is_left_out(tmp_path: Path, record: Record) -> None:
    path = pack(tmp_path / "m.zip", {"a.txt": MEETING, "b.txt": ""})
    done = onrecord("ingest", path, "--dry-run", "--home", record.home)
    assert done.status == 3
    assert done.err == f"Skipped {path / 'b.txt'}: it is empty.\n"
    assert f"add        {path / 'a.txt'}" in done.out


@given(st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_it_fail_but_for_a_plain_reason(tmp_path: Path, data: st.DataObject) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", MEETING)
        made.writestr("inner/b.txt", OTHER)
    damaged = bytearray(whole.getvalue())
    places = st.one_of(st.integers(0, len(damaged) - 1), st.integers(len(damaged) - 150, len(damaged) - 1))
    for place in data.draw(st.lists(places, max_size=8)):
        damaged[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.zip"
    path.write_bytes(data.draw(st.one_of(st.just(bytes(damaged)), st.binary(max_size=300))))
    for source in find_sources([path]):
        with contextlib.suppress(Skip):
            with_sidecar(source, Supplied())
            read(source)
