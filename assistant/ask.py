"""From a question to an Answer: understand, retrieve, judge, compose, verify. The whole way, top to bottom."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import partial

import prompts
from assistant import compose, prose, quote, welsh
from assistant.answer import Answer, Outcome
from assistant.attended import attended
from assistant.config import Settings
from assistant.evidence import Judgement, judge
from assistant.followups import follows_up
from assistant.lexicon import lexicon
from assistant.llms import LanguageModel, ModelError, open_llm
from assistant.motions import moved_or_voted
from assistant.pieces import Piece, gather
from assistant.query import Query, understand
from assistant.reading.comparer import SUPPORTER, Comparer, open_comparer
from assistant.reading.reader import open_reader
from assistant.recorded import Recorded
from assistant.retrieve import Retriever
from assistant.said_by import said_by
from assistant.verify import verified
from corpus import vectors
from corpus.changes import writing
from corpus.errors import UserError
from corpus.records import Filters, Record
from corpus.weights import Embedder

UNCHECKED = "A language model’s sentences are shown only where the reader is installed, which checks them"
GIVEN = 2  # times as many words as are quoted may be given to a language model


class Assistant:
    """A record opened for questions, with its model. Threads may share one."""

    def __init__(self, settings: Settings, record: Record | None = None) -> None:
        """Open the record; the model is loaded by the first question, or by `warm`."""
        self.settings = settings
        self.record = record or Record(settings.home)
        self.embedder = Embedder(settings.embedding_model, settings.precision)
        self.retriever = Retriever(self.record, self.embedder)
        self.reader = open_reader(settings.reader, settings.precision)
        self.comparer = open_comparer(settings.reader, settings.precision)
        self.model = open_llm(settings)
        self.supporter = open_comparer(settings.reader, settings.precision, SUPPORTER)

    def warm(self) -> None:
        """Load the models, and finish what a killed ingest left undone, if nobody else is at it."""
        self.embedder.load()
        if self.reader:
            self.reader.load()
        lexicon(self.record)
        if not vectors.is_current(self.record) and not self.record.is_empty():
            try:
                with writing(self.settings.home, wait=0):
                    vectors.publish(self.record, self.settings.chroma_sync_threshold)
            except UserError:
                pass  # an ingest is running, and will publish what it adds

    def changed(self, settings: Settings) -> Assistant:
        """The same record and index, asked by other settings. Raises UserError where a model cannot be had."""
        other = copy(self)
        other.settings, other.model = settings, open_llm(settings)
        if settings.reader != self.settings.reader:
            other.reader = open_reader(settings.reader, settings.precision)
            other.comparer = open_comparer(settings.reader, settings.precision)
            other.supporter = open_comparer(settings.reader, settings.precision, SUPPORTER)
            if other.reader:
                other.reader.load()
        return other

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        filters: Filters | None = None,
        without: Collection[str] = (),
    ) -> Answer:
        """Answer one question. `without` names what is not to be read from its words, as in `filters_understood`.

        Raises UserError where nothing can be asked: no words, or nothing on record.
        """
        return deque(self.answers(question, history, filters, without), maxlen=1)[0]

    def answers(
        self,
        question: str,
        history: Sequence[str] = (),
        filters: Filters | None = None,
        without: Collection[str] = (),
    ) -> Iterator[Answer]:
        """The answer as it grows, the last being the whole: prose a sentence at a time, quotations at once.

        As `ask` otherwise.
        """
        begun = time.perf_counter()
        self._check(question)
        alone, down = self._condensed(question, history)
        query = understand(alone or question, () if alone else history, filters or Filters(), self.record, without)
        judged = Judgement((), 0.0, {})
        pieces: tuple[Piece, ...] = ()
        kind: Outcome = "out_of_scope"
        told = self._recorded(query) if query.in_scope else []
        if told:
            kind = "answered"
        elif query.in_scope:
            asked, found, pieces = gather(query, self.retriever)
            judged = said_by(query, judge(query, asked, found, self.reader), self.record)
            kind = compose.outcome(judged)
        retrieved = time.perf_counter()
        answer = replace(self._composed(query, judged, pieces, kind, told), question=" ".join(question.split()))
        if self.model is None or told or not answer.citations:
            written: Iterable[Answer] = [answer]
        elif down or self.supporter is None:
            written = [_in_quotations(answer, down or UNCHECKED)]
        else:
            given = quote.choose(judged, GIVEN * self.settings.quoted_words, pieces)
            noticed = partial(_notice, judged, pieces, told=())
            written = self._in_prose(answer, query, given, self.model, self.supporter, noticed)
        for one in written:
            seconds = {"retrieve": retrieved - begun, "total": time.perf_counter() - begun}
            rounded = {name: round(spent, 3) for name, spent in seconds.items()}
            yield replace(one, notice=welsh.noticed(one), seconds=rounded)

    def _condensed(self, question: str, history: Sequence[str]) -> tuple[str | None, str | None]:
        """The question as the model understood it with the chat so far, and why it could not, if it could not."""
        if self.model is None or not history or not follows_up(question):
            return None, None
        try:
            return prose.condensed(question, history, self.model), None
        except ModelError as error:
            return None, str(error)

    def _in_prose(
        self,
        answer: Answer,
        query: Query,
        given: Sequence[quote.Quotation],
        model: LanguageModel,
        supporter: Comparer,
        notice: Callable[[list[quote.Quotation]], str | None],
    ) -> Iterator[Answer]:
        """The answer in a model's words, as far as the record bears them out; else as it was, and why."""
        made, most = prose.Prose(), self.settings.quoted_words
        try:
            for made in prose.write(query.standalone, given, model, self.record, supporter, most):
                text, citations, removed = prose.in_words(made, self.record)
                if text:
                    said = notice(list(made.quotations))
                    yield replace(answer, mode="prose", answer=text, citations=citations, removed=removed, notice=said)
            why = None if prose.has_heart(made, given) else ""
        except ModelError as error:
            why = str(error)
        if why is not None:
            yield _in_quotations(replace(answer, removed=(*answer.removed, *made.removed)), why)

    def _recorded(self, query: Query) -> list[Recorded]:
        """What recorded fields answer: each only with words that are on record, and no more than may be quoted."""
        found: list[Recorded] = []
        words = 0
        for one in moved_or_voted(query, self.retriever) or attended(query, self.record):
            words += sum(len(quotation.text.split()) for quotation in one.quotations)
            sound = not verified(compose.cite(one.quotations, self.record), self.record)[1]
            if sound and (words <= self.settings.quoted_words or not found):
                found.append(one)
        return found

    def _composed(
        self, query: Query, judged: Judgement, pieces: Sequence[Piece], kind: Outcome, told: Sequence[Recorded]
    ) -> Answer:
        if told:
            quotations = [quotation for one in told for quotation in one.quotations]
        else:
            quotations = quote.choose(judged, self.settings.quoted_words, pieces) if kind == "answered" else []
        citations, removed = verified(compose.cite(quote.readable(quotations), self.record), self.record)
        if kind == "answered" and not citations:
            kind = "not_on_record"
        near = compose.cite(quote.nearest(judged), self.record) if kind in ("not_directly", "not_on_record") else ()
        searched = self.record.searched(query.filters)
        text = compose.answer_text(citations) if citations else compose.refusal_text(kind, searched)
        return Answer(
            question=query.question,
            standalone_question=query.standalone,
            outcome=kind,
            answer=text,
            searched=searched,
            filters_understood=query.understood,
            citations=citations,
            nearest=verified(near, self.record)[0],
            removed=removed,
            notice=_notice(judged, pieces, quotations, told) if citations else None,
        )

    def _check(self, question: str) -> None:
        if not any(c.isalnum() for c in question):
            raise UserError("Please ask a question in words")
        if len(question) > 2_000:
            raise UserError("That is too long for one question; please ask in under 2,000 characters")
        if self.record.is_empty():
            raise UserError("Nothing is on record yet; run `onrecord ingest PATH` first")


def _in_quotations(answer: Answer, reason: str) -> Answer:
    """The answer in quotations, told why it is not in prose."""
    why = prompts.load("no_model").fill(reason=reason) if reason else prompts.load("no_prose").text
    return replace(answer, notice=" ".join(filter(None, (why, answer.notice))))


def _notice(
    judged: Judgement, pieces: Sequence[Piece], quotations: list[quote.Quotation], told: Sequence[Recorded]
) -> str | None:
    return " ".join(one.told for one in told) if told else compose.notice(judged, pieces, quotations)
