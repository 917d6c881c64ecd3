"""Uploaded files: in the record's folder under uploaded/, a folder for each time, so that they can be read again.

What is not put on record is deleted: at once when somebody says so, else when the next files come after a day.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
import time
from collections.abc import AsyncIterator
from pathlib import Path

from assistant.web.texts import operate as texts
from corpus.errors import UserError
from corpus.records import Record

FOLDER = "uploaded"
LARGEST = 200_000_000  # bytes of one file: a zip may hold many
MOST_FILES = 500  # at once
LEFT_BEHIND = 24 * 3600  # seconds after which files that nobody put on record are deleted
_BATCH = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{16}")


def begin(record: Record) -> str:
    """A new folder for files that belong together; gives its name. Deletes what others left behind."""
    top = record.home / FOLDER
    for folder in top.iterdir() if top.is_dir() else ():
        if _BATCH.fullmatch(folder.name) and time.time() - folder.stat().st_mtime > LEFT_BEHIND:
            tidy(record, folder.name)
    batch = f"{dt.date.today().isoformat()}-{secrets.token_hex(8)}"
    (top / batch).mkdir(parents=True, mode=0o700)
    return batch


def folder_of(home: Path, batch: str) -> Path:
    """The folder of that name. Raises UserError if there is none, whatever the name is."""
    folder = home / FOLDER / batch
    if not _BATCH.fullmatch(batch) or not folder.is_dir():
        raise UserError(texts.UPLOAD_GONE)
    return folder


async def put(home: Path, batch: str, name: str, parts: AsyncIterator[bytes]) -> None:
    """Store a file as it comes. Raises UserError for one too many or too large, or where there is no room."""
    folder = folder_of(home, batch)
    held = [path.name for path in folder.iterdir()]
    if len(held) >= MOST_FILES:
        raise UserError(texts.TOO_MANY.format(limit=MOST_FILES))
    path = folder / _another(_plain(name), held)
    size = 0
    try:
        with path.open("xb") as file:
            async for part in parts:
                size += len(part)
                if size > LARGEST:
                    raise UserError(texts.TOO_BIG.format(name=path.name, limit=LARGEST // 1_000_000))
                file.write(part)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UserError(texts.NO_ROOM) from None
        raise


def tidy(record: Record, batch: str) -> None:
    """Delete the files of a folder that are not on record, and the folder if none is."""
    folder = folder_of(record.home, batch)
    known = [Path(source) for source in record.known_sources()]
    for path in folder.iterdir():
        held = path.resolve()
        if not any(source == held or source.is_relative_to(held) for source in known):
            path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def on_record(record: Record) -> set[str]:
    """The folders of uploaded files that something on record came from."""
    top = (record.home / FOLDER).resolve()
    paths = (Path(source) for source in record.known_sources())
    return {path.relative_to(top).parts[0] for path in paths if path.is_relative_to(top)}


def _plain(name: str) -> str:
    """A file's own name, with nothing in it that leads elsewhere or hides it."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(letter if letter.isprintable() and letter not in ':*?"<>|' else "_" for letter in last)
    stem, dot, suffix = kept.strip(" .").rpartition(".")
    return f"{stem[-120:]}{dot}{suffix[-20:]}" or "file"


def _another(name: str, taken: list[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    names = (f"{stem} ({n}){dot}{suffix}" for n in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in names if other not in taken)
