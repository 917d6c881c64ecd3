"""Abbreviations learnt from how documents explain them."""

from __future__ import annotations

import pytest

from assistant.glossary import Glossary, glossary, learn


@pytest.mark.parametrize(
    ("text", "short", "words"),
    [
        ("the Education, Health and Care Plans (EHCPs) were late", "ehcp", "education health and care plans"),
        ("an EHCP (Education, Health and Care Plan) was", "ehcp", "education health and care plan"),
        ("under Freedom of Information (FOI) rules", "foi", "freedom of information"),
        (
            "Special Educational Needs and/or Disabilities (SEND)",
            "send",
            "special educational needs and or disabilities",
        ),
        ("Safer Neighbourhood Area Panel (“SNAP”)", "snap", "safer neighbourhood area panel"),
        ("the Department for Housing & Growth (DHG)", "dhg", "department for housing & growth"),
        ("the C.C.T.V. was out. The closed circuit television (CCTV)", "cctv", None),
        ("HGVs (heavy goods vehicles) on the lane", "hgv", "heavy goods vehicles"),
    ],
)
def test_an_abbreviation_is_learnt_where_its_letters_begin_the_words(text: str, short: str, words: str | None) -> None:
    assert learn(text) == ({(short, words): 1} if words else {})


@pytest.mark.parametrize(
    "text", ["the report (PDF) was", "Councillor Imber (Chair)", "the bridge (North)", "a pool (2019)", "(EHCP)",
             "They moved. Education Health (EHCP)", "SEND (see item 4)", "the old (OLD) rules"]
)  # fmt: skip
def test_other_brackets_teach_nothing(text: str) -> None:
    assert not learn(text)


LEARNT = glossary({("ehcp", "education health and care plan"): 5, ("ehcp", "each his care plan"): 1,
                   ("can", "community action northwold"): 2})  # fmt: skip


def test_it_expands_both_ways_and_plurals_too() -> None:
    assert LEARNT.expansions("how many EHCPs are late") == ["education", "health", "care", "plan"]
    assert LEARNT.expansions("an ehcp") == ["education", "health", "care", "plan"]
    assert LEARNT.expansions("Education, Health and Care Plans") == ["ehcp"]


def test_an_everyday_word_is_an_abbreviation_only_in_capitals() -> None:
    assert LEARNT.expansions("can they help") == []
    assert LEARNT.expansions("does CAN help") == ["community", "action", "northwold"]


def test_an_empty_glossary_expands_nothing() -> None:
    assert Glossary().expansions("EHCP") == []
