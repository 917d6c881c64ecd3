"""What mending may take from a source, and what it must leave: a verdict above all."""

from __future__ import annotations

import pytest

from corpus.canonical import replay
from ingest.mend import mend
from ingest.source import Extracted

LANES = ("Osier", "Reed", "Quill", "Imber")


def printed(*pages: str) -> str:
    """These pages, mended."""
    text = "\f".join(pages)
    starts = [0]
    for page in pages[:-1]:
        starts.append(starts[-1] + len(page) + 1)
    return replay(text, mend(Extracted(text, "pdf", tuple(starts))))


def typed(text: str) -> str:
    return replay(text, mend(Extracted(text, "text")))


# --- running heads --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verdict",
    [
        "RESOLVED: That planning permission be granted.",
        "Resolved - that planning permission be granted",
        "The barn was granted permission, 5 votes to 2",
        "Permission was given as the officers advised.",
        "(Item 4)",
        "4. Barns",
    ],
)
def test_a_verdict_that_ends_every_page_is_no_running_head(verdict: str) -> None:
    pages = [
        f"Streets Panel, 5 May 2011\n{lane} Lane\nThe barn at {lane} Lane was seen.\nThe owner spoke.\n{verdict}\n"
        for lane in LANES
    ]
    text = printed(*pages)
    assert text.count(verdict) == len(LANES)
    assert "Streets Panel" not in text


def test_pages_of_four_lines_keep_all_that_differs() -> None:
    pages = [
        f"Application {10 + 3 * i}\n{lane} Lane, plot {i}\nCondition {5 * i} applies\nRESOLVED: That it be granted.\n"
        for i, lane in enumerate(LANES, 1)
    ]
    text = printed(*pages)
    for i, lane in enumerate(LANES, 1):
        assert all(words in text for words in (f"Application {10 + 3 * i}", f"{lane} Lane", f"Condition {5 * i}"))
    assert text.count("RESOLVED") == len(LANES)


def test_an_applications_number_that_counts_as_the_pages_do_is_none_of_theirs() -> None:
    pages = [f"Application 24/0{i}\nThe barn at {lane} Lane was seen.\n" for i, lane in enumerate(LANES, 1)]
    assert printed(*pages).count("Application 24/0") == len(LANES)


def test_a_line_that_pages_have_in_their_middle_too_is_no_running_head() -> None:
    page = "Streets Panel\nThe barn\n{0} Lane was seen first.\n{0} Lane was seen last.\nThe end of {0} Lane was seen.\n"
    pages = [page.format(lane) for lane in LANES]
    assert "The barn" not in printed(*pages)
    pages[2] = "Streets Panel\nOne said.\nThe lane was seen.\nThe barn\nIt was old.\nIt was low.\n"
    assert printed(*pages).count("The barn") == len(LANES)


def test_running_heads_and_page_numbers_still_go() -> None:
    pages = [
        f"STREETS PANEL - 5 MAY 2011\nThe barn at {lane} Lane was seen.\nIt was old.\nMinutes, page {i} of 4\n"
        for i, lane in enumerate(LANES, 1)
    ]
    text = printed(*pages)
    assert "STREETS PANEL" not in text
    assert "page" not in text
    assert all(f"The barn at {lane} Lane was seen." in text for lane in LANES)


# --- lists of files -------------------------------------------------------------------------------

FILES = "Supporting documents:\nPonds report, item 6. pdf icon PDF 253 KB\nAppendix A, item 6\nAppendix B\n"
AFTER = [
    "BINS AND LITTER\nCllr Imber said that they were full.\nRESOLVED: That the report be noted.\n",
    "RESOLVED: That the report be noted.\n",
    "Cllr Imber said that the bins in Osier Lane were full and that on most days\nnobody came to see to them.\n",
    "7. Bins\nThey were full.\n",
]


@pytest.mark.parametrize("after", AFTER)
@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize("pages", [(), (0,)])
def test_what_stands_below_a_list_of_files_stays(after: str, gap: str, pages: tuple[int, ...]) -> None:
    source = f"Quillbeck Parish Council\n\nPONDS\n\nThe ponds were seen.\n\n{FILES}{gap}{after}"
    text = replay(source, mend(Extracted(source, "pdf" if pages else "text", pages)))
    assert " ".join(after.split()) in " ".join(text.split())
    assert "253 KB" not in text
    assert "Appendix" not in text


def test_an_items_own_page_ends_with_its_files_unless_a_verdict_follows() -> None:
    page = f"Agenda item\n\nPonds\n\nMinutes:\n\nThe ponds were seen.\n\n{FILES}"
    assert "CONTACT US" not in typed(f"{page}\nCONTACT US\n\n1. Home\n")
    assert "RESOLVED: That it be noted." in typed(f"{page}\nRESOLVED: That it be noted.\n")


# --- letters that print set apart -----------------------------------------------------------------


def test_a_letter_is_joined_to_its_word_only_where_a_line_begins() -> None:
    said = "Option A greed with none, and Option B rook with few.\nAll agreed by the brook.\n"
    assert "Option A greed" in printed(said)
    assert "Option B rook" in printed(said)
    assert printed("A pologies\n4. A pologies again\nThe apologies came.\n").count("Apologies") == 2
