"""A source's bytes, and what the user says of it. What cannot be read safely is refused with a reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.formats import NOT_READ, find, suffixes
from ingest.source import Skip

MAX_BYTES = 50_000_000


def read(path: Path) -> bytes:
    """A file's bytes. Raises Skip for what is no minutes file."""
    if path.suffix.lower() not in suffixes() | NOT_READ.keys():
        find(path.suffix, b"")  # says why not, before anything is read
    try:
        str(path.resolve()).encode()
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Skip(f"it has {size // 1_000_000} MB, more than {MAX_BYTES // 1_000_000}; split it")
        data = path.read_bytes()
    except UnicodeEncodeError:
        raise Skip("its name, or its folder's, is not UTF-8; rename it") from None
    except OSError as error:
        raise Skip(f"it cannot be opened ({error.strerror or error.__class__.__name__})") from None
    if not data.strip():
        raise Skip("it is empty")
    return data


@dataclass(frozen=True, slots=True)
class Supplied:
    """What the user says about a source: it fills what the source itself does not state."""

    council: str | None = None
    committee: str | None = None
    date: str | None = None
    title: str | None = None
    link: str | None = None


def with_sidecar(path: Path, supplied: Supplied) -> Supplied:
    """`supplied`, with what `<file>.toml` beside the source says in front of it. Raises Skip if it is wrong."""
    sidecar = path.with_name(path.name + ".toml")
    if not sidecar.exists():
        return supplied
    try:
        facts = tomllib.loads(sidecar.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        raise Skip(f"its sidecar {sidecar.name} is not TOML; mend or remove it") from None
    unknown = set(facts) - {"council", "committee", "date", "title", "link"}
    if unknown:
        raise Skip(f"its sidecar {sidecar.name} has an unknown key, {sorted(unknown)[0]}")
    return replace(supplied, **{key: str(value) for key, value in facts.items()})
