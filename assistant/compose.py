"""Quotations -> an answer's words: citations with their sources, or the honest words for why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import prompts
from assistant import told
from assistant.answer import Citation, Outcome
from assistant.evidence import Judgement
from assistant.pieces import Piece
from assistant.quote import Quotation
from assistant.words import data
from corpus.corrections import corrections_of
from corpus.models import Span, Statement
from corpus.records import Record, Searched
from corpus.spoken import Spoken, statements_of


def outcome(judgement: Judgement) -> Outcome:
    """Whether the best sentence answers, is only about the subject, or nothing is there."""
    limits = judgement.limits
    if not judgement.sentences or judgement.probability < limits["near"]:
        return "not_on_record"
    return "answered" if judgement.probability >= limits["answered"] else "not_directly"


def notice(judgement: Judgement, pieces: Sequence[Piece], quotations: list[Quotation]) -> str | None:
    """What has to be said above an answer: that it is less than certain, and what was asked after without a find."""
    said = [] if judgement.probability >= judgement.limits["clear"] else [prompts.load("probably").text.strip()]
    names = [p.name for p in pieces if p.named and all(q.passage.id not in p.passages for q in quotations)]
    if names:
        said.append(prompts.load("lacking").fill(names=" or ".join(names)).strip())
    return " ".join(said) or None


def cite(quotations: Iterable[Quotation], record: Record | None = None) -> tuple[Citation, ...]:
    """One citation for each quotation, numbered from 1; with `record`, who said it with what force, and what later
    minutes put right in its passage.
    """
    listed = list(quotations)
    said = statements_of(record, {q.passage.id for q in listed}) if record else {}
    return tuple(
        _citation(n, q, _told(q, said.get(q.passage.id, [])), _correction(q, record)) for n, q in enumerate(listed, 1)
    )


def cite_statement(n: int, spoken: Spoken, record: Record) -> Citation:
    """A statement on record as a citation."""
    p, s = spoken.passage, spoken.statement
    quotation = Quotation(p, Span(s.start - p.start, s.end - p.start), 1.0)
    return _citation(n, quotation, s, _correction(quotation, record))


def _told(quotation: Quotation, said: Sequence[Statement]) -> Statement | None:
    """The statement that the quotation is shown for: the sentence that answers."""
    at = quotation.passage.start + (quotation.span.start if quotation.best is None else quotation.best)
    return next((s for s in said if s.start <= at < s.end), None)


def _correction(quotation: Quotation, record: Record | None) -> Citation | None:
    found = corrections_of(record, quotation.passage.id) if record else []
    return _citation(1, Quotation(*found[0], 0.0)) if found else None


def _citation(
    n: int, quotation: Quotation, said: Statement | None = None, corrected_by: Citation | None = None
) -> Citation:
    p = quotation.passage
    start = p.start + quotation.span.start
    said = said or (Statement(0, 0, force="decided") if p.kind == "verdict" else Statement(0, 0))
    verb = said.verb or (_verdict_verb(quotation) if said.force == "decided" else None)
    return Citation(
        n=n,
        quote=quotation.text,
        passage=p.text,
        lead_in=p.lead_in,
        start=start,
        end=start + len(quotation.text),
        document=p.document,
        document_id=p.document_id,
        retrieved=p.retrieved,
        page=p.page,
        council=p.council,
        committee=p.committee,
        date=p.date,
        item=p.item,
        item_number=p.item_number,
        supplied=p.supplied,
        speaker=said.speaker,
        role=said.role,
        addressee=said.addressee,
        force=said.force,
        verb=verb and verb.lower(),
        status=p.status,
        corrected_by=corrected_by,
        link=p.link,
    )


def _verdict_verb(quotation: Quotation) -> str | None:
    verbs = "|".join(data("speech")["verdict_verbs"])
    # A motion leads in its verdict, and what it asks for is not what was decided.
    lead = quotation.passage.lead_in or ""
    headed = lead if re.match(rf"\W*(?!that\b)(?:\w+ ){{0,4}}(?:{verbs})\b", lead, re.IGNORECASE) else ""
    for words in (quotation.text, headed, quotation.passage.text):
        found = re.search(rf"\b(?:{verbs})\b", words, re.IGNORECASE)
        if found:
            return found.group().lower()
    return None


def quoted_line(c: Citation) -> str:
    """A quotation with its source, in one line."""
    return f"“{' '.join(c.quote.split())}” ({source_line(c)})"


def source_line(c: Citation) -> str:
    """Where a quotation stands: council, committee, date or "undated", item, page, draft."""
    body = [part for part in (c.council, c.committee) if part] or [c.document]
    parts = [*body, f"{c.date.day} {c.date:%B %Y}" if c.date else "undated"]
    if c.item:
        parts.append(f"item {c.item_number}, {c.item}" if c.item_number else f"item “{c.item}”")
    if c.page:
        parts.append(f"page {c.page}")
    if c.status == "draft":
        parts.append("draft minutes")
    if c.supplied:
        parts.append(f"{' and '.join(c.supplied)} supplied")
    return ", ".join(parts)


def answer_text(citations: tuple[Citation, ...]) -> str:
    """The answer in words: each quotation under its source, with its number."""
    blocks: list[str] = []
    before = ""
    for c in citations:
        line = source_line(c)
        quote = f"“{' '.join(c.quote.split())}” [{c.n}]"
        if said := told.line(c):
            quote += f"\n{said}"
        if c.corrected_by:
            quote += f"\nCorrected later: {quoted_line(c.corrected_by)}"
        blocks.append(quote if line == before else f"{line}:\n{quote}")
        before = line
    return "\n\n".join(blocks)


def refusal_text(kind: Outcome, searched: Searched) -> str:
    """The honest words for an outcome that is no answer."""
    return prompts.load(kind).fill(bounds=bounds(searched))


def bounds(s: Searched) -> str:
    """What was searched: "14 meetings of 2 councils, September 2023 to July 2025 (3 undated)"."""
    if not s.meetings:
        return "no meetings (none on record fits the filters)"
    text = f"{s.meetings} meeting{'s' * (s.meetings != 1)}"
    named = s.councils[0] if len(s.councils) == 1 else f"{len(s.councils)} councils"
    if s.councils:
        text += f" of {named}" + (f" ({s.unnamed} of a council not stated)" if s.unnamed else "")
    if s.first and s.last:
        low, high = f"{s.first:%B %Y}", f"{s.last:%B %Y}"
        text += f", {low}" if low == high else f", {low} to {high}"
        if s.undated:
            text += f" ({s.undated} undated)"
    elif s.undated:
        text += ", undated" if s.meetings == 1 else ", all undated"
    return text
