"""Sentences that answer -> quotations with citations, or the honest words for why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import prompts
from assistant.answer import Citation, Outcome
from assistant.evidence import Sentence
from assistant.words import data
from corpus.corrections import corrections_of
from corpus.models import PassageOnRecord, Span
from corpus.records import Record, Searched
from corpus.sentences import sentences

MOST_QUOTATIONS = 4
WHOLE_THOUGHT = 50  # words up to which a sentence is quoted with its neighbours in the passage
MOST_ATTRIBUTED = 80  # words that a quotation may take to say who spoke
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """A slice of a passage, `span` in the passage's own text, and the score of its best sentence."""

    passage: PassageOnRecord
    span: Span
    score: float

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.passage.text[self.span.start : self.span.end]


def outcome(judged: list[Sentence]) -> Outcome:
    """Whether the best sentence answers, is only about the subject, or nothing is there."""
    limits = data("evidence")
    best = next((s for s in judged if not s.missing_kind), None)
    about = max((s.found.score for s in judged), default=0.0)
    if best is None or about < limits["about"] or best.score < limits["near"]:
        return "not_on_record"
    return "answered" if best.score >= limits["answered"] else "not_directly"


def choose(judged: list[Sentence], most_words: int, most: int = MOST_QUOTATIONS) -> list[Quotation]:
    """The quotations to show, best first, within `most_words` words: each with its attribution kept."""
    chosen: list[Quotation] = []
    scores = {(s.passage.id, s.span.start): s.score for s in judged}
    for sentence in _best_of_each_passage(judged):
        if len(chosen) == most:
            break
        span = _widened(sentence.passage, _attributed(sentence.passage.text, sentence.span), scores)
        quotation = Quotation(sentence.passage, span, sentence.score)
        if not chosen and _words([quotation]) > most_words:
            # Even alone it is too long: its own sentence, cut at the last word that fits.
            quotation = replace(quotation, span=_cut(sentence.passage.text, sentence.span, most_words))
        if not _repeats(chosen, quotation) and _words([*chosen, quotation]) <= most_words:
            chosen.append(quotation)
    return chosen


def readable(quotations: list[Quotation]) -> list[Quotation]:
    """In the order to read: the best first, what belongs to its meeting next, then the others by date."""
    if not quotations:
        return []
    first = quotations[0].passage

    def place(quotation: Quotation) -> tuple[bool, str, int]:
        passage = quotation.passage
        mine = passage.document_id == first.document_id
        return (not mine, "" if mine else str(passage.date or "9999"), 0 if mine else passage.start)

    return [quotations[0], *sorted(quotations[1:], key=place)]


def nearest(judged: list[Sentence]) -> list[Quotation]:
    """The best sentence of each of the nearest passages, for an honest "this is not an answer"."""
    found: list[Quotation] = []
    for sentence in judged:
        quotation = Quotation(sentence.passage, sentence.span, sentence.score)
        elsewhere = all(q.passage.id != sentence.passage.id for q in found)
        if elsewhere and len(quotation.text.split()) > 4 and not _repeats(found, quotation):
            found.append(quotation)
        if len(found) == NEAREST:
            break
    return found


def cite(quotations: Iterable[Quotation], record: Record | None = None) -> tuple[Citation, ...]:
    """One citation for each quotation, numbered from 1; with `record`, what later minutes put right in its passage."""
    return tuple(_citation(n, q, _correction(q, record)) for n, q in enumerate(quotations, 1))


def _correction(quotation: Quotation, record: Record | None) -> Citation | None:
    found = corrections_of(record, quotation.passage.id) if record else []
    return _citation(1, Quotation(*found[0], 0.0)) if found else None


def _citation(n: int, quotation: Quotation, corrected_by: Citation | None = None) -> Citation:
    p = quotation.passage
    start = p.start + quotation.span.start
    verb = _verdict_verb(quotation) if p.kind == "verdict" else None
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
        # Who spoke, and with what force, is read sentence by sentence later; a verdict's force is plain now.
        force="decided" if p.kind == "verdict" else None,
        verb=verb,
        status=p.status,
        corrected_by=corrected_by,
        link=p.link,
    )


def _verdict_verb(quotation: Quotation) -> str | None:
    verbs = "|".join(data("speech")["verdict_verbs"])
    for words in (quotation.text, quotation.passage.lead_in or "", quotation.passage.text):
        found = re.search(rf"\b(?:{verbs})\b", words, re.IGNORECASE)
        if found:
            return found.group().lower()
    return None


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
        if c.corrected_by:
            quote += f"\nCorrected later: “{' '.join(c.corrected_by.quote.split())}” ({source_line(c.corrected_by)})"
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


def _attributed(text: str, span: Span) -> Span:
    """The sentence with what says whose words they are: back to where a "She went on" points, or to the sentence
    that says who spoke, where it does not say so itself.
    """
    every = sentences(text)
    at = next((i for i, s in enumerate(every) if s.start <= span.start < s.end), 0)
    start, back = span.start, 0
    while back < 2 and at > 0 and _leans_back(text[start : every[at].end]):
        at -= 1
        back += 1
        if len(text[every[at].start : span.end].split()) > MOST_ATTRIBUTED or "\n" in text[every[at].start : start]:
            break
        start = every[at].start
    return Span(start, span.end)


def _leans_back(sentence: str) -> bool:
    facts = data("speech")
    if sentence[:40].lower().startswith(tuple(facts["carries_over"])):
        return True
    return re.search(rf"\b(?:{'|'.join(facts['reporting'])})\b", sentence, re.IGNORECASE) is None


def _widened(passage: PassageOnRecord, span: Span, scores: dict[tuple[int, int], float]) -> Span:
    """The sentence with its neighbours, the likelier first, up to a thought's length: the answer to a question
    reported in one sentence often stands in the next.
    """
    every = sentences(passage.text)
    if passage.kind != "verdict":
        # Short neighbours may be packed into one passage; a thought stays within its own paragraph.
        low = passage.text.rfind("\n", 0, span.start)
        high = passage.text.find("\n", span.end)
        every = [s for s in every if s.start > low and (high < 0 or s.end <= high)]
    while True:
        sides = [s for s in every if s.end <= span.start][-1:] + [s for s in every if s.start >= span.end][:1]
        for side in sorted(sides, key=lambda s: -scores.get((passage.id, s.start), 0.0)):
            wider = Span(min(span.start, side.start), max(span.end, side.end))
            if len(passage.text[wider.start : wider.end].split()) <= WHOLE_THOUGHT:
                span = wider
                break
        else:
            return span


def _best_of_each_passage(judged: list[Sentence]) -> list[Sentence]:
    """The best sentence of each passage that is about as near to the question as the nearest, the nearest first.

    Among passages about as near, the latest meeting's come first: figures change, and who asks without a date
    asks how things stand.
    """
    limits = data("evidence")
    best: dict[int, Sentence] = {}
    for sentence in judged:  # these are best first
        if not sentence.missing_kind:
            best.setdefault(sentence.passage.id, sentence)
    dates = sorted({s.passage.date for s in best.values() if s.passage.date})
    newest = {date: place / len(dates) for place, date in enumerate(dates, 1)}

    def worth(sentence: Sentence) -> float:
        bonus: float = limits["newest"]
        return sentence.found.score + bonus * (newest[sentence.passage.date] if sentence.passage.date else 0.0)

    ranked = sorted(best.values(), key=worth, reverse=True)
    return [s for s in ranked if worth(s) >= worth(ranked[0]) - limits["behind"]]


def _repeats(chosen: list[Quotation], new: Quotation) -> bool:
    """True if the same words are already quoted, from a draft or another copy. Another figure is another fact."""
    mine = set(re.findall(r"\w+", new.text.lower()))
    for old in chosen:
        theirs = set(re.findall(r"\w+", old.text.lower()))
        figures = {word for word in mine ^ theirs if any(c.isdigit() for c in word)}
        if not figures and len(mine & theirs) >= 0.85 * max(min(len(mine), len(theirs)), 1):
            return True
    return False


def _words(quotations: list[Quotation]) -> int:
    return sum(len(q.text.split()) for q in quotations)


def _cut(text: str, span: Span, most_words: int) -> Span:
    found = list(re.finditer(r"\S+", text[span.start : span.end]))[:most_words]
    return Span(span.start, span.start + found[-1].end())
