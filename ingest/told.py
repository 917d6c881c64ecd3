"""What an ingest did, or would do, in lines for people: the command and the page say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

from ingest.sync import Action, Step

MOST_NOTED = 20  # documents whose notices are listed one by one


def skipped(steps: Sequence[Step], named: Callable[[Path], str] = str) -> list[str]:
    """A line for each source that is left out, with the reason."""
    return [f"Skipped {named(step.path)}: {step.reason}." for step in steps if step.action == "skip"]


def done(steps: Sequence[Step], dry_run: bool, named: Callable[[Path], str] = str) -> list[str]:
    """A line for each other source that there is something to say of, then the notices, then the sum."""
    lines = [
        f"{step.action:10} {named(step.path)}" + (f" ({step.reason})" if step.reason else "")
        for step in steps
        if step.action != "skip" and (dry_run or step.action in ("same text", "superseded"))
    ]
    noted = [(step.path, step.document.notices) for step in steps if step.document and step.document.notices]
    if dry_run or len(noted) <= MOST_NOTED:
        lines += [f"{'note':10} {named(path)} ({'; '.join(notices)})" for path, notices in noted]
    if len(noted) > MOST_NOTED:
        lines.append(f"Of {len(noted)} documents something was left out or is missing; `onrecord show NAME` says what.")
    counts = Counter(step.action for step in steps)
    told = ", ".join(f"{counts[name]} {name}" for name in get_args(Action) if counts[name])
    return [*lines, f"{'Plan' if dry_run else 'Done'}: {told or 'no files of a kind that is read'}."]
