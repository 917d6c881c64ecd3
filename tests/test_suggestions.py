"""What may be asked next: plain questions with something on record behind each."""

from __future__ import annotations

import dataclasses
import re
import time

import pytest
from sqlalchemy import select

from assistant.answer import Answer, Citation
from assistant.ask import Assistant
from assistant.compose import cite_statement
from assistant.config import Settings
from assistant.lexicon import lexicon
from assistant.suggestions import openers, subject_of, suggestions
from assistant.web.conversation import Conversation
from assistant.web.render import transcript
from assistant.words import stems
from corpus.records import Filters, Record
from corpus.schema import items, meetings, passages, statements
from corpus.spoken import find


@pytest.fixture(scope="module")
def citations(samples_record: Record) -> list[Citation]:
    """The first statement of every item on record that has a title."""
    council = Filters(council="Merrowdale Borough Council")
    first = {(one.passage.document_id, one.passage.item): one for one in reversed(find(samples_record, council))}
    return [cite_statement(1, one, samples_record) for (_, item), one in first.items() if item]


def answer(record: Record, *cited: Citation, near: bool = False) -> Answer:
    kind = {"outcome": "not_directly", "nearest": cited} if near else {"outcome": "answered", "citations": cited}
    return Answer("What of it?", "What of it?", answer="", searched=record.searched(Filters()), **kind)  # type: ignore[arg-type]


def said(record: Record, citation: Citation) -> list[tuple[str | None, str | None]]:
    """Speaker and force of all that is said in the citation's item, but for what it quotes; read afresh."""
    here = (passages.c.document_id == citation.document_id) & (items.c.title == citation.item)
    query = select(statements.c.speaker, statements.c.force).join(passages, passages.c.id == statements.c.passage_id)
    query = query.join(items, items.c.id == passages.c.item_id).where(here, statements.c.start != citation.start)
    with record.engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(query)]


def titles_in(record: Record, month: str) -> str:
    query = select(items.c.title, meetings.c.date).join(meetings, meetings.c.id == items.c.meeting_id)
    with record.engine.connect() as connection:
        rows = connection.execute(query.where(items.c.title.is_not(None), meetings.c.date.is_not(None)))
        return " | ".join(title.lower() for title, date in rows if date.startswith(month))


def test_each_has_on_record_what_it_asks_after(samples_record: Record, citations: list[Citation]) -> None:
    months = {f"{c.date:%B %Y}": f"{c.date:%Y-%m}" for c in citations if c.date}
    kinds = set()
    for citation in citations:
        found = suggestions(answer(samples_record, citation), samples_record)
        assert len(found) <= 3
        held = said(samples_record, citation)
        for question in found:
            if named := re.match(r"What did (.+?) (say|ask) about ", question):
                assert (named[1], "asked" if named[2] == "ask" else "stated") in held
                kinds.add(named[2])
            elif dated := re.fullmatch(r"What was said about (.+) in (\w+ \d{4})\?", question):
                assert citation.date
                assert months[dated[2]] > f"{citation.date:%Y-%m}"
                assert stems(dated[1]) <= stems(titles_in(samples_record, months[dated[2]]))
                kinds.add("later")
            else:
                verb = re.match(r"What was (promised|decided) about ", question)
                assert verb, question
                assert {"promised": "committed", "decided": "decided"}[verb[1]] in {force for _, force in held}
                kinds.add(verb[1])
    assert kinds == {"say", "ask", "later", "promised", "decided"}


def test_they_cost_little(samples_record: Record, citations: list[Citation]) -> None:
    lexicon(samples_record)  # learnt by the answer already
    spent = []
    for citation in citations:
        begun = time.process_time()
        suggestions(answer(samples_record, citation), samples_record)
        spent.append(time.process_time() - begun)
    assert sorted(spent)[len(spent) // 2] < 0.03


def test_none_is_asked_twice_and_a_refusal_leads_to_what_is_near(
    samples_record: Record, citations: list[Citation]
) -> None:
    pool = next(c for c in citations if c.item == "Castle Harby swimming pool")
    first, *rest = suggestions(answer(samples_record, pool), samples_record)
    assert first not in suggestions(answer(samples_record, pool), samples_record, [first.upper()])
    near = suggestions(answer(samples_record, pool, near=True), samples_record)
    assert near == (first,)
    assert suggestions(answer(samples_record), samples_record) == ()
    assert rest


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Failure of a home care provider", "the failure of a home care provider"),
        ("Home to school transport: start of the autumn term", "home to school transport"),
        ("Castle Harby swimming pool", "Castle Harby swimming pool"),
        ("Climate Action Plan 2024 to 2030", "Climate Action Plan"),
        ("24/00117 - Highways Asset Plan – November 2024-25", "Highways Asset Plan"),
        ("Item 4: Update on the library roof", "the library roof"),
        ("Flooding at Lennford on 20 September 2023", "flooding at Lennford"),
        ("Petition: 20 mph limits outside schools", "20 mph limits outside schools"),
        ("MATTERS ARISING", ""),
        ("Minutes of the meeting held on 6 July 2023", ""),
        ("Any other business", ""),
        ("Date of the next meeting was set for Thursday", ""),
        ("Planning", ""),
        (None, ""),
    ],
)
def test_a_subject_is_its_title_in_the_middle_of_a_sentence(
    samples_record: Record, title: str | None, subject: str
) -> None:
    assert subject_of(title, lexicon(samples_record)) == subject


def test_a_page_that_stores_nothing_offers_nothing_that_is_stored(
    samples_record: Record, citations: list[Citation]
) -> None:
    for stores in (True, False):
        conversation = Conversation(stores=stores)
        turn = conversation.ask("What of it?")
        turn.writes(dataclasses.replace(answer(samples_record, citations[0])))
        turn.answered()
        shown = transcript(conversation)
        assert 'data-act="copy"' in shown
        assert ('data-act="keep"' in shown) is stores
        assert ('data-act="helpful"' in shown) is stores


def test_the_newest_minutes_offer_questions_to_start_with_that_are_answered(samples_record: Record) -> None:
    offered = openers(samples_record)
    assert 3 <= len(offered) <= 6
    assistant = Assistant(Settings(home=samples_record.home), samples_record)
    assert assistant.ask(offered[0]).outcome == "answered"
