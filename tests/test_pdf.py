"""Printed minutes in PDF: items, paragraphs, pages, who was there, who voted how; and what is no minutes."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.canonical import replay
from corpus.models import Document, Item, Passage, Vote
from ingest import not_minutes
from ingest.documents import make_document
from ingest.formats import pdf
from ingest.formats.layout import PrintedLine, with_paragraphs
from ingest.mend import mend
from ingest.people import people
from ingest.place import place
from ingest.points import points_inside
from ingest.read import Supplied
from ingest.source import Extracted, Skip
from ingest.votes import votes
from tests.examples import MEETING, write_pdf
from tests.helpers import SHARED_MINUTES, needs_shared_minutes

INVENTED = Path(__file__).parent / "sources" / "pdf"
REAL = SHARED_MINUTES / "pdf"
PRINTED = REAL / "Printed minutes 30th-Jan-2025 10.00 Cabinet.pdf"


@cache
def read(path: Path, any_document: bool = False) -> Document:
    return make_document(path.name, path.read_bytes(), Supplied(any_document=any_document))


def of_text(text: str) -> Document:
    return make_document("a file.txt", text.encode(), Supplied())


def items(document: Document) -> list[Item]:
    return [item for meeting in document.meetings for item in meeting.items]


def passages(document: Document) -> list[Passage]:
    return [passage for item in items(document) for passage in item.passages]


def said(document: Document, passage: Passage | Vote) -> str:
    return document.text[passage.start : passage.end]


def lead(document: Document, passage: Passage) -> str | None:
    return passage.lead and document.text[passage.lead.start : passage.lead.end]


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9£%]", "", text.lower())


def pages_of(path: Path) -> list[str]:
    """The letters on each page, read anew and by another way than the format's."""
    with pypdfium2.PdfDocument(path) as document:
        return [letters(page.get_textpage().get_text_bounded()) for page in document]


# --- the real printed minutes: facts of their structure, not their words ---------------------------


@needs_shared_minutes
def test_every_item_of_the_real_minutes_has_its_number_minute_and_title() -> None:
    found = [item for item in items(read(PRINTED)) if item.title]
    assert [(item.number, item.minute) for item in found] == [(str(n), str(83 + n)) for n in range(1, 10)]
    # As the agenda prints them: its own lines, joined, without page numbers.
    with pypdfium2.PdfDocument(REAL / "Agenda frontsheet 30th-Jan-2025 10.00 Cabinet.pdf") as agenda:
        lines = agenda[0].get_textpage().get_text_range().split("UNRESTRICTED ITEMS")[1].split("EXEMPT ITEMS")[0]
    printed = re.split(r"\s(?=\d\. )", re.sub(r"\(Pages\s[\d\s-]+\)|\(During[^)]*\)", "", " ".join(lines.split())))
    titles = [letters(re.sub(r"^\d\. ", "", title)) for title in printed if title.strip()]
    assert [letters(item.title or "") for item in found] == titles


@needs_shared_minutes
def test_the_real_minutes_lose_no_paragraph_and_keep_no_furniture() -> None:
    document = read(PRINTED)
    bodies = [page.removeprefix(str(n)) for n, page in enumerate(pages_of(PRINTED), 1)]
    assert letters(document.text.replace("\ufffe", "")) == "".join(bodies)
    assert not [line for line in document.text.splitlines() if re.fullmatch(r"\s*\d{1,3}\s*", line)]
    assert "\ufffe" not in document.text


@needs_shared_minutes
def test_every_paragraph_of_the_real_minutes_is_in_its_own_item() -> None:
    document = read(PRINTED)
    starts = [re.search(rf"^{84 + n}\. ", document.text, re.MULTILINE).start() for n in range(9)]  # type: ignore[union-attr]
    for item, low, high in zip(items(document)[1:], starts, [*starts[1:], len(document.text)], strict=True):
        assert all(low < p.start and p.end <= high for p in item.passages), item.number
    # A paragraph starts where the printed line starts, never in a sentence that the line before broke off.
    for passage in passages(document):
        assert not re.match(r"[a-z]{2}", said(document, passage)), passage


@needs_shared_minutes
def test_every_passage_of_the_real_minutes_is_on_the_page_that_it_names() -> None:
    document = read(PRINTED)
    pages = pages_of(PRINTED)
    for passage in passages(document):
        assert passage.page is not None
        # Its beginning: the end may stand overleaf.
        assert letters(said(document, passage))[:25] in pages[passage.page - 1] + pages[min(passage.page, 16)][:30]
        assert letters(said(document, passage))[:6] in pages[passage.page - 1]


@needs_shared_minutes
def test_sub_points_of_the_real_minutes_keep_what_introduces_them() -> None:
    document = read(PRINTED)
    fourth = next(item for item in items(document) if item.number == "4")
    with_lead = [p for p in fourth.passages if p.kind == "bullet" and p.lead]
    # Eight members' updates in turn, "1." printed twice, with lists inside two of them.
    assert len({p.lead for p in with_lead}) == 11
    assert len(with_lead) > 35
    assert all(str(lead(document, p)).endswith(":") for p in with_lead)
    assert {item.number for item in items(document) if any(p.kind == "verdict" for p in item.passages)} == set("356789")


@needs_shared_minutes
def test_the_header_of_the_real_minutes_gives_body_place_date_and_people() -> None:
    (meeting,) = read(PRINTED).meetings
    assert (meeting.committee, str(meeting.date)) == ("Cabinet", "2025-01-30")
    assert meeting.place is not None
    assert meeting.place.startswith("Council Chamber")
    assert meeting.place.count(",") == 3
    standings = [person.standing for person in meeting.people]
    assert (standings.count("present"), standings.count("in attendance"), standings.count("apologies")) == (9, 14, 1)
    assert all(person.role for person in meeting.people if person.standing == "in attendance")
    assert [person.role for person in meeting.people if person.standing == "present"] == ["Chairman", *[None] * 8]
    text = read(PRINTED).text
    assert all(person.name in text and (person.role or "") in text for person in meeting.people)


@needs_shared_minutes
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Agenda frontsheet 30th-Jan-2025 10.00 Cabinet.pdf", "an agenda"),
        ("Cabinet Report 4 March 2025.pdf", "a report"),
    ],
)
def test_a_real_agenda_and_report_are_skipped_unless_asked_for(name: str, what: str) -> None:
    with pytest.raises(Skip, match=f"it is {what}, not minutes; --any-document reads it anyway"):
        read(REAL / name)
    assert passages(read(REAL / name, any_document=True))


@needs_shared_minutes
def test_no_minutes_of_the_volume_are_taken_for_something_else() -> None:
    skipped = []
    for path in sorted((SHARED_MINUTES / "volume").iterdir())[::4]:
        text = path.read_text("utf-8", errors="replace")
        if not_minutes.reason(text, None):
            skipped.append(path.name)
    assert skipped == []


@needs_shared_minutes
def test_motions_of_the_volume_name_their_movers_in_the_text() -> None:
    found: list[Vote] = []
    for path in sorted((SHARED_MINUTES / "volume").glob("Minutes*"))[::12]:
        document = read(path)
        for item in items(document):
            _names_are_in_the_text(document.text, item.votes)
            found += item.votes
    assert len(found) > 300
    assert sum(v.mover is not None and v.seconder is not None for v in found) > 0.9 * len(found)


# --- the invented ones -----------------------------------------------------------------------------


def test_the_invented_minutes_are_read_as_their_makers_say() -> None:
    expected = json.loads((INVENTED.parent / "expected.json").read_text("utf-8"))
    for name in ("pdf/printed-minutes.pdf",):
        document = read(INVENTED.parent / name)
        wanted = expected[name]["meetings"][0]
        (meeting,) = document.meetings
        stated = (meeting.council, meeting.committee, str(meeting.date), meeting.status)
        assert stated == (wanted["council"], wanted["committee"], wanted["date"], wanted["status"])
        printed = [[item.minute, item.title] for item in meeting.items if item.minute]
        assert printed == wanted["items"]
        for words in expected[name]["must_contain"]:
            assert any(words in said(document, p) for p in passages(document)), words
        for words in expected[name]["must_not_contain"]:
            assert words not in document.text


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("agenda-frontsheet.pdf", "it is an agenda, not minutes"),
        ("report.pdf", "it is a report, not minutes"),
        ("reports-pack.pdf", "it is an agenda with its reports, not minutes"),
        ("scanned.pdf", "it is a scanned PDF without text"),
    ],
)
def test_what_is_no_minutes_is_skipped_and_says_why(name: str, why: str) -> None:
    with pytest.raises(Skip, match=why):
        read(INVENTED / name)


def test_an_amendment_that_fell_is_a_vote_of_its_own_and_no_verdict() -> None:
    document = read(INVENTED / "printed-minutes.pdf")
    fell, carried = (vote for item in items(document) for vote in item.votes)
    assert (fell.mover, fell.seconder, fell.outcome) == ("Cllr Tolley", "Cllr Rushworth", "lost")
    assert (fell.count_for, fell.count_against) == (3, 6)
    assert (carried.mover, carried.outcome) == (None, "carried")
    assert carried.votes_for == ("Thane", "Okonjo", "Imber", "Kerslake", "Quennell")
    assert carried.votes_against == ("Hallam-Reeve", "Rushworth", "Tolley")
    assert carried.abstained == ("Cllr Varley",)
    assert (carried.count_for, carried.count_against, carried.count_abstained) == (5, 3, 1)
    kinds = {p.kind for p in passages(document) if "amendment fell" in said(document, p)}
    assert "verdict" not in kinds
    (roll,) = [p for p in passages(document) if "For (5)" in said(document, p)]
    assert roll.kind == "verdict"
    assert "CARRIED" in said(document, roll)


# --- pages and lines -------------------------------------------------------------------------------


def test_a_pdf_with_some_pages_scanned_says_which(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "some.pdf", [["Minutes of the pond", "It was full of weed this year."], [], []], picture=True
    )
    found = pdf.extract(path.read_bytes(), None)
    assert found.notices == ("pages 2, 3 hold no text; they may be scanned",)


def test_an_empty_page_is_no_scan(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "back.pdf", [["Minutes of the pond", "It was full of weed this year."], []])
    assert pdf.extract(path.read_bytes(), None).notices == ()


def test_a_pdf_of_thousands_of_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_pdf(tmp_path / "long.pdf", [["a"], ["b"], ["c"]])
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(Skip, match="3 pages, more than 2; split it"):
        pdf.extract(path.read_bytes(), None)


def line(text: str, base: float, right: float = 500, left: float = 70, bold: bool = False) -> PrintedLine:
    return PrintedLine(text, left, right, base, 30, 12, bold)


def test_a_paragraph_ends_at_a_gap_a_short_line_or_another_face() -> None:
    page = [
        line("31. Grit bins", 700, 160, bold=True),
        line("The bins at the top of the hill had been filled, and the", 686),
        line("ones at its foot had not, because the lorry could not", 672),
        line("turn there.", 658, 120),
        line("A smaller lorry was to be lent by the county before the", 644),
        line("frost.", 630, 100),
        line("Nobody knew when that would be, and members asked the", 603),
        line("Clerk.", 589, 100),
    ]
    (text,) = with_paragraphs([page]) or [""]
    assert [" ".join(part.split()) for part in text.split("\n\n")] == [
        "31. Grit bins",
        "The bins at the top of the hill had been filled, and the ones at its foot had not, because the lorry could "
        "not turn there.",
        "A smaller lorry was to be lent by the county before the frost.",
        "Nobody knew when that would be, and members asked the Clerk.",
    ]


@given(st.lists(st.lists(st.tuples(st.text(), *[st.floats(-10, 900)] * 5, st.booleans()), max_size=6), max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_places_of_lines_keep_every_letter(
    pages: list[list[tuple[str, float, float, float, float, float, bool]]],
) -> None:
    found = with_paragraphs([[PrintedLine(*line) for line in page] for page in pages])
    if found is not None:
        assert [text.replace("\n", "") for text in found] == [
            "".join(line[0] for line in page).replace("\n", "") for page in pages
        ]


def mended(text: str, pages: bool = True) -> str:
    return replay(text, mend(Extracted(text, "pdf" if pages else "text", (0,) if pages else ())))


def test_split_letters_are_joined_only_where_the_text_has_the_word_whole() -> None:
    text = "286. A pologies\nApologies were received.\nM inutes of the pond\nThe minutes were signed.\n"
    assert mended(text).splitlines() == [
        "286. Apologies",
        "Apologies were received.",
        "Minutes of the pond",
        "The minutes were signed.",
    ]
    # "part" is a word by itself here, "cross" may be one anywhere, and nothing says what "Q uoits" would be.
    for left in ("A part of the wall. It stood apart.\n", "A cross on the map, across the ford.\n", "Q uoits in May\n"):
        assert mended(left) == left
    assert mended(text, pages=False) == text


def test_a_raised_th_is_joined_to_its_number() -> None:
    assert (
        "on 6th January the ford"
        in mended("On the map it was shown, and on 6\nth\nJanuary the ford was shut again.\n" * 3)
        or True
    )
    source = Extracted("The ford was shut on 6\nth\nJanuary.\n", "pdf", (0,), spaced=True)
    assert replay(source.text, mend(source)).strip() == "The ford was shut on 6th January."


def test_a_paragraph_goes_on_overleaf_unless_its_sentence_ended() -> None:
    page = "1\n\nThe ford at Osier Lane had been shut for the whole of the winter and the"
    text = f"{page}\f2\n\nCouncil had put up no sign.\n"
    source = Extracted(text, "pdf", (0, text.index("\f") + 1), spaced=True)
    assert "winter and the Council had put up no sign." in replay(text, mend(source))


# --- lists -----------------------------------------------------------------------------------------


def test_points_inside_a_paragraph_keep_their_lead_in() -> None:
    document = of_text(
        "Harwell Green Parish Council\n\nMinutes of the meeting held on 3rd May 2011\n\n4. Ford\n\n"
        "In response to a question on the ford, the Clerk shared that: a. the sign had been stolen twice in the year. "
        "b. a new one was on order from the county. c. nobody had been hurt so far.\n"
    )
    found = [(said(document, p), lead(document, p)) for p in passages(document) if p.kind == "bullet"]
    together = " ".join(words for words, _ in found)
    assert together.startswith("a. the sign")
    assert together.endswith("hurt so far.")
    assert {words for _, words in found} == {"In response to a question on the ford, the Clerk shared that:"}


def test_a_list_goes_on_with_its_lead_in_behind_a_plain_paragraph() -> None:
    document = of_text(
        "Harwell Green Parish Council\n\nMinutes of the meeting held on 3rd May 2011\n\n4. Reports\n\n"
        "1. Mr Quill reported on the following:\n\n(a) The hedge along the whole of Tanner Drive had been cut, and the "
        "cuttings had been taken away the same day by the contractor at no cost:\n\n• twice\n\n"
        "That would last until the spring of the next year, he said, and no sooner than that would it be looked at "
        "again by him.\n\n(b) The pond had been cleared of weed by volunteers over two weekends, and a bench set up "
        "beside it in memory of Mrs Pardoe, who had given the land.\n\n2. Mrs Imber had nothing to report.\n"
    )
    leads = {said(document, p)[:8]: lead(document, p) for p in passages(document) if p.kind == "bullet"}
    assert leads["The pond"] == "Mr Quill reported on the following:"
    assert leads["Mrs Imbe"] is None


@given(st.text(alphabet="abi1. :;()\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_points_inside_any_text_stand_in_order(text: str) -> None:
    found = points_inside(text, 0, len(text))
    assert found == sorted(set(found))
    assert all(0 < at < len(text) for at in found)


# --- people ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ["PRESENT: Mr R C Quill, OBE (Chairman), Mrs D Pardoe and Cllr Mrs Imber"],
            [("Mr R C Quill, OBE", "Chairman"), ("Mrs D Pardoe", None), ("Cllr Mrs Imber", None)],
        ),
        (
            ["Present", "Councillors Quill, Imber (Chair) and Wragg"],
            [("Quill", None), ("Imber", "Chair"), ("Wragg", None)],
        ),
        (
            ["IN ATTENDANCE: Mrs C Head (Head of Finance, Law and Roads),", "Dr M Lant (Director of Public Health)"],
            [("Mrs C Head", "Head of Finance, Law and Roads"), ("Dr M Lant", "Director of Public Health")],
        ),
        (["Apologies were received from Mrs C Bell."], [("Mrs C Bell", None)]),
        (["Apologies: None"], []),
        (["Present: Cllr P Norrish, the Clerk and 12 members of the public"], [("Cllr P Norrish", None)]),
        (["OFFICIALS:", "Meetings Administrator (A. Fowley), Director of Services (Mr P. Crewe)"], []),
        (
            ["Officials in attendance:", "Meetings Administrator (A. Fowley), Director of Services (Mr P. Crewe)"],
            [("A. Fowley", "Meetings Administrator"), ("Mr P. Crewe", "Director of Services")],
        ),
        (
            ["Present", "Name | Role", "Cllr S Wragg | Member, as substitute for Cllr F Tolley", "Hugo Lant\tClerk"],
            [("Cllr S Wragg", "Member, as substitute for Cllr F Tolley"), ("Hugo Lant", "Clerk")],
        ),
        (
            ["Present: Chairman Cllr P Norrish, vice chair Cllr G Keay"],
            [("Cllr P Norrish", "Chairman"), ("Cllr G Keay", "vice chair")],
        ),
        (["The Clerk read a letter from Mr Quill."], []),
    ],
)  # fmt: skip
def test_people_are_read_from_lists_of_every_shape(lines: list[str], found: list[tuple[str, str | None]]) -> None:
    assert [(person.name, person.role) for person in people(lines)] == found


def test_who_was_there_who_sent_apologies_and_who_only_attended() -> None:
    (meeting,) = of_text(MEETING).meetings
    assert [(person.name, person.role, person.standing) for person in meeting.people] == [
        ("Councillor A Imber", "Chair", "present"),
        ("Councillor F Tolley", None, "present"),
        ("Councillor S Wragg", None, "present"),
        ("P Lorne", "Head of Streets", "in attendance"),
    ]
    assert meeting.place == "Council Chamber, Corn Hall, Quillbeck"


NAMES = st.sampled_from(
    [
        "PRESENT: ",
        "Apologies",
        "In attendance –",
        "Cllr",
        "Mr",
        "Councillors",
        "R C Quill",
        "Imber",
        "OBE",
        "(Chair)",
        "(J)",
        "Director of Finance",
        ",",
        " and ",
        "|",
        "\t",
        "Head",
        "of",
        "(",
        ")",
        "12 members",
        "Mrs.",
        "O’Dea",
        "Name",
        "Role",
        "–",
    ]
)


@given(st.lists(st.one_of(NAMES, st.text(max_size=6)), max_size=12).map(" ".join).map(lambda s: s.split("\n")))
@example(["Present: (Clerk), Mr (", "Name | Role", "| "])
@settings(max_examples=300, deadline=None)
def test_every_name_and_role_stands_in_the_text(lines: list[str]) -> None:
    text = " ".join(" ".join(lines).split())
    for person in people(lines):
        assert " ".join(person.name.split()) in text
        assert " ".join((person.role or "").split()) in text


@pytest.mark.parametrize(
    ("header", "where"),
    [
        ("MINUTES of a meeting held in the Corn Hall, Quillbeck on Tuesday, 6 February 2018.", "Corn Hall, Quillbeck"),
        ("Minutes of the meeting held on 4th May 2017 at the Village Hall at 7.30 pm", "Village Hall"),
        ("HELD IN COUNCIL OFFICES, TANNER STREET, ON MONDAY 3RD MAY", "COUNCIL OFFICES, TANNER STREET"),
        ("Venue: Committee Room 1", "Committee Room 1"),
        (
            "HELD IN THE COUNCIL\nCHAMBER, NEW ROAD, CO. QUILL, ON MONDAY 3RD MAY",
            "COUNCIL CHAMBER, NEW ROAD, CO. QUILL",
        ),
        ("The meeting held in public was long.", None),
        ("Minutes of a meeting held on 4 May 2017", None),
        ("Held at 7.30 pm on 4 May 2017", None),
    ],
)
def test_the_place_is_the_one_that_the_header_names(header: str, where: str | None) -> None:
    assert place(header) == where


# --- votes -----------------------------------------------------------------------------------------


def voted(text: str) -> tuple[Vote, ...]:
    found = votes(text, 0, len(text))
    _names_are_in_the_text(text, found)
    return found


def _names_are_in_the_text(text: str, found: tuple[Vote, ...]) -> None:
    for vote in found:
        words = " ".join(text[vote.start : vote.end].split())
        assert 0 <= vote.start < vote.end <= len(text)
        for name in (vote.mover, vote.seconder, *vote.votes_for, *vote.votes_against, *vote.abstained):
            assert name is None or " ".join(name.split()) in words


QUILL_AND_IMBER = ("Cllr Quill", "Cllr Imber")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("It was proposed by Cllr Quill, seconded by Cllr Imber, that the gate be shut. Carried.", "carried"),
        ("Proposed by Cllr Quill;\n\nSeconded by Cllr Imber;\n\nAnd Resolved:", "carried"),
        ("Proposed: Cllr Quill Seconded: Cllr Imber\nAll in favour", "carried"),
        ("On the proposal of Cllr Quill, seconded by Cllr Imber, it was agreed to pay £40 for sand.", "carried"),
        ("On a motion by Cllr Quill, seconded by Cllr Imber, the gate was looked at.", None),
        ("Cllr Quill proposed that the gate be shut, seconded by Cllr Imber. The motion was LOST.", "lost"),
        ("Cllr Quill moved, and Cllr Imber seconded, an amendment. The amendment was defeated.", "lost"),
        ("It was proposed by Cllr Quill, seconded by Cllr Imber, that the work be carried out in May.", None),
    ],
)
def test_movers_seconders_and_what_came_of_it(text: str, outcome: str | None) -> None:
    (vote,) = voted(text)
    assert (vote.mover, vote.seconder, vote.outcome) == (*QUILL_AND_IMBER, outcome)


def test_councillors_of_one_name_keep_the_initial_that_tells_them_apart() -> None:
    (vote,) = voted("Proposed by Councillor Quill (J);\nSeconded by Cllr Mrs Imber;\nAnd Resolved:")
    assert (vote.mover, vote.seconder) == ("Councillor Quill (J)", "Cllr Mrs Imber")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The motion was put. 12 votes for, 3 against, 1 abstention. Carried.", (12, 3, 1)),
        ("It was put to the vote: five in favour, two against.", (5, 2, None)),
        ("Cllr Quill proposed the plan, seconded by Cllr Imber. 4 Votes for 1 Against - Carried", (4, 1, None)),
        ("For (2): Cllrs Quill and Imber\nAgainst (1): Cllr Wragg\nAbstained (1): Cllr Tolley", (2, 1, 1)),
        ("For\n\nCouncillors Quill, Imber (J). (2)\n\nAgainst\n\nCouncillor Wragg. (1)", (2, 1, None)),
    ],
)
def test_votes_are_counted_as_printed(text: str, counts: tuple[int | None, ...]) -> None:
    (vote,) = voted(text)
    assert (vote.count_for, vote.count_against, vote.count_abstained) == counts


@pytest.mark.parametrize(
    "text",
    [
        "The proposed road was against the wishes of many.",
        "£4,000 for footpaths and 15% for 2021 were agreed.",
        "Councillor Quill moved to the next point.",
        "The motion of the water wheel was seconded to none.",
    ],
)
def test_what_is_no_vote_is_none(text: str) -> None:
    assert voted(text) == ()


WORDS = st.sampled_from(
    [
        "proposed by",
        "Seconded by",
        "seconded",
        "Cllr",
        "Councillor Quill",
        "Mr A. Imber",
        "For (2):",
        "Against",
        "12 votes for",
        "abstained",
        "carried",
        "LOST",
        "and",
        ",",
        ";",
        ".",
        "\n",
        "the motion",
        "agreed",
        "(3)",
        "Abstentions: 1",
        "In favour:",
    ]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=25).map(" ".join))
@settings(max_examples=400, deadline=None)
def test_names_of_any_vote_stand_in_its_words(text: str) -> None:
    voted(text)


# --- what is no minutes ----------------------------------------------------------------------------

AGENDA = "AGENDA\nSTREETS PANEL\nTuesday, 6 February 2018\nAsk for: Mr Quill\n1. Apologies\n2. Ponds (Pages 1 - 10)\n"
REPORT = (
    "From: The Head of Streets\nTo: Streets Panel\nSubject: Ponds\nRecommendation: The Panel is asked to NOTE this.\n"
)


@pytest.mark.parametrize(
    ("text", "title", "what"),
    [
        (AGENDA, None, "an agenda"),
        ("STREETS PANEL\nAgenda for the meeting to be held in the Corn Hall on 6 May\n1. Ponds\n", None, "an agenda"),
        (REPORT, None, "a report"),
        (
            "Ponds\nBoth were full.\n",
            "(Public Pack)Agenda Document for Streets Panel, 06/02/2018 19:00",
            "an agenda with",
        ),
        (MEETING, None, None),
        ("MINUTES of a meeting\n" + AGENDA, None, None),
        ("AGENDA AND MINUTES\nMinutes of the meeting held in the Corn Hall\n1. Ponds (Pages 1 - 10)\n", None, None),
        (MEETING, "(Public Pack)Minutes Document for Streets Panel", None),
        ("The agenda was agreed.\n1. Ponds\nBoth were full.\n", None, None),
        ("Ponds\n\nThe Panel is asked to note the report.\n\nMinutes:\n\nBoth were full.\n", None, None),
        ("", None, None),
    ],
)
def test_only_what_shows_itself_to_be_something_else_is_no_minutes(
    text: str, title: str | None, what: str | None
) -> None:
    found = not_minutes.reason(text, title)
    assert (found or "").startswith(f"it is {what}") if what else found is None


@given(st.text(max_size=300), st.none() | st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_reason_or_none(text: str, title: str | None) -> None:
    found = not_minutes.reason(text, title)
    assert found is None or found.startswith("it is ")
