"""What came of an address, and the cache of what came."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from corpus.errors import UserError

Kind = Literal["refused", "missing", "failed", "unsafe", "too large"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site gave, now or before. `status` is 200, or 304 where the site said that nothing had changed."""

    address: str  # as asked for, in its normal form
    landed: str  # where redirects led, in its normal form: what links in the body are relative to
    status: int
    body: bytes = field(repr=False)
    sha256: str  # of the body
    fetched: str  # when the body came: ISO 8601, UTC
    content_type: str | None  # lower-case, without parameters
    encoding: str | None  # the charset that the header names; it may be wrong
    etag: str | None
    last_modified: str | None


class NotFetched(Exception):  # noqa: N818 - it is no error: it says what became of an address
    """This address was not fetched; the text is the reason, one plain sentence."""

    def __init__(self, address: str, kind: Kind, reason: str) -> None:
        """Say which address, what kind of reason, and the reason."""
        super().__init__(reason)
        self.address = address
        self.kind = kind


class Stop(Exception):  # noqa: N818 - it is no error: it is NotFetched before the address is known
    """Nothing comes of this address."""

    def __init__(self, kind: Kind, reason: str, after: float | None = None) -> None:
        """Say what kind of reason, the reason, and how long the site asks us to wait."""
        super().__init__(reason)
        self.kind = kind
        self.after = after  # seconds


class Again(Stop):
    """Another try may go better."""


def held_in(cache: Path, address: str) -> Fetched | None:
    """What the cache has of an address, if it is whole."""
    name = hashlib.sha256(address.encode()).hexdigest()
    try:
        facts = json.loads((cache / f"{name}.json").read_bytes())
        held = Fetched(**facts, body=(cache / f"{name}.body").read_bytes())
    except (OSError, ValueError, TypeError):
        return None
    return held if hashlib.sha256(held.body).hexdigest() == held.sha256 and held.address == address else None


def keep(cache: Path, fetched: Fetched) -> None:
    """Put into the cache what came. Raises UserError where it cannot be written."""
    name = hashlib.sha256(fetched.address.encode()).hexdigest()
    facts = {k: v for k, v in asdict(fetched).items() if k != "body"}
    try:
        cache.mkdir(parents=True, exist_ok=True)
        # Killed between the two, the body is not the one that the facts are of, and it is fetched again.
        write(cache / f"{name}.body", fetched.body)
        write(cache / f"{name}.json", json.dumps(facts, indent=1).encode())
    except OSError as error:
        raise UserError(
            f"{cache} cannot be written ({error.strerror or error}); make room or choose another folder"
        ) from None


def drop(cache: Path, address: str) -> None:
    """Take out of the cache what it has of an address."""
    for part in ("json", "body"):
        (cache / f"{hashlib.sha256(address.encode()).hexdigest()}.{part}").unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Put a file there whole, or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as part:
        try:
            part.write(data)
            part.close()
            os.replace(part.name, path)
        finally:
            Path(part.name).unlink(missing_ok=True)
