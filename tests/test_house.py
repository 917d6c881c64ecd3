"""The house rules that a reader of the code relies on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import prompts
from tests.helpers import ROOT

PACKAGES = ("corpus", "ingest", "assistant", "prompts")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The top-level names that a module imports anywhere, in functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def importers(name: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in MODULES if name in imported(path)}


def test_the_imports_go_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_one_module_alone_speaks_to_chroma() -> None:
    assert importers("chromadb") == {"corpus/vectors.py"}


def test_only_the_web_page_knows_gradio() -> None:
    found = importers("gradio")
    assert found
    assert all(name.startswith("assistant/web/") for name in found)


def test_only_the_front_doors_of_the_assistant_call_ingest() -> None:
    found = {name for name in importers("ingest") if name.startswith("assistant/")}
    assert found
    assert all(name.startswith(("assistant/cli/", "assistant/web/")) for name in found)


def test_the_models_are_passed_and_never_global() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("llama_index"):
                assert "Settings" not in {alias.name for alias in node.names}, path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_short_enough_to_read_at_once(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 280


def test_there_is_no_manager_handler_or_utils() -> None:
    for path in MODULES:
        assert path.stem not in {"utils", "helpers", "common", "base"}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert not node.name.endswith(("Manager", "Handler", "Base", "Utils")), f"{path}: {node.name}"


def test_every_prompt_loads_with_its_inputs_stated() -> None:
    names = sorted(Path(str(f)).stem for f in files("prompts").iterdir() if f.name.endswith(".md"))
    assert names
    for name in names:
        prompt = prompts.load(name)
        assert prompt.text
        assert prompt.output
        filled = prompt.fill(**{key: f"<{key}>" for key in prompt.inputs})
        assert all(f"<{key}>" in filled for key in prompt.inputs)
        assert not re.search(r"\{\w+\}", filled)


def test_a_prompt_is_filled_with_all_it_states_and_nothing_else() -> None:
    with pytest.raises(ValueError, match="takes"):
        prompts.load("not_on_record").fill()
    with pytest.raises(ValueError, match="takes"):
        prompts.load("not_on_record").fill(bounds="nothing", more="x")
    # What is filled in is never itself searched for gaps.
    assert "{bounds}" in prompts.load("not_on_record").fill(bounds="{bounds}")
