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
        "Councillor A Lorne, 12 Fuller’s Yard, Quillbeck QB1 2AB, declared an interest.",
        "Mr Imber (14 Fuller’s Yard) spoke against the scheme.",
        "Mrs Imber of Flat 3, 12 Fuller’s Yard asked about bins.",
        "The objector to application 24/01632/FUL, who lives at 14 Fuller’s Yard, spoke.",
        "A lady living at number 14 Fuller’s Yard wrote.",
        "The tenant, resident at Flat 2, 14 Fuller’s Yard, Quillbeck QB1 2AB, was heard.",
        "Councillor A Lorne (Independent), of 12 Fuller’s Yard, Quillbeck QB1 2AB, declared an interest.",
        "Councillor A Lorne - 12 Fuller’s Yard, Quillbeck QB1 2AB",
        "A Lorne (of 12 Fuller’s Yard) wrote.",
        "A family residing at 14\nFuller’s Yard was heard.",
    ],
)
def test_where_somebody_lives_is_left_out(text: str) -> None:
    assert "Fuller" not in kept(text)
    assert "[address left out]" in kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "24/01632/FUL: Mr Imber, 14 Weir Lane, Quillbeck QB1 2AB - porch.",
        "Mrs Imber (14 Weir Lane): proposed rear extension.",
        "The licence of Mr Imber, 14 Weir Lane, Quillbeck QB1 2AB, was renewed.",
        "The surveyor works at 14 Weir Lane and the property at 16 Weir Lane is for sale.",
        "Mr Imber, 12 Councillors and the Clerk were there; Mrs Lowe (2 Votes) and Miss Pell from 12 March.",
        "A Group of 13 Members met; people lived in 14 Council houses.",
        "Cheque 101234 to Mr Imber (Chair) for £487.50 and 101235 to Quillbeck Hall.",
    ],
)
def test_an_address_that_the_business_is_about_stays(text: str) -> None:
    assert kept(text) == text


@pytest.mark.parametrize("line", ["Ann Tolley 496018 ann.tolley@quillbeck.example", "The Clerk, Tel: 496 018"])
def test_a_local_number_beside_contact_data_is_left_out(line: str) -> None:
    assert "018" not in kept(line)


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


PART_II = "11. Parking\nA permit will cost £40.\nPART II - EXEMPT\n{}\nThe best bid was £1.2m.\n"


@pytest.mark.parametrize(
    "line",
    [
        "Members asked whether other bids had been made; there were none.",
        "Section 1 of the lease was to be given up.",
        "Part I of the lease was open to the public.",
        "Public business would suffer, he said.",
        "There were no confidential terms in the lease.",
        "The public sector bidder Brackwater rejoined the meeting.",
        "The press and public were not re-admitted.",
        "The public sector bidder Brackwater offered £1.2m and was excluded for late payment of £40,000.",
        "The public sector bidder Brackwater was excluded from the business of the meeting.",
        "RESOLVED that the public sector bidder be excluded from the next item of business.",
        "RESOLVED that the press and public be excluded from the item on the £1.2m bid.",
    ],
)
def test_what_is_said_in_an_exempt_part_does_not_open_it(line: str) -> None:
    source = withhold(Extracted(PART_II.format(line), "text"))
    assert source.text.strip() == "11. Parking\nA permit will cost £40.\nPART II - EXEMPT"
    assert source.notices == ("1 exempt part left out",)


@pytest.mark.parametrize(
    "line",
    [
        "PART I - OPEN",
        "PART A – ITEMS CONSIDERED IN PUBLIC",
        "UNRESTRICTED ITEMS",
        "14. OPEN SESSION (resumed)",
        "The press and public were re-admitted to the meeting at 8.40 pm.",
        "The meeting returned to public session.",
    ],
)
def test_a_line_that_says_so_makes_the_rest_public_again(line: str) -> None:
    text = kept(PART_II.format("Bids were opened.") + f"{line}\n15. Bins\nThey are emptied on Mondays.\n")
    assert "£1.2m" not in text
    assert "They are emptied on Mondays." in text


@pytest.mark.parametrize(
    "words",
    [
        "RESOLVED that the press and public be excluded from the meeting under section 100A(4) of the 1972 Act.",
        "Members of the public were excluded for the next item.",
        "It was agreed to exclude the press and members of the public during the business below.",
        "On the proposal of Councillor Hallinan it was resolved that the meeting go ‘in committee’.",
    ],
)
def test_the_words_that_exclude_the_public_stay(words: str) -> None:
    text = kept(PART_II.format(words))
    assert words in text
    assert "£1.2m" not in text


@pytest.mark.parametrize(
    "heading",
    [
        "PRIVATE AND CONFIDENTIAL",
        "**STRICTLY PRIVATE & CONFIDENTIAL**",
        "12. PRIVATE AND CONFIDENTIAL",
        "12. CONFIDENTIAL ITEMS",
        "12. Confidential Minute(s)",
        "12. Exempt business",
        "12. CONFIDENTIAL",
        "PINK PAPERS",
        "12. EXCLUDED ITEMS",
        "ITEMS FROM WHICH THE PUBLIC ARE EXCLUDED",
    ],
)
def test_a_heading_of_exempt_items_holds_until_it_is_public_again(heading: str) -> None:
    items = "13. Sale of the depot\nBrackwater offered £1.2m.\n14. Staff\nA post was made redundant.\n"
    text = f"11. Parking\nA permit will cost £40.\n{heading}\n{items}PUBLIC SESSION\n15. Bins\nOn Mondays.\n"
    marks = tuple(Mark(text.index(title), "item") for title in ("11.", "13.", "14.", "15."))
    for source in (withhold(Extracted(text, "text")), withhold(Extracted(text, "text", marks=marks))):
        assert "A permit will cost £40." in source.text
        assert "On Mondays." in source.text
        assert not any(word in source.text for word in ("depot", "Brackwater", "redundant"))
        assert source.notices == ("1 exempt part left out",)


def test_an_exempt_heading_without_a_number_holds_too() -> None:
    assert "£1.2m" not in kept("11. Parking\nAgreed.\nCONFIDENTIAL MINUTE\n12. Depot\nThe bid was £1.2m.\n")


@pytest.mark.parametrize("nothing", ["There were none.", "None", "There were no exempt items.", "No such business."])
def test_a_heading_of_exempt_items_that_has_none_hides_nothing(nothing: str) -> None:
    text = f"4. EXEMPT ITEMS\n{nothing}\n5. Parking\nA permit will cost £40.\n"
    assert kept(text) == text


@pytest.mark.parametrize("heading", ["EXEMPT ITEMS", "12. Other bids for the depot (Exempt)"])
def test_what_follows_on_the_word_none_stays_exempt(heading: str) -> None:
    assert "£1.2m" not in kept(f"{heading}\nThere were none.\nThe best bid was £1.2m.\n")


def test_an_exempt_part_ends_with_its_meeting() -> None:
    text = "1. EXEMPT ITEMS\nThe offer was £385,000.\nMeeting: 2 May\n1. Parking\nA permit will cost £40.\n"
    meeting = text.index("Meeting")
    marks = (Mark(0, "meeting"), Mark(0, "item"), Mark(meeting, "meeting"), Mark(text.index("1. Park"), "item"))
    source = withhold(Extracted(text, "text", marks=marks))
    assert "£385,000" not in source.text
    assert "A permit will cost £40." in source.text


@pytest.mark.parametrize("title", ["5. CONFIDENTIAL - Sale", "5. Sale - Confidential", "5. Exempt minute: sale"])
def test_an_item_may_say_before_or_behind_its_title_that_it_is_exempt(title: str) -> None:
    text = kept(f"4. Bins\nOn Mondays.\n{title}\n6 offers were made.\n6. Parking\nA permit will cost £40.\n")
    assert text == f"4. Bins\nOn Mondays.\n{title}\n6. Parking\nA permit will cost £40.\n"


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
