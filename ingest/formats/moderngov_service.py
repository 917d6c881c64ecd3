"""ModernGov's web service: the XML that `GetMeeting` gives for a meeting, saved or fetched.

Seen from clients of it: a body is HTML escaped once or twice, in CDATA, or a raw `<div>`; named entities stand in it
that XML does not know; what is restricted is in it all the same, flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from ingest.formats import html, text, webpage
from ingest.formats.moderngov import meeting_mark
from ingest.source import Extracted, Lines, Part, Skip

NAME = "moderngov service"
SUFFIXES = (".xml",)


def recognises(data: bytes) -> bool:
    """True for an answer of the service."""
    return re.search(rb"<(?:meeting|agendaitems|getmeetings|committees)\b", data[:4_096], re.IGNORECASE) is not None


def extract(data: bytes, encoding: str | None) -> Extracted:
    """The meeting's items with their decisions and minutes. Raises Skip for anything else, or without minutes."""
    root = parse(data, encoding)
    meeting = root if root.tag == "meeting" else root.find(".//meeting")
    if meeting is None or meeting.find("agendaitems") is None:
        raise Skip("it is a list of meetings or committees, not minutes")
    if said(meeting, "isdisplayallowed") == "false":
        raise Skip("its meeting is not open to the public")
    out = Lines()
    date, place = plain(meeting, "meetingdate"), plain(meeting, "meetinglocation")
    header = [f"Meeting: {date}" if date else "", f"Venue: {place}" if place else ""]
    # The committee is named only where its documents are; a meeting held by two bodies names both.
    bodies = {title.text for title in meeting.iter("committeetitle") if title.text}
    meeting_mark(out, None, header, bodies.pop() if len(bodies) == 1 else None)
    attendees = list(meeting.iter("attendee"))
    if attendees:
        out.mark("attendance")
        for attendee in attendees:
            facts = (attendee.get(key, "").strip() for key in ("name", "roledescription", "attendance"))
            out.add(" | ".join(fact for fact in facts if fact))
    withheld, minuted = 0, False
    for item in meeting.iter("agendaitem"):
        if said(item, "isrestricted") == "true" or said(item, "isdisplayallowed") == "false":
            withheld += 1
            continue
        minuted |= _item(out, item)
    if not minuted:
        raise Skip("it holds an agenda, but no minutes yet; fetch it again when they are published")
    notices = (f"{withheld} restricted item{'s' * (withheld != 1)} left out",) if withheld else ()
    return Extracted(out.text, NAME, marks=tuple(out.marks), wrapped=False, notices=notices)


def parse(data: bytes, encoding: str | None = None) -> etree._Element:
    """The XML of an answer, element names in lower case. Raises Skip for what is damaged, or no XML."""
    declared = re.match(rb"<\?xml[^>]{0,200}encoding=[\"']([\w-]+)", data)
    words = text.decode(data, encoding, webpage.known_encoding(declared.group(1).decode() if declared else None))
    if re.search(r"<!(?:DOCTYPE|ENTITY)\b", words, re.IGNORECASE):
        raise Skip("it declares entities of its own, which no council's service does; it is not read")
    words = re.sub(r"^\s*<\?xml[^>]*\?>", "", words)
    words = re.sub(r"&(\w+);", _entity, words)
    words = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", words)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(words.encode(), parser)
    except etree.XMLSyntaxError:
        whole = re.search(r"</\s*\w+\s*>\s*$", words)
        raise Skip("it is damaged XML" if whole else "it breaks off before its end; fetch it again") from None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname.lower()
    return root


def said(element: etree._Element, name: str) -> str:
    """The text of a child element, lower-case; empty if there is none."""
    return (element.findtext(name) or "").strip().lower() if name else ""


def plain(element: etree._Element, name: str) -> str:
    """The text of a child element. Titles are encoded twice: once is undone by reading the XML."""
    return " ".join(unescape(element.findtext(name) or "").split())


def _item(out: Lines, item: etree._Element) -> bool:
    """Write an item; True if it holds minutes or a decision."""
    number = plain(item, "fulldisplaynumberformat") or plain(item, "agendaitemnumber")
    out.mark("item", number=number.rstrip(". ") or None)
    out.add(" ".join(_lines(item.find("agendaitemtitle"))))
    parts: tuple[tuple[Part, str, str], ...] = (
        ("purpose", "agendatext", ""),
        ("decision", "decisionnonemptyhtmlbody", "isdecisionpublished"),
        ("minutes", "minutesnonemptyhtmlbody", "isminutepublished"),
    )
    minuted = False
    for part, name, published in parts:
        lines = list(_lines(item.find(name))) if said(item, published) != "false" else []
        if lines:
            out.mark(part)
            for line in lines:
                out.add(line)
            minuted |= part != "purpose"
    return minuted


def _lines(body: etree._Element | None) -> Iterator[str]:
    """The lines of a body, however its HTML was put into the XML."""
    if body is None:
        return
    markup = body.text or ""
    markup += "".join(etree.tostring(child, encoding="unicode") for child in body)
    for _ in range(2):  # escaped twice, or once more
        if "<" in markup or not re.search(r"&lt;\s*/?\w", markup):
            break
        markup = unescape(markup)
    webpage.check_depth(markup)
    tree = LexborHTMLParser(markup)
    if tree.body is not None:
        yield from (line.text for line in html.lines(tree.body))


def _entity(found: re.Match[str]) -> str:
    """A named entity as XML knows it; one that is none at all as the text that it is."""
    name = found.group(1)
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return found.group()
    return html5.get(f"{name};", f"&amp;{name};")
