"""The councils that go by a short name, a file each. To add one: write `<short name>.toml` here, and no code.

    # The address as the council publishes it.
    council = "Quillbeck Borough Council"
    moderngov = "https://democracy.quillbeck.example/"
    service = false  # only where its web service never answers

`moderngov` is the name of a connector; the address is that of the site's first page, or of any other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.connectors import CONNECTORS


@dataclass(frozen=True, slots=True)
class Council:
    """A council, and where it publishes: the address by the connector that reads it."""

    name: str
    addresses: Mapping[str, str]
    service: bool = True


@cache
def councils() -> dict[str, Council]:
    """Every council here, by its short name."""
    found = {}
    for file in files("ingest.councils").iterdir():
        if file.name.endswith(".toml"):
            said = tomllib.loads(file.read_text("utf-8"))
            addresses = {connector.NAME: said[connector.NAME] for connector in CONNECTORS if connector.NAME in said}
            found[file.name.removesuffix(".toml")] = Council(said["council"], addresses, said.get("service", True))
    return dict(sorted(found.items()))
