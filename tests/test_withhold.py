"""What must never be stored: exempt minutes, and people's contact data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.source import Extracted, Mark
from ingest.withhold import withhold


def kept(text: str) -> str:
    return withhold(Extracted(text, "text")).text


@pytest.mark.parametrize(
    "private",
    [
        "ann.tolley@quillbeck.example",
        "[email protected]",
        "07700 900318",
        "01632 960188",
        "+44 7700 900318",
        "(01632) 960188",
        "061 496000",
    ],
)
def test_contact_details_are_left_out_and_brackets_say_so(private: str) -> None:
    text = kept(f"Families could join by asking {private} before Easter.")
    assert private not in text
    assert text.startswith("Families could join by asking [")
    assert text.endswith(" left out] before Easter.")


@pytest.mark.parametrize(
    "text",
    [
        "Councillor Adeyinka asked about application 24/01632/FUL at 14 Weir Lane, Quillbeck QB4 7TD.",
        "The budget was £1,530,924 and 02 of the 2024 0012 figures were wrong.",
        "Anybody worried about a child should ring 0800 123 4567.",
        "The Panel met on 07.03.2024 at 18.30.",
        "1234567890 votes",
        "Invoice 084 002037 for £30.00 and property reference 00632304300001 were paid.",
    ],
)
def test_figures_references_and_numbers_for_everybody_stay(text: str) -> None:
    assert kept(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "A question from Mr Leonard Skane of 14 Fuller’s Yard, Quillbeck QB4 7TD was read.",
        "A question from Mr Leonard Skane of 14 Fuller’s Yard was read.",
        "Home address: 14 Fuller’s Yard, Quillbeck",
        "Clerk: Mrs J Pell, 14 Fuller’s Yard, Quillbeck QB4 7TD. Tel. 01632 960188",
    ],
)
def test_where_somebody_lives_is_left_out(text: str) -> None:
    assert "Fuller" not in kept(text)
    assert "[address left out]" in kept(text)


EXEMPT = """12. Work programme
The programme was agreed.
EXEMPT ITEMS
RESOLVED that the press and public be excluded under Schedule 12A of the Act.
13. Settlement with the roofer
The offer was £385,000.
"""


def test_exempt_minutes_go_and_the_words_that_excluded_the_public_stay() -> None:
    source = withhold(Extracted(EXEMPT, "text"))
    assert "£385,000" not in source.text
    assert "The programme was agreed." in source.text
    assert "RESOLVED that the press and public be excluded under Schedule 12A of the Act." in source.text
    assert source.notices == ("1 exempt part left out",)


def test_the_words_that_excluded_the_public_stay_whole_where_lines_are_broken() -> None:
    text = kept(
        "EXEMPT ITEM\n\nRESOLVED that under the Act the\npress and public be excluded for the business\n"
        "below.\n\n13. Settlement\n\nThe offer was\n£385,000.\n"
    )
    assert "RESOLVED that under the Act the\npress and public be excluded for the business\nbelow." in text
    assert "£385,000" not in text


def test_what_follows_is_read_again_when_the_public_is_back() -> None:
    text = kept(EXEMPT + "OPEN SESSION\n14. Any other business\nThere was none.\n")
    assert "£385,000" not in text
    assert "There was none." in text


def test_an_exempt_items_own_number_ends_with_the_next() -> None:
    text = kept("5. Land at Sexton's Rise (Exempt)\nThree offers were made.\n6. Parking\nA permit will cost £40.\n")
    assert "Three offers" not in text
    assert "A permit will cost £40." in text


@pytest.mark.parametrize(
    "heading", ["EXEMPT ITEMS (Open access to minutes)", "UNRESTRICTED ITEMS", "There were no exempt items."]
)
def test_a_heading_that_says_all_is_open_hides_nothing(heading: str) -> None:
    assert "A permit will cost £40." in kept(f"{heading}\n6. Parking\nA permit will cost £40.\n")


def test_marks_and_pages_still_point_at_their_words() -> None:
    text = "Clerk: ann.tolley@quillbeck.example\n1. Parking\nA permit will cost £40.\n"
    at = text.index("1. Parking")
    source = withhold(Extracted(text, "text", page_starts=(0, at), marks=(Mark(at, "item"),)))
    assert source.text[source.marks[0].start :].startswith("1. Parking")
    assert source.text[source.page_starts[1] :].startswith("1. Parking")


@given(st.text(alphabet=st.sampled_from("EXEMPTIS exmpt items\n1.2)@a.0 7+(PartB2"), max_size=200))
def test_any_text_comes_through_and_a_second_time_changes_nothing(text: str) -> None:
    once = kept(text)
    assert kept(once) == once
