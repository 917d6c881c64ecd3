"""A source's bytes, and what the user says of it. What cannot be read safely is refused with a reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest import archive
from ingest.formats import NOT_READ, find, suffixes
from ingest.source import Skip

MAX_BYTES = 50_000_000


def read(path: Path) -> bytes:
    """The bytes of a file, or of a zip's member. Raises Skip for what is no minutes file."""
    inside = archive.holder(path)
    if archive.is_zip(path):
        raise Skip("it is a zip inside a zip; unpack it" if inside else _no_members(path))
    if path.suffix.lower() not in suffixes() | NOT_READ.keys():
        find(path.suffix, b"")  # says why not, before anything is read
    try:
        str(path.resolve()).encode()
    except UnicodeEncodeError:
        raise Skip("its name, or its folder's, is not UTF-8; rename it") from None
    data = archive.read(path, MAX_BYTES) if inside else _from_disk(path)
    if not data.strip():
        raise Skip("it is empty")
    return data


def _from_disk(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Skip(f"it has {size // 1_000_000} MB, more than {MAX_BYTES // 1_000_000}; split it")
        return path.read_bytes()
    except OSError as error:
        raise Skip(f"it cannot be opened ({error.strerror or error.__class__.__name__})") from None


def _no_members(path: Path) -> str:
    """Why a zip stands among the sources itself, and not its members."""
    archive.members(path)  # mostly it cannot be opened, and this says why
    return "it is a zip without files to read"


@dataclass(frozen=True, slots=True)
class Supplied:
    """What the user says about a source: it fills what the source itself does not state."""

    council: str | None = None
    committee: str | None = None
    date: str | None = None
    title: str | None = None
    link: str | None = None
    encoding: str | None = None  # of text that is not UTF-8
    any_document: bool = False  # read what shows itself to be no minutes, too
    council_from_folder: bool = False  # where nothing names the council, the folder's name does


def with_sidecar(path: Path, supplied: Supplied) -> Supplied:
    """`supplied`, with what `<file>.toml` beside the source says in front of it. Raises Skip if it is wrong.

    What the sidecar of a zip says holds for all its members, where theirs say nothing else.
    """
    inside = archive.holder(path)
    if inside:
        supplied = _said_by(inside.with_name(inside.name + ".toml"), supplied)
    return _said_by(path.with_name(path.name + ".toml"), supplied)


def _said_by(sidecar: Path, supplied: Supplied) -> Supplied:
    in_zip = archive.holder(sidecar) is not None  # there no name touches the disk
    if not (archive.holds(sidecar) if in_zip else sidecar.exists()):
        return supplied
    try:
        facts = tomllib.loads((archive.read(sidecar, MAX_BYTES) if in_zip else sidecar.read_bytes()).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        raise Skip(f"its sidecar {sidecar.name} is not TOML; mend or remove it") from None
    unknown = set(facts) - {"council", "committee", "date", "title", "link"}
    if unknown:
        raise Skip(f"its sidecar {sidecar.name} has an unknown key, {sorted(unknown)[0]}")
    said: dict[str, Any] = {key: str(value) for key, value in facts.items()}
    return replace(supplied, **said)
