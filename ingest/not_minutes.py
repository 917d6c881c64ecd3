"""Agendas, front sheets, reports and packs, told from minutes: only what shows itself to be one is left out.

A wrong "not minutes" loses a meeting, a wrong "minutes" adds a paper: so each reason wants evidence of its own, and
any sign of minutes in the opening outweighs it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ingest import labels

OPENING_LINES = 40
HEAD_LINES = 8
ANYWAY = "; --any-document reads it anyway"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("not_minutes.toml").read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = _words()[name]
    flags = re.RegexFlag(0) if name == "verdicts" else re.IGNORECASE
    return re.compile(words if isinstance(words, str) else "|".join(f"(?:{word})" for word in words), flags)


def reason(text: str, source_title: str | None = None) -> str | None:
    """Why `text` is no minutes, in one plain sentence; None where nothing shows that it is something else."""
    opening = [line.strip(" *_#") for line in text[:8_000].splitlines() if line.strip()][:OPENING_LINES]
    if source_title and _pattern("pack_titles").match(source_title.strip()) and not _are_minutes(text, opening[:3]):
        return f"it is an agenda with its reports, not minutes{ANYWAY}"
    is_agenda, is_report = _is_agenda(opening), _is_report(opening)
    if not (is_agenda or is_report) or _are_minutes(text, opening):
        return None
    return f"it is {'an agenda' if is_agenda else 'a report'}, not minutes{ANYWAY}"


def _any_line(name: str, lines: list[str]) -> bool:
    return any(_pattern(name).fullmatch(line) for line in lines)


def _is_agenda(opening: list[str]) -> bool:
    return _any_line("agenda_heads", opening[:HEAD_LINES]) and any(
        _pattern("agenda_words").search(line) for line in opening
    )


def _is_report(opening: list[str]) -> bool:
    if not any(line[:5].lower() in ("from:", "title", "subje", "repor", "recom") for line in opening):
        return False
    heads = _heads("report_heads", opening[:15])
    if heads == 3:
        return True
    at = next((i for i, line in enumerate(opening) if _pattern("recommendation_heads").fullmatch(line[:60])), None)
    asked = at is not None and any(_pattern("asks").search(line) for line in opening[at : at + 3])
    return asked and heads >= 1


def _heads(name: str, lines: list[str]) -> int:
    """How many of a name's patterns head one of these lines."""
    return sum(any(re.fullmatch(word, line, re.IGNORECASE) for line in lines) for word in _words()[name])


def _are_minutes(text: str, opening: list[str]) -> bool:
    """True if the opening says that these are minutes, or lists who was present above what was decided."""
    # "3. Minutes of the meeting held on 9 January (Pages 1 - 10)" is a line of an agenda.
    if any(_pattern("minutes_heads").fullmatch(line) for line in opening if not _pattern("agenda_words").search(line)):
        return True
    if any(line.lower() in labels.minutes_label() for line in opening):
        return True
    present = any(labels.attendance().match(line) for line in opening)
    return present and any(_pattern("verdicts").match(line) for line in text.splitlines())
