"""Nothing invented: a citation is shown only if its quotation is, to the letter, in the stored source."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Citation
from corpus.records import Record


def verified(
    citations: tuple[Citation, ...], record: Record
) -> tuple[tuple[Citation, ...], tuple[dict[str, str], ...]]:
    """The citations that the record bears out, renumbered, and what was removed with the reason."""
    kept: list[Citation] = []
    removed: list[dict[str, str]] = []
    for citation in citations:
        if record.says(citation.document_id, citation.start, citation.end, citation.quote):
            by = citation.corrected_by
            borne_out = by and record.says(by.document_id, by.start, by.end, by.quote)
            kept.append(replace(citation, n=len(kept) + 1, corrected_by=by if borne_out else None))
        else:
            removed.append({"sentence": citation.quote, "reason": "these words are no longer on record"})
    return tuple(kept), tuple(removed)
