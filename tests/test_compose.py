"""What an answer shows: whole thoughts, within bounds, once, in a readable order, and honest words for nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

import prompts
from assistant import compose, quote
from assistant.evidence import Judgement, Sentence
from assistant.pieces import Piece
from assistant.retrieve import Found
from corpus.models import PassageOnRecord, Span
from corpus.records import Searched
from corpus.sentences import sentences
from corpus.weights import TokenVectors

TEXT = (
    "Councillor Imber asked about the lamp at Osier Lane. She went on to say that nobody had repaired it since May. "
    "The Head of Streets agreed to have it mended by the end of June."
)
PASSAGE = PassageOnRecord(
    id=1, document_id="d1", document="a.txt", link=None, retrieved="2026-01-01", council="Quillbeck District Council",
    committee="Streets Panel", date=dt.date(2018, 2, 6), meeting_title=None, status="unknown", supplied=(),
    item_number="7", item="Street lighting", kind="discussion", start=100, end=100 + len(TEXT), text=TEXT,
    lead_in=None, page=None,
)  # fmt: skip


LIMITS = {"answered": 0.3, "near": 0.1, "clear": 0.6, "behind": 1.0, "newest": 0.3, "piece": 3.0}


def judged(passage: PassageOnRecord, which: int, score: float) -> Sentence:
    nothing = np.empty(0, np.float32)
    found = Found(passage, 0.0, score, nothing, TokenVectors(np.empty((0, 3), np.float32), ()), 0)
    return Sentence(found, sentences(passage.text)[which], score)


def judgement(*read: Sentence, probability: float = 0.9) -> Judgement:
    return Judgement(read, probability, LIMITS)


def choose(*read: Sentence, most_words: int = 120, pieces: tuple[Piece, ...] = ()) -> list[quote.Quotation]:
    return quote.choose(judgement(*read), most_words, pieces)


def test_a_sentence_that_carries_on_is_quoted_with_the_one_that_says_who_spoke() -> None:
    (quotation,) = choose(judged(PASSAGE, 1, 0.9))
    assert quotation.text.startswith("Councillor Imber asked")
    assert "nobody had repaired it since May." in quotation.text


def test_neighbouring_sentences_become_one_quotation() -> None:
    chosen = choose(judged(PASSAGE, 2, 0.9), judged(PASSAGE, 1, 0.8))
    assert [q.text for q in chosen] == [TEXT]


def test_a_long_question_is_quoted_with_its_reply_where_there_is_room_and_with_nothing_else() -> None:
    asked = f"Councillor Imber asked {'whether it was so, ' * 12}and who would mend the lamp at Osier Lane."
    reply = "The Head of Streets answered that her team would."
    thanks = "Councillor Imber thanked her for the long list of works that had been done since the winter."
    replied = replace(PASSAGE, text=f"{asked} {reply} {thanks}")
    thanked = replace(PASSAGE, text=f"{asked} {thanks} {reply}")
    below = replace(PASSAGE, text=f"{asked}\n\n{reply}")
    for passage, most_words, wanted in (
        (replied, 120, f"{asked} {reply}"),
        (replied, 60, asked),
        (thanked, 120, asked),
        (below, 120, asked),
    ):
        (quotation,) = choose(judged(passage, 0, 0.9), most_words=most_words)
        assert quotation.text == wanted


def test_the_same_words_from_a_draft_are_quoted_once() -> None:
    draft = replace(PASSAGE, id=2, document_id="d2", status="draft")
    assert len(choose(judged(PASSAGE, 2, 0.9), judged(draft, 2, 0.9))) == 1


def test_the_best_comes_first_and_other_meetings_follow_by_date() -> None:
    others = [
        replace(
            PASSAGE, id=n, document_id=f"d{n}", date=date, text=f"Lamp number {n} stood dark at {n} Hill Street then."
        )
        for n, date in ((2, dt.date(2019, 1, 1)), (3, None), (4, dt.date(2017, 1, 1)))
    ]
    chosen = choose(judged(PASSAGE, 2, 0.9), *(judged(p, 0, 0.86) for p in others))
    assert [q.passage.id for q in quote.readable(chosen)] == [1, 4, 2, 3]


def test_an_answer_stays_within_its_words_even_where_one_sentence_is_longer() -> None:
    long = replace(PASSAGE, text="word " * 300 + "end.")
    (quotation,) = choose(judged(long, 0, 0.9), most_words=50)
    assert len(quotation.text.split()) == 50
    assert long.text.startswith(quotation.text)


def test_a_citation_is_the_canonical_slice_and_says_its_source() -> None:
    (citation,) = compose.cite(choose(judged(PASSAGE, 2, 0.9)))
    assert citation.quote == TEXT[citation.start - 100 : citation.end - 100]
    assert compose.source_line(citation) == (
        "Quillbeck District Council, Streets Panel, 6 February 2018, item 7, Street lighting"
    )
    assert compose.answer_text((citation,)).endswith(f"“{citation.quote}” [1]")


def test_a_source_without_facts_is_named_by_its_file_and_said_to_be_undated() -> None:
    bare = replace(PASSAGE, council=None, committee=None, date=None, item=None, item_number=None)
    (citation,) = compose.cite(choose(judged(bare, 2, 0.9)))
    assert compose.source_line(citation) == "a.txt, undated"


def test_a_verdict_is_marked_as_decided_with_its_own_verb_and_discussion_is_not() -> None:
    verdict = replace(PASSAGE, kind="verdict", text="RESOLVED: That the lamp be mended.")
    (citation,) = compose.cite(choose(judged(verdict, 0, 0.9)))
    assert (citation.force, citation.verb) == ("decided", "resolved")
    (talk,) = compose.cite(choose(judged(PASSAGE, 2, 0.9)))
    assert (talk.force, talk.verb) == (None, None)


def test_what_a_motion_asks_for_is_not_the_verb_of_what_was_decided() -> None:
    words = "RESOLVED: That the motion be adopted. The Clerk to write to the owners of the lamp."
    lead = "that a lamp be put up as requested by the residents of Osier Lane."
    verdict = replace(PASSAGE, kind="verdict", text=words, lead_in=lead)
    second = Span(words.index("The Clerk"), len(words))
    (citation,) = compose.cite([quote.Quotation(verdict, second, 0.9)])
    assert (citation.force, citation.verb) == ("decided", "resolved")
    listed = replace(verdict, text="The Clerk to write to the owners of the lamp.", lead_in="It was agreed that:")
    (citation,) = compose.cite([quote.Quotation(listed, Span(0, 10), 0.9)])
    assert citation.verb == "agreed"
    (citation,) = compose.cite([quote.Quotation(replace(listed, lead_in="The Panel RESOLVED that:"), Span(0, 10), 0.9)])
    assert citation.verb == "resolved"


def test_the_bounds_of_a_search_say_how_much_was_searched() -> None:
    some = Searched(14, 14, ("A", "B"), dt.date(2023, 9, 1), dt.date(2025, 7, 1), 3)
    assert compose.bounds(some) == "14 meetings of 2 councils, September 2023 to July 2025 (3 undated)"
    mixed = Searched(6, 6, ("A",), None, None, 6, unnamed=5)
    assert compose.bounds(mixed) == "6 meetings of A (5 of a council not stated), all undated"
    assert compose.bounds(Searched(1, 1, (), None, None, 1)) == "1 meeting, undated"
    assert "none on record" in compose.bounds(Searched(0, 0, (), None, None, 0))


def test_every_prompt_fills_its_gaps_once_and_only_with_what_it_declares() -> None:
    assert "{nearest}" in prompts.load("not_on_record").fill(bounds="{nearest}")


def test_a_span_is_trimmed_of_nothing_but_white_space() -> None:
    assert sentences("  One.  Two. ") == [Span(2, 6), Span(8, 12)]


def test_between_yes_and_no_there_is_a_middle() -> None:
    outcomes = [compose.outcome(judgement(judged(PASSAGE, 2, 0.9), probability=p)) for p in (0.9, 0.2, 0.05)]
    assert outcomes == ["answered", "not_directly", "not_on_record"]
    assert compose.outcome(judgement()) == "not_on_record"


def test_an_uncertain_answer_says_so_and_a_certain_one_does_not() -> None:
    sure, unsure = (judgement(judged(PASSAGE, 2, 0.9), probability=p) for p in (0.9, 0.5))
    assert compose.notice(sure, (), quote.choose(sure, 120)) is None
    assert "probably" in str(compose.notice(unsure, (), quote.choose(unsure, 120)))


def test_a_passage_that_is_much_less_likely_is_not_shown_beside_the_best() -> None:
    other = replace(PASSAGE, id=2, document_id="d2", text="The lamps of Hill Street were counted that evening.")
    assert len(choose(judged(PASSAGE, 2, 0.9), judged(other, 0, 0.88))) == 2
    assert len(choose(judged(PASSAGE, 2, 0.9), judged(other, 0, 0.5))) == 1


def test_each_piece_asked_after_has_its_quotation_or_is_said_to_have_none() -> None:
    other = replace(PASSAGE, id=2, document_id="d2", council="Otherby", text="Otherby mends its lamps in a fortnight.")
    third = replace(PASSAGE, id=3, document_id="d3", council="Farside", text="Farside spoke of something else then.")
    read = judged(PASSAGE, 2, 0.9), judged(other, 0, 0.6), judged(third, 0, 0.01)
    pieces = tuple(Piece(str(p.council), frozenset({p.id}), named=True) for p in (PASSAGE, other, third))
    quoted = choose(*read, pieces=pieces)
    assert [q.passage.id for q in quoted] == [1, 2]
    assert "Farside" in str(compose.notice(judgement(*read), pieces, quoted))
    assert "Otherby" not in str(compose.notice(judgement(*read), pieces, quoted))
