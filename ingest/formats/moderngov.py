"""ModernGov's pages: an item, an issue over several meetings, a whole meeting, a decision.

About 300 councils publish with it, each inside its own site's template, so only ModernGov's elements are relied on:
`mgItemNumberCell`, `mgAiTitleTxt`, `mgSubItemTitleTxt` and the like; the lines around them are told by their words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ingest import labels
from ingest.facts import facts
from ingest.formats import html, webpage
from ingest.formats.html import Line
from ingest.source import Extracted, Lines, Skip

NAME = "moderngov"
SUFFIXES = html.SUFFIXES

_NOT_TEXT = ("mgActionList", "mgLinks", "mgFileSize", "mgHide", "mgFooter", "mgMenu", "mgBreadcrumb")
_TITLES = ("mgAiTitleTxt", "mgSubTitleTxt", "mgPlanTitle")
_CUT = re.compile(r"\W*\bview the full (?:minutes|decision) text for item (?P<item>[\w./]+?)\.?$", re.IGNORECASE)
# "pdf icon PDF 253 KB", "PDF 500 KB View as HTML (3) 1 MB" stand behind a title that has files.
_FILES = re.compile(r"\s*(?:pdf icon\s*)?(?:PDF|DOCX?|XLSX?)\s*[\d.,]+\s*[KM]B\b.*$", re.IGNORECASE)
_MEETING = re.compile(r"^(?:• )?(?:Decided at )?(?:Meeting|Cyfarfod)\s*(?::|of\b|o\b)", re.IGNORECASE)
# "Meeting of The Council, Thursday, …", "Meeting: 13/09/2021 - Cabinet (Item 39)", "Cabinet - Tuesday, 3rd July, …"
_BODY = (
    re.compile(r"^(?:• )?Meeting of (?P<body>.+?),\s+\w+day\b", re.IGNORECASE),
    re.compile(r"^\D{0,24}:\s*\d\d/\d\d/\d{4}\s+[-–]\s+(?P<body>.+?)\s*(?:\((?:Item|Eitem)\b.*)?$", re.IGNORECASE),
    re.compile(r"^(?P<body>[^:]+?)\s+[-–]\s+(?:\w+day|Dydd \w+),?\s+\d", re.IGNORECASE),
)


def recognises(data: bytes) -> bool:
    """True for a page with ModernGov's elements."""
    return (
        re.search(rb"(?i)\bmg(?:AiTitle|MainTitle|SubTitle|SubItemTitle|WordPara|ItemNumber|Content)", data) is not None
    )


def extract(data: bytes, encoding: str | None) -> Extracted:
    """The page's meetings with their items. Raises Skip for a list, or an agenda without minutes yet."""
    tree, address = webpage.page(data, encoding)
    shown = html.lines(tree.body) if tree.body is not None else []
    found = [line for line in shown if not line.has(*_NOT_TEXT) or _MEETING.match(line.text)]
    out = Lines()
    notices: list[str] = []
    if any(line.has("mgItemNumberCell") for line in found):
        said = _whole_meeting(out, found, _council(tree), notices)
    else:
        said = _items(out, found, _council(tree), notices)
    if not said:
        raise Skip(_why_not(found))
    return Extracted(out.text, NAME, link=address, marks=tuple(out.marks), wrapped=False, notices=tuple(notices))


def meeting_mark(out: Lines, council: str | None, lines: Sequence[str], body: str | None = None) -> None:
    """Begin a meeting: its header is the council's name and the lines that say which meeting it is."""
    bodies = (m["body"] for line in lines for pattern in _BODY if (m := pattern.match(line)))
    body = body or next(bodies, None)
    out.mark("meeting", body=body and re.sub(r"(?i)^the (?=council$)", "", body))
    for line in dict.fromkeys(filter(None, [council, *lines])):
        out.add(line.removeprefix("• "))


def _whole_meeting(out: Lines, found: Sequence[Line], council: str | None, notices: list[str]) -> bool:
    """A meeting's page: one row an item. True if it holds minutes or decisions."""
    first = next(i for i, line in enumerate(found) if line.has("mgItemNumberCell"))
    header = [line.text for line in found[:first] if _says_meeting(line)]
    meeting_mark(out, council, header)
    said = False
    for row in _rows(found[first:]):
        out.mark("item", number=row[0].text.rstrip(". ") or None)
        out.add(_FILES.sub("", row[1].text) if len(row) > 1 else "")
        said |= _parts(out, row[2:], notices, labelled=True)
    return said


def _rows(found: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each row that has an item's number: what stands outside these rows is the site's."""
    row: list[Line] = []
    for line in found:
        if line.has("mgItemNumberCell"):
            if row:
                yield row
            row = [line]
        elif row and _table_row(line) == _table_row(row[0]):
            row.append(line)
    yield row


def _table_row(line: Line) -> int | None:
    return next((node.mem_id for node in line.within if node.tag == "tr"), None)


def _items(out: Lines, found: Sequence[Line], council: str | None, notices: list[str]) -> bool:
    """The page of one item, at one meeting or several. True if it holds minutes or decisions."""
    titles = sorted((line for line in found if _is_title(line)), key=lambda line: not line.has(*_TITLES))
    name = _FILES.sub("", titles[0].text) if titles else ""
    if any(line.has("mgContent") for line in found):  # what is around it is the site's
        found = [line for line in found if line.has("mgContent") or _MEETING.match(line.text)]
    rows = [line for line in found if not _is_title(line)]
    labelled = any(_label(line) in ("minutes", "decision") for line in rows)
    starts = [i for i, line in enumerate(rows) if _MEETING.match(line.text) and facts(line.text).date]
    if len(starts) < 2:  # where one meeting is named, before the text or after it; some copies have lost even that
        lines = [rows.pop(starts[0]).text] if starts else []
        meeting_mark(out, council, lines)
        out.mark("item")
        out.add(name)
        return _parts(out, rows, notices, labelled)
    said = False
    for at, end in pairwise([*starts, len(rows)]):
        meeting_mark(out, council, [rows[at].text])
        out.mark("item")
        out.add(name)
        said |= _parts(out, rows[at + 1 : end], notices, labelled)
    return said


def _parts(out: Lines, rows: Sequence[Line], notices: list[str], labelled: bool) -> bool:
    """An item's text under its labels. Without any label on the page, the words must tell that they are minutes."""
    part: str = "purpose" if labelled else "minutes"
    out.mark("purpose" if labelled else "minutes")
    said = False
    for line in rows:
        label = _label(line)
        if label is None and _told_inline(line):
            continue
        if label:
            part = label
            if label in ("purpose", "minutes", "decision"):
                out.mark(label)  # type: ignore[arg-type]  # one of Part's
            continue
        cut = _CUT.search(line.text)
        words = line.text[: cut.start()] if cut else line.text
        if cut:
            notices.append(f"item {cut['item']} is cut short on this page; the site has all of it")
        if part == "dropped" or not words:
            continue
        out.add(words)
        said |= part in ("minutes", "decision") and (labelled or is_minuted(words))
    return said


def is_minuted(words: str) -> bool:
    """True if a line without a label reads as minutes: a verdict, or more than an agenda says."""
    return bool(labels.verdict().match(words)) or len(words.split()) > 45


def _label(line: Line) -> str | None:
    """Which part a line heads, if it is a label."""
    bare = line.text.rstrip(": ").lower()
    if not (line.text.endswith(":") or line.has("mgSubItemTitleTxt", "mgLabel")):
        return None
    return next((part for part in ("minutes", "decision", "purpose", "dropped") if bare in _words()[part]), None)


def _told_inline(line: Line) -> bool:
    """True for `Decision status: Approved` and the like: a label that nothing is kept of, with its value."""
    before = re.match(r"([^:]{2,50}):\s+\S", line.text)
    return before is not None and before.group(1).lower() in _words()["dropped"]


def _is_title(line: Line) -> bool:
    told = line.has(*_TITLES) or line.is_heading
    bare = _FILES.sub("", line.text).strip(" :").lower()
    return told and bare not in _words()["pages"] and not _MEETING.match(line.text) and not _label(line)


def _says_meeting(line: Line) -> bool:
    """True for a line above the first item that says which meeting it was, where, or how its minutes stand."""
    words = line.text
    if len(words.split()) > 30:
        return False
    dated = facts(words).date is not None and (line.is_heading or line.has("mgSubTitleTxt", "mgMainTitleTxt"))
    return dated or bool(
        re.match(r"(?i)(?:venue|lleoliad)\s*:|agenda\b.*\b(?:minutes|chofnodion)$|(?:draft )?minutes$", words)
    )


def _council(tree: LexborHTMLParser) -> str | None:
    """The council that a page's own title or site name names."""
    title = tree.css_first("title")
    site = tree.css_first("meta[property='og:site_name'], meta[name='DC.publisher'], meta[name='DC.creator']")
    told = [site.attributes.get("content") or ""] if site else []
    told += reversed(re.split(r"\s[-–|:]\s|\|", title.text() if title else ""))
    return next((name for part in told if (name := facts(" ".join(part.split())).council)), None)


def _why_not(found: Sequence[Line]) -> str:
    headings = [line.text.lower() for line in found if line.has("mgMainTitleTxt")]
    heading = headings[0] if headings else ""
    for word, what in _words()["lists"].items():
        if word in heading:
            return f"it is {what}, not minutes"
    return "it is an agenda, or a page without minutes yet; fetch it again when they are published"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("ingest.formats").joinpath("moderngov.toml").read_text("utf-8"))
