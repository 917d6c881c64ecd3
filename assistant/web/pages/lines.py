"""A meeting's canonical text -> the lines in which it is read: each a slice of the text, under the item it belongs to.

Nothing is left out but the printed headings, which the page sets as headings, and nothing is put in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.meetings import ItemRead, MeetingRead, PassageRead

SHORT = 3  # words: a head printed word by word ("HELD", "IN", "THE") is read on one line

# What stands in front of a list's point: "(a)", "3.", "5.2", a dash, or a sign that no letter stands for. It is read in
# one way only: a line of many would take for ever in all of them.
_MARK = (
    r"(?>\d{1,3}(?:\.\d{1,2}){1,2}[.)]?|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})[.)]|\([A-Z]\)"
    r"|[•·▪◦●‣⁃∙–—*\x00-\x08\ue000-\uf8ff-]|o)"
)
_MARKER = re.compile(rf"(?:{_MARK}\s+)+")
_ONLY_MARKERS = re.compile(rf"(?:{_MARK}\s*)+")


@dataclass(slots=True)
class Line:
    """A paragraph or a list's point, `[start, end)`; its `passages` in order, none if it stands between passages.

    `text` begins behind the point's own marker. `leads` says that it introduces the points of a list.
    """

    start: int
    end: int
    text: int
    passages: list[PassageRead]
    item: int = -1
    point: bool = False
    level: int = 0
    verdict: bool = False
    leads: bool = False


@dataclass(slots=True)
class Block:
    """Lines that are read as one: a verdict with its points, or what stands between verdicts."""

    verdict: bool
    lines: list[Line] = field(default_factory=list)


def lines_of(meeting: MeetingRead) -> list[Line]:
    """The meeting's lines in order, without its items' headings and the names that stand above them."""
    found = _joined(meeting, list(_cut(meeting)))
    under, opened = -1, True  # an item is opened by its first passage: until then, its heading may go on
    kept = []
    for line, after in zip(found, _items_ahead(found), strict=True):
        after = under if after is None else after
        if line.passages:
            under, opened = after, True
        else:
            words = _words(meeting.text[line.start : line.end])
            ahead = range(under + opened, after + 1)
            headed = next((k for k in ahead if words <= _heading(meeting.items[k])), None)
            if headed is not None:
                under, opened = headed, False
            if headed is not None or not words or words in _names(meeting):
                continue
        line.item = under
        kept.append(line)
    _introduce(meeting, kept)
    _set_points(meeting.text, kept)
    return kept


def _items_ahead(lines: Sequence[Line]) -> list[int | None]:
    """For each line the item of its passage, or of the next one's that has any."""
    ahead: list[int | None] = []
    item: int | None = None
    for line in reversed(lines):
        item = line.passages[-1].item if line.passages else item
        ahead.append(item)
    return ahead[::-1]


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """An item's lines with each verdict by itself."""
    blocks: list[Block] = []
    before: Line | None = None
    for line in lines:
        if before is None or line.verdict != before.verdict or (line.verdict and _is_another(before, line)):
            blocks.append(Block(line.verdict))
        blocks[-1].lines.append(line)
        before = line
    return blocks


def _is_another(before: Line, line: Line) -> bool:
    """Whether a verdict's line begins another verdict than the line before it."""
    if not before.passages or not line.passages:
        return bool(before.passages)
    return before.passages[-1].id != line.passages[0].id and line.passages[-1].lead is None


def _cut(meeting: MeetingRead) -> Iterator[Line]:
    """The text's own lines; one that holds several points, or words of several kinds, is cut between them."""
    text, passages = meeting.text, meeting.passages
    starts = [passage.start for passage in passages]
    for printed in re.compile(r"\S(?:[^\n]*\S)?").finditer(text, meeting.low, meeting.high):
        parts: list[tuple[int, int, PassageRead | None]] = []
        at = printed.start()
        for passage in passages[max(0, bisect_right(starts, at) - 1) :]:
            if passage.start >= printed.end():
                break
            if passage.end > at:
                parts += [(at, passage.start, None)] if passage.start > at else []
                parts.append((max(at, passage.start), min(passage.end, printed.end()), passage))
                at = parts[-1][1]
        parts += [(at, printed.end(), None)] if at < printed.end() else []
        yield from _lines(text, [part for part in parts if text[part[0] : part[1]].strip()])


def _lines(text: str, parts: Sequence[tuple[int, int, PassageRead | None]]) -> Iterator[Line]:
    line: Line | None = None
    for start, end, passage in parts:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if line and passage and _goes_on(text, line, passage):
            line.end = end
            line.passages.append(passage)
            continue
        if line:
            yield line
        line = Line(start, end, start, [passage] if passage else [])
    if line:
        yield line


def _goes_on(text: str, line: Line, passage: PassageRead) -> bool:
    if not line.passages:
        return _ONLY_MARKERS.fullmatch(text[line.start : line.end]) is not None
    before = line.passages[-1]
    return before.kind == passage.kind and before.lead == passage.lead


def _joined(meeting: MeetingRead, lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a meeting's head that were printed word by word as one, and a point with its own marker."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before and before.passages and _ONLY_MARKERS.fullmatch(meeting.text[before.start : before.end]):
            before.end = line.end
            before.passages += [p for p in line.passages if p not in before.passages]
            continue
        same = before is not None and before.passages and line.passages and before.passages[-1] == line.passages[0]
        if before and same and line.passages[0].kind == "procedural":
            count = len(meeting.text[line.start : line.end].split())
            if count <= SHORT and meeting.text[before.end - 1].isalpha():
                before.end = line.end
                continue
        found.append(line)
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.lower()))


def _heading(item: ItemRead) -> frozenset[str]:
    return _words(f"{item.number or ''} {item.minute or ''} {item.title or ''} item agenda minute no")


def _names(meeting: MeetingRead) -> list[frozenset[str]]:
    """What the page's own head says already."""
    return [_words(name) for name in (meeting.council, meeting.committee, meeting.title) if name]


def _introduce(meeting: MeetingRead, lines: Sequence[Line]) -> None:
    """Tell which lines are verdicts, and which, between passages, introduce what stands below them."""
    leads = [(passage.lead.start, passage.kind) for passage in meeting.passages if passage.lead]
    for line in lines:
        if line.passages:
            line.verdict = line.passages[-1].kind == "verdict"
        elif led := [kind for start, kind in leads if line.start <= start < line.end]:
            line.leads, line.verdict = True, led[0] == "verdict"


def _set_points(text: str, lines: Sequence[Line]) -> None:
    """Tell which lines are points of a list, how deep, and where their words begin behind the marker."""
    styles: list[str] = []
    last = ""
    item = -1
    for line in lines:
        mark = _MARKER.match(text, line.start, line.end)
        bullet = bool(line.passages) and line.passages[-1].kind == "bullet"
        line.point = bullet or (mark is not None and bool(line.passages))
        if not line.point or line.item != item:
            styles = []
        item = line.item
        if line.point and mark:
            line.text = mark.end()
            style = _style(mark.group().split()[-1], last)
            last = mark.group()
            styles = [*styles[: styles.index(style)], style] if style in styles else [*styles, style]
        line.level = min(len(styles), 3)


def _style(mark: str, last: str) -> str:
    """The kind of marker: a list's points share theirs. "(i)" behind "(h)" is a letter."""
    bare = mark.strip("().")
    if re.fullmatch(r"[\d.]+", bare):
        return "1" if "." not in bare else "1.1"
    follows = len(bare) == 1 and last.strip("(). ") == chr(ord(bare) - 1)
    if re.fullmatch("[ivx]+", bare) and not follows:
        return "i"
    return "a" if bare.isalpha() else bare
