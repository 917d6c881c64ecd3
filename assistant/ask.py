"""From a question to an Answer: understand, retrieve, judge, compose, verify. The whole way, top to bottom."""

from __future__ import annotations

import time
from collections.abc import Sequence

from assistant import compose
from assistant.answer import Answer, Outcome
from assistant.config import Settings
from assistant.evidence import Sentence, judge
from assistant.query import Query, understand
from assistant.retrieve import Retriever
from assistant.verify import verified
from corpus import vectors
from corpus.changes import writing
from corpus.errors import UserError
from corpus.records import Filters, Record
from corpus.weights import Embedder


class Assistant:
    """A record opened for questions, with its model. Threads may share one."""

    def __init__(self, settings: Settings, record: Record | None = None) -> None:
        """Open the record; the model is loaded by the first question, or by `warm`."""
        self.settings = settings
        self.record = record or Record(settings.home)
        self.embedder = Embedder(settings.embedding_model, settings.precision)
        self.retriever = Retriever(self.record, self.embedder)

    def warm(self) -> None:
        """Load the model, and finish what a killed ingest left undone, if nobody else is at it."""
        self.embedder.load()
        if not vectors.is_current(self.record) and not self.record.is_empty():
            try:
                with writing(self.settings.home, wait=0):
                    vectors.publish(self.record, self.settings.chroma_sync_threshold)
            except UserError:
                pass  # an ingest is running, and will publish what it adds

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """Answer one question. Raises UserError where nothing can be asked: no words, or nothing on record."""
        begun = time.perf_counter()
        self._check(question)
        query = understand(question, history, filters or Filters(), self.record)
        judged: list[Sentence] = []
        kind: Outcome = "out_of_scope"
        if query.in_scope:
            asked, found = self.retriever.retrieve(query)
            judged = judge(query, asked, found)
            kind = compose.outcome(judged)
        retrieved = time.perf_counter()
        return self._composed(query, judged, kind, begun, retrieved)

    def _composed(self, query: Query, judged: list[Sentence], kind: Outcome, begun: float, retrieved: float) -> Answer:
        quotations = compose.choose(judged, self.settings.quoted_words) if kind == "answered" else []
        citations, removed = verified(compose.cite(compose.readable(quotations), self.record), self.record)
        if kind == "answered" and not citations:
            kind = "not_on_record"
        near = compose.cite(compose.nearest(judged), self.record) if kind in ("not_directly", "not_on_record") else ()
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
            seconds={
                "retrieve": round(retrieved - begun, 3),
                "total": round(time.perf_counter() - begun, 3),
            },
        )

    def _check(self, question: str) -> None:
        if not any(c.isalnum() for c in question):
            raise UserError("Please ask a question in words")
        if len(question) > 2_000:
            raise UserError("That is too long for one question; please ask in under 2,000 characters")
        if self.record.is_empty():
            raise UserError("Nothing is on record yet; run `onrecord ingest PATH` first")
        held = self.record.fact("fingerprint")
        if held != self.embedder.fingerprint:
            raise UserError("The record was made with another model or version; run `onrecord reindex` to make it fit")
