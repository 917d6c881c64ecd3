"""The systems that councils publish with, a file each. To add one: write its file, and name it in CONNECTORS.

A connector is a module with `NAME`, `base(address)` and `connect(door, base, …)`; what it gives is in
`ingest/fetching/published.py`. Which councils there are is no code: `ingest/councils/` holds a small file for each.
"""

from __future__ import annotations

from typing import Protocol

from ingest.connectors import moderngov
from ingest.fetching.polite import Polite
from ingest.fetching.published import Site


class Connector(Protocol):
    """What a connector's module holds."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """What the command line, and a council's file, call the system."""

    def base(self, address: str) -> str:
        """The address that all of a site's pages stand below, from that of any of them. Raises NotFetched."""

    def connect(self, door: Polite, base: str, *, service: bool, encoding: str | None) -> Site:
        """The site there, asked through `door`; without its web service where `service` is False."""


CONNECTORS: tuple[Connector, ...] = (moderngov,)
