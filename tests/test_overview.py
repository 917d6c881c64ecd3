"""What is on record: every meeting by council and committee, the months covered, the gaps and the undated."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from assistant.web import months
from assistant.web.overview import described
from corpus.records import Record
from corpus.samples import samples_folder
from corpus.weights import Embedder
from tests.examples import MEETING, write
from tests.helpers import put_on_record

COMMITTEE = "Adult Care and Health Scrutiny Committee"


def committee(record: Record, name: str) -> html.HtmlElement:
    (found,) = html.fromstring(f"<div>{described(record)}</div>").xpath("//section[h4=$name]", name=name)
    return found  # type: ignore[no-any-return]


def test_a_committees_meetings_are_pictured_told_and_linked(samples_record: Record) -> None:
    here = committee(samples_record, COMMITTEE)
    files = sorted((samples_folder() / "adult-care-and-health").iterdir())
    picture = here.xpath(".//*[@role='img']")[0]
    assert picture.get("aria-label") == (
        "Months with a meeting on record: October 2023, February 2024, June 2024, November 2024, March 2025."
    )
    assert len(picture.xpath("./*[@class='met']")) == len(files)
    assert "5 meetings, October 2023 to March 2025. Longest time with none on record: from July to October 2024" in (
        here.xpath("./p")[0].text_content()
    )
    lines = [line.text_content() for line in here.xpath(".//li")]
    assert lines[:3] == [
        lines[0],
        "No meeting on record from November 2023 to January 2024",
        lines[2],
    ]
    assert "4 October 2023File: 2023-10-04.md. On record since" in lines[0]
    links = here.xpath(".//li/a/@href")
    assert len(links) == len(files)
    assert all(link.startswith("/meeting/") and link.endswith("/1") for link in links)


def test_the_undated_and_the_unnamed_are_listed_as_such_and_names_are_escaped(
    home: Path, embedder: Embedder, tmp_path: Path
) -> None:
    record = Record(home)
    assert "Nothing is on record yet" in described(record)
    undated = write(tmp_path, "a<b>.txt", "1. Swans\n\nThe Swan Warden reported that all was well on the pond.\n")
    put_on_record(record, embedder, undated, write(tmp_path, "b.txt", MEETING))
    made = html.fromstring(f"<div>{described(record)}</div>")
    assert "2 documents with 2 meetings, of 1 council (1 of a council not stated)." in made.text_content()
    (unnamed,) = made.xpath("//section[h3='Council not stated']")
    assert unnamed.xpath(".//h4")[0].text == "Committee not stated"
    assert "Undated meeting" in unnamed.xpath(".//li")[0].text_content()
    assert "File: a<b>.txt." in unnamed.text_content()
    assert not unnamed.xpath(".//*[@role='img']")
    assert not made.xpath("//b")


def test_months_are_told_as_people_do() -> None:
    held = [months.number(2023, 11), months.number(2023, 12), months.number(2024, 1), months.number(2024, 4)]
    assert months.listed(held) == "November 2023 to January 2024, April 2024"
    assert [months.gap(*gap) for gap in months.gaps(held)] == ["from February to March 2024"]
    assert months.gap(months.number(2024, 2), months.number(2024, 2)) == "in February 2024"
