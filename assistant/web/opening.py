"""What the page shows before anything is asked: what it is, and questions to start with that the record answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from html import escape

from assistant.suggestions import openers
from assistant.web import texts
from assistant.web.startup import StartUp
from assistant.web.waiting import tell
from corpus.records import Record

SAMPLE = "Merrowdale Borough Council"  # whose minutes the samples are


def head(startup: StartUp, record: Record) -> str:
    """The page's head; it says that the sample council is invented where its minutes are on record, or will be."""
    samples = f" <span>{texts.SAMPLES}</span>" if _has_samples(startup, record) else ""
    return f"<header><h1>{texts.TITLE}</h1><p>{texts.INTRO}{samples}</p></header>"


def to_start_with(startup: StartUp, record: Record) -> str:
    """Questions about the samples, by who might ask them; nothing where there are no samples."""
    return _shown(texts.EXAMPLES, texts.ROLES) if _has_samples(startup, record) else ""


async def opening(startup: StartUp, record: Record) -> tuple[str, str]:
    """The head, and questions to start with: about the samples, or else from the record itself."""
    if asked := to_start_with(startup, record):
        return head(startup, record), asked
    if record.is_empty():
        return head(startup, record), ""
    try:
        found = await asyncio.to_thread(openers, record)
    except Exception as error:  # the page stands without them
        tell(error)
        found = ()
    return head(startup, record), _shown(texts.OPENERS, {"": found}) if found else ""


def _has_samples(startup: StartUp, record: Record) -> bool:
    return SAMPLE in record.names("council") or (startup.samples and record.is_empty())


def _shown(heading: str, asked: Mapping[str, Sequence[str]]) -> str:
    roles = "".join(
        f'<section class="role">{f"<h3>{role}</h3>" if role else ""}'
        + "".join(f'<button type="button" class="example" data-act="ask">{escape(q)}</button>' for q in questions)
        + "</section>"
        for role, questions in asked.items()
    )
    return f'<h2>{heading}</h2><div class="roles">{roles}</div>'
