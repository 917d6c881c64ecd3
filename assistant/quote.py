"""Sentences that answer -> the quotations to show: whole thoughts, each with its attribution, once, within bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence import Judgement, Sentence, log_odds
from assistant.pieces import Piece
from assistant.words import data
from corpus.models import PassageOnRecord, Span
from corpus.sentences import sentences

MOST_QUOTATIONS = 4
WHOLE_THOUGHT = 50  # words up to which a sentence is quoted with its neighbours in the passage
MOST_ATTRIBUTED = 80  # words that a quotation may take to say who spoke
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """A slice of a passage, `span` in the passage's own text, the score of its best sentence, and where that begins."""

    passage: PassageOnRecord
    span: Span
    score: float
    best: int | None = None

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.passage.text[self.span.start : self.span.end]


def choose(judgement: Judgement, most_words: int, pieces: Sequence[Piece] = ()) -> list[Quotation]:
    """The quotations to show, best first, within `most_words` words: each with its attribution kept.

    Where the question asks for several pieces, one for each that has something.
    """
    chosen: list[Quotation] = []
    scores = {(s.passage.id, s.span.start): s.score for s in judgement.sentences}
    wanted = _best_of_each_piece(judgement, pieces) if pieces else _best_of_each_passage(judgement)
    for sentence in wanted:
        if len(chosen) == MOST_QUOTATIONS:
            break
        span = _widened(sentence.passage, _attributed(sentence.passage.text, sentence.span), scores)
        span = _with_reply(sentence.passage, span, most_words)
        quotation = Quotation(sentence.passage, span, sentence.score, sentence.span.start)
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


def nearest(judgement: Judgement) -> list[Quotation]:
    """The best sentence of each of the nearest passages, for an honest "this is not an answer"."""
    found: list[Quotation] = []
    for sentence in judgement.sentences:
        quotation = Quotation(sentence.passage, sentence.span, sentence.score)
        elsewhere = all(q.passage.id != sentence.passage.id for q in found)
        if elsewhere and len(quotation.text.split()) > 4 and not _repeats(found, quotation):
            found.append(quotation)
        if len(found) == NEAREST:
            break
    return found


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
    return sentence[:40].lower().startswith(tuple(facts["carries_over"])) or not _holds(facts["reporting"], sentence)


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


def _with_reply(passage: PassageOnRecord, span: Span, most_words: int) -> Span:
    """What was asked at a meeting with the sentence behind it that answers: a question alone tells nobody anything."""
    facts = data("speech")
    every = sentences(passage.text)
    last = next((s for s in reversed(every) if s.end <= span.end), None)
    after = next((s for s in every if s.start >= span.end), None)
    if last is None or after is None or "\n" in passage.text[span.end : after.start]:
        return span
    asked, reply = passage.text[last.start : span.end], passage.text[after.start : after.end]
    both = Span(span.start, after.end)
    short = len(passage.text[both.start : both.end].split()) <= most_words
    return both if short and _holds(facts["asking"], asked) and _holds(facts["replying"], reply) else span


def _holds(verbs: Sequence[str], sentence: str) -> bool:
    return re.search(rf"\b(?:{'|'.join(verbs)})\b", sentence, re.IGNORECASE) is not None


def _best_of_each_passage(judgement: Judgement) -> list[Sentence]:
    """The best sentence of each passage that answers about as likely as the likeliest, the likeliest first.

    Among those about as likely, the latest meeting's come first: figures change, and who asks without a date asks
    how things stand.
    """
    limits = judgement.limits
    best: dict[int, Sentence] = {}
    for sentence in judgement.sentences:  # these are best first
        best.setdefault(sentence.passage.id, sentence)
    likely = [
        s for s in best.values() if log_odds(s.score) >= log_odds(judgement.sentences[0].score) - limits["behind"]
    ]
    dates = sorted({s.passage.date for s in likely if s.passage.date})
    newest = {date: place / len(dates) for place, date in enumerate(dates, 1)}

    def worth(sentence: Sentence) -> float:
        bonus = limits["newest"] * newest[sentence.passage.date] if sentence.passage.date else 0.0
        return log_odds(sentence.score) + bonus

    return sorted(likely, key=worth, reverse=True)


def _best_of_each_piece(judgement: Judgement, pieces: Sequence[Piece]) -> list[Sentence]:
    """The best sentence for each piece, where it is not far behind the best of all; the best of all first."""
    least = log_odds(judgement.sentences[0].score) - judgement.limits["piece"]
    found = []
    for piece in pieces:
        best = next((s for s in judgement.sentences if s.passage.id in piece.passages), None)
        if best and log_odds(best.score) >= least:
            found.append(best)
    return sorted(found, key=lambda s: -s.score)


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
