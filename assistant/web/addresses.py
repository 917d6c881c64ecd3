"""Addresses: within the page, those that stay (of a passage, by exactly what is embedded for it); and of sources."""

from __future__ import annotations

from urllib.parse import urlsplit

from assistant.answer import Citation
from corpus.arrived import Arrival
from corpus.models import context_line, digest, embedded_text


def passage_id(citation: Citation) -> str:
    """A citation's passage by exactly what is embedded for it. It holds across a new ingest as long as the passage and
    its place do.
    """
    context = context_line(citation.council, citation.committee, citation.date, citation.item)
    return digest(embedded_text(context, citation.lead_in, citation.passage))


def passage_address(citation: Citation) -> str:
    """Where a citation's passage is read in its meeting, the quotation marked: `start` and `end`, the quotation's
    offsets in the document, are only what to mark.
    """
    return f"/passage/{passage_id(citation)}?start={citation.start}&end={citation.end}"


def meeting_address(arrival: Arrival) -> str:
    """Where a meeting is read: the `n`th of its document, from 1."""
    return f"/meeting/{arrival.document_id}/{arrival.n}"


def is_address(link: str | None) -> bool:
    """Whether a source's link leads somewhere that a browser may go."""
    return bool(link) and urlsplit(link or "").scheme in ("http", "https")
