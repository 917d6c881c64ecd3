"""The page that runs, as other commands on this machine reach it: its address and key, in the record's folder."""

from __future__ import annotations

import json
import os
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from assistant import private
from corpus.errors import UserError

FILE = "page.json"


@contextmanager
def announced(home: Path, address: str, llm: str = "") -> Iterator[str]:
    """Leave the page's address and a fresh key in `home`, for its owner alone, while the page runs."""
    key = secrets.token_urlsafe(24)
    path = home / FILE
    home.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"address": address, "key": key, "llm": llm}, file)
    try:
        yield key
    finally:
        with suppress(OSError, ValueError, KeyError):
            if json.loads(path.read_text())["key"] == key:  # else a later page has announced itself here
                path.unlink()


def ask_page(home: Path, asked: dict[str, Any], seconds: float = 20.0, llm: str = "") -> dict[str, Any] | None:
    """The running page's answer as JSON, or None if no page runs for this record, or with another language model.

    Raises UserError with the page's own words where the question was at fault.
    """
    try:
        page = json.loads((home / FILE).read_text())
        if page.get("llm", "") != llm:
            return None
        request = urllib.request.Request(
            f"{page['address']}/ask",
            data=json.dumps(asked).encode(),
            headers={"Content-Type": "application/json", "X-Onrecord-Key": page["key"]},
        )
        # No proxy: the page is on this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=seconds) as response:
            answer = json.load(response)
    except (OSError, ValueError, KeyError):
        return None
    if "outcome" not in answer:
        raise UserError(str(answer.get("error", "The page could not answer; ask again")))
    return dict(answer)


def now_with(home: Path, llm: str) -> None:
    """Say that the page that runs answers with another language model from now on."""
    path = home / FILE
    try:
        told = {**json.loads(path.read_text()), "llm": llm}
    except (OSError, ValueError):
        return  # no page runs
    private.write(path, json.dumps(told))
