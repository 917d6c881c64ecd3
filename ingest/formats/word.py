"""What a Word file's styles and lists make of a paragraph: how deep a heading it is, and the number before it.

Word keeps automatic numbers out of the text: a paragraph names a list and a level, and what is printed is counted
from the start of the file. A reader sees "14." and cites it, so it is counted here as Word does it. Elements are
those of ECMA-376 part 1, section 17, with bare names (see `ingest/formats/ooxml.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

BULLET = "•"  # for every kind: Word's are letters of symbol fonts, which mean nothing without them
_ROMAN = {
    1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC",
    50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I",
}  # fmt: skip
MOST_BASED = 20  # styles on each other; Word allows ten
LONGEST_NUMBER = 60  # a level's pattern is a few letters; a made-up one must not fill a memory


def value(element: Element | None, path: str) -> str | None:
    """The `val` of what is at `path` below an element."""
    found = element.find(path) if element is not None else None
    return found.get("val", "") if found is not None else None


def is_on(element: Element | None, path: str) -> bool:
    """True if there is a switch at `path` below an element, and it is not off."""
    return value(element, path) not in (None, "0", "false", "off")


def _number(element: Element | None, path: str) -> int | None:
    said = value(element, path)
    return int(said) if said and re.fullmatch(r"\d{1,5}", said) else None


class Styles:
    """The styles of a file."""

    def __init__(self, root: Element | None) -> None:
        """Take the styles from their part, if there is one."""
        found = root.findall("style") if root is not None else []
        self._named = {style.get("styleId", ""): style for style in found}
        ordinary = (s.get("styleId", "") for s in found if s.get("type") == "paragraph" and s.get("default") == "1")
        self._ordinary = next(ordinary, "")
        self._chains: dict[str, tuple[str, ...]] = {}

    def chain(self, paragraph: Element) -> tuple[str, ...]:
        """The ids of a paragraph's style, and of those it is based on, nearest first."""
        return self._chain(value(paragraph, "pPr/pStyle") or self._ordinary)

    def properties(self, style: str) -> Element | None:
        """What a style says of its paragraphs."""
        found = self._named.get(style)
        return found.find("pPr") if found is not None else None

    def name(self, paragraph: Element) -> str:
        """A paragraph's style as Word knows it, lower-case: English for its own styles, in every language."""
        nearest = self.chain(paragraph)[:1]
        return (value(self._named[nearest[0]], "name") or "").lower() if nearest else ""

    def heading_level(self, paragraph: Element) -> int | None:
        """1 for the headings of the whole, 2 for those below; None for what is none."""
        own = _number(paragraph, "pPr/outlineLvl")
        if own is not None:
            return own + 1 if own < 9 else None  # 9 is body text
        for style in self.chain(paragraph):
            named = re.fullmatch(r"heading ([1-9])", (value(self._named[style], "name") or "").lower())
            if named:
                return int(named.group(1))
            level = _number(self.properties(style), "outlineLvl")
            if level is not None:
                return level + 1 if level < 9 else None
        return None

    def _chain(self, style: str) -> tuple[str, ...]:
        if style not in self._chains:
            found: list[str] = []
            at: str | None = style
            while at in self._named and at not in found and len(found) < MOST_BASED:
                found.append(at)
                at = value(self._named[at], "basedOn")
            self._chains[style] = tuple(found)
        return self._chains[style]


@dataclass(frozen=True, slots=True)
class _Level:
    """How the numbers of one level of a list look."""

    start: int
    format: str
    pattern: str  # "%1.%2": with the numbers of the levels above
    restart: int | None  # only after a level above this one; 0 is never, None after any above its own
    decimal: bool  # whatever the levels' own formats
    style: str | None  # whose paragraphs stand on this level


@dataclass(frozen=True, slots=True)
class _List:
    """A list: what it counts with others of its kind, and where it starts anew."""

    kind: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbers:
    """Counts a file's automatic numbers, from its first paragraph to its last."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Take the lists from their part, if there is one."""
        self._styles = styles
        found = root if root is not None else ()
        self._nums = {num.get("numId", ""): num for num in found if num.tag == "num"}
        kinds = {kind.get("abstractNumId", ""): kind for kind in found if kind.tag == "abstractNum"}
        self._levels = {name: dict(_levels(kind)) for name, kind in kinds.items()}
        self._elsewhere = {name: value(kind, "numStyleLink") for name, kind in kinds.items()}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def of(self, paragraph: Element) -> str:
        """What Word prints before the paragraph: "14.", "(a)", "•", or nothing. To be asked once for each."""
        name, at = self._place(paragraph)
        found = self._list(name) if name else None
        if name is None or found is None or at not in found.levels:
            return ""
        counts = self._counts.setdefault(found.kind, {})
        if at in found.starts and (name, at) not in self._begun:
            counts[at] = found.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else _start(found, at)
        self._begun.add((name, at))
        for above in range(at):
            counts.setdefault(above, _start(found, above))
        for below in [level for level in counts if level > at]:
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or at < restart:
                del counts[below]
        return _printed(found, at, counts)

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """The list that a paragraph is in, by its own word or its style's, and its level there."""
        own = value(paragraph, "pPr/numPr/numId")
        level = _number(paragraph, "pPr/numPr/ilvl")
        if own is not None:
            return own, level or 0
        chain = self._styles.chain(paragraph)
        said = (value(self._styles.properties(style), "numPr/numId") for style in chain)
        name = next((found for found in said if found is not None), None)
        if name is None or level is not None:
            return name, level or 0
        # A level names its style, more surely than a style its level.
        found = self._list(name)
        linked = {step.style: at for at, step in found.levels.items() if step.style} if found else {}
        levels = (linked.get(style) for style in chain)
        stated = (_number(self._styles.properties(style), "numPr/ilvl") for style in chain)
        return name, next((at for at in (*levels, *stated) if at is not None), 0)

    def _list(self, name: str) -> _List | None:
        if name not in self._lists:
            self._lists[name] = self._read(name)
        return self._lists[name]

    def _read(self, name: str, through: int = 0) -> _List | None:
        num = self._nums.get(name)
        kind = value(num, "abstractNumId")
        if num is None or kind not in self._levels:
            return None
        levels = dict(self._levels[kind])
        if (style := self._elsewhere[kind]) and through < 5:  # the list is described with a style
            other = value(self._styles.properties(style), "numPr/numId")
            found = self._read(other, through + 1) if other else None
            kind, levels = (found.kind, dict(found.levels)) if found else (kind, levels)
        starts: dict[int, int] = {}
        for override in num.findall("lvlOverride"):
            levels |= dict(_levels(override))
            at, start = override.get("ilvl", ""), _number(override, "startOverride")
            if start is not None and re.fullmatch("[0-8]", at):
                starts[int(at)] = start
        return _List(kind, levels, starts)


def _levels(described: Element) -> Iterator[tuple[int, _Level]]:
    for level in described.findall("lvl"):
        if re.fullmatch("[0-8]", level.get("ilvl", "")):
            yield (
                int(level.get("ilvl", "")),
                _Level(
                    start=_number(level, "start") or 0,
                    format=value(level, "numFmt") or "decimal",
                    pattern=(value(level, "lvlText") or "")[:LONGEST_NUMBER],
                    restart=_number(level, "lvlRestart"),
                    decimal=is_on(level, "isLgl"),
                    style=value(level, "pStyle"),
                ),
            )


def _start(found: _List, at: int) -> int:
    return found.starts.get(at, found.levels[at].start if at in found.levels else 1)


def _printed(found: _List, at: int, counts: dict[int, int]) -> str:
    own = found.levels[at]
    if own.format == "bullet":
        return BULLET

    def counted(match: re.Match[str]) -> str:
        level = int(match.group(1)) - 1
        if level not in counts or level not in found.levels:
            return ""
        return _formatted(counts[level], "decimal" if own.decimal else found.levels[level].format)

    return " ".join(re.sub("%([1-9])", counted, own.pattern).split())


def _formatted(number: int, form: str) -> str:
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 780:
        again, letter = divmod(number - 1, 26)  # after "z" comes "aa", then "bb"
        return (chr(ord("a") + letter) * (again + 1)).upper() if form[0] == "u" else chr(97 + letter) * (again + 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 3_999:
        return roman(number) if form[0] == "u" else roman(number).lower()
    if form == "ordinal":
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return f"{number:02}" if form == "decimalZero" else str(number)


def roman(number: int) -> str:
    """A number in Roman numerals, in capitals."""
    written = ""
    for worth, letters in _ROMAN.items():
        written += letters * (number // worth)
        number %= worth
    return written
