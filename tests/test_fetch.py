"""Fetching from a council's site as a person meets it: what is on record afterwards, and what the site was asked."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select

from corpus.records import Record
from corpus.schema import documents, meetings, sources
from corpus.weights import Embedder
from ingest.connectors import CONNECTORS, moderngov
from ingest.councils import councils
from ingest.fetching import folder as files
from ingest.fetching import polite
from ingest.fetching.fetched import Fetched, NotFetched
from ingest.fetching.published import Committee, NotPublished
from ingest.fetching.whole import Page, as_utf8, links
from tests.council_site import CABINET, COUNCIL, PDF, PLANNING, TODAY, CouncilSite, Held
from tests.examples import write_pdf
from tests.helpers import ROOT, Outcome, consistent, onrecord

RECENT = (TODAY - dt.timedelta(30)).isoformat()


@pytest.fixture(autouse=True)
def _quick(embedder: Embedder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setattr("corpus.weights.Embedder", lambda *_: embedder)  # the real one, loaded once
    monkeypatch.setattr(polite, "_wait", lambda _: 0.0)  # between two tries
    # Reading all the world's certificates would take longer than most of these tests.
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path_factory.getbasetemp()))


@pytest.fixture
def site() -> Iterator[CouncilSite]:
    served = CouncilSite()
    yield served
    served.close()


def arguments(site: CouncilSite, home: Path, *more: str) -> list[str]:
    return ["fetch", "moderngov", site.base, "--home", str(home), "--allow-private-addresses", "--pause", "0", *more]


def fetch(site: CouncilSite, home: Path, *more: str) -> Outcome:
    return onrecord(*arguments(site, home, *more))


def cabinet(site: CouncilSite, home: Path, *more: str) -> Outcome:
    return fetch(site, home, "--committee", "Cabinet", *more)


def on_record(home: Path) -> dict[str, tuple[str | None, ...]]:
    """What is on record: by the source's name, its council, committee, date, "draft" if it is one, and link."""
    facts = (meetings.c.council, meetings.c.committee, meetings.c.date, meetings.c.status, documents.c.link)
    query = select(sources.c.name, *facts).join(documents, documents.c.id == sources.c.document_id)
    with Record(home).engine.connect() as connection:
        rows = connection.execute(query.join(meetings, meetings.c.document_id == documents.c.id))
        return {row[0]: (*row[1:4], "draft" if row[4] == "draft" else None, row[5]) for row in rows}


def text_of(home: Path, name: str) -> str:
    with Record(home).engine.connect() as connection:
        query = select(documents.c.text).join(sources, sources.c.document_id == documents.c.id)
        return str(connection.scalar(query.where(sources.c.name == name)))


def page_of(site: CouncilSite, number: int) -> str:
    return f"{site.base}ieListDocuments.aspx?CId={site.meetings[number].committee}&MId={number}&Ver=4"


# What ends up on record


def test_a_councils_minutes_are_fetched_and_put_on_record(site: CouncilSite, home: Path) -> None:
    done = fetch(site, home)
    assert (done.status, done.err) == (0, "")
    assert f"Fetched from {site.base}: 6 new, 1 not published.\n" in done.out
    assert f"Not published: Cabinet, {TODAY - dt.timedelta(9)} (its minutes are not published yet)\n" in done.out
    assert "Done: 6 add.\n" in done.out
    assert on_record(home) == {
        name: (COUNCIL, committee, name[:10], None, page_of(site, number))
        for name, committee, number in (
            ("2024-07-03-3412.xml", "Cabinet", 3412),
            ("2024-06-05-3390.xml", "Cabinet", 3390),
            (f"{RECENT}-9001.xml", "Cabinet", 9001),
            ("2025-06-12-3600.pdf", "Cabinet", 3600),
            ("2024-02-14-3300.xml", "Planning & Rights of Way Committee", 3300),
            ("2025-03-11-5003.xml", "Children and Learning Scrutiny Panel", 5003),
        )
    }
    assert "the café in Nine Acre Meadow cost £46,500" in text_of(home, "2024-02-14-3300.xml")
    consistent(Record(home))
    folder = home / "fetched" / site.host.replace(":", "-")
    assert (folder / "planning-and-rights-of-way-committee" / "2024-02-14-3300.xml.toml").exists()


@pytest.mark.parametrize("refusal", [403, 404, 500])
def test_pages_are_read_where_the_service_is_refused(site: CouncilSite, home: Path, refusal: int) -> None:
    site.service = refusal
    done = fetch(site, home)
    assert (done.status, done.err) == (0, "")
    assert "6 new, 1 not published." in done.out
    found = on_record(home)
    assert found["2024-07-03-3412.html"] == (COUNCIL, "Cabinet", "2024-07-03", None, page_of(site, 3412))
    assert found[f"{RECENT}-9001.html"][3] == "draft"
    assert "2025-06-12-3600.pdf" in found
    # It is asked once and not for every meeting: a busy answer has its tries, then is tried at two more methods.
    assert len(site.paths("mgWebService")) == (1 if refusal != 500 else 12)


def test_a_page_that_says_sorry_is_no_service(site: CouncilSite, home: Path) -> None:
    site.spoil("mgWebService", *["sorry"] * 50)
    assert cabinet(site, home).status == 0
    assert len(site.paths("mgWebService")) == 1
    assert "2024-07-03-3412.html" in on_record(home)


def test_a_cut_page_gives_way_to_the_printed_minutes(site: CouncilSite, home: Path) -> None:
    site.service = 403
    site.meetings[3600] = replace(site.meetings[3600], shown="cut")
    site.meetings[3412] = replace(site.meetings[3412], shown="cut")
    done = cabinet(site, home)
    assert done.status == 0
    assert {"2025-06-12-3600.pdf", "2024-07-03-3412.html"} <= set(on_record(home))
    assert "item 2 is cut short on this page" in done.out  # where there is no PDF, that is said


@pytest.mark.parametrize(
    ("linked", "address"),
    [
        ("new", "/documents/g3600/Printed minutes 12-Jun-2025.pdf?T=1"),
        ("old", "/mgConvert2PDF.aspx?ID=3600&X=Printed minutes&T=1"),
    ],
)
def test_a_front_sheet_is_not_taken_for_printed_minutes(
    site: CouncilSite, home: Path, linked: Literal["new", "old"], address: str
) -> None:
    site.meetings[3600] = replace(site.meetings[3600], linked=linked)
    assert cabinet(site, home).status == 0
    assert [path for path in site.paths() if "documents/" in path or "mgConvert" in path] == [address]


def test_a_cut_page_is_better_than_none(site: CouncilSite, home: Path) -> None:
    site.service = 403
    site.meetings[3600] = replace(site.meetings[3600], shown="cut")
    site.spoil("documents/", "404")
    assert cabinet(site, home).status == 0
    assert "2025-06-12-3600.html" in on_record(home)


def test_a_joint_meeting_is_fetched_once(site: CouncilSite, home: Path) -> None:
    site.joint = {3412: PLANNING}
    assert "6 new, 1 not published." in fetch(site, home).out
    assert on_record(home)["2024-07-03-3412.xml"][1] == "Cabinet"


def test_minutes_that_the_service_promises_are_looked_for_where_no_page_links_them(
    site: CouncilSite, home: Path
) -> None:
    site.meetings[3600] = replace(site.meetings[3600], linked="")
    cabinet(site, home)
    assert site.paths("mgConvert2PDF") == ["/mgConvert2PDF.aspx?ID=3600&T=1"]
    assert "2025-06-12-3600.pdf" in on_record(home)
    site.forget()
    site.service = 403  # nobody promises anything: nothing is guessed at
    assert "Not published: Cabinet, 2025-06-12 (it is an agenda" in cabinet(site, home, "--again").out
    assert not site.paths("mgConvert2PDF")
    assert "2025-06-12-3600.pdf" in on_record(home)


def test_a_pdf_that_was_scanned_is_told_and_does_not_stop_the_others(site: CouncilSite, home: Path) -> None:
    scanned = PDF.with_name("scanned.pdf").read_bytes()
    for number in range(20):
        held = Held(number + 1, CABINET, dt.date(2025, 7, number + 1), shown="agenda", printed=scanned)
        site.meetings[held.id] = held
    done = cabinet(site, home)
    assert done.status == 3
    told = "Not fetched: Cabinet, 2025-07-20: The PDF of its minutes cannot be used: it is a scanned PDF without text"
    assert told in done.err
    assert "4 new, 1 not published, 20 failed." in done.out


def test_what_the_service_restricts_is_held_nowhere(site: CouncilSite, home: Path) -> None:
    site.meetings[3412] = replace(site.meetings[3412], restricted="The lease of the Corn Hall would cost £310,000.")
    done = cabinet(site, home)
    assert done.status == 0
    assert "1 restricted item left out" in done.out
    held = [path for path in home.rglob("*") if path.is_file() and b"lease of the Corn Hall" in path.read_bytes()]
    assert held == []
    assert "41 stops" in text_of(home, "2024-07-03-3412.xml")


def served_with(site: CouncilSite, part: str, old: str, new: str) -> None:
    """From now on the site says `new` for `old` at addresses with `part` in them."""
    plain = site._page

    def page(address: str) -> tuple[int, str, bytes]:
        status, kind, body = plain(address)
        return status, kind, body.replace(old.encode(), new.encode()) if part in address else body

    site._page = page  # type: ignore[method-assign]


@pytest.mark.parametrize("element", ["isrestricted>True</isrestricted", "isdisplayallowed>False</isdisplayallowed"])
def test_restricted_files_of_public_items_are_held_nowhere(
    site: CouncilSite, home: Path, monkeypatch: pytest.MonkeyPatch, element: str
) -> None:
    kept: list[bytes] = []
    monkeypatch.setattr(polite, "keep", lambda _, fetched: kept.append(fetched.body))
    document = "<linkeddoc><title>{}</title><url>https://quillbeck.example/7</url><{}></linkeddoc>"
    documents = document.format("Exempt appendix: offer of £310,000", element)
    documents += document.format("Map of the stops", "isrestricted>False</isrestricted")
    end = "</minutesnonemptyhtmlbody></agendaitem>"
    added = end.replace("</ag", f"<linkeddocuments>{documents}</linkeddocuments></ag")
    served_with(site, "lMeetingId=3412", end, added)
    assert cabinet(site, home).status == 0
    (saved,) = home.rglob("2024-07-03-3412.xml")
    assert b"Map of the stops" in saved.read_bytes()
    assert kept
    assert not [body for body in (*kept, saved.read_bytes()) if b"Exempt appendix" in body]
    assert "41 stops" in text_of(home, saved.name)


def test_a_page_of_decisions_alone_gives_way_to_the_printed_minutes(site: CouncilSite, home: Path) -> None:
    site.service = 403
    for number in (3412, 3600):
        site.meetings[number] = replace(site.meetings[number], shown="minutes")
        served_with(site, f"MId={number}", ">Minutes:<", ">Decision:<")
    assert cabinet(site, home).status == 0
    assert {"2025-06-12-3600.pdf", "2024-07-03-3412.html"} <= set(on_record(home))  # where there is one


def test_a_draft_that_comes_instead_of_decisions_leaves_the_meeting_on_record(
    site: CouncilSite, home: Path, tmp_path: Path
) -> None:
    site.service = 403
    site.meetings[9001] = replace(site.meetings[9001], shown="minutes")
    served_with(site, "MId=9001", ">Minutes:<", ">Decision:<")
    served_with(site, "MId=9001", "Agenda and minutes", "Agenda and decisions")
    cabinet(site, home)
    assert on_record(home)[f"{RECENT}-9001.html"][3] is None
    site.meetings[9001] = replace(site.meetings[9001], printed=draft_pdf(site.meetings[9001], tmp_path))
    done = cabinet(site, home)
    assert "superseded" not in done.out
    found = on_record(home)
    assert found[f"{RECENT}-9001.pdf"][3] == "draft"
    assert f"{RECENT}-9001.html" not in found


def test_what_is_not_put_on_record_takes_nothing_off_it(site: CouncilSite, home: Path, tmp_path: Path) -> None:
    site.service = 403
    site.meetings[9001] = replace(site.meetings[9001], shown="minutes")
    served_with(site, "MId=9001", ">Minutes:<", ">Decision:<")
    cabinet(site, home)
    approved = tmp_path / "approved.txt"
    approved.write_text(printed_words(site.meetings[9001]).replace("DRAFT ", ""), "utf-8")
    assert onrecord("ingest", approved, "--home", home).status == 0
    site.meetings[9001] = replace(site.meetings[9001], printed=draft_pdf(site.meetings[9001], tmp_path))
    assert "(by the final minutes, approved.txt)" in cabinet(site, home).out
    assert {"approved.txt", f"{RECENT}-9001.html"} <= set(on_record(home))
    assert list(home.rglob(f"{RECENT}-9001.html"))


def printed_words(held: Held) -> str:
    return (
        f"{COUNCIL}\n\nDRAFT MINUTES of a meeting of the Cabinet held on {held.words}\n\n"
        "1. Apologies for absence\n\nApologies were received from Councillor J Kerslake.\n\n"
        f"2. Report of the Head of Leisure\n\n{held.text}\n\nRESOLVED that the report be noted.\n"
    )


def draft_pdf(held: Held, folder: Path) -> bytes:
    return write_pdf(folder / "printed.pdf", [printed_words(held).splitlines()]).read_bytes()


def test_minutes_that_the_site_withdraws_stay_on_record_and_that_is_told(site: CouncilSite, home: Path) -> None:
    cabinet(site, home)
    served_with(site, "lMeetingId=9001", "<agendaitems>", "<isdisplayallowed>False</isdisplayallowed><agendaitems>")
    done = cabinet(site, home)
    name = f"{RECENT}-9001.xml"
    assert (
        f"Not published: Cabinet, {RECENT} (it is not open to the public); it was, and stays on record: "
        f"`onrecord remove {name}`\n"
    ) in done.out
    assert name in on_record(home)


def test_the_council_may_be_named_and_is_remembered(site: CouncilSite, home: Path) -> None:
    cabinet(site, home)
    for more in (["--council", "Quillbeck District Council"], []):
        cabinet(site, home, *more)
        named = {facts[0] for name, facts in on_record(home).items() if name.endswith(".xml")}
        assert named == {"Quillbeck District Council"}


@pytest.mark.parametrize("entry", ["", "mgListCommittees.aspx?bcr=1", "mgWebService.asmx/GetCommittees", "(S(abc1))/"])
def test_a_site_may_be_in_a_folder_and_put_sessions_into_its_addresses(home: Path, entry: str) -> None:
    site = CouncilSite("/moderngov/")
    site.sessions = True
    site.service = 403
    done = onrecord(*["fetch", "moderngov", site.base + entry], *arguments(site, home, "--committee", "cabinet")[3:])
    assert (done.status, done.err) == (0, "")
    assert on_record(home)["2024-07-03-3412.html"][4] == page_of(site, 3412)
    assert "(S(" not in "".join(str(facts) for facts in on_record(home).values())
    before = len(site.asked)
    assert "unchanged" in cabinet(site, home).out
    assert all(status in (302, 304, 403, 404) for _, _, status in site.asked[before:])
    site.close()


def test_links_that_say_http_are_followed_on_the_sites_own_scheme() -> None:
    page = Page(b"", "https://democracy.quillbeck.example/moderngov/a.aspx", LexborHTMLParser(
        "<ul><li><a href='http://democracy.quillbeck.example/(S(x1))/ieListDocuments.aspx?CID=1&MId=2#top'>3 <b>May</b>"
        "</a> - Agenda</li></ul><a href='javascript:pop()'>No</a><a href='http://www.quillbeck.example/bins'>Bins</a>"
    ))  # fmt: skip
    first, other = links(page)
    assert first.address == "https://democracy.quillbeck.example/ieListDocuments.aspx?CID=1&MId=2"
    assert (first.page, first.query["cid"], first.text) == ("ielistdocuments.aspx", "1", "3 May")
    assert first.line == "3 May - Agenda"
    assert other.address == "http://www.quillbeck.example/bins"


class FakeDoor:
    """Gives what it is told for any address, as if the site had led there by https; remembers what was asked."""

    def __init__(self, give: Callable[[str], bytes]) -> None:
        self.give = give
        self.asked: list[str] = []

    def get(self, address: str, clean: Callable[[Fetched], bytes | None] | None = None) -> Fetched:
        self.asked.append(address)
        landed = address.replace("http:", "https:", 1)
        fetched = Fetched(address, landed, 200, self.give(address), "", "", None, None, None, None)
        cleaned = clean(fetched) if clean else None
        return replace(fetched, body=cleaned) if cleaned else fetched

    def forget(self, address: str) -> None:
        """There is nothing to forget."""


def asked_through(door: FakeDoor, service: bool = True) -> moderngov.ModernGov:
    return moderngov.connect(door, "http://democracy.quillbeck.example/", service=service)  # type: ignore[arg-type]


@pytest.mark.parametrize("service", [True, False])
def test_a_site_that_leads_to_https_is_asked_by_https_from_then_on(site: CouncilSite, service: bool) -> None:
    door = FakeDoor(lambda address: site.content(urlsplit(address)._replace(scheme="", netloc="").geturl()))
    found = asked_through(door, service)
    (first, *_) = found.committees()
    listed = found.meetings(first, None, None)
    assert listed
    assert [address.partition(":")[0] for address in door.asked] == ["http", "https"]
    if service:
        assert listed[0].link.startswith("https://democracy.quillbeck.example/ieListDocuments.aspx?CId=130&MId=")


def test_nothing_that_a_site_sends_is_too_odd(site: CouncilSite) -> None:
    chance = random.Random(7)
    pieces = [b"<td class='mgItemNumberCell'>", b"</meeting>", b"&amp;amp;", b"<a href='http://[bad/?MId=1'>3 May 2024",
              b"\x00\xff", b"<meetingid>../../etc</meetingid>", b"%PDF-1.4", b"99/99/9999", b"<!DOCTYPE x>",
              b"<a href='ieListMeetings.aspx?CId=130&Year=99999999999999'>", b"</html>"]  # fmt: skip

    def spoil(address: str) -> bytes:
        body = bytearray(site.content(urlsplit(address)._replace(scheme="", netloc="").geturl()))
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(body) + 1)
            body[at : at + chance.choice([0, 1, 40, 4_000])] = chance.choice(pieces) * chance.choice([1, 1, 50])
        return bytes(body)

    came = 0
    for _ in range(60):
        found = asked_through(FakeDoor(spoil))
        with contextlib.suppress(NotFetched):
            for committee in found.committees()[:2]:
                for meeting in found.meetings(committee, None, None)[:3]:
                    assert re.fullmatch("[0-9]+", meeting.id)
                    with contextlib.suppress(NotFetched, NotPublished):
                        came += bool(found.minutes(meeting).body)
    assert came > 60


# Which meetings


@pytest.mark.parametrize("heeded", [True, False])
@pytest.mark.parametrize("service", [200, 403])
def test_dates_are_kept_to_whatever_the_site_gives(site: CouncilSite, home: Path, heeded: bool, service: int) -> None:
    site.heeds_bounds, site.service = heeded, service
    done = fetch(site, home, "--from", "2024-02-14", "--to", "2024-06-05")
    assert done.status == 0
    assert {name[:10] for name in on_record(home)} == {"2024-02-14", "2024-06-05"}
    if service == 200:
        assert "/mgWebService.asmx/GetMeetings?lCommitteeId=130&sFromDate=14/02/2024&sToDate=05/06/2024" in site.paths()


def test_meetings_to_come_and_those_called_off_are_not_asked_for(site: CouncilSite, home: Path) -> None:
    for site.service in (200, 403):
        fetch(site, home)
    assert not [path for path in site.paths() if "9100" in path or "3371" in path]


def test_the_pages_of_earlier_years_are_listed_too_and_no_more_of_them_than_are_wanted(
    site: CouncilSite, home: Path
) -> None:
    site.service, site.years = 403, True
    site.meetings[70] = Held(70, CABINET, dt.date(2023, 5, 1), "The Leader said that the clock had been mended.")
    assert cabinet(site, home, "--from", "2024-01-01").status == 0
    assert {"2024-07-03-3412.html", "2025-06-12-3600.pdf"} <= set(on_record(home))
    assert not site.paths("Year=2023")
    assert cabinet(site, home).status == 0
    assert "2023-05-01-70.html" in on_record(home)
    # It lists nothing, and nobody goes on from there.
    assert (len(site.paths("Year=2022")), len(site.paths("Year=2021"))) == (1, 0)


def test_a_former_committee_is_fetched_where_it_is_named(site: CouncilSite, home: Path) -> None:
    assert fetch(site, home, "--committee", "best value  SUB-COMMITTEE").status == 0
    assert set(on_record(home)) == {"2015-03-03-1200.xml"}


def test_several_committees_may_be_named_and_an_ampersand_is_an_and(site: CouncilSite, home: Path) -> None:
    names = ["--committee", "Planning and Rights of Way Committee", "--committee", "Best Value Sub-Committee"]
    assert fetch(site, home, *names).status == 0
    assert set(on_record(home)) == {"2015-03-03-1200.xml", "2024-02-14-3300.xml"}


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Childrens and Learning Panel", "near it are: Children and Learning Scrutiny Panel"),
        ("Planning", "near it are: Planning & Rights of Way Committee"),
        ("Xyz", "these are: Best Value Sub-Committee, Cabinet, "),
    ],
)
def test_a_committee_that_is_not_there_is_told_with_those_near_it(
    site: CouncilSite, home: Path, name: str, near: str
) -> None:
    done = fetch(site, home, "--committee", name)
    assert (done.status, done.out) == (2, "")
    assert f"The site has no committee called {name}; {near}" in done.err
    assert done.err.count("\n") == 1


def test_a_dry_run_lists_what_would_be_asked_for_and_writes_nothing(site: CouncilSite, home: Path) -> None:
    done = fetch(site, home, "--dry-run", "--from", "2024-06-01")
    assert done.status == 0
    assert f"Cabinet: 5 meetings\n  {TODAY - dt.timedelta(9)}  {page_of(site, 9002)}\n" in done.out
    assert "Plan: 6 meetings would be asked for.\n" in done.out
    assert not site.paths("GetMeeting?")
    assert not site.paths("ieListDocuments")
    assert not home.exists()
    cabinet(site, home)
    assert "Plan: 2 meetings would be asked for; 3 are settled.\n" in cabinet(site, home, "--dry-run").out


# The second run


def test_a_second_run_asks_only_whether_something_has_changed(site: CouncilSite, home: Path) -> None:
    cabinet(site, home)
    written = {path: path.stat().st_ino for path in home.glob("fetched/*/*/*[!.toml]") if path.is_file()}
    site.forget()
    done = cabinet(site, home)
    assert (done.status, done.err) == (0, "")
    assert "4 unchanged, 1 not published" in done.out
    assert "Done: 4 unchanged.\n" in done.out
    assert [path for path, conditional, status in site.asked if not conditional or status != 304] == ["/robots.txt"]
    # Not those that have long been settled.
    assert sorted(site.paths("GetMeeting?")) == [f"/mgWebService.asmx/GetMeeting?lMeetingId={m}" for m in (9001, 9002)]
    assert {path: path.stat().st_ino for path in written} == written


def test_again_asks_for_settled_minutes_too(site: CouncilSite, home: Path) -> None:
    cabinet(site, home)
    site.forget()
    site.meetings[3412] = replace(site.meetings[3412], text="The Head of Leisure advised that there were 39 stops.")
    assert "1 changed, 3 unchanged" in cabinet(site, home, "--again").out
    assert "39 stops" in text_of(home, "2024-07-03-3412.xml")


def test_changed_minutes_replace_what_was_on_record(site: CouncilSite, home: Path) -> None:
    site.service = 403
    cabinet(site, home)
    assert on_record(home)[f"{RECENT}-9001.html"][3] == "draft"
    site.meetings[9001] = replace(site.meetings[9001], text="The Leader reported that 29 trees stood.", shown="minutes")
    done = cabinet(site, home)
    assert "1 changed, 3 unchanged" in done.out
    assert "Done: 1 replace, 3 unchanged." in done.out
    assert on_record(home)[f"{RECENT}-9001.html"][3] is None
    assert "29 trees" in text_of(home, f"{RECENT}-9001.html")
    consistent(Record(home))


def test_an_old_draft_is_not_settled(site: CouncilSite, home: Path) -> None:
    site.service = 403
    site.meetings[3412] = replace(site.meetings[3412], shown="draft")
    cabinet(site, home)
    site.meetings[3412] = replace(site.meetings[3412], shown="minutes")
    assert "1 changed" in cabinet(site, home).out
    assert on_record(home)["2024-07-03-3412.html"][3] is None


def test_young_minutes_settle_when_they_are_asked_for_once_more(site: CouncilSite, home: Path) -> None:
    cabinet(site, home)
    (beside,) = home.rglob("2024-07-03-3412.xml.toml")
    beside.write_text(beside.read_text("utf-8").replace(f"on {TODAY}.", "on 2024-08-01."), "utf-8")
    for times in (1, 0):
        site.forget()
        assert "4 unchanged" in cabinet(site, home).out
        assert len(site.paths("lMeetingId=3412")) == times


def test_minutes_settle_only_when_they_have_been_asked_for_late_enough(tmp_path: Path) -> None:
    path = tmp_path / "2026-01-01-1.xml"
    path.write_text("<meeting/>")
    beside = tmp_path / "2026-01-01-1.xml.toml"
    assert not files.is_settled(path, TODAY - files.SETTLES)
    beside.write_text('committee = "Cabinet"\n')  # a person's own
    assert not files.is_settled(path, TODAY - files.SETTLES)
    beside.write_text(f'# Written.\n# The site was asked for it on {TODAY}.\ncommittee = "Cabinet"\n')
    os.utime(beside, (0, 0))  # as a copy may set it
    assert files.is_settled(path, TODAY - files.SETTLES)
    assert not files.is_settled(path, TODAY - files.SETTLES + dt.timedelta(1))


def test_a_page_that_tells_the_time_is_unchanged_all_the_same(site: CouncilSite, home: Path) -> None:
    site.service, site.clock = 403, True
    cabinet(site, home)
    assert "4 unchanged" in cabinet(site, home, "--again").out


def test_minutes_that_come_in_another_form_replace_the_first(site: CouncilSite, home: Path) -> None:
    site.service = 403
    cabinet(site, home)
    site.service = 200
    assert "3 changed, 1 unchanged" in cabinet(site, home, "--again").out
    assert set(on_record(home)) == {
        "2024-07-03-3412.xml", "2024-06-05-3390.xml", f"{RECENT}-9001.xml", "2025-06-12-3600.pdf",
    }  # fmt: skip
    assert not list(home.rglob("*.html*"))
    consistent(Record(home))


def test_a_meeting_that_has_vanished_stays_on_record(site: CouncilSite, home: Path) -> None:
    cabinet(site, home)
    del site.meetings[3390]
    assert cabinet(site, home).status == 0
    assert "2024-06-05-3390.xml" in on_record(home)


def test_stopped_halfway_the_next_run_goes_on_where_it_was(site: CouncilSite, home: Path) -> None:
    reached = threading.Event()
    go_on = threading.Event()

    def hold(address: str) -> None:
        if "lMeetingId=3390" in address and not go_on.is_set():
            reached.set()
            go_on.wait(20)

    site.on_asked = hold
    script = "from assistant.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments(site, home, "--committee", "Cabinet")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert reached.wait(60)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    go_on.set()
    assert process.returncode == 130
    assert err == "Stopped. Nothing is half done; the same command goes on where this one was.\n"
    assert not (home / "record.sqlite").exists()
    site.forget()
    done = cabinet(site, home)
    assert "1 new, 3 unchanged, 1 not published" in done.out
    assert len(on_record(home)) == 4
    assert not site.paths("lMeetingId=3412")  # settled, and come already


# Faults of the site


def test_a_500_in_the_middle_is_asked_again(site: CouncilSite, home: Path) -> None:
    site.spoil("lMeetingId=3412", "500")
    assert (cabinet(site, home).status, len(site.paths("lMeetingId=3412"))) == (0, 2)
    assert "2024-07-03-3412.xml" in on_record(home)


def test_a_meeting_that_the_service_cannot_give_comes_from_its_page(site: CouncilSite, home: Path) -> None:
    site.spoil("lMeetingId=3412", *["500"] * 9)
    assert cabinet(site, home).status == 0
    assert {"2024-07-03-3412.html", "2024-06-05-3390.xml"} <= set(on_record(home))


def test_a_slow_answer_is_waited_for(site: CouncilSite, home: Path) -> None:
    site.spoil("lMeetingId=3412", "slow")
    assert fetch(site, home, "--from", "2024-07-01", "--to", "2024-07-31").status == 0
    assert set(on_record(home)) == {"2024-07-03-3412.xml"}


@pytest.mark.parametrize("way", ["cut", "short"])
@pytest.mark.parametrize("part", ["GetCommittees", "GetMeetings", "lMeetingId=3412", "documents/g3600"])
def test_one_broken_answer_does_no_harm(site: CouncilSite, home: Path, way: str, part: str) -> None:
    site.spoil(part, way)  # type: ignore[arg-type]
    done = cabinet(site, home)
    assert (done.status, done.err) == (0, "")
    assert {"2024-07-03-3412.xml", "2025-06-12-3600.pdf"} <= set(on_record(home))


@pytest.mark.parametrize("way", ["cut", "short"])
def test_what_always_breaks_off_is_told_and_the_others_come(site: CouncilSite, home: Path, way: str) -> None:
    site.service = 403
    site.spoil("MId=3412", *[way] * 50)  # type: ignore[list-item]
    site.spoil("documents/g3600", *[way] * 50)  # type: ignore[list-item]
    done = cabinet(site, home)
    assert done.status == 3
    broken = [line for line in done.err.splitlines() if line.startswith("Not fetched: Cabinet, 20")]
    assert len(broken) == 2
    if way == "cut":
        assert "Not fetched: Cabinet, 2024-07-03: It breaks off before its end.\n" in done.err
    assert "2 new, 1 not published, 2 failed." in done.out
    assert set(on_record(home)) == {"2024-06-05-3390.html", f"{RECENT}-9001.html"}
    site.spoil("MId=3412")
    assert "1 new" in cabinet(site, home).out  # nothing broken was kept


def test_minutes_on_record_stay_there_when_the_site_breaks(site: CouncilSite, home: Path) -> None:
    site.service = 403
    cabinet(site, home)
    site.spoil("MId=9001", *["500"] * 50)
    assert cabinet(site, home).status == 3
    assert f"{RECENT}-9001.html" in on_record(home)


def test_what_was_fetched_goes_on_record_though_the_site_has_failed_since(site: CouncilSite, home: Path) -> None:
    site.service = 403
    cabinet(site, home)
    for path in home.glob("record.sqlite*"):  # as if that run had been stopped before it put anything on record
        path.unlink()
    site.spoil("MId=9001", *["500"] * 50)
    assert cabinet(site, home).status == 3
    assert f"{RECENT}-9001.html" in on_record(home)


def test_a_committee_whose_list_fails_does_not_keep_back_the_others(site: CouncilSite, home: Path) -> None:
    site.service = 403
    site.spoil(f"CId={PLANNING}", "403")
    done = fetch(site, home)
    assert done.status == 3
    assert "Not fetched: Planning & Rights of Way Committee, its list of meetings: The site does not let us" in done.err
    assert "5 new" in done.out


@pytest.mark.parametrize("part", ["ieListDocuments", "ieListMeetings"])
def test_a_site_that_stops_answering_is_left_alone(site: CouncilSite, home: Path, part: str) -> None:
    site.service = 403
    for number in range(20):
        site.meetings[number + 1] = Held(number + 1, CABINET, dt.date(2020, 1, number + 1))
    site.on_asked = lambda address: site.spoil("aspx", *["403"] * 99) if part in address else None
    site.committees |= {number: f"Panel {number}" for number in range(20)}
    done = fetch(site, home)
    assert done.status == 3
    assert len(site.paths(part)) == files.PATIENCE
    if part == "ieListDocuments":
        assert "The site stopped answering: 22 meetings left; the same command goes on from here.\n" in done.err
    else:
        assert "Not fetched: 18 more committees are left for next time.\n" in done.err


def test_committees_that_the_site_cannot_list_do_not_keep_back_the_others(site: CouncilSite, home: Path) -> None:
    site.service = 403
    site.committees = {number: f"Panel {number}" for number in range(700, 707)} | site.committees
    site.spoil("CId=70", *["403"] * 7)
    done = fetch(site, home)
    assert done.status == 3
    assert done.err.count("its list of meetings: The site does not let us have it (HTTP 403).\n") == 7
    assert "6 new" in done.out


def test_meetings_that_the_site_cannot_give_do_not_keep_back_the_others(site: CouncilSite, home: Path) -> None:
    site.service = 403
    for number in range(7):
        site.meetings[700 + number] = Held(700 + number, CABINET, dt.date(2025, 10, number + 1))
    site.spoil("MId=70", *["403"] * 7)
    done = cabinet(site, home)
    assert done.status == 3
    assert "4 new, 1 not published, 7 failed." in done.out


def test_a_wrong_header_does_not_spoil_the_words(site: CouncilSite, home: Path) -> None:
    site.charset = "iso-8859-1"
    fetch(site, home, "--committee", "Planning & Rights of Way Committee")
    assert "the café in Nine Acre Meadow cost £46,500" in text_of(home, "2024-02-14-3300.xml")


@pytest.mark.parametrize("service", [200, 403])
def test_the_header_tells_an_encoding_that_the_page_does_not(site: CouncilSite, home: Path, service: int) -> None:
    site.service, site.encoding, site.charset, site.declares = service, "cp1252", "ISO-8859-1", None
    assert fetch(site, home, "--committee", "Planning & Rights of Way Committee").status == 0
    (name,) = on_record(home)
    assert "the café in Nine Acre Meadow cost £46,500" in text_of(home, name)


def test_an_encoding_that_nobody_tells_is_asked_of_the_user(site: CouncilSite, home: Path) -> None:
    site.encoding, site.charset = "cp1252", None
    names = ["--committee", "Planning & Rights of Way Committee"]
    done = fetch(site, home, *names)
    assert done.status == 3
    assert "It is not UTF-8 text; it looks like cp1252: try --encoding cp1252.\n" in done.err
    assert fetch(site, home, *names, "--encoding", "cp1252").status == 0
    assert "the café in Nine Acre Meadow cost £46,500" in text_of(home, "2024-02-14-3300.xml")


def test_bytes_that_fit_no_header_are_left_as_they_are() -> None:
    told = Fetched("a", "a", 200, b"caf\xe9", "", "", "text/html", "utf-16", None, None)
    assert as_utf8(replace(told, encoding="cp1252")) == "café".encode()
    assert as_utf8(replace(told, encoding="no-such-encoding")) == b"caf\xe9"
    assert as_utf8(replace(told, encoding="base64")) == b"caf\xe9"


# What cannot be fetched at all


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nowhere", "nowhere is neither an address nor one of the councils that go by a short name (bristol, "),
        ("ftp://democracy.quillbeck.example/", "It is no http or https address"),
        ("https://user:word@democracy.quillbeck.example/", "user name"),
        ("http://127.0.0.1:9/", "127.0.0.1"),
        ("http://localhost:9/", "not on the public internet"),
        ("http://169.254.169.254/latest/", "not on the public internet"),
    ],
)
def test_what_is_no_site_is_told_in_one_line(home: Path, address: str, said: str) -> None:
    done = onrecord("fetch", "moderngov", address, "--home", home)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not home.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--from", "May"], "--from wants a date like 2024-03-31, not May"),
        (["--from", "2025-01-01", "--to", "2024-01-01"], "--from 2025-01-01 is after --to 2024-01-01"),
    ],
)
def test_wrong_dates_are_told_before_anything_is_asked(
    site: CouncilSite, home: Path, more: list[str], said: str
) -> None:
    done = fetch(site, home, *more)
    assert (done.status, site.asked) == (2, [])
    assert said in done.err


def test_another_system_is_told_with_those_there_are(home: Path) -> None:
    done = onrecord("fetch", "cmis", "https://democracy.quillbeck.example/", "--home", home)
    assert (done.status, done.err) == (2, "No system called cmis can be fetched from; these are: moderngov.\n")


def test_robots_are_asked_first_and_obeyed(site: CouncilSite, home: Path) -> None:
    site.robots = "User-agent: *\nDisallow: /\n"
    done = fetch(site, home)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "robots.txt" in done.err
    assert site.paths() == []


def test_robots_that_keep_out_of_the_service_leave_the_pages(site: CouncilSite, home: Path) -> None:
    site.robots = "User-agent: *\nDisallow: /mgWebService.asmx\n"
    assert cabinet(site, home).status == 0
    assert not site.paths("mgWebService")
    assert "2024-07-03-3412.html" in on_record(home)


def test_a_site_of_another_kind_is_told(site: CouncilSite, home: Path) -> None:
    site.folder = "/elsewhere/"
    done = fetch(site, home)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert f"Nothing can be fetched from {site.base} (The site has nothing there (HTTP 404)); look with a" in done.err


# The councils


def test_every_council_here_can_be_fetched_from() -> None:
    assert {"bristol", "haringey", "kent", "rutland", "thurrock"} <= set(councils())
    names = {connector.NAME: connector for connector in CONNECTORS}
    for council in councils().values():
        assert council.name.endswith("Council")
        for name, address in council.addresses.items():
            assert names[name].base(address) == address
            assert urlsplit(address).scheme == "https"


def test_adding_a_council_is_one_file(
    site: CouncilSite, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In the council's own words its name is another than its pages' title gives, and its service is not asked.
    written = f'council = "Quillbeck District Council"\nmoderngov = "{site.base}"\nservice = false\n'
    (tmp_path / "quillbeck.toml").write_text(written)
    monkeypatch.setattr("ingest.councils.files", lambda _: tmp_path)
    councils.cache_clear()
    more = ["--dry-run", "--allow-private-addresses", "--pause", "0", "--home", str(home)]
    try:
        done = onrecord("fetch", "moderngov", "Quillbeck", *more)
        assert (done.status, site.paths("mgWebService")) == (0, [])
        assert fetch(site, home, "--committee", "Cabinet").status == 0  # its address is as good as its name
        assert site.paths("mgWebService") == []
        sidecars = [path.read_text() for path in home.rglob("*.html.toml")]
        assert sidecars
        assert all('council = "Quillbeck District Council"\n' in said for said in sidecars)
    finally:
        councils.cache_clear()


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://democracy.quillbeck.example", "https://democracy.quillbeck.example/"),
        ("https://democracy.quillbeck.example/moderngov", "https://democracy.quillbeck.example/moderngov/"),
        ("https://democracy.quillbeck.example/ecminutes/ieDocHome.aspx?bcr=1#top",
         "https://democracy.quillbeck.example/ecminutes/"),
        ("http://democracy.quillbeck.example/(S(lxyn5a))/mgAi.aspx?ID=4", "http://democracy.quillbeck.example/"),
        ("https://quillbeck.example/v1.25/ModernGov/mgWebService.asmx/GetCommittees",
         "https://quillbeck.example/v1.25/ModernGov/"),
    ],
)  # fmt: skip
def test_any_page_of_a_site_tells_where_it_is(address: str, base: str) -> None:
    assert moderngov.base(address) == base


def test_a_committees_folder_is_a_plain_name() -> None:
    assert files.slug(Committee("9", "Pwyllgor Craffu Tŷ & Thir ../../etc")) == "pwyllgor-craffu-ty-and-thir-etc"
    assert files.slug(Committee("9", "委員会")) == "committee-9"
