"""A subject over time: counted right, told to the letter, and silence told apart from a lack of mentions."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from assistant.mentioned import timeline, told
from assistant.retrieve import Retriever
from assistant.web import timeline as tab
from assistant.web.limits import Limits
from assistant.web.log import Log
from assistant.web.plot import plot
from corpus.errors import UserError
from corpus.records import Filters, Record
from corpus.samples import samples_folder
from corpus.weights import Embedder
from tests.examples import MEETING, write
from tests.helpers import awaited, put_on_record

MERROWDALE = Filters("Merrowdale Borough Council")


def paragraphs(stem: str) -> dict[tuple[int, int], int]:
    """How many paragraphs of each month's sample files hold words that begin so, counted in the files themselves."""
    found: Counter[tuple[int, int]] = Counter()
    for path in samples_folder().rglob("*.md"):
        if "draft" not in path.stem:
            year, month, _ = path.stem.split("-")
            text = path.read_text("utf-8")
            found[int(year), int(month)] += sum(bool(re.search(rf"\b{stem}", p, re.I)) for p in text.split("\n\n"))
    return dict(found)


@pytest.fixture(scope="module")
def startup(samples_record: Record, embedder: Embedder) -> Any:
    """Stands for the page when it is ready."""
    retriever = Retriever(samples_record, embedder)
    return SimpleNamespace(
        settled=SimpleNamespace(is_set=lambda: True),
        assistant=lambda: SimpleNamespace(retriever=retriever),
        limits=Limits(0, 20),
        log=Log("quiet"),
    )


def shown(startup: Any, *fields: str, shown: int = 25) -> tuple[str, html.HtmlElement, bool]:
    """What is told of the fields, what is shown, and whether there is more."""
    said, made, more, _ = awaited(tab._shown(startup, tab.Wanted(*fields, shown=shown)))
    return html.fromstring(said).text_content(), html.fromstring(made or "<p></p>"), more["visible"]


@pytest.mark.parametrize(("about", "stem"), [("gully", "gull(?:y|ies)"), ("mediation", "mediat"), ("taxi", "taxi")])
def test_the_months_hold_as_many_mentions_as_the_files(samples_record: Record, about: str, stem: str) -> None:
    counted = paragraphs(stem)
    assert sum(counted.values()) > 1
    assert timeline(samples_record, about, MERROWDALE).by_month == counted


def test_a_month_without_a_meeting_is_not_one_without_a_mention(samples_record: Record) -> None:
    found = timeline(samples_record, "gullies", MERROWDALE)
    assert found.by_month[2023, 11] == 0, "a meeting that does not mention it"
    assert (2023, 12) not in found.by_month, "no meeting on record"
    drawn = html.fromstring(plot(found))
    first = drawn.xpath("//figure[figcaption='2023']//*[@role='img']")[0]
    assert first.get("aria-label") == (
        "2023: October 4, no mention in September, November. No meeting on record in January, February, March, April, "
        "May, June, July, August, December."
    )
    assert len(first.xpath(".//*[@class='met']")) == 3
    assert len(first.xpath(".//*[@class='bar']")) == 1
    rows = {row[0].text_content(): [cell.text_content() for cell in row[1:]] for row in drawn.xpath("//tbody/tr")}
    assert rows["November 2023"] == ["1", "0"]
    assert rows["December 2023"] == ["no meeting on record"]
    assert rows["October 2023"] == ["2", "4"]


def test_what_is_listed_is_to_the_letter_by_date_and_every_mention_is_reached(startup: Any) -> None:
    said, made, more = shown(startup, "refusal letters", "Merrowdale Borough Council", shown=5)
    count = int(re.search(r"Mentioned in (\d+) passages", said)[1])  # type: ignore[index]
    assert "of the 16 meetings of Merrowdale Borough Council, September 2023 to July 2025" in said
    assert more
    assert "The first 5 are shown" in said
    _, made, more = shown(startup, "refusal letters", "Merrowdale Borough Council")
    assert not more
    assert len(made.xpath("//ol/li")) == count
    days = [dt.datetime.strptime(day.text, "%d %B %Y") for day in made.xpath("//h4")]
    assert days == sorted(days)
    source = " ".join(path.read_text("utf-8") for path in samples_folder().rglob("*.md"))
    quotes = [quote.text_content() for quote in made.xpath("//ol//blockquote")]
    assert all(" ".join(quote.strip("“”").split()) in " ".join(source.split()) for quote in quotes)
    assert all(re.fullmatch(r"/passage/[0-9a-f]{32}\?start=\d+&end=\d+", a.get("href")) for a in made.xpath("//ol//a"))
    assert any("accepted" in line.text_content() for line in made.xpath("//*[@class='told-by']")), (
        "who, and with what force"
    )
    assert made.xpath("//ol//mark[.='refusal']")
    _, newest, _ = shown(startup, "refusal letters", "Merrowdale Borough Council", "", "", "", "newest")
    assert [day.text for day in newest.xpath("//h4")] == [day.text for day in reversed(made.xpath("//h4"))]


def test_where_nothing_mentions_it_the_bounds_are_told_and_what_is_near_is_not_counted(startup: Any) -> None:
    said, made, more = shown(startup, "zeppelin swimming", "Merrowdale Borough Council", "", "2024-01-01")
    assert said.startswith(
        "No passage on record mentions it, in 12 meetings of Merrowdale Borough Council, January 2024"
    )
    assert not more
    assert not made.xpath("//svg")
    assert not made.xpath("//ol")
    near = made.xpath("//*[@class='near-in-meaning']")[0].text_content()
    assert "not counted" in near
    assert "swimming" in near


def test_a_hostile_subject_is_told_as_words_or_refused(startup: Any) -> None:
    said, made, _ = shown(startup, '<img src=x onerror=alert(1)> " OR body:* gullies')
    assert "No passage" in said
    assert not made.xpath("//img")
    assert not made.xpath("//*[@onerror]")
    for wrong in ("", "the of"):
        assert "Name the subject in a word or two" in shown(startup, wrong)[0]
    assert "wants a date" in shown(startup, "gullies", "", "", "yesterday")[0]


def test_a_committees_name_is_no_mention_and_the_undated_are_told(
    home: Path, embedder: Embedder, tmp_path: Path
) -> None:
    record = Record(home)
    undated = MEETING.replace(
        " held in the Council Chamber, Corn Hall, Quillbeck on Tuesday, 6 February 2018 at 7.00 pm", ""
    )
    put_on_record(record, embedder, write(tmp_path, "dated.txt", MEETING), write(tmp_path, "undated.txt", undated))
    found = timeline(record, "grit bins", Filters())
    assert found.undated > 0
    assert sum(found.by_month.values()) == found.undated
    assert [one.date is None for one in found.mentions] == [False] * found.undated + [True] * found.undated
    assert told(record, found.words, found.mentions)[-1].citations[0].date is None
    assert not timeline(record, "scrutiny", Filters()).mentions, "it stands in the name of the panel alone"
    theft = timeline(record, "bins theft", Filters())  # "bins" stands in its heading alone
    assert len(theft.mentions) == 2
    with pytest.raises(UserError):
        timeline(record, " ", Filters())
