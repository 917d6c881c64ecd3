"""Who may operate the record: names and passwords, kept as salted scrypt hashes alone, for their owner's eyes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import tomllib
from pathlib import Path
from threading import Lock

import tomlkit

from assistant.private import write
from corpus.errors import UserError

FILE = "operators.toml"
SHORTEST = 10  # characters of a password
LONGEST = 200  # and of what is hashed at all: nobody is to fill the memory with one
NAME = 100  # characters of a name
COST, BLOCK, LANES = 2**15, 8, 1  # scrypt's n, r and p: 32 MB and about a tenth of a second for each try


class Operators:
    """The operators of the record in the folder `home`. Threads may share it; the file is read anew each time."""

    def __init__(self, home: Path) -> None:
        """Open nothing yet."""
        self._path = home / FILE
        self._one_at_a_time = Lock()  # however many try at once, only one hash is computed

    def names(self) -> list[str]:
        """Who may sign in with a password."""
        return sorted(self._read())

    def line(self, name: str) -> str:
        """What is kept of that name, another after each change of the password; empty where nobody is called so."""
        return self._read().get(name, "")

    def add(self, name: str, password: str) -> None:
        """Let `name` sign in with `password`, or give them another. Raises UserError where one of them will not do."""
        name = " ".join(name.split())
        if not name or len(name) > NAME or not name.isprintable():
            raise UserError(f"Give a name of 1 to {NAME} characters")
        if not SHORTEST <= len(password) <= LONGEST:
            raise UserError(f"A password has {SHORTEST} to {LONGEST} characters; take another")
        salt = secrets.token_bytes(16)
        kept = ("scrypt", str(COST), str(BLOCK), str(LANES), _text(salt), _text(_hashed(password, salt)))
        held = self._read()
        held[name] = "$".join(kept)
        self._write(held)

    def remove(self, name: str) -> None:
        """Let `name` sign in no longer. Raises UserError if they could not."""
        held = self._read()
        if held.pop(name, None) is None:
            raise UserError(f"No operator is called {name}; `onrecord operator list` names them")
        self._write(held)

    def is_right(self, name: str, password: str) -> bool:
        """Whether that is the password of `name`. It takes as long for a name that nobody has."""
        held = self._read().get(" ".join(name.split()), "")
        try:
            kind, cost, block, lanes, salt, wanted = held.split("$")
            given = (int(cost), int(block), int(lanes), base64.b64decode(salt), base64.b64decode(wanted))
            known = kind == "scrypt"
        except ValueError:  # nobody's name, or a line that somebody spoilt
            given, known = (COST, BLOCK, LANES, b"-" * 16, b"-" * 32), False
        with self._one_at_a_time:
            made = _hashed(password[:LONGEST], given[3], *given[:3])
        return hmac.compare_digest(made, given[4]) and known and len(password) <= LONGEST

    def _read(self) -> dict[str, str]:
        try:
            written = tomllib.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise UserError(f"{self._path} is not TOML; mend or remove it") from None
        return {str(name): str(kept) for name, kept in written.items()}

    def _write(self, held: dict[str, str]) -> None:
        told = tomlkit.document()
        told.add(tomlkit.comment("Who may sign in at /operate. Change it with `onrecord operator`."))
        told.update(held)
        write(self._path, tomlkit.dumps(told))


def _hashed(password: str, salt: bytes, cost: int = COST, block: int = BLOCK, lanes: int = LANES) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "replace"), salt=salt, n=cost, r=block, p=lanes, maxmem=2**27, dklen=32
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
