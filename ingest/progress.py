"""What an ingest tells whoever is watching."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What an ingest tells whoever is watching."""

    def reading(self, done: int, total: int) -> None:
        """Sources looked at."""

    def embedding(self, passages: int) -> None:
        """Passages just embedded."""

    def indexing(self, done: int, total: int) -> None:
        """Vectors just written to the index."""


class Unwatched:
    """Nobody is watching."""

    def reading(self, done: int, total: int) -> None:
        """Say nothing."""

    def embedding(self, passages: int) -> None:
        """Say nothing."""

    def indexing(self, done: int, total: int) -> None:
        """Say nothing."""
