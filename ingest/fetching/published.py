"""What a council's site publishes, whatever system runs it: what a connector gives, and nothing of how it got it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Committee:
    """A body as the site lists it. A `former` one is left out unless somebody names it."""

    id: str
    name: str
    former: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the site lists it. `id` is digits: it becomes part of a file's name. `link` is for people."""

    id: str
    committee: Committee
    date: dt.date
    link: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting's minutes as a file: its bytes, and the suffix under which `ingest.formats` reads them."""

    body: bytes = field(repr=False)
    suffix: str
    draft: bool = False


class NotPublished(Exception):  # noqa: N818 - it is no error: most meetings wait for their minutes
    """This meeting has no minutes that the public can read; the text is the reason, one plain line."""


class Site(Protocol):
    """One council's site. Each of these asks the site, politely, and raises `ingest.fetching.fetched.NotFetched`."""

    def committees(self) -> list[Committee]:
        """The bodies that it lists; never none."""

    def meetings(self, committee: Committee, since: dt.date | None, until: dt.date | None) -> list[Meeting]:
        """A body's meetings, those between two days at least; it is free to give others too."""

    def minutes(self, meeting: Meeting) -> Minutes:
        """A meeting's minutes. Raises NotPublished where there are none."""

    def council(self) -> str | None:
        """The council's name, where the site states it."""
