"""What became of a quotation since it was shown: still on record, put right by later minutes, gone, or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Citation
from assistant.compose import cite
from assistant.quote import Quotation
from corpus.models import Span
from corpus.people import Anchor, is_on_record
from corpus.records import Record
from corpus.since import place_now


@dataclass(frozen=True, slots=True)
class Since:
    """How a quotation stands: `now` is the same words as the record cites them today, where their passage is found;
    `correction` what put them right since, `uncorrected` that the correction shown with them is itself gone.
    """

    on_record: bool
    now: Citation | None
    correction: Citation | None
    uncorrected: bool


def since(c: Citation, record: Record) -> Since:
    """What became of a quotation that was shown."""
    if not c.quote:
        return Since(on_record=False, now=None, correction=None, uncorrected=False)
    now = _now(c, record)
    by = now.corrected_by if now else None
    shown = c.corrected_by
    return Since(
        on_record=now is not None or is_on_record(_anchor(c), record),
        now=now,
        correction=by if by and (shown is None or by.quote != shown.quote) else None,
        uncorrected=bool(shown and shown.quote and not _still(shown, record)),
    )


def _still(c: Citation, record: Record) -> bool:
    return _now(c, record) is not None or is_on_record(_anchor(c), record)


def _now(c: Citation, record: Record) -> Citation | None:
    found = place_now(_anchor(c), c.document_id, Span(c.start, c.end), record)
    return cite([Quotation(*found, 1.0)], record)[0] if found else None


def _anchor(c: Citation) -> Anchor:
    return Anchor(c.quote, c.council, c.committee, c.date, c.item)
