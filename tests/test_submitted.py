"""Questions and motions as submitted: a reply is found by, and shown under, what it replies to."""

from __future__ import annotations

from corpus.models import Document
from ingest.documents import make_document
from ingest.read import Supplied

MINUTES = """# Quillbeck County Council

Minutes of the Ordinary Meeting held on 4 June 2024

## QUESTIONS

**7. Question submitted by Councillor Imber**

***I will ask at the next Meeting of Quillbeck District if there are plans*** ***to light the steps at Osier Lane.***

REPLY: An application for funding was made in the spring and we were told this week that it was successful. Works are
expected to be carried out over the coming months.

**8. Question submitted by Councillor Wragg**

*I will ask at the next Meeting why the weir gate is locked.* REPLY: The lock is the fishery's and not the Council's.

## NOTICES OF MOTION

**9. Notice of Motion submitted by Councillor Tolley**

*I will move at the next Meeting that this Council write to the Minister about the ferry at Harwell.*

In proposing the Motion Councillor Tolley said that the boat had not sailed since the autumn and that nobody had been
told why.

RESOLVED: That the Motion be adopted.

## CORRESPONDENCE

A letter was read from the Harwell Anglers, who thanked the Council for the new stile.
"""


def read() -> Document:
    return make_document("quillbeck.md", MINUTES.encode(), Supplied())


def lead_of(document: Document, words: str) -> str | None:
    for meeting in document.meetings:
        for item in meeting.items:
            for passage in item.passages:
                if words in document.text[passage.start : passage.end]:
                    return document.text[passage.lead.start : passage.lead.end] if passage.lead else None
    raise AssertionError(words)


def test_a_reply_is_led_in_by_what_was_asked() -> None:
    document = read()
    asked = "if there are plans to light the steps at Osier Lane."
    assert lead_of(document, "we were told this week") == asked
    assert lead_of(document, "light the steps") is None  # the question itself


def test_a_question_and_its_reply_in_one_line_are_two_passages() -> None:
    document = read()
    assert lead_of(document, "the fishery") == "why the weir gate is locked."


def test_a_motion_leads_in_its_discussion_and_its_verdict_and_nothing_else() -> None:
    document = read()
    moved = "that this Council write to the Minister about the ferry at Harwell."
    assert lead_of(document, "had not sailed") == moved
    assert lead_of(document, "be adopted") == moved
    assert lead_of(document, "Harwell Anglers") is None


def submitted(*paragraphs: str) -> Document:
    """Minutes with these paragraphs under a heading."""
    head = MINUTES[: MINUTES.index("**7.")]
    return make_document("submitted.md", (head + "\n\n".join(paragraphs) + "\n").encode(), Supplied())


def test_a_heading_may_hold_its_question() -> None:
    document = submitted(
        "Question from Councillor Imber: Why has the weir gate been locked since the flood?",
        "Reply: The lock was fitted by the fishery after the flood and not by anybody of the Council.",
        "The Clerk had written to the fishery twice since May and had been promised a key for the spring.",
    )
    for words in ("fitted by the fishery", "a key for the spring"):
        assert lead_of(document, words) == "Why has the weir gate been locked since the flood?"


def test_a_hyphen_begins_no_reply() -> None:
    document = submitted(
        "7. Question submitted by Councillor Imber",
        "I will ask at the next Meeting what the fire response-times at Harwell were in the year of the flood.",
        "REPLY: They were eleven minutes on average, and nine in the two years before the station was moved.",
    )
    asked = "what the fire response-times at Harwell were in the year of the flood."
    assert lead_of(document, "eleven minutes") == asked


def test_what_is_asked_may_stand_below_a_bare_opening_and_be_scanned_badly() -> None:
    document = submitted(
        "7. Question submitted by Councillor Imber",
        "I will ask at the next meeting:",
        "How many of the lamps at Osier Lane are dark, and since when have they been so?",
        "REPLY: Four of nine were dark on the day of the survey, and two of these had been since the winter.",
        "8. Question submitted by Councillor Wragg",
        "| will ask at the next meeting if the stile at Harwell has been mended by whoever broke it.",
        "REPLY: It has not been mended, and nobody knows who broke it, though the farmer has been asked.",
    )
    asked = "How many of the lamps at Osier Lane are dark, and since when have they been so?"
    assert lead_of(document, "Four of nine") == asked
    assert lead_of(document, "nobody knows") == "if the stile at Harwell has been mended by whoever broke it."


def test_a_motion_ends_where_other_business_begins() -> None:
    document = submitted(
        "7. Notice of Motion submitted by Councillor Imber",
        "I will move that this Council write to the Minister about the ferry at Harwell before the summer.",
        "Councillor Tolley seconded the Motion, and said that the boat had not sailed since the autumn of last year.",
        "Votes of Sympathy",
        "The members stood for a minute in memory of the ferryman, who had worked the boat for forty years.",
    )
    assert lead_of(document, "had not sailed") is not None
    assert lead_of(document, "in memory of the ferryman") is None


def test_what_the_public_asked_in_general_leads_in_nothing() -> None:
    minutes = MINUTES[: MINUTES.index("## QUESTIONS")] + (
        "## Questions from the public\n\nMrs Quill said that the bench by the weir was broken.\n\n"
        "The Clerk said that the grass would be cut in July, as in every year.\n"
    )
    document = make_document("public.md", minutes.encode(), Supplied())
    assert lead_of(document, "grass would be cut") is None
