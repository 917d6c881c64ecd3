"""Taking minutes apart: items, passages, what kind each is, and what the header states of the meeting."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Document, Item, Meeting, Passage
from ingest.documents import make_document
from ingest.facts import facts, find_date
from ingest.read import Supplied
from tests.examples import ITEM_PAGE, MEETING, SCANNED, write_pdf
from tests.helpers import SHARED_MINUTES, needs_shared_minutes


def parsed(text: str, kind: str = "text") -> Document:
    return make_document(f"a file.{'md' if kind == 'markdown' else 'txt'}", text.encode(), Supplied())


def said(document: Document, passage: Passage) -> str:
    return document.text[passage.start : passage.end]


def lead(document: Document, passage: Passage) -> str | None:
    return passage.lead and document.text[passage.lead.start : passage.lead.end]


def only(document: Document, kind: str) -> list[str]:
    return [said(document, p) for m in document.meetings for i in m.items for p in i.passages if p.kind == kind]


def item(document: Document, title: str) -> Item:
    return next(i for m in document.meetings for i in m.items if i.title == title)


# --- the text copy of an item's page --------------------------------------------------------------


def test_an_item_page_has_its_title_its_purpose_and_its_minutes() -> None:
    page = parsed(ITEM_PAGE)
    (meeting,) = page.meetings
    (found,) = meeting.items
    assert found.title == "Mobile library review"
    assert only(page, "purpose") == ["To consider the report of the Head of Leisure on the mobile library."]
    assert only(page, "discussion")[0].startswith("The Head of Leisure presented the report")
    assert (meeting.council, meeting.committee, meeting.date, meeting.status) == (None, None, None, "unknown")


def test_site_furniture_and_lists_of_files_are_not_minutes() -> None:
    page = parsed(ITEM_PAGE)
    for word in ("Breadcrumb", "Agenda item", "oOo", "Supporting", "Appendix A", "PDF", "253"):
        assert word not in page.text
        assert word in page.extracted


def test_bullets_after_long_runs_of_hard_spaces_keep_the_line_that_introduces_them() -> None:
    page = parsed(ITEM_PAGE)
    bullets = [p for p in page.meetings[0].items[0].passages if p.kind == "bullet"]
    assert [said(page, p)[:11] for p in bullets] == ["The van was", "Councillor "]
    assert {lead(page, p) for p in bullets} == {"In response to questions, the following points were made:"}


def test_a_verdict_takes_the_list_below_it() -> None:
    (verdict,) = only(parsed(ITEM_PAGE), "verdict")
    assert verdict.startswith("RESOLVED")
    assert "a) That the report be received." in verdict
    assert verdict.endswith("costed timetable in March.")


def test_a_line_about_the_meeting_itself_is_not_discussion() -> None:
    assert only(parsed(ITEM_PAGE), "procedural") == ["At 19:42, it was unanimously agreed to extend the meeting."]
    assert any("adjourned" in line for line in only(parsed(MEETING), "procedural"))


def test_lower_case_noted_that_is_discussion() -> None:
    page = parsed(
        "Allotments\n\nMinutes:\n\nThe Panel noted that nine plots stood empty at Heron Field.\n\n"
        "noted that two more would be let in the spring when the water is on again.\n\n"
        "Members agreed that the fence was poor and asked for a price before the summer.\n"
    )
    assert only(page, "verdict") == []
    assert len(" ".join(only(page, "discussion")).split()) > 30


@pytest.mark.parametrize(
    "verdict",
    [
        "RESOLVED: That the plots be let.",
        "RESOLVED that the plots be let.",
        "Resolved – that the plots be let.",
        "AGREED: That the plots be let.",
        "RECOMMENDED that the plots be let.",
        "NOTED the report on the plots.",
        "ORDERED: That the plots be let.",
        "It was resolved: that the plots be let.",
        "1.1 RESOLVED: That the plots be let.",
    ],
)
def test_every_shape_of_verdict_is_one(verdict: str) -> None:
    page = parsed(
        f"Allotments\n\nMinutes:\n\nThe Clerk said that nine plots stood empty at Heron Field.\n\n{verdict}\n"
    )
    assert only(page, "verdict") == [verdict]


@pytest.mark.parametrize("marks", [["a)", "b)"], ["1.1", "1.2"], ["i.", "ii."], ["1.", "1."], ["·", "·"]])
def test_a_bare_verdict_takes_a_list_with_any_marks(marks: list[str]) -> None:
    one, two = marks
    page = parsed(
        "Allotments\n\nMinutes:\n\nThe Clerk said that nine plots stood empty.\n\nRESOLVED\n\n"
        f"{one} That the plots be let.\n\n{two} That the fence be priced.\n\nReasons for decision\n\n"
        "The waiting list had grown to forty names since the spring.\n"
    )
    (verdict,) = only(page, "verdict")
    assert verdict.splitlines()[0] == "RESOLVED"
    assert verdict.endswith("That the fence be priced.")


def test_a_whole_verdict_does_not_swallow_the_next_point_of_the_discussion() -> None:
    text = (
        "Quillbeck Parish Council\n\nMinutes of the meeting held on 4 May 2017\n\n"
        "7. Correspondence\n\na) A letter about the ford had been received.\n\n{verdict}\n\n"
        "b) The Clerk said that the county may close the ford to lorries, though nothing was certain.\n"
    )
    for verdict in ("RESOLVED: That the letter be noted.", "RESOLVED: 1) JT to write. 2) The Clerk to reply."):
        document = parsed(text.format(verdict=verdict))
        assert only(document, "verdict") == [verdict]
        assert any("may close the ford" in words for words in only(document, "bullet"))


def test_a_long_verdict_splits_at_its_points_and_each_part_keeps_its_head() -> None:
    points = "\n\n".join(
        f"({letter}) That the {letter}-road be swept twice in the autumn, and once more after the leaves are "
        "down, and the drains along it be looked at by the contractor before the winter begins;"
        for letter in "abcdefgh"
    )
    page = parsed(
        "Sweeping\n\nMinutes:\n\nThe Clerk spoke of leaves.\n\n"
        f"RESOLVED: That the Panel recommends to Cabinet:\n\n{points}\n"
    )
    parts = [p for p in page.meetings[0].items[0].passages if p.kind == "verdict"]
    assert len(parts) > 1
    assert {lead(page, p) for p in parts} == {"RESOLVED: That the Panel recommends to Cabinet:"}
    whole = " ".join(said(page, p) for p in parts)
    assert all(f"the {letter}-road" in whole for letter in "abcdefgh")


def test_a_page_without_its_minutes_label_is_still_read() -> None:
    page = parsed(
        "Agenda item\n\nMobile library review\n\nThe Head of Leisure said that the library van had broken "
        "down twice in the month, and that a second van had been lent by the county for the time being.\n"
    )
    assert any("broken down twice" in words for words in only(page, "discussion"))


def test_separators_of_every_shape_go() -> None:
    for rule in ("--oOo---", "---oOo---", "---o0o---", "* * * * *", "_____", "–––"):
        page = parsed(f"Ponds\n\nMinutes:\n\nThe first pond was full.\n\n{rule}\n\nThe second pond was not.\n")
        assert rule not in page.text
        assert "The second pond was not." in page.text


# --- a whole meeting ------------------------------------------------------------------------------


def test_items_keep_the_agendas_number_beside_the_running_one_where_both_are_printed() -> None:
    found = [(i.number, i.minute, i.title) for i in parsed(MEETING).meetings[0].items if i.number]
    assert found == [
        ("2", "31", "Declarations of interest"),
        ("3", "32", "Grit bins on the Brackenhill estate"),
        ("33", None, "Willow pollarding at Nine Acre Meadow"),
    ]


def test_the_agendas_own_number_under_a_minute_is_neither_number_nor_passage() -> None:
    document = parsed(MEETING)
    words = [said(document, p) for i in document.meetings[0].items for p in i.passages]
    assert not any("(Item" in text for text in words)


def test_a_verdict_stays_with_its_own_item() -> None:
    document = parsed(MEETING)
    grit = item(document, "Grit bins on the Brackenhill estate")
    willow = item(document, "Willow pollarding at Nine Acre Meadow")
    assert [said(document, p) for p in grit.passages if p.kind == "verdict"] == [
        "AGREED: That the Head of Streets report back on the theft of grit bins."
    ]
    assert [said(document, p) for p in willow.passages if p.kind == "verdict"] == [
        "RECOMMENDED that £2,300 be set aside for the willows."
    ]


def test_who_was_there_is_not_discussion() -> None:
    attendance = " ".join(only(parsed(MEETING), "attendance"))
    assert "Councillor A Imber (Chair)" in attendance
    assert "P Lorne" in attendance


@pytest.mark.parametrize(
    "numbers", [("PE.24/31", "PE.24/32"), ("24/17", "24/18"), ("O&S.60/17", "O&S.61/17"), ("1346.", "1347.")]
)
def test_minute_numbers_of_every_shape_are_kept(numbers: tuple[str, str]) -> None:
    one, two = numbers
    document = parsed(
        "Harwell Green Parish Council\n\nMinutes of the meeting held on 3rd May 2011\n\n"
        f"{one} Swings\nThe Clerk said that the swings had been painted.\n\n"
        f"{two} Bus shelter\nThe roof of the bus shelter leaks.\n"
    )
    assert [(i.number, i.title) for i in document.meetings[0].items if i.number] == [
        (one.rstrip("."), "Swings"),
        (two.rstrip("."), "Bus shelter"),
    ]


def test_points_that_are_all_numbered_one_are_points_and_not_items() -> None:
    document = parsed(
        "Harwell Green Parish Council\n\nMinutes of the meeting held on 3rd May 2011\n\n4. Bus shelter\n\n"
        "The Clerk listed what was wrong:\n\n1. The roof of it leaks.\n\n1. The bench of it is gone.\n"
    )
    assert [i.title for i in document.meetings[0].items if i.number] == ["Bus shelter"]
    assert "The bench of it is gone." in " ".join(only(document, "bullet"))


def test_one_line_that_is_all_that_was_said_of_an_item_can_be_quoted() -> None:
    document = parsed(
        "Harwell Green Parish Council\n\nMinutes of the meeting held on 3rd May 2011\n\n"
        "1. Apologies for absence were received from Mrs Pardoe and Mr Quill\n\n"
        "2. Matters arising. The lamp at the ford had been mended\n\nIt shone well.\n\n"
        "3. Any other business\n\n4. Drains\n\nThe drain at the mill had been cleared.\n"
    )
    words = " ".join(only(document, "discussion"))
    assert "Mrs Pardoe and Mr Quill" in words
    assert "The lamp at the ford had been mended" in words
    assert "It shone well." in words
    assert "Any other business" not in words


def test_a_passage_never_runs_from_one_item_into_the_next() -> None:
    document = parsed(MEETING)
    for found in document.meetings[0].items:
        others = [i.title for i in document.meetings[0].items if i is not found and i.title]
        assert not any(title in said(document, p) for p in found.passages for title in others)


# --- what the header states -----------------------------------------------------------------------


def test_the_header_gives_council_committee_and_date() -> None:
    meeting = parsed(MEETING).meetings[0]
    assert meeting.council == "Quillbeck District Council"
    assert meeting.committee == "Streets and Open Spaces Scrutiny Panel"
    assert meeting.date == dt.date(2018, 2, 6)
    assert meeting.supplied == ()


def test_a_header_in_capitals_from_a_scan_is_read_as_one_writes_it() -> None:
    meeting = parsed(SCANNED).meetings[0]
    assert meeting.council == "Quillbeck District Council"
    assert meeting.committee == "Licensing Committee"
    assert meeting.date == dt.date(2016, 5, 11)
    assert meeting.status == "draft"


@pytest.mark.parametrize(
    ("header", "council"),
    [
        ("Quillbeck District Council", "Quillbeck District Council"),
        ("QUILLBECK DISTRICT COUNCIL", "Quillbeck District Council"),
        ("Minutes of a meeting of Harwell Green Parish Council held on 3rd May 2011", "Harwell Green Parish Council"),
        ("HARWELL GREEN PARISH COUNCIL MINUTES", "Harwell Green Parish Council"),
        ("Minutes of a meeting of the Planning Committee held in the Council Chamber", None),
        ("held at the Council Offices, Tanner Street", None),
        ("FULL COUNCIL", None),
        ("Minutes of a meeting of the Council", None),
        ("Planning Committee", None),
        ("Minutes of a Meeting of the Quillbeck District Council", "Quillbeck District Council"),
        ("Mr Quill of Harwell Green Parish Council was a guest", None),
        ("Chairman of Harwell Green Parish Council", None),
        ("and spoke on the Parish Council", None),
        ("Gravel in Tanner Drive. Borough Council informed", None),
        ("Quillbeck City\n& County Council", None),
    ],
)  # fmt: skip
def test_a_council_is_named_only_where_the_header_names_one(header: str, council: str | None) -> None:
    assert facts(header).council == council


@pytest.mark.parametrize(
    ("header", "committee"),
    [
        ("Minutes of a meeting of the Planning Committee held in the Town Hall", "Planning Committee"),
        ("MINUTES of a Meeting of the Audit and Risk Panel held on Monday", "Audit and Risk Panel"),
        ("AUDIT AND RISK PANEL", "Audit and Risk Panel"),
        ("Meeting: 13/09/2021 - Adult Care Scrutiny Committee (Item 39)", "Adult Care Scrutiny Committee"),
        ("Quillbeck District Council", None),
        ("MINUTES OF PROCEEDINGS AT LICENSING COMMITTEE", "Licensing Committee"),
        ("Minutes of the June General Purposes Committee", "General Purposes Committee"),
        ("The committee met at noon.", None),
    ],
)
def test_a_committee_is_named_only_where_the_header_names_one(header: str, committee: str | None) -> None:
    assert facts(header).committee == committee


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("held on Tuesday, 6 February 2018 at 7.00 pm", dt.date(2018, 2, 6)),
        ("Thursday, 7th March, 2024 1.30 pm (Item 10.)", dt.date(2024, 3, 7)),
        ("ON 11™ MAY, 2016", dt.date(2016, 5, 11)),
        ('on 9" September 2015', dt.date(2015, 9, 9)),
        ("the 3rd day of May 2011", dt.date(2011, 5, 3)),
        ("March 4th 2014", dt.date(2014, 3, 4)),
        ("Meeting: 13/09/2021 - Cabinet", dt.date(2021, 9, 13)),
        ("Sept 1st, 2003", dt.date(2003, 9, 1)),
        ("in February 2018", None),
        ("31 February 2018", None),
        ("at 19:42 on page 2018", None),
        ("Minutes of the meeting held on 5 July 2017 were approved", None),
        ("the last meeting, 5 July 2017", None),
        ("", None),
    ],
)
def test_a_date_is_read_only_where_it_is_stated_whole_and_is_this_meetings(words: str, date: dt.date | None) -> None:
    assert find_date(words) == date


@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)), st.sampled_from(range(5)))
@settings(max_examples=200, deadline=None)
def test_any_date_is_read_in_any_of_the_ways_minutes_write_it(date: dt.date, way: int) -> None:
    end = "th" if 10 < date.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(date.day % 10, "th")
    written = [
        f"{date.day} {date:%B %Y}",
        f"{date:%A}, {date.day}{end} {date:%B}, {date.year}",
        f"{date.day}{end} of {date:%B} {date.year}".upper(),
        f"{date:%B} {date.day}{end}, {date.year}",
        f"{date:%d/%m/%Y}",
    ][way]
    assert find_date(f"MINUTES of a meeting held at the Corn Hall on {written} at 7.00 pm") == date


@pytest.mark.parametrize("head", ["DRAFT MINUTES of a meeting", "Draft minutes", "DRAFT"])
def test_draft_minutes_say_so(head: str) -> None:
    assert parsed(f"{head}\n\n{MEETING}").meetings[0].status == "draft"


def test_a_draft_budget_makes_no_draft_minutes() -> None:
    assert parsed(MEETING.replace("Grit bins on", "Draft budget for")).meetings[0].status == "unknown"


def test_what_a_text_does_not_state_stays_unknown() -> None:
    meeting = parsed("1. Pond\n\nThe Clerk said that the pond was full of weed.\n").meetings[0]
    assert (meeting.council, meeting.committee, meeting.date, meeting.status) == (None, None, None, "unknown")


def test_what_is_supplied_fills_only_what_the_text_leaves_open() -> None:
    given_facts = Supplied(council="Elsewhere Council", committee="Supplied Panel", date="2001-01-01")
    stated = make_document("m.txt", MEETING.encode(), given_facts).meetings[0]
    assert (stated.council, stated.date) == ("Quillbeck District Council", dt.date(2018, 2, 6))
    assert stated.supplied == ()
    open_ = make_document("i.txt", ITEM_PAGE.encode(), given_facts).meetings[0]
    assert (open_.council, open_.committee) == ("Elsewhere Council", "Supplied Panel")
    assert open_.date == dt.date(2001, 1, 1)
    assert set(open_.supplied) == {"council", "committee", "date"}


# --- printed minutes ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Document:
    def page(number: int, *lines: str) -> list[str]:
        return ["Quillbeck District Council minutes", *lines, "Streets Panel, February", str(number)]

    pages = [
        page(
            1,
            "MINUTES of a meeting of the Streets Panel held in the Council Chamber,",
            "Corn Hall, Quillbeck on Tuesday, 6 February 2018 at 7.00 pm.",
            "PRESENT: Councillor A Imber (Chair), Councillor F Tolley",
            "31. Grit bins",
            "(Item 3)",
            "The Head of Streets confirmed that fourteen grit bins on the Brackenhill estate had been refil-",
            "led in December, and that three more had been stolen and would be replaced by the end of",
            "March. Another five were to be refilled in the new year.",
        ),
        page(
            2,
            "32. Willows",
            "(Item 4)",
            "Councillor Wragg was concerned that the willows at Nine Acre Meadow had been left un-",
            "pollarded for six years, and asked who had taken the decision to stop the pollarding there.",
            "RESOLVED that the willows be pollarded.",
        ),
        page(3, "33. Ponds", "(Item 5)", "The Clerk advised that the pond at Osier Lane was full of weed."),
    ]
    path = write_pdf(tmp_path_factory.mktemp("pdf") / "printed.pdf", pages)
    return make_document(path.name, path.read_bytes(), Supplied())


def test_page_numbers_and_running_heads_are_no_part_of_printed_minutes(printed: Document) -> None:
    assert "Streets Panel, February" not in printed.text
    assert "Quillbeck District Council minutes" not in printed.text
    assert "2\n" not in printed.text.replace("31", "").replace("32", "")
    assert printed.pages == 3


def test_lines_broken_in_print_are_joined(printed: Document) -> None:
    (words,) = [said(printed, p) for p in item(printed, "Grit bins").passages]
    assert "\n" not in words
    assert "by the end of March. Another five" in words


def test_a_hyphen_at_a_lines_end_goes_only_where_the_word_is_written_without_it(printed: Document) -> None:
    text = printed.text
    assert "had been refilled in December" in text  # "refilled" stands elsewhere
    assert "left un-pollarded for" in text  # "unpollarded" does not
    assert "\ufffe" not in text
    assert "\ufffe" in printed.extracted


def test_every_passage_of_printed_minutes_knows_its_page(printed: Document) -> None:
    pages = {i.title: {p.page for p in i.passages} for i in printed.meetings[0].items}
    assert pages["Grit bins"] == {1}
    assert pages["Willows"] == {2}
    assert pages["Ponds"] == {3}


def test_text_without_pages_has_no_page_numbers() -> None:
    document = parsed(MEETING)
    assert document.pages is None
    assert {p.page for i in document.meetings[0].items for p in i.passages} == {None}


def test_markup_is_not_quoted() -> None:
    document = parsed(
        "# Quillbeck Town Council\n\n## 4. Clock\n\nThe **clock** on the _Corn_ Hall was *slow*, and "
        "[the maker](https://clocks.example/a) had 1\\. been told.\n",
        "markdown",
    )
    text = " ".join(only(document, "discussion"))
    assert "The clock on the" in text
    assert "the maker had 1. been told" in text
    assert item(document, "Clock").number == "4"


# --- the real ones --------------------------------------------------------------------------------


@needs_shared_minutes
def test_the_real_item_pages_state_neither_council_nor_date() -> None:
    for path in sorted((SHARED_MINUTES / "items").iterdir()):
        meeting: Meeting = make_document(path.name, path.read_bytes(), Supplied()).meetings[0]
        assert (meeting.council, meeting.date) == (None, None), path.name
        assert meeting.items[0].title, path.name


@needs_shared_minutes
def test_the_real_printed_minutes_state_who_met_and_when() -> None:
    path = next((SHARED_MINUTES / "pdf").glob("Printed minutes*"))
    meeting = make_document(path.name, path.read_bytes(), Supplied()).meetings[0]
    assert meeting.date == dt.date(2025, 1, 30)
    assert meeting.committee == "Cabinet"
    assert all((i.number or "").isdigit() for i in meeting.items if i.number)
