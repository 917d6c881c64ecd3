"""A source's bytes -> a Document: the way from file to passages, in one place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.canonical import SourceMap, replay
from corpus.models import Document, Item, Meeting
from corpus.speech import item_statements
from ingest import not_minutes
from ingest.corrections import with_corrections
from ingest.formats import find
from ingest.mend import mend
from ingest.passages import item_passages
from ingest.people import people
from ingest.place import place
from ingest.read import Supplied
from ingest.source import Extracted, Skip
from ingest.structure import Outline, Section, attendance_lines, outlines
from ingest.votes import votes
from ingest.withhold import withhold

# Raised whenever the same bytes would now give other passages; sources read by an older one are read again.
PARSER_VERSION = 7


def make_document(name: str, data: bytes, supplied: Supplied) -> Document:
    """The document that `data` holds; `name` says by its suffix what it may be. Raises Skip if there is none.

    What the text states wins; `supplied` fills what it does not, and is marked as supplied. An agenda or a report is
    no minutes and skipped, unless any document is asked for.
    """
    source = withhold(find(Path(name).suffix, data).extract(data, supplied.encoding))
    edits = mend(source)
    text = replay(source.text, edits)
    if not text.strip():
        raise Skip("it holds no text besides the site's own furniture")
    # What marks its own minutes has some.
    marked = any(mark.part in ("minutes", "decision") for mark in source.marks)
    why = None if supplied.any_document or marked else not_minutes.reason(text, source.title)
    if why:
        raise Skip(why)
    where = SourceMap(edits)
    marks = [replace(mark, start=where.canonical_offset(mark.start)) for mark in source.marks]
    title = source.title or supplied.title
    meetings = []
    for found in outlines(text, marks, source.title):
        cut = (
            _with_votes(text, item_passages(text, section, edits, source.page_starts), section)
            for section in found.sections
        )
        items = tuple(
            replace(with_corrections(text, item), statements=item_statements(text, item.passages, item.title))
            for item in cut
        )
        if supplied.any_document or _is_minuted(items):
            header = [line.text for line in found.header]
            meetings.append(
                replace(
                    _meeting(found, supplied, source),
                    items=items,
                    place=place("\n".join(header)),
                    people=people(attendance_lines(text, found)),
                )
            )
    if not meetings:
        raise Skip(f"it is an agenda, or a page without minutes yet{not_minutes.ANYWAY}")
    return Document(
        name=name,
        format=source.format,
        text=text,
        extracted=source.text,
        edits=edits,
        meetings=tuple(meetings),
        title=title or meetings[0].title,
        link=source.link or supplied.link,
        pages=len(source.page_starts) or None,
        notices=source.notices,
    )


def _is_minuted(items: Sequence[Item]) -> bool:
    """False where every item under a title holds only what it was to be about, as an agenda's do."""
    kinds = [passage.kind for item in items if item.title for passage in item.passages]
    return any(item.passages for item in items) and (not kinds or any(kind != "purpose" for kind in kinds))


def _with_votes(text: str, item: Item, section: Section) -> Item:
    """The item with its running minute number and the votes in its words."""
    if not section.blocks:
        return item
    found = votes(text, section.blocks[0].start, section.blocks[-1].end)
    return replace(item, minute=section.minute, votes=found)


def _meeting(found: Outline, supplied: Supplied, source: Extracted) -> Meeting:
    """The meeting without its items: what is stated, and what is supplied where nothing is."""
    stated = found.facts
    date = _date(supplied.date)
    # Minutes of one body are filed under another body's meeting: then the folder's date is the other meeting's.
    if stated.committee and supplied.committee and not _same_body(stated.committee, supplied.committee):
        date = None
    given = {"council": supplied.council, "committee": supplied.committee, "date": date}
    return Meeting(
        council=stated.council or supplied.council,
        committee=stated.committee or supplied.committee,
        date=stated.date or date,
        title=source.title or found.title or supplied.title,
        status=stated.status,
        items=(),
        supplied=tuple(key for key, value in given.items() if value and not getattr(stated, key)),
    )


def _same_body(one: str, other: str) -> bool:
    """True if one name is the other's, shortened or with its council in front."""
    a, b = (set(re.findall(r"\w+", name.lower().replace("&", "and"))) - {"the"} for name in (one, other))
    return a <= b or b <= a


def _date(value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise Skip(f"the date supplied, {value}, is not written YYYY-MM-DD") from None
