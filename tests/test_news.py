"""What is new on record: as a page and as a feed, since a day, of a council, about a subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from sqlalchemy import insert, select, update
from starlette.testclient import TestClient

from corpus.records import Record
from corpus.schema import documents, meetings
from corpus.weights import Embedder
from tests.examples import MEETING, SCANNED, write
from tests.helpers import put_on_record, served

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "<script>alert(1)</script>&\x07 Panel"


@pytest.fixture
def record(home: Path, embedder: Embedder, tmp_path: Path) -> Record:
    """Two documents: the streets' came in 2020, and holds another meeting of a hostile name; licensing's in 2022."""
    record = Record(home)
    put_on_record(record, embedder, write(tmp_path, "streets.txt", MEETING), write(tmp_path, "licensing.txt", SCANNED))
    with record.change() as connection:
        for name, day in (("streets.txt", "2020-05-03"), ("licensing.txt", "2022-06-04")):
            connection.execute(update(documents).where(documents.c.name == name).values(retrieved=day))
        key = connection.scalar(select(documents.c.id).where(documents.c.name == "streets.txt"))
        more = {
            "document_id": key,
            "council": "Quillbeck & Co",
            "committee": HOSTILE,
            "status": "draft",
            "supplied": "[]",
        }
        connection.execute(insert(meetings).values(more))
    return record


@pytest.fixture
def client(record: Record) -> Iterator[TestClient]:
    app = served(record)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def listed(client: TestClient, **asked: str) -> list[str]:
    response = client.get("/new", params=asked)
    assert response.status_code == 200
    return [line.text_content() for line in html.fromstring(response.text).xpath("//section//li")]


def test_what_came_is_listed_by_council_since_a_day_and_about_a_subject(client: TestClient) -> None:
    streets, taxis = "6 February 2018", "11 May 2016"
    every = listed(client)
    assert len(every) == 3
    assert any(streets in line and "Came on record on 3 May 2020." in line for line in every)
    assert [taxis in line for line in listed(client, since="2020-05-04")] == [True]
    assert len(listed(client, since="2020-05-03")) == 3, "the day itself is in it"
    assert [streets in line for line in listed(client, about="grit bin")] == [True]
    assert listed(client, about="zeppelins") == []
    assert [
        HOSTILE.replace("\x07", "") in line.replace("\x07", "") for line in listed(client, council="quillbeck & co")
    ] == [True]
    page = html.fromstring(client.get("/new", params={"since": "2022-01-01", "about": "taxi"}).text)
    assert (
        "1 meeting came on record on or after 1 January 2022 with “taxi” in one passage or in the heading above it."
        in page.text_content()
    )
    assert page.xpath("//input[@name='about']/@value") == ["taxi"]
    key = page.xpath("//section//a/@href")[0]
    assert re.fullmatch("/meeting/[0-9a-f]{32}/1", key)


def test_a_wrong_date_is_told_and_nothing_hostile_is_more_than_words(client: TestClient) -> None:
    wrong = client.get("/new", params={"since": "<b>soon</b>", "about": "<img src=x>"})
    assert wrong.status_code == 400
    page = html.fromstring(wrong.text)
    assert "wants a date like 2024-03-31" in page.xpath("//*[@role='alert']")[0].text_content()
    assert not page.xpath("//main//b | //main//img")
    assert page.xpath("//main//script | //main//@style") == []
    assert not html.fromstring(client.get("/new").text).xpath("//main//script")
    assert client.get("/new.atom", params={"since": "soon"}).status_code == 400
    assert client.get("/new", params={"about": "the"}).status_code == 400


def test_the_feed_has_what_a_feed_must_have_and_ids_that_stay(client: TestClient, record: Record) -> None:
    response = client.get("/new.atom")
    assert response.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(response.content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (feed, *feed.findall("a:entry", ATOM)):
        for name in ("title", "id", "updated"):
            (one,) = element.findall(f"a:{name}", ATOM)
            assert one.text
        assert element.findtext("a:id", namespaces=ATOM).startswith("urn:uuid:")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext("a:updated", namespaces=ATOM))
    assert feed.findtext("a:author/a:name", namespaces=ATOM)
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == ["http://127.0.0.1/new.atom"]
    ids = feed.xpath("a:entry/a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == 3
    assert feed.xpath("a:entry/a:updated/text()", namespaces=ATOM) == [
        "2022-06-04T00:00:00Z",
        *["2020-05-03T00:00:00Z"] * 2,
    ]
    assert feed.findtext("a:updated", namespaces=ATOM) == "2022-06-04T00:00:00Z"
    titles = feed.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert any("Quillbeck & Co, <script>alert(1)</script>& Panel, undated" in title for title in titles)
    links = feed.xpath("a:entry/a:link/@href", namespaces=ATOM)
    assert sum(link.endswith("/2") for link in links) == 1, "the document's second meeting"
    later = etree.fromstring(client.get("/new.atom", params={"since": "2022-01-01"}).content)
    assert later.xpath("a:entry/a:id/text()", namespaces=ATOM) == ids[:1]
    none = etree.fromstring(client.get("/new.atom", params={"about": "zeppelins"}).content)
    assert none.findtext("a:updated", namespaces=ATOM)


def test_the_page_leads_to_the_feed_of_the_same_filters(client: TestClient) -> None:
    page = html.fromstring(client.get("/new", params={"council": "Quillbeck & Co", "about": "taxi"}).text)
    (head,) = page.xpath("//head/link[@type='application/atom+xml']/@href")
    assert head in page.xpath("//main//a/@href")
    assert head == "/new.atom?council=Quillbeck+%26+Co&about=taxi"
    assert client.get(head).status_code == 200
