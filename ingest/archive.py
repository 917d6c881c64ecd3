"""Zip files: their members are sources as the files of a folder are. Nothing is ever unpacked to disk.

A member's path is what it would be if the zip were a folder, `/a/minutes.zip/inner/file.pdf`, made plain: however a
member is named, its path lies inside its zip.
"""

from __future__ import annotations

import contextlib
import re
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest.source import Skip

SUFFIX = ".zip"

MOST_MEMBERS = 5_000
MOST_BYTES = 1_000_000_000  # of all members together, as the zip declares them
BOMB_RATIO = 200  # text packs ten to one; what packs so much better was made to fill a memory
BOMB_BYTES = 1_000_000  # below this no ratio does harm

# All that zipfile raises for one that is torn or made up.
DAMAGE = (BadZipFile, struct.error, zlib.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)
_LINK = 0o120000


@dataclass(frozen=True, slots=True)
class _Opened:
    file: ZipFile
    members: dict[str, ZipInfo]  # by plain name


def is_zip(path: Path) -> bool:
    """True if `path` has a zip's name."""
    return path.suffix.lower() == SUFFIX


def holder(path: Path) -> Path | None:
    """The zip on disk that `path` lies in, if it lies in one."""
    return next((p for p in reversed(path.parents) if is_zip(p) and p.is_file()), None)


def holds(path: Path) -> bool:
    """True if `path` is that of a zip's member."""
    inside = holder(path)
    try:
        return inside is not None and path.relative_to(inside).as_posix() in _open(inside).members
    except Skip:
        return False


def members(path: Path) -> list[Path]:
    """The paths of the files in the zip at `path`, in a steady order. Raises Skip for one that cannot be opened."""
    return sorted(path / name for name in _open(path).members)


def read(path: Path, limit: int) -> bytes:
    """The bytes of the member at `path`, at most `limit`. Raises Skip where there are none to have."""
    inside = holder(path)
    if inside is None:
        raise Skip("it cannot be opened (it is in no zip)")
    opened = _open(inside)
    member = opened.members.get(path.relative_to(inside).as_posix())
    if member is None:
        raise Skip("it cannot be opened (its zip holds no such file)")
    if (member.external_attr >> 16) & 0o170000 == _LINK:
        raise Skip("it is a link to a file, not a file")
    return unpack(opened.file, member, limit)


def unpack(file: ZipFile, member: ZipInfo, limit: int) -> bytes:
    """A member's bytes, at most `limit`, whatever its header says. Raises Skip where there are none to have."""
    if member.flag_bits & 0x1:
        raise Skip("it is locked with a password; unlock it first")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        # Python unpacks the other kinds without a bound.
        raise Skip("it is packed in a way that is not read; unpack it, or pack it again as a common zip")
    if member.file_size > max(BOMB_BYTES, BOMB_RATIO * member.compress_size):
        raise Skip(f"it would unpack to more than {BOMB_RATIO} times its size, as nothing but a zip bomb does")
    if member.file_size > limit:
        raise Skip(f"it has {member.file_size // 1_000_000} MB, more than {limit // 1_000_000}; split it")
    try:
        with file.open(member) as opened:
            # Never more than the size declared: past that, the checksum is wrong.
            return opened.read(member.file_size + 1)
    except DAMAGE:
        raise Skip("it is damaged and cannot be unpacked") from None


def _open(path: Path) -> _Opened:
    try:
        stat = path.stat()
    except OSError as error:
        raise Skip(f"it cannot be opened ({error.strerror or error.__class__.__name__})") from None
    return _opened(path.absolute(), (stat.st_mtime_ns, stat.st_size, stat.st_ino))


@lru_cache(maxsize=1)  # its members are read one after another, and its list may be long
def _opened(path: Path, changed: tuple[int, ...]) -> _Opened:
    if not changed[1]:
        raise Skip("it is empty")
    try:
        file = ZipFile(path)
    except PermissionError as error:
        raise Skip(f"it cannot be opened ({error.strerror})") from None
    except DAMAGE:
        raise Skip("it cannot be read as a zip; it may be damaged") from None
    if len(file.infolist()) > MOST_MEMBERS:
        raise Skip(f"it holds more than {MOST_MEMBERS:,} files; unpack it, and ingest the folder")
    if sum(member.file_size for member in file.infolist()) > MOST_BYTES:
        raise Skip(f"its files have more than {MOST_BYTES // 1_000_000_000} GB together; unpack it")
    found: dict[str, ZipInfo] = {}
    for member in file.infolist():
        parts = _plain(member)
        if not parts or member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts):
            continue
        found[_another("/".join(parts), found)] = member
    return _Opened(file, found)


def _plain(member: ZipInfo) -> list[str]:
    """The parts of a member's name, without what would lead out of the zip or could not be shown."""
    name = member.filename
    if not member.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            # macOS writes UTF-8 and does not say so.
            name = name.encode("cp437").decode("utf-8")
    name = "".join(letter if letter.isprintable() else "_" for letter in name.replace("\\", "/"))
    return [part for part in re.sub(r"^[A-Za-z]:", "", name).split("/") if part.strip() not in ("", ".", "..")]


def _another(name: str, taken: dict[str, ZipInfo]) -> str:
    """`name`, or where a member has it already, `name` with a number: both are to be read."""
    stem, dot, suffix = name.rpartition(".")
    names = (f"{stem} ({n}){dot}{suffix}" for n in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in names if other not in taken)
