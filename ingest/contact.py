"""Finds people's contact data: e-mail addresses, telephone numbers and where they live."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import phonenumbers

from corpus.models import Edit

_EMAIL = re.compile(r"[\w.+'-]+\n?@\n?[\w-]+(?:\n?\.[\w-]+)+|\[email\s+protected\]", re.IGNORECASE)
_NUMBER = re.compile(
    r"[+(0](?<![\w/.,£€-].)(?:(?<=\+)\d{2,3}[\s-]?(?:\(0\)\s?)?\d|(?<=\()0\d|(?<=0)\d)"
    r"\d{0,4}\)?(?:[\s.-]{0,2}\d{2,8}){1,3}(?![\w/])"
)  # a plain first character, here and below, for speed
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b|[A-Z]\d[\dW]\s?[A-Z\d]{4}\b"  # of the UK; an Irish Eircode
_PLACE = r"[A-Za-z]?,?\s+(?:[A-Z][\w'’.-]*,?\s+){1,7}?"
_STREET = rf"\d{{1,4}}{_PLACE}"
_LETTERHEAD = re.compile(rf"(?:\b{_STREET})?(?:[A-Z][\w'’.-]*,?[ \t]+){{0,4}}\b(?:{_POSTCODE})")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b"
_NAMED = rf"[A-Za-z]?,?\s+(?!{_MONTH})[A-Z][\w'’]*(?:(?:[ \t]+|[ \t]*\n)[A-Z][\w'’]*){{0,3}}"
_HOUSE = re.compile(  # a street address, where words can stand that make it somebody's
    rf"\d(?:(?<=[\n,(.]\d)|(?<=[,fmtnsro.–-]\s\d))"
    rf"(?:(?!\d*\s+{_MONTH})\d{{0,3}}{_PLACE}(?P<postcode>{_POSTCODE})|\d{{0,3}}{_NAMED})"
)
_LOCAL = re.compile(r"\d{3}(?<![\w/.,£€-]\d{3})(?<!\d\s\d{3}) ?\d{3}(?![\w/-]|[.,]\d|\s[£€\d])")
_NEAR = 200  # characters between the parts of a head of paper


def private(text: str) -> Iterator[Edit]:
    """What to put in place of each: square brackets that say so."""
    contacts = [Edit(m.start(), m.end(), "[phone number left out]") for m in _NUMBER.finditer(text) if _is_personal(m)]
    if "@" in text or "protected]" in text:
        contacts += [Edit(m.start(), m.end(), "[e-mail address left out]") for m in _EMAIL.finditer(text)]
    yield from contacts
    yield from (Edit(*m.span(), "[phone number left out]") for m in _LOCAL.finditer(text) if _is_beside(text, m))
    for found in _labelled_addresses().finditer(text) if "address" in text.lower() else ():
        yield Edit(*found.span("address"), "[address left out]")
    for found in _HOUSE.finditer(text):
        if begin := _is_home(text, found):
            yield Edit(begin, found.end(), "[address left out]")
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
    return bool(kinds) and not any(kind in words()["public_numbers"] for kind in kinds)


def _is_beside(text: str, found: re.Match[str]) -> bool:
    """True for six digits after "Tel", or after somebody's name on a line that holds an e-mail address too."""
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()][-40:]
    if re.search(r"\b(?:tel|telephone|phone|mobile|mob)\b[\s.:(no]*$", before, re.IGNORECASE):
        return True
    beside = before + text[found.end() : found.end() + 60].partition("\n")[0]
    return re.search(r"\b[A-Z][a-z]+[\s,:(*]{1,4}$", before) is not None and "@" in beside


def _is_home(text: str, found: re.Match[str]) -> int | None:
    """Where the address begins, if the words before it make it somebody's home and no subject of business."""
    before = text[max(0, found.start() - _NEAR) : found.start()]
    who = _before_home().search(before)
    if who is None:
        return None
    street = found["postcode"] or pattern("streets").search(found.group())
    if not street and before.endswith(("in ", "from ")):
        return None  # "Mr Imber from 2 Wards"
    if who["beside"]:  # "Mr Imber, 14 Well Lane": an applicant's stands so too
        line = before[before.rfind("\n") + 1 :] + text[found.end() : found.end() + 25].partition("\n")[0]
        known = street if "(" in who["beside"] else found["postcode"]
        if not known or pattern("business").search(line):
            return None
    return found.start() - len(who["flat"] or "")


@cache
def _before_home() -> re.Pattern[str]:
    """Words that end where somebody's home begins."""
    somebody = "|".join(words()["somebody"])
    lives = "|".join(words()["lives"])
    names = rf"\b(?:{somebody})\b\.?(?:\s+(?:and|&|[A-Z][\w'’.-]*)){{0,6}}"
    beside = rf"(?:{names}|\b(?:[A-Z]\.?\s+){{1,3}}[A-Z][a-z'’]+)(?:\s+\([^()\n]{{1,30}}\))?"
    beside += r"(?P<beside>,\s+|\s*\((?:of\s+)?|\s+[-–]\s+|\n)"
    flat = r"(?P<flat>(?:Flat|Apartment|Apt\.?|No\.?)\s+(?:\d{1,4}[A-Za-z]?,?\s+)?)?"
    return re.compile(
        rf"(?:{names}(?:\s+\([^()\n]{{1,30}}\))?,?\s+(?:of|at|from)\s+|{beside}|\b(?i:{lives})\s+){flat}$"
    )


@cache
def _labelled_addresses() -> re.Pattern[str]:
    labels = "|".join(words()["address_labels"])
    address = rf"{_STREET}(?:{_POSTCODE})|\d{{1,4}}{_NAMED}|(?<=:\s)[^\n]{{5,120}}"
    return re.compile(rf"(?i:\b(?:{labels})\b)\s*:?\s*(?P<address>{address})")


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Any of the patterns under `key` in withhold.toml, in capitals or not."""
    return re.compile("|".join(words()[key]), re.IGNORECASE)


@cache
def words() -> dict[str, Any]:
    """What withhold.toml says."""
    return tomllib.loads(files("ingest").joinpath("withhold.toml").read_text("utf-8"))
