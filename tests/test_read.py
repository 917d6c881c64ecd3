"""Reading: what cannot be read safely is left out with one plain line, and never guessed at."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Filters, Record
from ingest.documents import make_document
from ingest.formats import suffixes
from ingest.formats.text import decode
from ingest.read import MAX_BYTES, Supplied, read, with_sidecar
from ingest.source import Skip
from tests.examples import ITEM_PAGE, MEETING, write, write_pdf
from tests.helpers import onrecord


def _reason(path: Path, encoding: str | None = None) -> str:
    with pytest.raises(Skip) as skipped:
        make_document(path.name, read(path), with_sidecar(path, Supplied(encoding=encoding)))
    reason = str(skipped.value)
    assert "\n" not in reason
    assert not reason.endswith(".")  # the command writes the stop
    return reason


# --- one reason each ------------------------------------------------------------------------------


def test_an_empty_file_is_skipped(tmp_path: Path) -> None:
    assert _reason(write(tmp_path, "none.txt", "")) == "it is empty"
    assert _reason(write(tmp_path, "blank.txt", " \n\n \n")) == "it is empty"


def test_a_file_of_nothing_but_site_furniture_is_skipped(tmp_path: Path) -> None:
    page = write(tmp_path, "page.txt", "Agenda item\n\nModern.gov Breadcrumb\n\n--oOo---\n")
    assert "furniture" in _reason(page)


def test_a_binary_file_is_skipped_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(bytes(range(256)) * 20)
    assert "binary" in _reason(path)
    path.write_bytes(b"Plain words, then \0 and more words.")
    assert "binary" in _reason(path)


def test_a_file_of_more_than_fifty_megabytes_is_skipped_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "50 MB" in _reason(path)


def test_a_file_of_another_kind_is_skipped_and_told_what_is_read(tmp_path: Path) -> None:
    assert ".pptx is not read; these are: " in _reason(write(tmp_path, "minutes.pptx", "Words"))
    assert "save it as .docx or PDF" in _reason(write(tmp_path, "minutes.doc", "Words"))
    assert "without a suffix" in _reason(write(tmp_path, "minutes", "Words"))


def test_a_broken_link_is_skipped(tmp_path: Path) -> None:
    link = tmp_path / "gone.txt"
    link.symlink_to(tmp_path / "not-there.txt")
    assert "cannot be opened" in _reason(link)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_one_may_not_read_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "secret.txt", MEETING)
    path.chmod(0)
    assert "cannot be opened" in _reason(path)


def test_utf_16_without_a_mark_is_not_taken_for_text(tmp_path: Path) -> None:
    for name in ("utf-16-le", "utf-16-be"):
        path = tmp_path / f"{name}.txt"
        path.write_bytes(MEETING.encode(name))
        assert "binary" in _reason(path)


def test_text_in_another_encoding_is_skipped_with_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("The grant of £40,000 – for the caf\u00e9 – was spent.\n".encode("cp1252") * 30)
    reason = _reason(path)
    assert "not UTF-8" in reason
    assert "--encoding" in reason


def test_an_unknown_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(MEETING.encode("cp1252"))
    assert "not an encoding" in _reason(path, "klingon")


def test_what_is_utf_8_is_read_as_utf_8_whatever_is_said_of_the_folder(tmp_path: Path) -> None:
    path = write(tmp_path, "new.txt", MEETING)
    assert "£2,300" in make_document(path.name, read(path), Supplied(encoding="cp1252")).text


def test_a_pdf_that_is_none_is_skipped(tmp_path: Path) -> None:
    assert "not a PDF" in _reason(write(tmp_path, "web.pdf", "<html>Please sign in</html>"))


def test_a_damaged_pdf_is_skipped(tmp_path: Path) -> None:
    whole = write_pdf(tmp_path / "whole.pdf", [["31. Grit bins", "The bins were full."]])
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(whole.read_bytes()[:120])
    assert "damaged" in _reason(torn)


def test_a_scanned_pdf_without_text_is_told_what_to_do(tmp_path: Path) -> None:
    scan = write_pdf(tmp_path / "scan.pdf", [[], []], picture=True)
    assert "text recognition" in _reason(scan)


def test_a_sidecar_that_is_wrong_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", ITEM_PAGE)
    sidecar = write(tmp_path, "a.txt.toml", 'counsil = "Quillbeck"')
    assert "unknown key, counsil" in _reason(path)
    sidecar.write_text("council = Quillbeck")
    assert "not TOML" in _reason(path)
    sidecar.write_text('date = "6 February 2018"')
    assert "YYYY-MM-DD" in _reason(path)


# --- and all of them at once, from the command line -----------------------------------------------


def test_bad_files_are_named_in_a_line_each_and_the_good_one_goes_in(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "minutes"
    write(folder, "good.txt", MEETING)
    write(folder, "empty.txt", "")
    write(folder, "sheet.xlsx", "1;2")
    write(folder, "false.pdf", "not a PDF")
    write_pdf(folder / "scan.pdf", [[]], picture=True)
    (folder / "raw.txt").write_bytes(b"\0\1\2" * 50)
    (folder / "old.txt").write_bytes(MEETING.replace("three", "f\u00fcnf").encode("cp1252"))
    with (folder / "huge.md").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    write(folder, "beside.txt", ITEM_PAGE)
    write(folder, "beside.txt.toml", "council: Quillbeck")
    bad = {p.name for p in folder.iterdir()} - {"good.txt", "beside.txt.toml"}

    done = onrecord("ingest", folder, "--home", home)

    assert done.status == 3
    lines = done.err.strip().splitlines()
    assert len(lines) == len(bad)
    for name in bad:
        assert sum(line.startswith(f"Skipped {folder / name}: ") for line in lines) == 1
    assert "Traceback" not in done.err
    assert "1 add, 8 skip" in done.out
    assert list(Record(home).known_sources()) == [str(folder / "good.txt")]


def test_an_old_encoding_reads_right_when_it_is_named(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Minutes:\n\nThe bid of £46,500 – for the van – had failed.\n".encode("cp1252"))
    assert onrecord("ingest", path, "--home", home).status == 3
    assert onrecord("ingest", path, "--encoding", "cp1252", "--home", home).status == 0
    record = Record(home)
    found = record.passages(record.find_words(["46", "500"], Filters(), 5))
    assert "£46,500 – for the van –" in found[0].text


# --- what is read, is read right ------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes(MEETING.encode(encoding))
    document = make_document(path.name, read(path), Supplied())
    assert document.text.startswith("Quillbeck District Council")
    assert document.meetings[0].council == "Quillbeck District Council"


def test_a_text_says_the_same_whatever_ends_its_lines(tmp_path: Path) -> None:
    texts = set()
    for end in ("\n", "\r\n", "\r"):
        path = tmp_path / "lines.txt"
        path.write_bytes(MEETING.replace("\n", end).encode())
        texts.add(make_document(path.name, read(path), Supplied()).id)
    assert len(texts) == 1


def test_the_date_of_a_web_page_is_never_the_meetings(tmp_path: Path) -> None:
    page = (
        '---\ntitle: "Pond minutes"\ndate: 2013-05-04\n---\n\n'
        "1. Pond\n\nThe Clerk said that the pond would be dredged in the week after the fair.\n"
    )
    path = write(tmp_path, "2013-05-04-pond.md", page)
    document = make_document(path.name, read(path), Supplied())
    meeting = document.meetings[0]
    assert meeting.date is None
    assert meeting.title == "Pond minutes"
    assert "2013" not in document.text


def test_a_date_the_minutes_state_is_theirs_and_not_the_web_pages(tmp_path: Path) -> None:
    page = f"---\ntitle: Minutes\ndate: 2019-01-01\n---\n\n{MEETING}"
    path = write(tmp_path, "m.md", page)
    assert make_document(path.name, read(path), Supplied()).meetings[0].date == dt.date(2018, 2, 6)


def test_the_source_address_in_the_first_line_becomes_the_link(tmp_path: Path) -> None:
    page = f"[Original file](https://quillbeck.example/m.pdf)\n\n{MEETING}"
    path = write(tmp_path, "m.md", page)
    document = make_document(path.name, read(path), Supplied())
    assert document.link == "https://quillbeck.example/m.pdf"
    assert "quillbeck.example" not in document.text


@given(st.binary(max_size=400), st.sampled_from(sorted(suffixes())))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_reading_fail_but_for_a_plain_reason(data: bytes, suffix: str) -> None:
    with contextlib.suppress(Skip):
        make_document(f"x{suffix}", (b"%PDF-1.7\n" if suffix == ".pdf" else b"") + data, Supplied())


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_text_comes_through_reading_unchanged_but_for_line_ends(text: str) -> None:
    try:
        read_text = decode(text.encode("utf-8"), None)
    except Skip:
        return
    assert read_text.split("\n") == text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
