"""Any meeting on record as people read it, and the address of every passage."""

from __future__ import annotations

import re
import time
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node
from sqlalchemy import select

from assistant.compose import cite
from assistant.quote import Quotation
from assistant.web.addresses import passage_address
from corpus.changes import embedded_texts, put, writing
from corpus.corrections import corrections_of
from corpus.meetings import read_meeting
from corpus.models import PassageOnRecord, Span
from corpus.records import Record
from corpus.schema import corrected, meetings, passages
from corpus.weights import Embedder
from ingest.documents import make_document
from ingest.read import Supplied
from tests.examples import ITEM_PAGE, MEETING, write, write_pdf
from tests.helpers import put_on_record, served

HOSTILE = """Quarrelsome Parish Council

HARBOUR SCRUTINY COMMITTEE

MINUTES of a meeting of the Harbour Scrutiny Committee held on Tuesday, 4 March 2025.

1. Mooring fees <img src=x onerror=alert(1)>

The Harbour Master reported that the fee was £312 <script>alert(1)</script> and {{ 7 * 7 }} "><b>bold</b> in April.
"""


def visitor_of(record: Record) -> TestClient:
    return TestClient(served(record), "http://127.0.0.1")


@pytest.fixture(scope="module")
def visitor(samples_record: Record) -> TestClient:
    return visitor_of(samples_record)


@pytest.fixture(scope="module")
def every(samples_record: Record) -> list[PassageOnRecord]:
    with samples_record.engine.connect() as connection:
        ids = list(connection.scalars(select(passages.c.id)))
    return samples_record.passages(ids)


def page(visitor: TestClient, address: str, status: int = 200) -> HTMLParser:
    answer = visitor.get(address)
    assert answer.status_code == status
    return HTMLParser(answer.text)


def squeezed(words: str) -> str:
    return "".join(words.split())


def words_of(read: HTMLParser) -> str:
    """The minutes' own words on a page, without space and without what is added beside them."""
    for added in read.css(".here"):
        added.decompose()
    return squeezed("".join(node.text() for node in read.css(".words")))


def marked(read: HTMLParser) -> str:
    return squeezed("".join(mark.text() for mark in read.css("mark:not(.hit)")))


def links(read: HTMLParser, words: str) -> list[str]:
    found: list[Node] = [link for link in read.css("main a") if words in link.text()]
    return [str(link.attributes["href"]) for link in found]


def meeting_address(record: Record, committee: str, date: str) -> str:
    query = select(meetings.c.document_id).where(meetings.c.committee == committee, meetings.c.date == date)
    with record.engine.connect() as connection:
        return f"/meeting/{connection.execute(query).scalar_one()}/1"


def test_every_passage_has_an_address_at_which_its_words_stand(
    visitor: TestClient, every: list[PassageOnRecord]
) -> None:
    assert len(every) > 400
    pages: dict[str, tuple[set[str], str]] = {}
    for p in every:
        address = passage_address(cite([Quotation(p, Span(0, len(p.text)), 0.0)])[0]).partition("?")[0]
        answer = visitor.get(address, follow_redirects=False)
        assert answer.status_code == 302
        place, _, anchor = answer.headers["Location"].partition("#")
        place = place.partition("?")[0]
        if place not in pages:
            read = page(visitor, place)
            anchors = {str(node.attributes["id"]) for node in read.css("[id]")}
            pages[place] = (anchors, words_of(read))
        assert p.document_id in place
        assert anchor in pages[place][0]
        assert squeezed(p.text) in pages[place][1]


def test_a_page_holds_the_documents_words_and_no_others(samples_record: Record, visitor: TestClient) -> None:
    address = meeting_address(samples_record, "Children and Young People Scrutiny Committee", "2025-01-16")
    read = page(visitor, address)
    meeting = read_meeting(samples_record, address.split("/")[2], 1)
    assert meeting is not None
    at = 0
    text = squeezed(meeting.text)
    for line in read.css(".words"):
        for link in line.css(".here"):
            link.decompose()
        at = text.index(squeezed(line.text()), at)  # each line is there, and in this order
    headings = [node.text() for node in read.css("h2")]
    assert "10. Education, Health and Care Plans: performance and audit of refusal letters" in headings
    verdict = next(node for node in read.css(".verdict") if "RECOMMENDED to Cabinet" in node.text())
    assert [node.css_first(".marker").text().strip() for node in verdict.css("li")] == ["a)", "b)"]
    said = next(node.text() for node in read.css(".said") if "Councillor Brightling" in node.text())
    assert "Stated (“congratulated”), asked" in said
    assert meeting.text_hash in read.text()


def test_the_quotation_alone_is_marked_and_the_whole_passage_where_it_cannot_be(
    visitor: TestClient, every: list[PassageOnRecord]
) -> None:
    p = next(p for p in every if "14 of them were found to give reasons" in p.text)
    at = p.text.index("Twenty-five")
    end = p.text.index(".", at) + 1
    quoted = cite([Quotation(p, Span(at, end), 0.0)])[0]
    whole = squeezed(p.text)
    assert marked(page(visitor, passage_address(quoted))) == squeezed(quoted.quote)
    address = passage_address(quoted).partition("?")[0]
    assert marked(page(visitor, address)) == whole
    for start, stop in ((p.start + at + 1, p.start + end), (p.start - 9, p.start + 40), (9, 9), ("x", "²")):
        assert marked(page(visitor, f"{address}?start={start}&end={stop}")) == whole


def test_a_corrected_passage_shows_what_was_put_right_and_leads_there(
    visitor: TestClient, samples_record: Record
) -> None:
    with samples_record.engine.connect() as connection:
        key = connection.scalars(select(corrected.c.passage)).first()
    assert key is not None
    (wrong,) = samples_record.passages([key])
    right, span = corrections_of(samples_record, key)[0]
    correction = squeezed(right.text[span.start : span.end])
    read = page(visitor, passage_address(cite([Quotation(wrong, Span(0, len(wrong.text)), 0.0)])[0]))
    told = read.css_first(".line p.corrected")
    assert correction in squeezed(told.text())
    there = page(visitor, str(told.css_first("a").attributes["href"]))
    assert marked(there) == correction
    back = page(visitor, str(there.css_first(".corrects a").attributes["href"]))
    assert marked(back) == squeezed(wrong.text)


def test_the_meetings_before_and_after_are_the_committees_own(visitor: TestClient, samples_record: Record) -> None:
    dates = ["2023-09-14", "2023-11-16", "2024-02-22"]
    one, two, three = (
        meeting_address(samples_record, "Children and Young People Scrutiny Committee", date) for date in dates
    )
    middle = page(visitor, two)
    assert links(middle, "Previous meeting") == [one]
    assert links(middle, "Next meeting") == [three]
    assert links(page(visitor, one), "Previous meeting") == []


def test_words_are_found_whatever_their_case_and_counted(visitor: TestClient, samples_record: Record) -> None:
    address = meeting_address(samples_record, "Children and Young People Scrutiny Committee", "2025-01-16")
    plain = words_of(page(visitor, address))
    read = page(visitor, f"{address}?find=REFUSAL++letter")
    found = [mark.text() for mark in read.css("mark.hit")]
    assert len(found) > 1
    assert {re.sub(r"\s+", " ", hit).lower() for hit in found} == {"refusal letter"}
    assert f"1 of {len(found)}" in read.css_first(".hits").text()
    after = links(read, "Next")[0]
    assert after.endswith("&hit=2#hit-2")
    second = page(visitor, after)
    assert second.css_first("mark.now").attributes["id"] == "hit-2"
    assert links(second, "Previous")[0].endswith("#hit-1")
    assert words_of(second) == plain
    apart = page(visitor, f"{address}?find=letter+sixteenths+gifts")
    assert "does not stand together" in apart.css_first(".hits").text()
    assert "is not in these minutes" in page(visitor, f"{address}?find=zeppelin").css_first(".none").text()


@pytest.mark.parametrize(
    "address",
    ["/passage/" + "0" * 32, "/passage/elsewhere", "/meeting/" + "0" * 32, "/meeting/x/first", "/meeting/{real}/2"],
)
def test_an_address_of_nothing_says_so_and_shows_a_way_on(
    visitor: TestClient, every: list[PassageOnRecord], address: str
) -> None:
    gone = page(visitor, address.format(real=every[0].document_id), 404)
    assert "no longer on record" in gone.css_first("main").text()
    assert links(gone, "Go to Ask") == ["/#ask"]


def test_hostile_minutes_stay_words_and_what_is_unknown_supplied_or_left_out_is_told(
    home: Path, tmp_path: Path, embedder: Embedder
) -> None:
    record = Record(home)
    hostile = write(tmp_path, "<b>harbour.txt", HOSTILE)
    item = write(tmp_path, "item.txt", ITEM_PAGE)
    put_on_record(record, embedder, hostile)
    put_on_record(record, embedder, item, committee="Library Panel")
    visitor = visitor_of(record)
    with record.engine.connect() as connection:
        held = connection.execute(select(meetings.c.committee, meetings.c.document_id)).all()
        ids = {row[0]: row[1] for row in held}
    answer = visitor.get(f"/meeting/{ids['Harbour Scrutiny Committee']}?find=<script>&passage='\"><script>")
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "<b>bold" not in answer.text
    read = HTMLParser(answer.text)
    assert '<script>alert(1)</script>and{{7*7}}"><b>bold</b>inApril.' in words_of(read).replace(" ", "")
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    unknown = page(visitor, f"/meeting/{ids['Library Panel']}")
    assert "undated" in unknown.css_first("h1").text()
    facts = unknown.css_first(".facts").text()
    assert "supplied, not in the minutes" in facts
    assert "Not stated" in facts
    points = unknown.css(".points li")
    assert len(points) >= 2
    assert words_of(unknown).count("thefollowingpointsweremade:") == 1


def test_pages_are_told_where_they_begin_and_what_was_left_out(home: Path, tmp_path: Path, embedder: Embedder) -> None:
    lines = [line for line in MEETING.splitlines() if line]
    cut = next(n for n, line in enumerate(lines) if line.startswith("33."))
    lines.insert(cut, "Residents may write to Ms Jane Tolley at jane.tolley@mailbox.example about it.")
    record = Record(home)
    put_on_record(record, embedder, write_pdf(tmp_path / "meeting.pdf", [lines[: cut + 1], lines[cut + 1 :]]))
    with record.engine.connect() as connection:
        document_id = connection.scalars(select(meetings.c.document_id)).one()
    read = page(visitor_of(record), f"/meeting/{document_id}")
    assert [node.text() for node in read.css(".page")] == ["Page 1", "Page 2"]
    assert "contact detail left out" in read.css_first(".left-out").text()
    assert "A Imber (Chair)" in read.css_first(".people").text()


def test_a_long_meeting_is_shown_at_once(home: Path) -> None:
    said = (
        "The Keeper reported that lamp {n} of the harbour wall had burned for {n} nights. Councillor Imber asked why. "
    )
    body = "\n\n".join(said.format(n=n) * 2 for n in range(240))
    document = make_document("long.txt", f"{HOSTILE}\n{body}".encode(), Supplied())
    record = Record(home)
    with writing(home), record.change() as connection:
        vectors = {key: np.zeros(384, np.float32) for key in embedded_texts(document)}
        put(connection, "long.txt", "stamp", document, vectors, 1, {})
    visitor = visitor_of(record)
    seconds = []
    for _ in range(4):
        begun = time.perf_counter()
        shown = visitor.get(f"/meeting/{document.id}")
        seconds.append(time.perf_counter() - begun)
    assert shown.text.count('class="here"') > 200
    assert min(seconds) < 0.3
