"""The whole record as one file, and back: all of its folder but what can be made again from the rest.

The databases are copied by SQLite's own backup, so a page may run meanwhile: the copy is of one moment, and a restored
record comes into the page's own file in one transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from corpus import people
from corpus.changes import set_meta
from corpus.errors import UserError
from corpus.records import Record
from corpus.schema import sources

FORMAT = 1
MANIFEST = "backup.json"
RECORD = "record.sqlite"
DATABASES = (RECORD, people.FILE)
STAGED = "restoring"  # where a backup is unpacked, within the record's folder
BEGUN = "restore.begun"  # is there while the record is being replaced: stopped then, the same command goes on
# What On Record itself writes there: a restore deletes nothing else, should the folder hold other things.
_OWN = ("onrecord.toml", "operators.toml", "fetched", "uploaded")
_MADE_AGAIN = ("index", "page.json", STAGED, BEGUN)
_PASSING = (".lock", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds."""

    made: dt.datetime  # UTC
    documents: int
    files: int
    size: int  # bytes, unpacked
    links: tuple[str, ...] = ()  # of the folder, by name: what they lead to is not taken


def back_up(home: Path, file: Path) -> Contents:
    """Write the record in `home` to a new `file`, for its owner alone. The caller holds the writer's lock.

    Raises UserError if there is no record, or the file is there already, lies in its folder, or cannot be written.
    """
    if not (home / RECORD).exists():
        raise UserError(f"There is no record in {home}; name its folder with --home")
    if file.exists():
        raise UserError(f"{file} is there already; choose another name")
    if file.resolve().is_relative_to(home.resolve()):
        raise UserError("A backup belongs outside the record's folder; choose another place")
    try:
        with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".onrecord-") as folder:
            contents = _packed(home, Path(folder))
            os.replace(Path(folder) / "whole", file)
    except OSError as error:
        raise UserError(f"{file} cannot be written ({error.strerror}); choose another place") from error
    except sqlite3.Error as error:
        raise UserError(f"The record in {home} cannot be read ({error}); nothing was written") from error
    return contents


def _packed(home: Path, folder: Path) -> Contents:
    taken = {name: home / name for name in _held(home)}
    for name in filter(taken.__contains__, DATABASES):
        taken[name] = folder / name
        with closing(sqlite3.connect(home / name)) as live, closing(sqlite3.connect(folder / name)) as copy:
            live.backup(copy)
    with closing(sqlite3.connect(folder / RECORD)) as copy:
        documents = int(copy.execute("SELECT count(*) FROM documents").fetchone()[0])
    made = dt.datetime.now(dt.UTC).replace(microsecond=0)
    facts = {"format": FORMAT, "made": made.isoformat(), "home": str(home.resolve()), "documents": documents}
    handle = os.open(folder / "whole", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)  # it holds keys and questions
    with os.fdopen(handle, "w+b") as opened, zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as whole:
        packed = {name: _pack(path, name, whole) for name, path in taken.items()}
        hashes = {name: hashed for name, (hashed, _) in packed.items()}
        whole.writestr(MANIFEST, json.dumps({**facts, "files": hashes}, indent=1))
    return Contents(made, documents, len(taken), sum(size for _, size in packed.values()), _links(home))


def _pack(path: Path, name: str, whole: zipfile.ZipFile) -> tuple[str, int]:
    """Pack a file; gives hash and size of what was packed, whatever becomes of the file meanwhile."""
    info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)  # a file may be of 1970
    info.compress_type = zipfile.ZIP_DEFLATED
    hashed, size = hashlib.sha256(), 0
    with path.open("rb") as opened, whole.open(info, "w", force_zip64=True) as packed:
        while part := opened.read(1 << 20):
            packed.write(part)
            hashed.update(part)
            size += len(part)
    return hashed.hexdigest(), size


def _held(home: Path) -> list[str]:
    """What a backup takes of a record's folder, by name within it: plain files, and none that is made again."""
    found = []
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home)
        if path.is_file() and not path.is_symlink() and name.parts[0] not in _MADE_AGAIN:
            found += [] if path.name.endswith(_PASSING) else [name.as_posix()]
    return found


def _links(home: Path) -> tuple[str, ...]:
    found = (path.relative_to(home) for path in sorted(home.rglob("*")) if path.is_symlink())
    return tuple(name.as_posix() for name in found if name.parts[0] not in _MADE_AGAIN)


def is_free(home: Path) -> bool:
    """Whether nothing would be lost if a backup were restored to `home`; or a restore that was stopped goes on."""
    if not home.exists() or (home / BEGUN).exists():
        return True
    return _held(home) in ([], [RECORD]) and (not (home / RECORD).exists() or Record(home).is_empty())


def restore(file: Path, home: Path) -> Contents:
    """Put what `file` holds in the place of all that the record in `home` holds, once it is unpacked and found whole.

    The caller holds the writer's lock, and publishes the index afterwards. Raises UserError if the file is no backup,
    damaged, or of a newer version.
    """
    staged = home / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        counted = _counted(home)
        try:
            facts = _unpacked(file, staged)
            _fit(staged, home, facts["home"], counted)
            held = [staged / name for name in facts["files"]]
            size = sum(path.stat().st_size for path in held)
            contents = Contents(dt.datetime.fromisoformat(facts["made"]), facts["documents"], len(held), size)
        except OSError as error:
            raise UserError(f"{file} cannot be restored ({error.strerror or error}); nothing was changed") from error
        except (zipfile.BadZipFile, zlib.error, sqlite3.Error, SQLAlchemyError, LookupError, TypeError, ValueError,
                AttributeError, RuntimeError, NotImplementedError, EOFError) as error:  # fmt: skip
            raise UserError(f"{file} is no backup of a record, or a damaged one; nothing was changed") from error
        (home / BEGUN).touch()
        try:
            _replace(staged, home)
        except (OSError, sqlite3.Error) as error:
            raise UserError(f"The backup is only half restored ({error}); mend that and run the same again") from error
        (home / BEGUN).unlink()
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return contents


def _unpacked(file: Path, staged: Path) -> dict[str, Any]:
    """Unpack a backup, if every file in it is the one that was put there; gives what is said of it."""
    with zipfile.ZipFile(file) as whole:
        facts: dict[str, Any] = json.loads(whole.read(MANIFEST))
        if facts["format"] > FORMAT:
            raise UserError(f"{file} was made by a newer On Record; restore it with that one")
        if set(whole.namelist()) != {MANIFEST, *facts["files"]} or RECORD not in facts["files"]:
            raise ValueError("other files than are listed")
        for name, expected in facts["files"].items():
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or path.parts[0] in _MADE_AGAIN or "\\" in name or ":" in name:
                raise ValueError("a file that belongs elsewhere")
            target = staged / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with whole.open(name) as packed, target.open("wb") as opened:
                shutil.copyfileobj(packed, opened)
            target.chmod((whole.getinfo(name).external_attr >> 16) & 0o700 | 0o600)
            if _hash(target) != expected:
                raise ValueError("a file that was changed")
    return facts


def _counted(home: Path) -> tuple[int, int]:
    """The highest numbers of the index and of the changes of the record in `home`, which may be new.

    Raises UserError if that record is damaged: nothing can be put into its file.
    """
    numbers = [int(path.name) for path in (home / "index").glob("*") if path.name.isdigit()]
    if not (home / RECORD).exists():
        return max([0, *numbers]), 0  # and no record is made: the backup may be a bad one
    live = Record(home)
    try:
        named, changes = int((live.fact("index") or "").partition("@")[0] or 0), int(live.fact("revision") or 0)
    except (SQLAlchemyError, ValueError) as error:
        raise UserError(f"The record in {home} is damaged; move that folder away and restore again") from error
    finally:
        live.engine.dispose()
    return max([named, *numbers]), changes


def _fit(staged: Path, home: Path, before: str, counted: tuple[int, int]) -> None:
    """Make the unpacked record one of this version, and of this folder: its sources where they are now, and its index
    and its changes `counted` on, so that a page which runs sees that all is new.
    """
    for name in DATABASES:
        if (staged / name).exists():
            with closing(sqlite3.connect(staged / name)) as copy:
                if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                    raise ValueError("a damaged database")
    record = Record(staged)
    changes = max(int(record.fact("revision") or 0), counted[1]) + 1
    old, new = f"{before}{os.sep}", f"{home.resolve()}{os.sep}"
    with record.change() as connection:
        set_meta(connection, "index", f"{counted[0] + 1}@none")  # there is none: it is made from nothing
        set_meta(connection, "revision", str(changes))
        for path in connection.scalars(select(sources.c.path)).all():
            if path.startswith(old):
                moved = {"path": new + path.removeprefix(old)}
                connection.execute(update(sources).where(sources.c.path == path).values(moved))
    record.engine.dispose()


def _replace(staged: Path, home: Path) -> None:
    for name in _held(home):
        if PurePosixPath(name).parts[0] in _OWN:
            (home / name).unlink()
    for name in _held(staged):
        if name not in DATABASES:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged / name, home / name)
    for name in reversed(DATABASES):  # the record last: it is what a page answers from
        if (staged / name).exists():
            with closing(sqlite3.connect(staged / name)) as copy, closing(sqlite3.connect(home / name, 30)) as live:
                copy.backup(live)
        else:
            (home / name).unlink(missing_ok=True)


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
