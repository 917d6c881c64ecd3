"""ModernGov sites (Civica): the web service first, pages where it is refused, PDFs where pages hold no text.

Reported of them: the service answers 403 at many hosts whose pages work; it wants both dates and ignores them at
some; it encodes titles twice; pages cut long items short; addresses say http:// and hold sessions. All of it is
public, but the service also gives what is restricted, flagged: that is not kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlencode, urlsplit

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from corpus.models import Document
from ingest.dates import find_date
from ingest.documents import make_document
from ingest.facts import facts
from ingest.fetching.fetched import Fetched, NotFetched
from ingest.fetching.polite import Polite
from ingest.fetching.published import Committee, Meeting, Minutes, NotPublished
from ingest.fetching.whole import Link, Page, as_utf8, get, get_page, get_pdf, links
from ingest.fetching.wire import normal
from ingest.formats.moderngov import extract
from ingest.formats.moderngov_service import parse, plain, said
from ingest.read import Supplied
from ingest.source import Skip

NAME = "moderngov"

FIRST_YEAR = 1990  # no site goes back further; the service wants a date to begin with
FAILURES = 3  # one answer may fail by itself; a service that fails so often in a row is not asked any more
_COMMITTEES = "mgListCommittees.aspx?bcr=1"
_CALLED_OFF = ("cancelled", "canceled", "postponed", "abandoned")
_HOLDERS = ("meeting", "agendaitem")  # what is restricted of these is emptied, and stays to be counted
# All that stays of an item that the public may not read.
_PUBLIC_PARTS = ("agendaitemid", "agendaitemnumber", "fulldisplaynumberformat", "isrestricted", "isdisplayallowed")


def base(address: str) -> str:
    """The folder that a site's pages are in, with its `/` and without a session: it need not be the host's root."""
    parts = urlsplit(normal(address))
    folder = re.sub(r"(?i)/[^/]*\.(?:as[hmp]x\b.*|\w{3,5}$)", "", parts.path).rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{folder}/"


def connect(door: Polite, base: str, *, service: bool = True, encoding: str | None = None) -> ModernGov:
    """The site at `base`, asked through `door`."""
    return ModernGov(door, base, service, encoding)


class ModernGov:
    """One site. It remembers a service that refuses, so as not to ask it again."""

    def __init__(self, door: Polite, base: str, service: bool, encoding: str | None) -> None:
        """Nothing is asked of it yet."""
        self._door, self._base, self._encoding = door, base, encoding
        self._service = service
        self._failures = 0
        self._council: str | None = None

    def committees(self) -> list[Committee]:
        """Its committees; from the service, former ones too. Raises NotFetched where neither way is open."""
        answer = self._ask("GetCommittees")
        found = list(_committees(answer[0])) if answer else []
        if not found:
            listed = {"mgcommitteedetails.aspx": "id", "ielistmeetings.aspx": "cid"}
            for link in links(self._page(_COMMITTEES)):
                number = link.query.get(listed.get(link.page, ""), "")
                if _is_id(number) and link.text and number not in {one.id for one in found}:
                    found.append(Committee(number, link.text))
        if not found:
            raise NotFetched(self._base, "missing", "It does not list any committees")
        return found

    def meetings(self, committee: Committee, since: dt.date | None, until: dt.date | None) -> list[Meeting]:
        """A committee's meetings that were not called off; the site may not heed the two days."""
        first = since or dt.date(FIRST_YEAR, 1, 1)
        # Not today: the same address every day is one that the site can answer with "not modified".
        last = until or dt.date(dt.date.today().year, 12, 31)
        between = {"sFromDate": f"{first:%d/%m/%Y}", "sToDate": f"{last:%d/%m/%Y}"}
        answer = self._ask("GetMeetings", lCommitteeId=committee.id, **between)
        if answer is None:
            return list(self._listed(committee, first.year))
        page = f"{self._base}ieListDocuments.aspx?CId={committee.id}&MId="
        return [Meeting(number, committee, date, f"{page}{number}&Ver=4") for number, date in _meetings(answer[0])]

    def council(self) -> str | None:
        """The council that its pages name in their title."""
        if self._council is None:
            try:
                self._page(_COMMITTEES)
            except NotFetched:
                return None
        return self._council

    def minutes(self, meeting: Meeting) -> Minutes:
        """A meeting's minutes. Raises NotPublished, or NotFetched where no way to them is open."""
        answer = self._ask("GetMeeting", lMeetingId=meeting.id)
        if answer:
            root, body = answer
            told = next(root.iter("meeting"), root)
            if said(told, "isdisplayallowed") == "false":
                raise NotPublished("it is not open to the public")
            if said(told, "minutepublished") == "false":
                raise NotPublished("its minutes are not published yet")
            document = self._read(".xml", body)
            if isinstance(document, Document):
                return _minutes(body, ".xml", document)
        return self._from_pages(meeting, published=answer is not None)

    def _from_pages(self, meeting: Meeting, published: bool) -> Minutes:
        """Minutes from the meeting's page, or from the PDF that it links, where it is cut or holds none."""
        page = self._page(meeting.link)
        document = self._read(".html", page.body)
        shown = None
        if isinstance(document, Document):
            if document.format != NAME:
                raise NotFetched(meeting.link, "failed", "What is there is not a meeting's page")
            shown = _minutes(page.body, ".html", document)
            cut = any("is cut short" in notice for notice in document.notices)
            if not cut and self._holds_minutes(page):  # and not decisions alone
                return shown
        printed = next((link.address for link in links(page) if _is_printed(link, meeting)), None)
        if not printed and not shown and published:  # there are some, the service says
            printed = f"{self._base}mgConvert2PDF.aspx?ID={meeting.id}&T=1"
        if printed:
            try:
                return self._pdf(printed)
            except NotFetched:
                if not shown:
                    raise
        if not shown:
            raise NotPublished(str(document))
        return shown  # cut as it is, of which the record says so, or decisions

    def _holds_minutes(self, page: Page) -> bool:
        return any(mark.part == "minutes" for mark in extract(page.body, self._encoding).marks)

    def _pdf(self, address: str) -> Minutes:
        body = get_pdf(self._door, address)
        document = self._read(".pdf", body)
        if not isinstance(document, Document):
            raise NotFetched(address, "failed", f"The PDF of its minutes cannot be used: {document}")
        return _minutes(body, ".pdf", document)

    def _read(self, suffix: str, body: bytes) -> Document | str:
        """What ingest will make of a file, or why it would leave it out."""
        try:
            return make_document(f"minutes{suffix}", body, Supplied(encoding=self._encoding))
        except Skip as reason:
            return str(reason)

    def _listed(self, committee: Committee, first_year: int) -> Iterator[Meeting]:
        """A committee's meetings, from the pages that list them; each links those of other years."""
        waiting, asked, found = ["0"], set(), set()
        while waiting:
            year = waiting.pop(0)
            asked.add(year)
            page, others, some = self._page(f"ieListMeetings.aspx?CId={committee.id}&Year={year}"), [], year == "0"
            for link in links(page):
                if link.page == "ielistmeetings.aspx" and link.query.get("cid") == committee.id:
                    others.append(link.query.get("year", ""))
                number = next((link.query[key] for key in ("mid", "meetingid") if key in link.query), "")
                date = find_date(link.text) or find_date(link.line)
                if "listdocuments" not in link.page or not _is_id(number) or not date:
                    continue
                some = True
                if number not in found and not any(word in link.line.lower() for word in _CALLED_OFF):
                    found.add(number)
                    yield Meeting(number, committee, date, link.address)
            # A year without meetings lies before the first, and there would be links back for ever.
            new = (y for y in others if some and _is_id(y) and max(first_year, FIRST_YEAR) <= int(y) < 10_000)
            waiting += [y for y in dict.fromkeys(new) if y not in asked and y not in waiting]

    def _ask(self, method: str, **arguments: str) -> tuple[etree._Element, bytes] | None:
        """An answer of the service and its bytes, without what is restricted; None where it gives none."""
        if not self._service:
            return None
        address = f"{self._base}mgWebService.asmx/{method}" + (f"?{urlencode(arguments)}" if arguments else "")
        try:
            fetched, root = get(self._door, address, lambda body: parse(body, self._encoding), self._cleaned)
        except NotFetched as told:
            self._failures += 1
            self._service = told.kind == "failed" and self._failures < FAILURES
            return None
        self._stay_on(fetched.landed)
        self._failures = 0
        self._service = root.tag != "html"  # a page that says sorry, and that all is well
        return (root, as_utf8(fetched)) if self._service else None

    def _cleaned(self, fetched: Fetched) -> bytes | None:
        """An answer of the service without what is restricted; None where that cannot be told."""
        try:
            root = parse(as_utf8(fetched), self._encoding)
        except Skip:
            return None
        # As ASCII it is read alike in whatever encoding the user names.
        return etree.tostring(root, encoding="us-ascii", xml_declaration=True) if _clear(root) else fetched.body

    def _page(self, address: str) -> Page:
        page = get_page(self._door, address if "://" in address else self._base + address, self._encoding)
        self._stay_on(page.landed)
        self._council = self._council or _named(page.tree)
        return page

    def _stay_on(self, landed: str) -> None:
        """Ask by https from here on where http led to it: else it would lead there every time."""
        if landed.startswith("https:"):
            self._base = "https:" + self._base.partition(":")[2]


def _committees(root: etree._Element) -> Iterator[Committee]:
    for one in root.iter("committee"):
        number, name = said(one, "committeeid"), plain(one, "committeetitle")
        if _is_id(number) and name:
            yield Committee(number, name, "true" in (said(one, "committeedeleted"), said(one, "committeeexpired")))


def _meetings(root: etree._Element) -> Iterator[tuple[str, dt.date]]:
    for one in root.iter("meeting"):
        number, date = said(one, "meetingid"), find_date(said(one, "meetingdate"))
        if _is_id(number) and date and not said(one, "meetingstatus").startswith(_CALLED_OFF):
            yield number, date


def _is_id(told: str) -> bool:
    return re.fullmatch(r"[0-9]{1,12}", told) is not None


def _clear(root: etree._Element) -> bool:
    """Empty the items that the public may not see, and leave out such files. True if there was something."""
    gone = []
    for meeting in root.iter("meeting"):
        shut = said(meeting, "isdisplayallowed") == "false"
        gone += list(meeting.iter("linkeddocuments")) if shut else []
        for item in meeting.iter("agendaitem"):
            if shut or _is_restricted(item):
                gone += [part for part in item if part.tag not in _PUBLIC_PARTS]
    # A public item has files that are not: the title of one tells what it is about.
    gone += [part for part in root.iter(etree.Element) if part.tag not in _HOLDERS and _is_restricted(part)]
    for part in gone:
        if (parent := part.getparent()) is not None:
            parent.remove(part)
    return bool(gone)


def _is_restricted(part: etree._Element) -> bool:
    return said(part, "isrestricted") == "true" or said(part, "isdisplayallowed") == "false"


def _minutes(body: bytes, suffix: str, document: Document) -> Minutes:
    return Minutes(body, suffix, any(meeting.status == "draft" for meeting in document.meetings))


def _is_printed(link: Link, meeting: Meeting) -> bool:
    """True for the PDF of a meeting's own minutes: attachments, packs and front sheets are other files."""
    path = unquote(urlsplit(link.address).path).lower()
    if link.page == "mgconvert2pdf.aspx":
        return link.query.get("id") == meeting.id and link.query.get("t") == "1"
    return re.search(rf"/documents/g{meeting.id}/[^/]*\bminutes\b[^/]*\.pdf$", path) is not None


def _named(tree: LexborHTMLParser) -> str | None:
    """The council in a page's title: "Committee structure - Quillbeck Borough Council"."""
    title = tree.css_first("title")
    parts = re.split(r"\s[-–|]\s|[|:]", title.text() if title else "")
    return next((name for part in reversed(parts) if (name := facts(" ".join(part.split())).council)), None)
