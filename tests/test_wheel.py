"""The wheel that people install: whole without the checkout, and nothing in it that is not theirs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `pip install .` would, from a copy, with the setuptools that is here if it will do."""
    folder = tmp_path_factory.mktemp("dist")
    copy = folder / "source"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "corpus", "ingest", "assistant", "prompts", "tests"):
        if (ROOT / name).exists():
            subprocess.run(["cp", "-r", ROOT / name, copy / name], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, copy],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode and ("Could not find a version" in done.stdout + done.stderr):
        pytest.skip("the wheel's build needs setuptools from a package index, which cannot be reached")
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", target, wheel],
        check=True, timeout=120,
    )  # fmt: skip
    return target


def test_the_wheel_holds_the_packages_with_their_data_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "corpus", "ingest", "assistant", "prompts",
    }  # fmt: skip
    for package in ("corpus", "ingest", "assistant", "prompts"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names


def test_the_installed_command_runs_from_another_folder_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "ONRECORD_HOME": str(tmp_path / "home"),
        "PYTHONSAFEPATH": "1",
    }

    def run(*arguments: str) -> str:
        script = (
            "import sys\n"
            # The checkout is installed here for editing; the wheel must do without it.
            f"sys.path[:] = [p for p in sys.path if p != {str(ROOT)!r} and '__editable__' not in p]\n"
            "sys.meta_path[:] = [f for f in sys.meta_path if 'ditable' not in getattr(f, '__name__', repr(f))]\n"
            "import assistant, corpus, ingest, prompts\n"
            f"assert all(m.__file__.startswith({str(installed)!r}) for m in (assistant, corpus, ingest, prompts))\n"
            "from assistant.cli.main import main\nmain()"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=150,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("status") == "Nothing is on record yet; run `onrecord ingest PATH`.\n"
    assert run("ingest", "--samples").endswith("Done: 16 add, 1 superseded.\n")
    answer = json.loads(run("ask", "--json", "How many signatures did the petition about 20 mph limits have?"))
    assert any("1,264" in c["quote"] for c in [*answer["citations"], *answer["nearest"]])
