"""The site of Quillbeck, an invented council, as ModernGov serves it: on this machine, with the faults of real ones.

It keeps count of what it is asked. A fault is a switch (`service`, `heeds_bounds`, `sessions`, …), or is put on one
address with `spoil`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import itertools
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

COUNCIL = "Quillbeck Borough Council"
PDF = Path(__file__).parent / "sources" / "pdf" / "printed-minutes.pdf"
TODAY = dt.date.today()

# A status; a body cut in half that is announced as whole, or as it was; or silence for a while.
Way = Literal["403", "404", "500", "cut", "short", "sorry", "slow"]


@dataclass(frozen=True)
class Held:
    """A meeting. `shown` is how its page stands; `cut` hides the end of item 2 there."""

    id: int
    committee: int
    date: dt.date
    text: str = "The Head of Leisure advised that the mobile library had called at 41 stops."
    published: bool = True
    shown: Literal["minutes", "draft", "cut", "agenda"] = "minutes"
    printed: bytes | None = None
    linked: Literal["", "new", "old"] = "new"  # how the page links the printed minutes
    called_off: bool = False
    restricted: str = ""

    @property
    def words(self) -> str:
        return f"{self.date:%A}, {self.date.day}{_ordinal(self.date.day)} {self.date:%B, %Y}"


CABINET, PLANNING, CHILDREN, FORMER, DELETED = 130, 125, 214, 97, 140
COMMITTEES = {
    CABINET: "Cabinet",
    PLANNING: "Planning & Rights of Way Committee",
    CHILDREN: "Children and Learning Scrutiny Panel",
    FORMER: "Best Value Sub-Committee",
    DELETED: "Test committee - please ignore",
}


def meetings() -> dict[int, Held]:
    """Old ones with minutes, one of them as a PDF only; a draft; one without minutes; one called off; one to come."""
    all_of_them = [
        Held(3412, CABINET, dt.date(2024, 7, 3)),
        Held(3390, CABINET, dt.date(2024, 6, 5), "The Leader reported that the pool would open at 6.30 am."),
        Held(3371, CABINET, dt.date(2024, 5, 8), called_off=True),
        Held(9001, CABINET, TODAY - dt.timedelta(30), "The Leader reported that 27 trees had been planted.",
             shown="draft"),
        Held(9002, CABINET, TODAY - dt.timedelta(9), published=False, shown="agenda"),
        Held(9100, CABINET, TODAY + dt.timedelta(40), published=False, shown="agenda"),
        Held(3300, PLANNING, dt.date(2024, 2, 14), "Officers advised that the café in Nine Acre Meadow cost £46,500."),
        Held(3600, CABINET, dt.date(2025, 6, 12), shown="agenda", printed=PDF.read_bytes()),
        Held(5003, CHILDREN, dt.date(2025, 3, 11), "The Director of Learning said that 12 schools had replied."),
        Held(1200, FORMER, dt.date(2015, 3, 3), "The Chair reported that the panel had met for the last time."),
    ]  # fmt: skip
    return {held.id: held for held in all_of_them}


class CouncilSite:
    """The site; its switches may be turned at any time. Close it."""

    def __init__(self, folder: str = "/") -> None:
        self.folder = folder
        self.meetings = meetings()
        self.committees = dict(COMMITTEES)
        self.joint: dict[int, int] = {}  # a meeting that another committee lists too
        self.service = 200  # or the status of all its answers
        self.heeds_bounds = True
        self.sessions = False
        self.robots = ""
        self.charset: str | None = "utf-8"  # that headers name
        self.encoding = "utf-8"  # of pages and XML
        self.declares: str | None = "utf-8"  # that pages and XML name
        self.clock = False  # pages show the time: no two are alike
        self.years = False  # the list of meetings shows this year's, and links the others
        self.asked: list[tuple[str, bool, int]] = []  # address without session, whether "only if changed", status
        self.on_asked: Callable[[str], None] = lambda address: None
        self._spoiled: dict[str, list[Way]] = {}
        self._visits = itertools.count()
        site = self

        class Clerk(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    site._answer(self)

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """A reader that hangs up is no news."""

        self._server = Quiet(("127.0.0.1", 0), Clerk)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.base = f"http://{self.host}{folder}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def spoil(self, part: str, *ways: Way) -> None:
        """Spoil the next answers to addresses with `part` in them, one way each."""
        self._spoiled[part] = list(ways)

    def paths(self, part: str = "") -> list[str]:
        """What was asked for, with `part` in it; robots.txt aside."""
        return [path for path, _, _ in self.asked if part in path and path != "/robots.txt"]

    def forget(self) -> None:
        """Begin to count again."""
        self.asked.clear()

    def content(self, address: str) -> bytes:
        """What is served at an address, without its faults."""
        return self._page(unquote(address))[2]

    def _answer(self, clerk: BaseHTTPRequestHandler) -> None:
        address = unquote(re.sub(r"/\(S\(\w+\)\)", "", clerk.path))
        self.on_asked(address)
        condition = clerk.headers.get("If-None-Match")
        visit = f"/(S(visit{next(self._visits)}))"
        if self.sessions and "/(S(" not in clerk.path and address != "/robots.txt":
            self._send(clerk, address, 302, b"", {"Location": visit + clerk.path})
            return
        way = next((ways.pop(0) for part, ways in self._spoiled.items() if part in address and ways), None)
        status, kind, body = self._page(address)
        if way in ("403", "404", "500"):
            status, body = int(way), b"<html><body>Sorry</body></html>"
        elif way == "sorry":
            status, kind, body = 200, "text/html", b"<html><body><h1>Sorry</h1><p>Try again later.</p></body></html>"
        elif way == "slow":
            time.sleep(0.7)
        tag = '"' + hashlib.sha256(body).hexdigest() + '"'
        if way == "cut":  # on the way, so that it is named as if it were whole
            body = body[: len(body) // 2]
        if status == 200 and condition == tag:
            self._send(clerk, address, 304, b"", {"ETag": tag})
            return
        named = f"; charset={self.charset}" if self.charset and kind.startswith("text") else ""
        self._send(clerk, address, status, body, {"ETag": tag, "Content-Type": kind + named}, short=way == "short")

    def _send(
        self, clerk: BaseHTTPRequestHandler, address: str, status: int, body: bytes, headers: dict[str, str],
        short: bool = False,
    ) -> None:  # fmt: skip
        self.asked.append((address, "If-None-Match" in clerk.headers, status))
        clerk.send_response(status)
        for name, value in headers.items():
            clerk.send_header(name, value)
        if status != 304:
            clerk.send_header("Content-Length", str(len(body)))
        clerk.end_headers()
        clerk.wfile.write(body[: len(body) // 2] if short else body)
        clerk.close_connection = short

    def _page(self, address: str) -> tuple[int, str, bytes]:
        parts = urlsplit(address)
        query = {key.lower(): values[0] for key, values in parse_qs(parts.query).items()}
        if address == "/robots.txt":
            return (200, "text/plain", self.robots.encode()) if self.robots else (404, "text/plain", b"")
        if not parts.path.startswith(self.folder):
            return 404, "text/html", b"Not here"
        page = parts.path.removeprefix(self.folder)
        if page.startswith("mgWebService.asmx/"):
            if self.service != 200:
                return self.service, "text/html", b"<html><body>Forbidden</body></html>"
            return 200, "text/xml", self._xml(page.partition("/")[2], query)
        held = self.meetings.get(int(query.get("mid", query.get("id", "0"))))
        if match := re.match(r"documents/g(\d+)/Printed minutes", page):
            held = self.meetings.get(int(match.group(1)))
        if page == "mgListCommittees.aspx":
            return 200, "text/html", self._html("Committee structure", self._committee_links())
        if page == "ieListMeetings.aspx":
            return 200, "text/html", self._html("Browse meetings", self._meeting_links(query))
        if page == "ieListDocuments.aspx" and held:
            return 200, "text/html", self._html(_page_title(held), self._items(held))
        if (page.startswith("documents/") or page == "mgConvert2PDF.aspx") and held and held.printed:
            return 200, "application/pdf", held.printed
        return 404, "text/html", b"<html><body>Not found</body></html>"

    def _html(self, title: str, content: str) -> bytes:
        declared = f'<meta charset="{self.declares}">' if self.declares else ""
        now = f"<p class='now'>Served at {time.time_ns()}</p>" if self.clock else ""
        page = (
            f"<!DOCTYPE html><html lang='en'><head>{declared}<title>{escape(title)} - {COUNCIL}</title></head><body>"
            "<nav><a href='mailto:clerk@quillbeck.example'>Ask</a> <a href='mgListCommittees.aspx'>Committees</a></nav>"
            f'<div id="modgov"><h1 class="mgMainTitleTxt">{escape(title.partition(" for ")[0])}</h1>{content}</div>'
            f"<footer>{now}</footer></body></html>"
        )
        return page.encode(self.encoding)

    def _committee_links(self) -> str:
        rows = "".join(
            f'<li><a href="mgCommitteeDetails.aspx?ID={number}">{escape(name)}</a></li>'
            for number, name in self.committees.items()
            if number not in (FORMER, DELETED)
        )
        return f'<div class="mgContent"><ul class="mgBulletList">{rows}</ul></div>'

    def _meeting_links(self, query: dict[str, str]) -> str:
        found = self._of(query.get("cid", ""))
        years = sorted({held.date.year for held in found}) if self.years else []
        if years:
            shown = int(query["year"]) or max(years)
            found = [held for held in found if held.date.year == shown]
        # As some sites write them: whole, and as http:// whatever the site is on.
        rows = "".join(
            f'<li><a class="mgMeetingTableLnk" href="http://{self.host}{self.folder}ieListDocuments.aspx?CId='
            f'{held.committee}&amp;MId={held.id}&amp;Ver=4">{held.date.day} {held.date:%b %Y}&nbsp;7.00 pm</a> - '
            f"{'CANCELLED' if held.called_off else 'Agenda'}</li>"
            for held in found
        )
        others = "".join(
            f'<a href="ieListMeetings.aspx?CId={query["cid"]}&amp;Year={year}">Earlier</a>'
            for year in (years and [max([y for y in years if y < shown], default=shown - 1)])
        )
        return f'<div class="mgContent"><ul class="mgNonBulletTableList">{rows}</ul><p>{others}</p></div>'

    def _of(self, committee: str) -> list[Held]:
        return [h for h in self.meetings.values() if committee in (str(h.committee), str(self.joint.get(h.id)))]

    def _items(self, held: Held) -> str:
        name = COMMITTEES[held.committee]
        new = f"documents/g{held.id}/{{}}%20{held.date:%d-%b-%Y}.pdf?T={{}}"
        old = f"mgConvert2PDF.aspx?ID={held.id}&amp;X={{}}&amp;T={{}}"
        address = new if held.linked == "new" else old
        printed = "".join(
            f'<li><a href="{address.format(name.replace(" ", "%20"), kind)}">{name}</a></li>'
            for kind, name in enumerate(("Agenda frontsheet", "Printed minutes"))
        )
        printed = f'<ul class="mgActionList">{printed}</ul>'
        rows = "".join(
            f'<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">{number}.</p></td><td>'
            f'<p class="mgAiTitleTxt">{escape(title)}</p>'
            + ("" if held.shown == "agenda" else _minutes_of(escape(text), held.shown == "cut" and number == 2))
            + "</td></tr>"
            for number, title, text in _agenda(held)
        )
        return (
            f'<div class="mgSubTitle"><h2 class="mgSubTitleTxt">{escape(name)} - {held.words} 7.00 pm</h2></div>'
            f'{printed if held.printed and held.linked else ""}<div class="mgContent"><table>{rows}</table></div>'
        )

    def _xml(self, method: str, query: dict[str, str]) -> bytes:
        if method == "GetCommittees":
            body = "".join(
                # Encoded twice, as reported: "&amp;amp;".
                f"<committee><committeeid>{number}</committeeid><committeetitle>{escape(escape(name))}</committeetitle>"
                f"<committeedeleted>{number == DELETED}</committeedeleted>"
                f"<committeeexpired>{number == FORMER}</committeeexpired></committee>"
                for number, name in self.committees.items()
            )
            body = f"<committees><committeescount>{len(self.committees)}</committeescount>{body}</committees>"
        elif method == "GetMeetings":
            first, last = (dt.datetime.strptime(query[key], "%d/%m/%Y").date() for key in ("sfromdate", "stodate"))
            inside = self._of(query["lcommitteeid"])
            if self.heeds_bounds:
                inside = [held for held in inside if first <= held.date <= last]
            listed = "".join(
                f"<meeting><meetingid>{held.id}</meetingid><meetingdate>{held.date:%d/%m/%Y}</meetingdate>"
                f"<meetingstatus>{'Cancelled' if held.called_off else 'Confirmed'}</meetingstatus></meeting>"
                for held in inside
            )
            body = f"<committee><committeemeetings>{listed}</committeemeetings></committee>"
            body = f"<getmeetings>{body}</getmeetings>"
        else:
            body = _service_meeting(self.meetings[int(query["lmeetingid"])])
        declared = f' encoding="{self.declares}"' if self.declares else ""
        return f'<?xml version="1.0"{declared}?>{body}'.encode(self.encoding)


def _agenda(held: Held) -> list[tuple[int, str, str]]:
    return [
        (1, "Apologies for absence", "Apologies were received from Councillor J Kerslake."),
        (2, "Report of the Head of Leisure", f"{held.text} RESOLVED that the report be noted."),
    ]


def _minutes_of(text: str, cut: bool) -> str:
    shown = (
        f"{text[:40]}</p><p>... <a href='mgAi.aspx?ID=2'>view the full minutes text for item 2.</a>" if cut else text
    )
    return f'<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>{shown}</p></div>'


def _page_title(held: Held) -> str:
    kinds = {"agenda": "Agenda", "draft": "Agenda and draft minutes"}
    return f"{kinds.get(held.shown, 'Agenda and minutes')} for {COMMITTEES[held.committee]} on {held.words}"


def _service_meeting(held: Held) -> str:
    has_text = held.published and held.printed is None
    items = "".join(
        f"<agendaitem><agendaitemid>{held.id}{number}</agendaitemid>"
        f"<agendaitemtitle>{escape(title)}</agendaitemtitle><agendatext/>"
        f"<fulldisplaynumberformat>{number}.</fulldisplaynumberformat><isrestricted>False</isrestricted>"
        f"<minutesnonemptyhtmlbody>{escape(f'<p>{escape(text)}</p>') if has_text else ''}</minutesnonemptyhtmlbody>"
        "</agendaitem>"
        for number, title, text in _agenda(held)
    )
    if held.restricted:
        items += (
            "<agendaitem><agendaitemid>77</agendaitemid><agendaitemtitle>A lease</agendaitemtitle>"
            "<fulldisplaynumberformat>3.</fulldisplaynumberformat><isrestricted>True</isrestricted>"
            f"<minutesnonemptyhtmlbody>&lt;p&gt;{held.restricted}&lt;/p&gt;</minutesnonemptyhtmlbody></agendaitem>"
        )
    return (
        f"<meeting><meetingid>{held.id}</meetingid><meetingdate>{held.date:%d/%m/%Y}</meetingdate>"
        f"<minutepublished>{held.published}</minutepublished><agendaitems>{items}</agendaitems></meeting>"
    )


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
