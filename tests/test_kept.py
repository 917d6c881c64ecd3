"""What people keep of answers: as it was, whatever comes later, and honest about what became of its sources."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, answer_from_json
from corpus.errors import UserError
from corpus.feedback import LONGEST, REASON, Feedback
from corpus.kept import LARGEST, Kept
from corpus.records import Searched
from tests.helpers import onrecord

DATES = st.none() | st.dates()
PLAIN = st.builds(Citation, date=DATES, corrected_by=st.none())
CITATIONS = st.lists(st.builds(Citation, date=DATES, corrected_by=st.none() | PLAIN), max_size=3).map(tuple)
ANSWERS = st.builds(
    Answer,
    searched=st.builds(Searched, first=DATES, last=DATES, unnamed=st.just(0)),
    citations=CITATIONS,
    nearest=CITATIONS,
    removed=st.lists(st.dictionaries(st.text(), st.text(), max_size=2), max_size=2).map(tuple),
    seconds=st.dictionaries(st.text(), st.floats(allow_nan=False), max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(answer=ANSWERS)
def test_an_answer_comes_back_from_its_json_as_it_was(answer: Answer) -> None:
    assert answer_from_json(json.loads(json.dumps(answer.to_json()))) == answer


def test_what_is_kept_is_found_under_its_id_alone_and_can_be_forgotten(home: Path) -> None:
    kept = Kept(home)
    assert kept.all() == []
    assert kept.find("x" * 16) is None
    assert not home.exists(), "to look for an answer must store nothing"
    told = {"question": "Who mends the weir?", "mode": "quotes"}
    key = kept.keep([told], "2025-03-04 7")
    found = kept.find(key)
    assert found is not None
    assert found.answers == (told,)
    assert found.index_date == dt.date(2025, 3, 4)
    assert found.modes == ("quotes",)
    assert kept.find(key[:-1]) is None
    assert kept.find("%" * 16) is None
    listed = onrecord("kept", "--home", home)
    assert key in listed.out
    assert "Who mends the weir?" in listed.out
    assert onrecord("kept", "--forget", "nothing-like-this", "--home", home).status == 2
    assert onrecord("kept", "--forget", key, "--home", home).status == 0
    assert kept.find(key) is None
    assert "No answer is kept" in onrecord("kept", "--home", home).out


def test_more_than_can_be_kept_is_refused_in_words(home: Path) -> None:
    with pytest.raises(UserError, match="no answer to keep"):
        Kept(home).keep([], None)
    with pytest.raises(UserError, match="one by one"):
        Kept(home).keep([{"question": "x" * LARGEST}], None)
    assert Kept(home).all() == []


def test_feedback_is_listed_and_deleted(home: Path) -> None:
    opinions = Feedback(home)
    opinions.add(False, "  not\nwhat I [bold]asked \x1b[31m", "Who mends the weir?", "answered", "y" * 30_000)
    opinions.add(True, "", "When?", "not_on_record", "")
    with pytest.raises(UserError, match="shorten"):
        opinions.add(True, "x" * (REASON + 1), "", "", "")
    assert [one.helpful for one in opinions.all()] == [False, True]
    assert len(opinions.all()[0].answer) == LONGEST["answer"]
    listed = onrecord("feedback", "--home", home).out
    assert "[bold]" in listed
    assert "\x1b" not in listed
    lines = [json.loads(line) for line in onrecord("feedback", "--json", "--home", home).out.splitlines()]
    assert lines[1]["question"] == "When?"
    assert onrecord("feedback", "--clear", "--home", home).out == "Deleted: 2.\n"
    assert "Nobody has said" in onrecord("feedback", "--home", home).out
