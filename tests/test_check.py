"""A draft held against the record: numbers as numbers, dates as dates, and the words that carry weight."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Citation
from assistant.check import check
from assistant.differs import differences
from assistant.draft_file import draft_text
from assistant.exports import check_word
from assistant.reading.comparer import open_comparer
from assistant.retrieve import Retriever
from assistant.times import times
from assistant.values import numbers
from corpus.errors import UserError
from corpus.records import Record
from corpus.weights import Embedder
from tests.examples import write
from tests.helpers import onrecord, put_on_record

MINUTES = """# Quillbeck District Council

## Minutes of the Streets Panel held on 14 September 2023

### 4. Grit bins

The Head of Streets reported that 77% of the grit bins had been refilled before the first frost, at a cost of £46,500.

### 5. Weir gate

Councillor Wragg asked whether the weir gate could be painted green. The Clerk advised that the gate would not be moved.

### 6. Ferry

RESOLVED: That the report on the Harwell ferry be noted.

### 7. Mobile library

The Head of Libraries hoped that the mobile library may be back on the road by 3 May 2024.
"""


@pytest.fixture
def quillbeck(home: Path, embedder: Embedder, tmp_path: Path) -> Record:
    record = Record(home)
    put_on_record(record, embedder, write(tmp_path, "minutes.md", MINUTES), council="Quillbeck District Council")
    return record


@pytest.mark.parametrize(
    ("sentence", "label", "aspect"),
    [
        ("Councillor Imber asked whether the weir gate could be painted green.", "differs", "attribution"),
        ("Over three quarters of the grit bins were refilled before the first frost.", "consistent", None),
        ("The refilling of the grit bins before the first frost cost £64,500.", "differs", "number"),
        ("The weir gate will be moved, the Clerk advised.", "differs", "polarity"),
        ("The Panel approved the report on the Harwell ferry.", "differs", "force"),
        ("The mobile library may be back on the road by 3 June 2024.", "differs", "date"),
        ("The mobile library will be back on the road by 3 May 2024.", "differs", "certainty"),
        ("Our swans have been given names by schoolchildren.", "no_prior_statement", None),
        ("Thank you for reading our newsletter this autumn.", "no_claim", None),
        ("Have you seen our new grit bins?", "no_claim", None),
    ],
)
def test_a_sentence_is_marked_as_an_officer_would(
    quillbeck: Record, embedder: Embedder, sentence: str, label: str, aspect: str | None
) -> None:
    (found,) = check(sentence, Retriever(quillbeck, embedder), open_comparer("auto"))
    assert (found.label, found.aspect) == (label, aspect)
    assert bool(found.differing) == bool(aspect)
    assert all(word in f"{sentence} {found.prior[0].quote}" for word in found.differing)
    assert bool(found.prior) == (label in ("consistent", "differs"))
    assert all(quillbeck.says(c.document_id, c.start, c.end, c.quote) for c in found.prior)


def test_every_sentence_comes_out_in_order_and_the_check_can_be_filed(quillbeck: Record, tmp_path: Path) -> None:
    text = "Dear resident, thank you for writing. The grit bins cost £46,500 to refill. The swans have names."
    draft, filed = tmp_path / "draft.docx", tmp_path / "check.docx"
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(draft))
    found = onrecord("check", draft, "--home", quillbeck.home, "--json", "--word", filed)
    assert found.status == 0, found.err
    checked = json.loads(found.out)["sentences"]
    assert [text[one["start"] : one["end"]] for one in checked] == [one["sentence"] for one in checked]
    assert [one["label"] for one in checked] == ["no_claim", "consistent", "no_prior_statement"]
    cells = [cell.text for row in docx.Document(str(filed)).tables[0].rows for cell in row.cells]
    assert any("minutes.md" in cell and checked[1]["prior"][0]["document_id"] in cell for cell in cells)


def test_what_cannot_be_checked_is_told_in_one_sentence(quillbeck: Record, tmp_path: Path) -> None:
    broken = write(tmp_path, "broken.docx", "no Word file")
    for draft in (tmp_path / "none.txt", broken, write(tmp_path, "empty.txt", " \n")):
        found = onrecord("check", draft, "--home", quillbeck.home)
        assert found.status == 2
        assert len(found.err.splitlines()) == 1
    assert "draft" not in (quillbeck.home / "record.sqlite").read_bytes().decode("latin-1").partition("Harwell")[0]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("77 %", "over three quarters", True),
        ("£2M", "£2,000,000", True),
        ("four weeks", "28 days", True),
        ("Thirty-one homes", "31 homes", True),
        ("just over two in five", "41 per cent", True),
        ("£1.2 million", "£1,214,000", True),
        ("between 10 and 12 weeks", "11 weeks", True),
        ("eight out of ten", "80 %", True),
        ("half a million homes", "500,000 homes", True),
        ("two thousand five hundred homes", "2,500 homes", True),
        ("within a year", "12 months", True),
        ("50p", "£0.50", True),
        ("67 %", "77 %", False),
        ("€0.4 million", "€40,000", False),
        ("£46,700", "£46,500", False),
        ("no more than 20 homes", "22 homes", False),
        ("3-5 years", "3-7 weeks", False),
        ("500 pounds", "£412", False),
    ],
)
def test_numbers_are_compared_as_numbers(one: str, other: str, agree: bool) -> None:
    (a,), (b,) = numbers(one), numbers(other)
    assert a.agrees(b) == b.agrees(a) == agree


def test_a_day_of_its_month_is_that_month_and_no_number() -> None:
    (day,), (month,) = times("on 13 January 2025"), times("in the middle of January 2025")
    assert day.agrees(month)
    assert numbers("on 13 January 2025") == numbers("post-16 transport in 2023/24") == []


@pytest.mark.parametrize(
    "words",
    [
        "Year 11",
        "Section 106",
        "Option 2",
        "the A10",
        "PE9 2AB",
        "at 10.30am",
        "COVID-19",
        "half term",
        "item 7",
        "the 1st of May",
    ],
)
def test_a_name_counts_nothing(words: str) -> None:
    assert numbers(f"They spoke of {words} again.") == []


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("12/05/2023", "2023-05-12", "2023-05-12"),
        ("3 Jan 2024", "2024-01-03", "2024-01-03"),
        ("Sept 2023", "2023-09-01", "2023-09-30"),
        ("2024-25", "2024-04-01", "2025-03-31"),
    ],
)
def test_a_date_is_read_as_people_write_it(words: str, low: str, high: str) -> None:
    (found,) = times(f"It was agreed in {words} at last.")
    assert (found.low.isoformat(), found.high.isoformat()) == (low, high)


def test_a_figure_beside_a_year_is_read_and_2000_pupils_are_no_year() -> None:
    assert [n.low for n in numbers("from 15 in 2022 to 30 in 2023")] == [15, 30]
    assert times("2000 pupils took part") == []


def said(quote: str, **facts: Any) -> Citation:
    given = {
        "date": dt.date(2024, 5, 14),
        "speaker": "the Head of Streets",
        "force": "stated",
        "verb": "reported",
        **facts,
    }
    return Citation(1, quote, quote, None, 0, len(quote), "minutes.md", "0", **given)


@pytest.mark.parametrize(
    ("draft", "record", "aspect"),
    [
        ("The weir gate won't be moved.", "The weir gate would be moved.", "polarity"),
        (
            "The fee was raised in March 2022 and cut in May 2023.",
            "It was raised in March 2022 and cut in June 2023.",
            "date",
        ),
        ("Repairs rose from 15 in 2022 to 20 in 2023.", "Repairs rose from 15 in 2022 to 30 in 2023.", "number"),
        ("We turned down 112 requests.", "92 requests, and not 112, had been turned down.", "number"),
        ("Councillor Odell said that the ferry was late.", "The ferry was late.", "attribution"),
    ],
)
def test_a_rule_sees_what_differs(draft: str, record: str, aspect: str) -> None:
    assert aspect in [found.aspect for found in differences(draft, said(record))]


@pytest.mark.parametrize(
    ("draft", "record"),
    [
        ("The net cost of the ferry is £500.", "The cost of the ferry is £500."),
        ("The mobile library will be back next year.", "The mobile library would be back next year, from 3 May 2024."),
        ("All of the bins were refilled.", "All of the bins, some 400 in number, were refilled."),
        ("Bus fares were reduced so that more people can travel.", "Bus fares were reduced."),
        ("Traffic near the proposed site will double.", "Traffic near the proposed site will double."),
        ("In May the fee was raised.", "The fee was raised."),
        ("There are 20 mph limits near Year 7 classes.", "There were 20 mph limits near the classes of year 7."),
    ],
)
def test_no_rule_objects_to_what_is_the_same(draft: str, record: str) -> None:
    assert differences(draft, said(record)) == []


def test_a_decision_that_adopts_recommendations_is_a_decision() -> None:
    record = said("RESOLVED: That the recommendations on the ferry be approved.", force="decided", verb="resolved")
    assert differences("The Panel approved the recommendations on the ferry.", record) == []


def test_a_word_files_struck_words_are_left_out_and_its_added_ones_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The gate will ")
    for tag, words, kind in (("w:ins", "not ", "w:t"), ("w:del", "never ", "w:delText")):
        change = OxmlElement(tag)
        run, held = OxmlElement("w:r"), OxmlElement(kind)
        held.text = words
        run.append(held)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("be moved.")
    document.add_table(1, 1).cell(0, 0).text = "The fee is £500."
    document.save(str(tmp_path / "draft.docx"))
    assert (
        draft_text("draft.docx", (tmp_path / "draft.docx").read_bytes())
        == "The gate will not be moved.\n\nThe fee is £500."
    )
    assert draft_text("draft.txt", "The fee is £500.".encode("cp1252")) == "The fee is £500."


def test_a_word_file_that_unpacks_to_far_more_is_refused_before_it_is() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(101):
            part.write(bytes(1_000_000))
    with pytest.raises(UserError, match="too large when unpacked"):
        draft_text("draft.docx", held.getvalue())


def test_a_very_long_sentence_and_odd_signs_end_no_check(quillbeck: Record, embedder: Embedder) -> None:
    draft = "The ferry " + "and the weir gate " * 150 + "cost £500. The weir\x02 gate will be moved\ufffe."
    found = list(check(draft, Retriever(quillbeck, embedder), open_comparer("auto")))
    assert len(found) == 2
    assert check_word(found).startswith(b"PK")


@given(st.text(max_size=60), st.integers(2, 10**7))
def test_a_number_agrees_with_itself_however_it_is_grouped(words: str, value: int) -> None:
    (plain,), (grouped,) = numbers(f"€{value} was paid"), numbers(f"€{value:,} was paid")
    assert plain.agrees(grouped)
    for one in numbers(words):
        assert one.low <= one.high
        assert 0 <= one.start < one.end <= len(words)


@pytest.mark.parametrize(("draft", "on_record"), [("autumn 2026", "spring 2026"), ("the summer of 2024", "May 2023")])
def test_a_season_of_another_part_of_the_year_is_another_time(draft: str, on_record: str) -> None:
    (mine,), (theirs,) = times(f"It opens in {draft}."), times(f"It opens in {on_record}.")
    assert not mine.agrees(theirs)


@pytest.mark.parametrize(("draft", "on_record"), [("spring 2026", "April 2026"), ("winter 2025", "January 2026")])
def test_a_season_agrees_with_its_months(draft: str, on_record: str) -> None:
    (mine,), (theirs,) = times(f"It opens in {draft}."), times(f"It opens in {on_record}.")
    assert mine.agrees(theirs)
