"""Any meeting on record as people read minutes, and the permanent address of every passage."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from assistant.compose import source_line
from assistant.web.addresses import is_address, passage_address
from assistant.web.filters import long_date
from assistant.web.pages.frame import shown
from assistant.web.pages.minutes import items_of
from assistant.web.pages.pieces import Search
from assistant.web.texts import STATUSES, UNDATED
from assistant.web.texts import reader as texts
from corpus.meetings import (
    MeetingRead,
    Neighbour,
    PassageRead,
    find_passage,
    neighbours,
    read_meeting,
    remarks,
)
from corpus.models import Span
from corpus.records import Record

router = APIRouter()

_INSIDE_A_WORD = re.compile(r"(?<=\w)(?=\w)")


@router.get("/passage/{address}")
def passage(request: Request, address: str, start: str = "", end: str = "") -> Response:
    """Where a passage is read: its meeting, with the words `[start, end)` marked, or all of it."""
    found = find_passage(_record(request), address, _number(start), _number(end))
    if found is None:
        return _gone()
    asked = {"passage": address, **({"start": start, "end": end} if start and end else {})}
    return RedirectResponse(f"{_address(*found)}?{urlencode(asked)}#p-{address}", 302)


@router.get("/meeting/{document_id}")
@router.get("/meeting/{document_id}/{n}")
def meeting(
    request: Request,
    document_id: str,
    n: str = "1",
    passage: str = "",
    start: str = "",
    end: str = "",
    find: str = "",
    hit: str = "",
) -> Response:
    """A meeting of a document, with a passage marked or words found where they are asked for."""
    record = _record(request)
    read = read_meeting(record, document_id, _number(n) or 0)
    if read is None:
        return _gone()
    cited = _cited(record, read, passage, _number(start), _number(end))
    search = Search(find)
    beside = remarks(record, read)
    items = items_of(read, beside, cited and cited[1], search)
    apart = bool(search.words) and not search.count and " " in search.words
    if apart:
        search.apart()
        items = items_of(read, beside, cited and cited[1], search)
    at = min(max(_number(hit) or 1, 1), max(search.count, 1))
    near = neighbours(record, read)
    return shown(
        "reader.html",
        texts=texts,
        meeting=read,
        name=_name(read),
        when=long_date(read.date) if read.date else UNDATED,
        facts=_facts(read),
        people=_people(read),
        notices=[f"{notice[:1].upper()}{notice[1:]}." for notice in read.notices],
        items=items,
        places={p.id: k for k, p in enumerate(read.passages, 1)},
        anchors=_anchors(read, cited),
        marked=f"p-{passage}" if cited else "",
        search=search,
        apart=apart,
        at=at,
        hits=[_hit_address(read, search.words, k) for k in (at - 1, at + 1)],
        here=_address(document_id, read.n),
        others=[
            *((texts.BEFORE, one) for one in _others(near.before)),
            *((texts.AFTER, one) for one in _others(near.after)),
            *((texts.SAME_DAY, one) for one in _others(*near.same_day)),
            *((texts.SAME_DOCUMENT, one) for one in _others(*near.same_document)),
        ],
        retrieved=long_date(dt.date.fromisoformat(read.retrieved)),
        link=read.link if is_address(read.link) else None,
        source_line=source_line,
        passage_address=passage_address,
    )


def _record(request: Request) -> Record:
    record: Record = request.app.state.record
    return record


def _gone() -> Response:
    return shown("reader_gone.html", 404, texts=texts)


def _number(value: str) -> int | None:
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else None


def _address(document_id: str, n: int) -> str:
    return f"/meeting/{document_id}/{n}"


def _hit_address(read: MeetingRead, words: str, n: int) -> str:
    return f"{_address(read.document_id, read.n)}?{urlencode({'find': words, 'hit': n})}#hit-{n}"


def _cited(
    record: Record, read: MeetingRead, address: str, start: int | None, end: int | None
) -> tuple[PassageRead, Span] | None:
    """The passage that an address is of, and what to mark in it: all of it, unless whole words of it are asked for
    and the source says them.
    """
    same = [p for p in read.passages if p.address == address]
    for p in same:
        if start is not None and end is not None and p.start <= start < end <= p.end:
            words = read.text[start:end]
            # Offsets of an older version of the document may cut through a word.
            cut = any(_INSIDE_A_WORD.match(read.text, at) for at in (start, end))
            if not cut and record.says(read.document_id, start, end, words):
                return p, Span(start, end)
            return p, Span(p.start, p.end)
    return (same[0], Span(same[0].start, same[0].end)) if same else None


def _anchors(read: MeetingRead, cited: tuple[PassageRead, Span] | None) -> dict[int, str]:
    """The id of each passage on the page; where the same words stand twice, the one that is asked for comes first."""
    anchors: dict[int, str] = {}
    count: Counter[str] = Counter()
    for p in (*([cited[0]] if cited else []), *read.passages):
        if p.id not in anchors:
            count[p.address] += 1
            anchors[p.id] = f"p-{p.address}" + (f"-{count[p.address]}" if count[p.address] > 1 else "")
    return anchors


def _name(read: MeetingRead) -> str:
    return read.committee or read.council or read.title or texts.UNNAMED


def _facts(read: MeetingRead) -> list[tuple[str, str]]:
    """What is known of the meeting, and what is not."""
    known = {
        "council": read.council or texts.NOT_STATED,
        "place": read.place,
        "status": STATUSES[read.status],
    }
    said = {name.lower() for name in (read.council, read.committee) if name}
    if read.title and read.title.lower() not in said and read.title != _name(read):
        known["title"] = read.title
    if not read.committee:
        known["committee"] = texts.NOT_STATED
    elif "committee" in read.supplied:
        known["committee"] = read.committee
    return [
        (texts.FACTS[key], f"{known[key]} ({texts.SUPPLIED})" if key in read.supplied else str(known[key]))
        for key in texts.FACTS
        if known.get(key)
    ]


def _people(read: MeetingRead) -> list[tuple[str, list[str]]]:
    by: dict[str, list[str]] = {}
    for person in read.people:
        by.setdefault(person.standing, []).append(f"{person.name} ({person.role})" if person.role else person.name)
    return [(texts.STANDINGS[standing], by[standing]) for standing in texts.STANDINGS if standing in by]


def _others(*near: Neighbour | None) -> list[tuple[str, str]]:
    """Links to other meetings: where, and what to call them."""
    return [
        (
            _address(one.document_id, one.n),
            ", ".join(filter(None, [one.committee or one.title, long_date(one.date) if one.date else UNDATED])),
        )
        for one in near
        if one
    ]
