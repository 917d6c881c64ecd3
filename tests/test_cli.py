"""The command `onrecord` as a person, or a script, meets it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.config import Settings
from corpus.records import Record
from tests.examples import MEETING, write
from tests.helpers import ROOT, onrecord, onrecord_process

COMMANDS = ["ingest", "ask", "chat", "status", "remove", "reindex", "settings"]

ANSWER_KEYS = [
    "id", "question", "standalone_question", "filters_understood", "mode", "outcome", "refused", "answer",
    "citations", "nearest", "removed", "notice", "searched", "seconds", "error",
]  # fmt: skip
CITATION_KEYS = [
    "n", "quote", "passage", "lead_in", "start", "end", "document", "document_id", "retrieved", "page",
    "council", "committee", "date", "item", "item_number", "supplied", "speaker", "role", "addressee", "force",
    "verb", "status", "corrected_by", "link",
]  # fmt: skip
SEARCHED_KEYS = ["documents", "meetings", "councils", "from", "to", "undated"]


# --- help, and wrong usage ------------------------------------------------------------------------


def test_help_names_every_command_and_comes_at_once() -> None:
    heavy = (
        "torch",
        "transformers",
        "sentence_transformers",
        "chromadb",
        "llama_index",
        "gradio",
        "numpy",
        "sqlalchemy",
    )
    script = (
        "import sys\nfrom assistant.cli.main import main\nsys.argv = ['onrecord', '--help']\n"
        f"try:\n    main()\nfinally:\n    print('loaded:', [m for m in {heavy!r} if m in sys.modules])"
    )  # fmt: skip
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert time.monotonic() - begun < 10  # seconds on a busy machine; far less on an idle one
    assert "loaded: []" in done.stdout
    assert all(f"\n  {command} " in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = onrecord(command, "--help")
    assert done.status == 0
    assert "--home" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "--colour"], "--colour"),
        (["aks"], "aks"),
        (["status", "extra"], "extra"),
        (["remove"], "source"),
        (["ask"], "Give one question, or --batch FILE"),
        (["ask", "Why?", "--batch", "questions.jsonl"], "Give one question, or --batch FILE"),
        (["ask", "Why?", "--from", "yesterday"], "--from wants a date like 2024-03-31, not yesterday"),
        (["ask", "Why?", "--to", "2024-02-30"], "--to wants a date"),
        (["ask", "Why?", "--without", "colour"], "has to be of these: council, committee, from, to, person, all"),
        (["ask", "Why?"], "Nothing is on record yet"),
        (["ingest"], "Say which files or folders to ingest, or --samples"),
        (["ingest", "/nowhere"], "There is no file or folder /nowhere"),
        (["ingest", "--samples", "--date", "5 May"], "--date wants a date"),
        (["remove", "minutes.txt"], "Nothing on record is called minutes.txt"),
        (["chat", "--port", "many"], "--port"),
    ],
)
def test_wrong_usage_is_told_in_one_line_with_status_two(
    home: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_HOME", str(home))
    done = onrecord(*arguments)
    assert done.status == 2
    assert done.out == ""
    assert said in done.err
    assert done.err.count("\n") == 1
    assert done.err.endswith(".\n")


def test_a_home_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    file = write(tmp_path, "file", "Words")
    for done in (onrecord("status", "--home", file), onrecord("ingest", "--samples", "--home", file)):
        assert done.status == 2
        assert str(file) in done.err
        assert done.err.count("\n") == 1


def test_a_file_that_is_no_record_is_told_and_left_alone(home: Path) -> None:
    file = write(home, "record.sqlite", "Not a record. " * 100)
    done = onrecord("status", "--home", home)
    assert done.status == 2
    assert "cannot be read as a record" in done.err
    assert file.read_text() == "Not a record. " * 100


def test_a_record_of_a_newer_version_is_told(home: Path) -> None:
    with Record(home).change() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE key = 'schema'")
    done = onrecord("status", "--home", home)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "version 99" in done.err


def test_an_interrupt_is_one_calm_sentence(home: Path, tmp_path: Path) -> None:
    for number in range(400):
        write(tmp_path / "many", f"{number}.txt", MEETING.replace("14 grit", f"{number} grit") * 5)
    process = subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli.main import main; main()",
         "ingest", str(tmp_path / "many"), "--home", str(home)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not (home / "writer.lock").exists():
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "Stopped. Nothing is half done; the same command goes on where this one was.\n"


# --- settings -------------------------------------------------------------------------------------


def test_settings_are_all_listed_with_what_they_mean(home: Path) -> None:
    done = onrecord("settings", "--home", home)
    assert done.status == 0
    for name, field in Settings.model_fields.items():
        assert f"ONRECORD_{name.upper()} = " in done.out
        assert field.description
        assert f"    {field.description}\n" in done.out
    assert f"ONRECORD_HOME = {home}\n" in done.out


def test_a_setting_comes_from_the_environment_before_the_file_before_the_default(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, "onrecord.toml", "port = 8123\nquoted_words = 60\n")
    monkeypatch.setenv("ONRECORD_HOME", str(home))
    monkeypatch.setenv("ONRECORD_QUOTED_WORDS", "90")
    listed = onrecord("settings").out
    assert "ONRECORD_PORT = 8123\n" in listed
    assert "ONRECORD_QUOTED_WORDS = 90\n" in listed
    assert "ONRECORD_PRECISION = auto\n" in listed


@pytest.mark.parametrize(
    ("written", "said"),
    [("prot = 8123", "prot"), ('port = "many"', "port"), ("port = ", "not TOML"), ("quoted_words = 1", "quoted_words")],
)  # fmt: skip
def test_a_wrong_settings_file_is_told_in_one_line(home: Path, written: str, said: str) -> None:
    write(home, "onrecord.toml", written)
    done = onrecord("status", "--home", home)
    assert done.status == 2
    assert said in done.err
    assert done.err.count("\n") == 1


# --- status ---------------------------------------------------------------------------------------


def test_status_as_json_has_exactly_the_promised_shape(samples_record: Record) -> None:
    done = onrecord("status", "--json", "--home", samples_record.home)
    facts = json.loads(done.out)
    assert list(facts) == ["documents", "passages", "model", "fingerprint"]
    for document in facts["documents"]:
        assert list(document) == ["document", "document_id", "sources", "meetings", "pages", "words"]
        assert document["sources"]
        for meeting in document["meetings"]:
            assert list(meeting) == ["council", "committee", "date", "title", "status", "items", "passages"]
            assert meeting["items"] > 0
            assert meeting["passages"] > 0
    assert facts["passages"] == sum(m["passages"] for d in facts["documents"] for m in d["meetings"])
    assert facts["model"] == "on-record"
    assert facts["fingerprint"].startswith("on-record ")


def test_status_in_words_counts_and_names_councils(samples_record: Record) -> None:
    out = onrecord("status", "--home", samples_record.home).out
    assert "Merrowdale Borough Council: 16 meetings, 2023-09-14 to 2025-07-10\n" in out
    assert "behind the record" not in out


def test_status_of_nothing_says_what_to_do(home: Path) -> None:
    assert onrecord("status", "--home", home).out == "Nothing is on record yet; run `onrecord ingest PATH`.\n"
    facts = json.loads(onrecord("status", "--json", "--home", home).out)
    assert facts == {"documents": [], "passages": 0, "model": "", "fingerprint": ""}


# --- asking ---------------------------------------------------------------------------------------


def _shape_holds(answer: dict[str, object]) -> None:
    assert list(answer) == ANSWER_KEYS
    assert list(answer["searched"]) == SEARCHED_KEYS  # type: ignore[call-overload]
    assert list(answer["seconds"]) == ["retrieve", "total"]  # type: ignore[call-overload]
    assert answer["refused"] is (answer["outcome"] != "answered")
    for citation in [*answer["citations"], *answer["nearest"]]:  # type: ignore[misc]
        assert list(citation) == CITATION_KEYS
    assert not (answer["refused"] and answer["citations"])


def test_a_batch_gives_one_line_for_each_in_order_and_stops_at_none(samples_record: Record, tmp_path: Path) -> None:
    filters = {"council": "Merrowdale Borough Council", "committee": None, "speaker": None}
    filters |= {"from": "2023-10-01", "to": "2023-10-31"}
    lines = [
        {"id": "a", "question": "What was said about 20 mph limits outside schools?"},
        "not JSON {",
        {"id": "b", "question": ""},
        {"id": "c", "query": "no question"},
        {"id": "d", "question": "Why?", "history": ["What was said about flooding at Lennford?"]},
        ["a list"],
        {"id": 6, "question": "How many schools?", "filters": filters},
        {"id": "g", "question": "How many schools?", "filters": {"from": "last week"}},
        {"id": "h", "question": "x" * 3_000},
        {"id": "i", "question": "What was said about 20 mph limits outside schools?", "filters": "none"},
        {"id": "j", "question": "What was said about 20 mph limits outside schools?", "history": None},
    ]  # fmt: skip
    batch = write(
        tmp_path, "q.jsonl", "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n"
    )
    done = onrecord("ask", "--batch", batch, "--home", samples_record.home)
    assert done.status == 0
    assert "Traceback" not in done.err
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [a["id"] for a in answers] == ["a", None, "b", "c", "d", None, 6, "g", "h", "i", "j"]
    for answer in answers:
        _shape_holds(answer)
    failed = {i for i, a in enumerate(answers) if a["error"]}
    assert failed == {1, 2, 3, 5, 7, 8, 9}
    assert answers[1]["error"] == "Line 2 is not JSON"
    assert "asked after" in answers[4]["standalone_question"]
    assert "Lennford" in answers[4]["standalone_question"]
    assert answers[6]["searched"]["meetings"] == 2
    assert (answers[6]["searched"]["from"], answers[6]["searched"]["to"]) == ("2023-10-04", "2023-10-12")
    # The same question by itself, from standard input, has the same answer.
    alone = onrecord("ask", "--batch", "-", "--home", samples_record.home, stdin=json.dumps(lines[0]) + "\n")
    (again,) = [json.loads(line) for line in alone.out.splitlines()]
    for answer in (again, answers[0]):
        del answer["seconds"]
    assert again == answers[0]


def test_a_batch_from_another_system_is_read_line_by_line(samples_record: Record, tmp_path: Path) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_bytes(
        b'\xef\xbb\xbf{"id": 1, "question": "How many schools?"}\r\n{"id": 2, "question": "Caf\xe9s?"}\r\n'
    )
    done = onrecord("ask", "--batch", batch, "--home", samples_record.home)
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [(a["id"], a["error"]) for a in answers] == [(1, None), (2, None)]


def test_what_was_read_from_a_question_is_told_and_can_be_left_out(samples_record: Record) -> None:
    question = "What did the Place and Environment Scrutiny Committee say about trees since 2024?"
    told = "Read from your question: committee Place and Environment Scrutiny Committee, from 2024-01-01."
    assert told in onrecord("ask", question, "--home", samples_record.home).out
    lines = [{"question": question, "without": ["committee"]}, {"question": question, "without": ["trees"]}]
    done = onrecord("ask", "--batch", "-", "--home", samples_record.home, stdin="\n".join(map(json.dumps, lines)))
    left, wrong = [json.loads(line) for line in done.out.splitlines()]
    assert left["filters_understood"] == {"from": "2024-01-01"}
    assert "council, committee, from, to, person, all" in wrong["error"]
    plain = onrecord("ask", question, "--without", "all", "--home", samples_record.home)
    assert "Read from your question" not in plain.out


def test_a_batch_that_is_not_there_is_told_in_one_line(samples_record: Record) -> None:
    done = onrecord("ask", "--batch", "/nowhere/questions.jsonl", "--home", samples_record.home)
    assert (done.status, done.err) == (2, "/nowhere/questions.jsonl cannot be opened; check the name.\n")


def test_an_answer_as_json_is_borne_out_by_the_record(samples_record: Record) -> None:
    question = "How many signatures did the petition about 20 mph limits have?"
    done = onrecord("ask", question, "--json", "--home", samples_record.home)
    answer = json.loads(done.out)
    _shape_holds(answer)
    assert answer["question"] == question
    shown = [*answer["citations"], *answer["nearest"]]
    assert any("1,264" in c["quote"] for c in shown)
    for citation in shown:
        assert samples_record.says(citation["document_id"], citation["start"], citation["end"], citation["quote"])
        assert citation["quote"] in citation["passage"]


def test_the_command_as_installed_answers_from_a_process_of_its_own(samples_record: Record) -> None:
    done = onrecord_process("ask", "How many signatures did the petition have?", "--home", samples_record.home)
    assert done.status == 0
    assert done.err == ""
    assert "petition" in done.out
