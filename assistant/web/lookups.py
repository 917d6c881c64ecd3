"""What the tools give back, as JSON's own types: the shapes that the command line prints, with where each is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from assistant import promises as on_record
from assistant.answer import Citation, plain, searched_json
from assistant.ask import Assistant
from assistant.check import check
from assistant.compose import cite
from assistant.evidence import judge
from assistant.promises import Promise, Sort
from assistant.query import understand
from assistant.quote import Quotation
from assistant.statements import heard, said
from assistant.verify import verified
from assistant.web.addresses import passage_address, passage_id
from assistant.web.texts import tools as texts
from corpus.around import in_item, with_id
from corpus.errors import UserError
from corpus.models import PassageOnRecord, Span
from corpus.records import Filters, Record
from corpus.spoken import Spoken, statements_of

NEIGHBOURS = 4  # passages of the same item given before one, and after it


def answered(assistant: Assistant, question: str, history: Sequence[str], filters: Filters) -> dict[str, Any]:
    """An answer as `onrecord ask --json` prints it."""
    answer = assistant.ask(question, history, filters)
    cited = {name: [_cited(c) for c in getattr(answer, name)] for name in ("citations", "nearest")}
    return {**answer.to_json(), **cited}


def nearest(assistant: Assistant, words: str, filters: Filters, limit: int) -> dict[str, Any]:
    """The nearest passages, each cited with its likeliest sentence."""
    record = _filled(assistant)
    query = understand(words, (), filters, record, ("all",))
    question, found = assistant.retriever.retrieve(query, limit)
    quotations = []
    for one in found:
        best = judge(query, question, [one]).sentences
        span = best[0].span if best else Span(0, len(one.passage.text))
        quotations.append(Quotation(one.passage, span, one.score))
    shown = verified(cite(quotations, record), record)[0]
    return {"note": texts.NOT_AN_ANSWER, "passages": [_cited(c) for c in shown], **_searched(record, filters)}


def passage(assistant: Assistant, named: str) -> dict[str, Any]:
    """A passage with its statements, neighbours in the item and meeting. Raises UserError if it is not there."""
    record = assistant.record
    found = next(iter(with_id(record, named)), None)
    whole = next(iter(_borne_out([found], record)), None) if found else None
    if found is None or whole is None:
        raise UserError(texts.NO_PASSAGE)
    spoken = [Spoken(found, statement) for statement in statements_of(record, [found.id]).get(found.id, [])]
    item = in_item(record, found)
    at = next(n for n, one in enumerate(item) if one.id == found.id)
    return {
        **_cited(whole),
        "meeting": {
            "council": found.council,
            "committee": found.committee,
            "date": plain(found.date),
            "title": found.meeting_title,
            "status": found.status,
        },
        "statements": [plain(c) for c in verified(said(spoken, record), record)[0]],
        "before": [_neighbour(c) for c in _borne_out(item[max(0, at - NEIGHBOURS) : at], record)],
        "after": [_neighbour(c) for c in _borne_out(item[at + 1 : at + 1 + NEIGHBOURS], record)],
    }


def promised(
    assistant: Assistant,
    about: str | None,
    who: str | None,
    filters: Filters,
    sort: Sort,
    overdue: bool,
    limit: int,
) -> dict[str, Any]:
    """Promises as `onrecord promises --json` prints them, and how many there are beside those given."""
    record = _filled(assistant)
    found = on_record.promises(assistant.retriever, filters, who, about, sort)
    if overdue:
        found = on_record.overdue(found, record, dt.date.today())
    shown = found[:limit] if overdue else list(islice(on_record.followed(found, record), limit))
    return {"count": len(found), "promises": [_promise(one) for one in shown], **_searched(record, filters)}


def checked(assistant: Assistant, draft: str, filters: Filters) -> dict[str, Any]:
    """A draft's sentences as `onrecord check --json` prints them."""
    _filled(assistant)
    found = check(draft, assistant.retriever, assistant.comparer, replace(filters, or_unstated=True))
    return {"id": None, "sentences": [{**one.to_json(), "prior": [_cited(c) for c in one.prior]} for one in found]}


def stated(
    assistant: Assistant,
    speaker: str | None,
    about: str | None,
    forces: Sequence[str],
    filters: Filters,
    limit: int,
) -> dict[str, Any]:
    """Statements as `onrecord statements --json` prints them, and how many there are beside those given."""
    record = _filled(assistant)
    found = heard(assistant.retriever, filters, speaker, forces, about)
    shown = [_cited(c) for c in verified(said(found[:limit], record), record)[0]]
    return {"count": len(found), "statements": shown, **_searched(record, filters)}


def _filled(assistant: Assistant) -> Record:
    if assistant.record.is_empty():
        raise UserError("Nothing is on record yet")
    return assistant.record


def _searched(record: Record, filters: Filters) -> dict[str, Any]:
    return {"searched": searched_json(record.searched(filters))}


def _cited(citation: Citation) -> dict[str, Any]:
    return {**plain(citation), **_at(citation)}


def _promise(promise: Promise) -> dict[str, Any]:
    return {**promise.to_json(), **_at(promise.citation)}


def _at(citation: Citation) -> dict[str, str]:
    """Where the passage is read. (A promise's own `id` is what a note on it holds on to.)"""
    return {"passage_id": passage_id(citation), "address": passage_address(citation)}


def _borne_out(found: Sequence[PassageOnRecord], record: Record) -> tuple[Citation, ...]:
    """Whole passages as citations, those whose words the source has."""
    return verified(cite([Quotation(one, Span(0, len(one.text)), 1.0) for one in found], record), record)[0]


def _neighbour(c: Citation) -> dict[str, Any]:
    return {**_at(c), "text": c.passage, "lead_in": c.lead_in, "page": c.page}
