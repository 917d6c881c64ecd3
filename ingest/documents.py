"""A source's bytes -> a Document: the way from file to passages, in one place."""

from __future__ import annotations

import datetime as dt

from corpus.canonical import replay
from corpus.models import Document, Meeting
from ingest.mend import mend
from ingest.passages import item_passages
from ingest.read import Skip, Supplied, extract
from ingest.structure import outline

# Raised whenever the same bytes would now give other passages; sources read by an older one are read again.
PARSER_VERSION = 1


def make_document(name: str, data: bytes, kind: str, supplied: Supplied, encoding: str | None = None) -> Document:
    """The document that `data` holds. Raises Skip with the reason if there is none.

    What the text states wins; `supplied` fills what it does not, and is marked as supplied.
    """
    source = extract(data, kind, encoding)
    edits = mend(source)
    text = replay(source.text, edits)
    if not text.strip():
        raise Skip("it holds no text besides the site's own furniture")
    found = outline(text)
    items = tuple(item_passages(text, section, edits, source.page_starts) for section in found.sections)
    if not any(item.passages for item in items):
        raise Skip("no minutes were found in it")
    stated = {"council": found.facts.council, "committee": found.facts.committee, "date": found.facts.date}
    given = {"council": supplied.council, "committee": supplied.committee, "date": _date(supplied.date)}
    used = tuple(key for key, value in given.items() if value and not stated[key])
    title = source.title or found.title or supplied.title
    meeting = Meeting(
        council=found.facts.council or supplied.council,
        committee=found.facts.committee or supplied.committee,
        date=found.facts.date or _date(supplied.date),
        title=title,
        status=found.facts.status,
        items=items,
        supplied=used,
    )
    return Document(
        name=name,
        format=kind,
        text=text,
        extracted=source.text,
        edits=edits,
        meetings=(meeting,),
        title=title,
        link=source.link or supplied.link,
        pages=len(source.page_starts) or None,
    )


def _date(value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise Skip(f"the date supplied, {value}, is not written YYYY-MM-DD") from None
