"""Which files an ingest reads: those named, and those in the folders and zips named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import UserError
from ingest import archive, formats
from ingest.source import Skip


def find_sources(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those in folders and zips named, in a steady order. Raises UserError for a missing path."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p.relative_to(path)))
            found += [p for p in inside if not _is_sidecar(p) and not _belongs_to_a_page(p, path)]
        elif path.exists() or path.is_symlink() or archive.holds(path):
            found.append(path)
        else:
            raise UserError(f"There is no file or folder {path}; check the name")
    return list(dict.fromkeys(source for path in found for source in _unzipped(path)))


def _unzipped(path: Path) -> list[Path]:
    """A zip's members in its place; any other path as it is, and a zip without members too: reading it says why."""
    if not archive.is_zip(path):
        return [path]
    try:
        inside = archive.members(path)
    except Skip:
        inside = []
    return [p for p in inside if not _is_sidecar(p)] or [path]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _belongs_to_a_page(path: Path, top: Path) -> bool:
    """True for what a browser saves beside a page: its pictures, scripts and frames, in "<page>_files"."""
    folders = [parent for parent in path.parents if parent.is_relative_to(top) and parent.name.endswith("_files")]
    pages = (
        folder.with_name(folder.name.removesuffix("_files") + end) for folder in folders for end in (".html", ".htm")
    )
    return any(page.is_file() for page in pages)


def _is_sidecar(path: Path) -> bool:
    return path.suffix == ".toml" and Path(path.stem).suffix.lower() in formats.suffixes() | {archive.SUFFIX}
