"""People, councils and committees in questions: forgiven slips, and everyday words that never become a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from assistant import names, spelling
from assistant.lexicon import Lexicon, surname
from assistant.words import words

SURNAMES = {
    "Muldowney": 9, "Thackwell": 7, "Wood": 5, "Hall": 4, "O’Dowda": 4, "Imber": 6, "Price": 3, "Turner": 5,
    "Barker": 4, "Long": 2, "Hardy": 3, "Kesterton": 5, "Reeve": 3, "Castle": 2,
}  # fmt: skip
TITLED = {name.lower().replace("’", "'"): count for name, count in SURNAMES.items()}
TEXT = words(
    "the swimming pool was resolved and repaired potholes in the hall price of wood a long castle and the turner "
    "burglaries in parking refuse collection working behaviour opened library bins fluoride behaviour"
)
COUNCILS = (
    "Merrowdale Borough Council", "Reading Borough Council", "Woking Borough Council", "Havant Borough Council",
    "Stoke Ferry Parish Council", "Northwold Parish Council", "Northwold and Whittington Parish Council",
)  # fmt: skip
COMMITTEES = (
    "Planning Committee", "Children and Young People Scrutiny Committee", "Place and Environment Scrutiny Committee",
    "Audit Panel", "Travel and Transportation Strategic Policy Committee",
)  # fmt: skip
LEXICON = Lexicon(
    words=Counter({**TITLED, **Counter(TEXT)}),
    plain=frozenset(TEXT),
    surnames={name.lower().replace("’", "'"): name for name in SURNAMES},
    titled=TITLED,
    councils=COUNCILS,
    committees=COMMITTEES,
)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Cllr Muldoney say about potholes?", "Muldowney"),
        ("what did cllr. muldowny ask", "Muldowney"),
        ("did Councillor Thakwell vote", "Thackwell"),
        ("what did Councillor Ann Muldowney say", "Muldowney"),
        ("What did Mrs P Kestertan promise?", "Kesterton"),
        ("what did muldowney say about the bins", "Muldowney"),
        ("what was Muldowney's answer", "Muldowney"),
        ("has Muldoney answered", "Muldowney"),
        ("what did mr wood say", "Wood"),
        ("what did Councillor Wood say", "Wood"),
        ("what did cllr o'dowda say", "O’Dowda"),
    ],
)
def test_a_person_is_found_as_the_record_spells_them(question: str, name: str) -> None:
    assert names.people(question, LEXICON).people == (name,)


def test_the_question_searched_has_the_records_spelling_and_keeps_the_rest() -> None:
    question = "What did Cllr Muldoney's motion say about Muldoney?"
    found = names.people(question, LEXICON)
    assert names.respell(question, found.respelt) == "What did Cllr Muldowney's motion say about Muldowney?"


@pytest.mark.parametrize(
    "question",
    [
        "has the wood in the hall been treated", "what is the price of a turner", "how long will it take",
        "which councillor will chair", "what did the councillor say about wood", "did a councillor turn up",
        "the councillor grant scheme", "are councillors long in office", "did the barkers leave the hardy plants",
        "have they turned the lights off", "what did the banker say", "was a castle opened", "did he imbibe",
        "Working people want parking", "WHAT DID THEY SAY ABOUT WOOD", "Have The Bins Been Long Refused In Hall Lane",
        "what did Councillor Morgan say", "what did Cllr Harry say", "did Councillor Harding vote", "mr hardwick spoke",
        "what did they say about reeves and pricing", "is the councillor allowance long overdue",
        "what will Councillors do", "Mrs who asked", "Did Cllrs agree?", "Dr or nurse",
    ],
)  # fmt: skip
def test_everyday_words_and_other_peoples_names_are_nobody_on_record(question: str) -> None:
    assert names.people(question, LEXICON).people == ()
    assert names.people(question, LEXICON).respelt == {}


def test_no_common_english_word_is_taken_for_a_name_or_a_slip() -> None:
    for word in sorted(spelling.english())[::7]:
        question = f"what did they say about the {word} in the end"
        assert names.people(question, LEXICON) == names.Named(), word
        assert names.bodies(question, LEXICON) in (names.Named(), names.Named(_place(word))), word
        assert spelling.respelt(question, LEXICON) == {}, word


def _place(word: str) -> tuple[str, ...]:
    return tuple(c for c in COUNCILS if names.short_name(c) == word)


@pytest.mark.parametrize(
    ("question", "council"),
    [
        ("what was said about potholes in Merrowdale", "Merrowdale Borough Council"),
        ("what was said about potholes in Merowdale", "Merrowdale Borough Council"),
        ("what did merowdale decide", "Merrowdale Borough Council"),
        ("what did Stoke Fery decide", "Stoke Ferry Parish Council"),
        ("what did Reading decide", "Reading Borough Council"),
        ("what did reading council decide", "Reading Borough Council"),
        ("what did Northwold and Whittington decide", "Northwold and Whittington Parish Council"),
        ("what did Northwold decide", None),  # it may mean either
        ("what did Northwold Parish Council decide", "Northwold Parish Council"),
    ],
)
def test_a_council_is_found(question: str, council: str | None) -> None:
    assert names.bodies(question, LEXICON).councils == ((council,) if council else ())


@pytest.mark.parametrize(
    "question",
    [
        "what about reading schemes for kids", "are they working on it", "they havent answered", "the merry dale",
        "Reading is taught in schools", "what did the readings show", "a stoke fire", "who is walking",
    ],
)  # fmt: skip
def test_everyday_words_are_no_council(question: str) -> None:
    assert names.bodies(question, LEXICON).councils == ()


def test_a_place_that_several_bodies_are_called_by_is_none_of_them_and_one_named_in_full_is_meant() -> None:
    known = replace(LEXICON, councils=("Heronford City Council", "Heronford District Council", *COUNCILS))
    assert names.bodies("how long does a pothole take in Heronford?", known).councils == ()
    assert names.bodies("potholes in Heronford and in Merrowdale", known).councils == ()
    named = names.bodies("what did Heronford District Council say?", known)
    assert named.councils == ("Heronford District Council",)


def test_several_councils_are_all_found() -> None:
    found = names.bodies("what did Merrowdale and Northwold decide on reading schemes", LEXICON).councils
    assert set(found) == {"Merrowdale Borough Council", "Northwold Parish Council"}


@pytest.mark.parametrize(
    ("question", "committee"),
    [
        ("what did the planning cttee say", "Planning Committee"),
        ("what did the Planning Committee say", "Planning Committee"),
        ("what did the planing committee say", "Planning Committee"),
        ("the children's scrutiny committee on bins", "Children and Young People Scrutiny Committee"),
        ("the environment committee on trees", "Place and Environment Scrutiny Committee"),
        ("what did the travel and transport committee say", "Travel and Transportation Strategic Policy Committee"),
        ("did the audit panel agree", "Audit Panel"),
    ],
)
def test_a_committee_is_found_by_what_people_call_it(question: str, committee: str) -> None:
    assert names.bodies(question, LEXICON).committee == committee


@pytest.mark.parametrize(
    "question",
    [
        "what did the committee say about planning", "was planning permission given", "the planning board", "audit",
        "what did this committee decide", "the school board", "is the environment committed", "a panel of people",
        "did the audit find anything", "the steering committee",
    ],
)  # fmt: skip
def test_a_subject_is_no_committee(question: str) -> None:
    assert names.bodies(question, LEXICON).committee is None


@pytest.mark.parametrize(
    ("attendee", "name"),
    [("Cllr. J. Imber (Chair)", "Imber"), ("Mrs P Lewis", "Lewis"), ("W. O’ Dowda", "O’Dowda"), ("A B", ""),
     ("MULDOWNEY", "Muldowney"), ("Ann Tolley OBE", "Tolley"), ("", ""), ("12", "")],
)  # fmt: skip
def test_the_surname_of_somebody_who_attended(attendee: str, name: str) -> None:
    assert surname(attendee) == name


@pytest.mark.parametrize(
    ("question", "spelt"),
    [
        ("was it resovled", {"resovled": "resolved"}),
        ("the swiming pool", {"swiming": "swimming"}),
        ("burgleries and behavour", {"burgleries": "burglaries", "behavour": "behaviour"}),
        ("flouride in the water", {"flouride": "fluoride"}),
        ("a statue and a casino, the crematorium", {}),
        ("xqzt 14a EHCP", {}),
    ],
)
def test_a_slip_is_matched_to_a_word_on_record_and_another_word_is_not(question: str, spelt: dict[str, str]) -> None:
    assert spelling.respelt(question, LEXICON) == spelt
