"""Takes out of an extracted text what must never be stored: exempt minutes, and people's contact data.

It is done before anything else looks at the text, so that neither the record nor its copy of the source holds it.
Where contact data was, square brackets say so; exempt text is counted in the notices.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import phonenumbers

from corpus.canonical import SourceMap, replay
from corpus.models import Edit
from corpus.sentences import sentences
from ingest.source import Extracted

_EMAIL = re.compile(r"[\w.+'-]+\n?@\n?[\w-]+(?:\n?\.[\w-]+)+|\[email\s+protected\]", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w/.,£€-])(?:\+\d{2,3}[\s-]?(?:\(0\)\s?)?\d|\(?0\d)\d{0,4}\)?(?:[\s.-]{0,2}\d{2,8}){1,3}(?![\w/])"
)
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b|[A-Z]\d[\dW]\s?[A-Z\d]{4}\b"  # of the UK; an Irish Eircode
_STREET = r"\d{1,4}[A-Za-z]?,?\s+(?:[A-Z][\w'’.-]*,?\s+){1,7}?"
_LETTERHEAD = re.compile(rf"(?:\b{_STREET})?(?:[A-Z][\w'’.-]*,?[ \t]+){{0,4}}\b(?:{_POSTCODE})")
_NEAR = 200  # characters between the parts of a head of paper
_HEADING = re.compile(r"^\s*(?P<number>\d{1,4})[.)]?\s+\S")


def withhold(source: Extracted) -> Extracted:
    """`source` without exempt text and contact data, its offsets moved, with a notice of what was left out."""
    items = _items(source)
    exempt = _joined(_exempt_items(source.text, items) if items else _exempt_lines(source.text))
    private = [edit for edit in _private(source.text) if not any(e.start <= edit.start < e.end for e in exempt)]
    edits = _joined([*exempt, *private])
    if not edits:
        return source
    where = SourceMap(edits)
    return replace(
        source,
        text=replay(source.text, edits),
        page_starts=tuple(where.canonical_offset(start) for start in source.page_starts),
        marks=tuple(
            replace(mark, start=where.canonical_offset(mark.start))
            for mark in source.marks
            if not any(edit.start <= mark.start < edit.end for edit in exempt)
        ),
        notices=(*source.notices, *_notices(exempt, private)),
    )


def _notices(exempt: list[Edit], private: list[Edit]) -> Iterator[str]:
    if exempt:
        yield f"{len(exempt)} exempt part{'s' * (len(exempt) != 1)} left out"
    if private:
        several = "e-mail addresses, phone numbers or home addresses"
        yield f"{len(private)} {several} left out" if len(private) > 1 else "a private contact detail left out"


def _items(source: Extracted) -> list[tuple[int, int]]:
    """Where each item begins and ends, in a source that marks its items."""
    starts = [mark.start for mark in source.marks if mark.part in ("item", "meeting")]
    titled = {mark.start for mark in source.marks if mark.part == "item"}
    return [(start, end) for start, end in pairwise([*starts, len(source.text)]) if start in titled]


def _exempt_items(text: str, items: list[tuple[int, int]]) -> Iterator[Edit]:
    for start, end in items:
        title = text[start:end].partition("\n")[0]
        if _is_exempt_title(title) or _begins(title):
            yield from _all_but_exclusion(text, start + len(title) + 1, end)
        else:  # an item's text may turn exempt further down
            yield from _exempt_lines(text, start, end)


def _exempt_lines(text: str, low: int = 0, high: int | None = None) -> Iterator[Edit]:
    """What follows a heading that says it is exempt: to the next item for an item's, else until it is public again."""
    high = len(text) if high is None else high
    small = text[low:high].lower()
    if not any(word in small for word in _words()["hints"]):
        return  # most minutes are wholly public, and soon known to be
    if not _may_begin().search(text, low, high) and not any(p.search(text, low, high) for p in _exempt_titles()):
        return
    begun: int | None = None
    number: int | None = None
    for line in re.compile(r"[^\n\f]+").finditer(text, low, high):
        words = line.group()
        heading = _HEADING.match(words)
        if begun is not None:
            over = len(words.split()) <= 20 and _matches("public_again", words) and not _searches("act", words)
            over = over or _searches("open_all_the_same", words)
            if number is not None and heading and int(heading["number"]) == number + 1:
                over = True
            if over:
                yield from _all_but_exclusion(text, begun, line.start())
                begun = number = None
            else:
                continue
        if _begins(words) or (heading and len(words.split()) < 25 and _is_exempt_title(words)):
            begun = line.end()
            number = int(heading["number"]) if heading else None
    if begun is not None:
        yield from _all_but_exclusion(text, begun, high)


def _begins(line: str) -> bool:
    said = re.sub(r"^\W*(?:\d{1,4}[.)]?\s+)?", "", line)
    return len(said.split()) <= 14 and _matches("exempt_begins", said) and not _open(line)


def _open(line: str) -> bool:
    return _searches("open_all_the_same", line) or _searches("exclusion", line)


def _is_exempt_title(title: str) -> bool:
    return any(pattern.search(title) for pattern in _exempt_titles()) and not _open(title)


def _all_but_exclusion(text: str, start: int, end: int) -> Iterator[Edit]:
    """One edit for a stretch, or two around the words that excluded the public, which are themselves public."""
    at = begun = start
    apart = r"\n[ \t]*\n" if re.search(r"\n[ \t]*\n", text[start:end]) else r"\n"
    for paragraph in re.split(rf"({apart})", text[start:end]):
        # Where lines are broken, so are the sentences in them.
        joined = paragraph.replace("\n", " ")
        for sentence in sentences(joined) if _searches("exclusion", joined) else ():
            if _searches("exclusion", joined[sentence.start : sentence.end]):
                if text[at : begun + sentence.start].strip():
                    yield Edit(at, begun + sentence.start, "\n")
                at = begun + sentence.end
        begun += len(paragraph)
    if text[at:end].strip():
        yield Edit(at, end, "\n")


def _private(text: str) -> Iterator[Edit]:
    contacts = [Edit(m.start(), m.end(), "[phone number left out]") for m in _NUMBER.finditer(text) if _is_personal(m)]
    if "@" in text or "protected]" in text:
        contacts += [Edit(m.start(), m.end(), "[e-mail address left out]") for m in _EMAIL.finditer(text)]
    yield from contacts
    for found in _addresses().finditer(text):
        yield Edit(*found.span("address"), "[address left out]")
    for contact in contacts:  # a head of paper: an address above or beside a telephone number or an e-mail address
        for found in _LETTERHEAD.finditer(text, max(0, contact.start - _NEAR), contact.end + _NEAR):
            yield Edit(found.start(), found.end(), "[address left out]")


def _is_personal(found: re.Match[str]) -> bool:
    """True for what may be anybody's telephone number; what councils publish for all to call is none."""
    digits = re.sub(r"\D", "", found.group())
    if not 9 <= len(digits) <= 14 or (digits.startswith("00") and not digits.startswith(("0044", "00353"))):
        return False  # an account's number, or an invoice's
    kinds = []
    for region, known in (("GB", phonenumbers.is_possible_number), ("IE", phonenumbers.is_valid_number)):
        try:
            number = phonenumbers.parse(found.group(), region)
        except phonenumbers.NumberParseException:
            continue
        if known(number) and (region == "IE" or len(digits) > 9):
            kinds.append(phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(number)))
    return bool(kinds) and not any(kind in _words()["public_numbers"] for kind in kinds)


@cache
def _addresses() -> re.Pattern[str]:
    somebody = "|".join(_words()["somebody"])
    labels = "|".join(_words()["address_labels"])
    lives = "of|at|from|who lives? at|living at|residing at"
    name = rf"\b(?:{somebody})\b\.?(?:\s+[A-Z][\w'’.-]*){{0,4}},?\s+(?:{lives})\s+"
    return re.compile(
        rf"(?:{name}(?=\d)|(?i:\b(?:{labels})\b)\s*:?\s*)"
        rf"(?P<address>(?:{_STREET}(?:{_POSTCODE})|\d{{1,4}}[A-Za-z]?,?\s+[A-Z][\w'’]*(?:\s+[A-Z][\w'’]*){{0,3}}|(?<=:\s)[^\n]{{5,120}}))"
    )


def _joined(edits: Any) -> list[Edit]:
    """Edits in order, one for each stretch that several touch."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if kept and edit.start < kept[-1].end:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, edit.end))
        else:
            kept.append(edit)
    return kept


@cache
def _may_begin() -> re.Pattern[str]:
    """Where a line begins as an exempt heading does."""
    begins = "|".join(_words()["exempt_begins"])
    return re.compile(rf"^\W{{0,8}}(?:\d{{1,4}}[.)]?\s+)?(?:{begins})", re.IGNORECASE | re.MULTILINE)


@cache
def _exempt_titles() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _words()["exempt_title"])


def _matches(key: str, line: str) -> bool:
    return re.match(rf"\W*(?:{'|'.join(_words()[key])})", line, re.IGNORECASE) is not None


def _searches(key: str, line: str) -> bool:
    return re.search("|".join(_words()[key]), line, re.IGNORECASE) is not None


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("ingest").joinpath("withhold.toml").read_text("utf-8"))
