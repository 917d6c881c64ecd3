"""What came on record since a day, by council and subject: a plain page, and an Atom feed with the same filters."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from lxml import etree

from assistant.recorded import listed
from assistant.web import texts as shared
from assistant.web.addresses import meeting_address
from assistant.web.filters import long_date
from assistant.web.pages.frame import shown
from assistant.web.texts import news as texts
from assistant.web.texts import overview
from assistant.words import content_words
from corpus.arrived import Arrival, arrivals
from corpus.errors import UserError
from corpus.records import Filters, Record

AT_ONCE = 100  # meetings on the page at first, and more each time
MOST = 5_000  # meetings on the page, whatever its address says
IN_FEED = 100  # the latest
LONGEST = 200  # characters of a name or subject
ATOM = "http://www.w3.org/2005/Atom"

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: since when, of which council, about what. Empty is everything."""

    since: str = ""
    council: str = ""
    about: str = ""

    @property
    def day(self) -> dt.date | None:
        """Since when. Raises UserError where that is no date."""
        try:
            return dt.date.fromisoformat(self.since) if self.since else None
        except ValueError:
            words = shared.WRONG_DATE.format(name=texts.SINCE, value=self.since[:40])
            raise UserError(words) from None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that tell the subject. Raises UserError where it has none."""
        words = tuple(content_words(self.about))
        if self.about and not words:
            raise UserError(texts.WRONG_ABOUT)
        return words

    def address(self, path: str, **more: Any) -> str:
        """The address of the page or the feed with the same filters."""
        given = {"since": self.since, "council": self.council, "about": self.about, **more}
        query = urlencode({key: value for key, value in given.items() if value})
        return f"{path}?{query}" if query else path


def _asked(request: Request) -> Asked:
    given = request.query_params
    return Asked(*(given.get(name, "").strip()[:LONGEST] for name in ("since", "council", "about")))


def _found(request: Request, asked: Asked) -> list[Arrival]:
    record: Record = request.app.state.record
    return arrivals(record, Filters(asked.council or None), asked.day, asked.words)


@router.get("/new")
def page(request: Request) -> Response:
    """What came on record, by council."""
    asked, failed, found = _asked(request), "", list[Arrival]()
    try:
        found = _found(request, asked)
    except UserError as error:
        failed = f"{str(error).rstrip('.')}."
    wanted = request.query_params.get("shown", "")
    most = min(int(wanted), MOST) if re.fullmatch(r"\d{1,6}", wanted) else AT_ONCE
    by_council = sorted(found[:most], key=lambda one: (one.council is None, (one.council or "").lower()))
    return shown(
        "new.html",
        status=400 if failed else 200,
        texts=texts,
        words=overview,
        undated=shared.UNDATED,
        asked=asked,
        failed=failed,
        counted="" if failed else _counted(asked, len(found), most),
        councils=[(name, list(held)) for name, held in groupby(by_council, key=lambda one: one.council)],
        names=request.app.state.record.names("council"),
        labels=(shared.COUNCIL, shared.ALL_COUNCILS, shared.DATE_HINT),
        day=long_date,
        address=meeting_address,
        feed=asked.address("/new.atom"),
        more=asked.address("/new", shown=most + AT_ONCE) if len(found) > most else "",
        at_once=AT_ONCE,
    )


def _counted(asked: Asked, count: int, most: int) -> str:
    words = listed([f"“{word}”" for word in asked.words]) if asked.words else ""
    bounds = texts.COUNTED_SINCE.format(date=long_date(asked.day)) if asked.day else ""
    bounds += texts.COUNTED_ABOUT.format(words=words) if words else ""
    if not count:
        return texts.NOTHING.format(bounds=bounds)
    meetings = overview.ONE_MEETING if count == 1 else overview.MEETINGS.format(count=count)
    said = texts.COUNTED.format(meetings=meetings, bounds=bounds)
    return f"{said} {texts.SHOWN.format(count=most)}" if count > most else said


@router.get("/new.atom")
def feed(request: Request) -> Response:
    """The same as a feed: a reader of feeds asks again by itself."""
    asked = _asked(request)
    try:
        found = _found(request, asked)
    except UserError as error:
        return PlainTextResponse(f"{str(error).rstrip('.')}.", 400)
    home = str(request.base_url).rstrip("/")
    made = etree.tostring(_feed(asked, found[:IN_FEED], home), encoding="utf-8", xml_declaration=True)
    return Response(made, media_type="application/atom+xml")


def _feed(asked: Asked, found: list[Arrival], home: str) -> etree._Element:
    """The feed as RFC 4287 wants it."""
    path = asked.address("/new.atom")
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    about = texts.FEED_ABOUT.format(about=asked.about) if asked.about else ""
    _add(root, "title", ", ".join(filter(None, (texts.FEED_TITLE, asked.council, about))))
    _add(root, "id", uuid.uuid5(uuid.NAMESPACE_URL, path).urn)
    _add(root, "updated", _instant(found[0].arrived if found else asked.day or dt.date(1970, 1, 1)))
    _add(_add(root, "author"), "name", shared.TITLE)
    _add(root, "link", rel="self", type="application/atom+xml", href=home + path)
    _add(root, "link", rel="alternate", type="text/html", href=home + asked.address("/new"))
    for one in found:
        entry = _add(root, "entry")
        _add(entry, "title", _title(one))
        # From the content's own id: the same text keeps it whatever else is ingested, and a changed one has another.
        _add(entry, "id", uuid.uuid5(uuid.UUID(one.document_id), str(one.n)).urn)
        _add(entry, "updated", _instant(one.arrived))
        _add(entry, "link", rel="alternate", type="text/html", href=home + meeting_address(one))
        draft = overview.DRAFT if one.status == "draft" else ""
        summary = overview.FILE.format(document=one.document, arrived=long_date(one.arrived))
        _add(entry, "summary", " ".join(filter(None, (one.own_title and f"{one.own_title}.", summary, draft))))
    return root


def _title(one: Arrival) -> str:
    day = long_date(one.date) if one.date else shared.UNDATED
    return ", ".join([*([name for name in (one.council, one.committee) if name] or [one.title or one.document]), day])


def _instant(day: dt.date) -> str:
    """The day as RFC 3339 wants a time: when in the day it was, the record does not know."""
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: etree._Element, name: str, words: str = "", **attributes: str) -> etree._Element:
    """An element of the feed, without the signs that XML cannot hold."""
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if words:
        made.text = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", words)
    return made
