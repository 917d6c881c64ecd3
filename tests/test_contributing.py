"""CONTRIBUTING's own page, followed to the letter: another format, another council."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT

TABLE = """committee,date,number,title,said
Library Panel,07/03/2024,4,Mobile library,The Head of Leisure advised that the van had called at 41 stops in the year.
Library Panel,07/03/2024,4,Mobile library,RESOLVED that the report be NOTED.
Library Panel,07/03/2024,5,Opening hours,Councillor Imber asked whether Saturdays would be kept.
Library Panel,06/06/2024,3,Opening hours,The Head of Leisure agreed to report back on Saturdays in September.
"""
SHOWN = """
import json, pathlib, sys
from ingest.documents import make_document
from ingest.read import Supplied, read
path = pathlib.Path(sys.argv[1])
found = make_document(path.name, read(path), Supplied())
meetings = [
    [str(m.date), m.committee, [[i.number, i.title, len(i.passages)] for i in m.items]] for m in found.meetings
]
print(json.dumps(meetings))
"""


def blocks(heading: str) -> list[str]:
    """The code blocks under a heading of CONTRIBUTING.md."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"```\w+\n(.*?)```", section, re.DOTALL)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The packages as a contributor has them."""
    for package in ("corpus", "ingest"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(checkout: Path, code: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=checkout, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_format_of_the_page_is_one_file_and_one_line(checkout: Path) -> None:
    module, line = blocks("Adding a format")
    line = line.removeprefix("+")
    (checkout / "ingest" / "formats" / "quillbeck.py").write_text(module, "utf-8")
    registry = checkout / "ingest" / "formats" / "__init__.py"
    listed = registry.read_text("utf-8")
    listed = re.sub(r"(from ingest\.formats import (?:\(\s*)?)", r"\1quillbeck, ", listed, count=1)
    registry.write_text(re.sub(r"(FORMATS: [^\n]*\(\n)", rf"\1{line}", listed), "utf-8")
    table = checkout / "minutes.csv"
    table.write_text(TABLE, "utf-8")
    assert json.loads(run(checkout, SHOWN, table)) == [
        ["2024-03-07", "Library Panel", [["4", "Mobile library", 2], ["5", "Opening hours", 1]]],
        ["2024-06-06", "Library Panel", [["3", "Opening hours", 1]]],
    ]


def test_the_council_of_the_page_is_one_file(checkout: Path) -> None:
    (council,) = blocks("Adding a council")
    (checkout / "ingest" / "councils" / "quillbeck.toml").write_text(council, "utf-8")
    shown = "from ingest.councils import councils; c = councils()['quillbeck']; print(c.name, c.addresses['moderngov'])"
    assert run(checkout, shown) == "Quillbeck Borough Council https://democracy.quillbeck.example/\n"
