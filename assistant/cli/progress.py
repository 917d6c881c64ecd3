"""Progress bars on standard error: for people, so quiet where nobody is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
    track,
)
from rich.text import Text

T = TypeVar("T")


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} {task.fields['unit']}/s" if task.speed else "")


class Bars:
    """Shows a fetch's listing and fetching, an ingest's reading, embedding and indexing, each when it starts."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._progress = Progress(
            TextColumn("{task.description:10}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self._tasks = {
            name: self._progress.add_task(name, total=None, visible=False, unit=unit)
            for name, unit in (
                ("Listing", "committees"),
                ("Fetching", "meetings"),
                ("Reading", "files"),
                ("Embedding", "passages"),
                ("Indexing", "vectors"),
            )
        }

    def __enter__(self) -> Bars:
        """Start showing."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bars away."""
        self._progress.stop()

    def expect(self, passages: int) -> None:
        """How many passages will be embedded."""
        self._progress.update(self._tasks["Embedding"], total=passages)

    def listing(self, done: int, total: int) -> None:
        """Committees whose meetings were listed."""
        self._show("Listing", completed=done, total=total)

    def fetching(self, done: int, total: int) -> None:
        """Meetings asked for."""
        self._show("Fetching", completed=done, total=total)

    def reading(self, done: int, total: int) -> None:
        """Sources looked at."""
        self._show("Reading", completed=done, total=total)

    def embedding(self, passages: int) -> None:
        """Passages just embedded."""
        self._progress.update(self._tasks["Embedding"], advance=passages, visible=True)

    def indexing(self, done: int, total: int) -> None:
        """Vectors just written to the index."""
        self._show("Indexing", completed=done, total=total)

    def _show(self, name: str, completed: int, total: int) -> None:
        self._progress.update(self._tasks[name], completed=completed, total=total, visible=True)


def watched(items: Sequence[T], label: str) -> Iterator[T]:
    """The items one by one, with a bar for whoever watches."""
    console = Console(file=sys.stderr)
    yield from track(items, label, console=console, transient=True, disable=not sys.stderr.isatty())
