"""Numbers as values: "77 %" is "over three quarters", "£2M" is £2,000,000, four weeks are 28 days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.times import When, times
from assistant.words import data

Unit = Literal["share", "money", "count", "days"]
NEAR = 0.06  # of a number that "about" leaves open on either side
BEYOND = 0.3  # of a number that "over" and "under" leave open on theirs
DAYS = {"day": 1.0, "week": 7.0, "month": 365 / 12, "year": 365.0}


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `[start, end)`, as the range of values that its words leave open. A share is of one."""

    unit: Unit
    low: float
    high: float
    start: int
    end: int

    def agrees(self, other: Number) -> bool:
        """Whether both may be the same number."""
        slack = 1e-9 * max(self.high, other.high)
        return self.unit == other.unit and self.low <= other.high + slack and other.low <= self.high + slack


@cache
def _number() -> re.Pattern[str]:
    facts = data("values")
    one = "|".join(sorted((*facts["words"], *facts["scales"]), key=len, reverse=True))
    spelt = rf"(?:(?:a\s+)?(?:{one})(?:(?:[-\s]+|\s+and\s+)(?:{one}))*)\b"
    figure = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    shares = "|".join(sorted((re.escape(w).replace(r"\ ", r"\s+") for w in facts["shares"]), key=len, reverse=True))
    around = "|".join(sorted((*facts["about"], *facts["over"], *facts["under"]), key=len, reverse=True))
    scale = "|".join(sorted(facts["scales"], key=len, reverse=True))
    money_scale = "|".join(facts["money_scales"])
    per = r"\s?(?:%|per\s*cent\b|percent\b)"
    pounds = r"\s*(?:pounds|euros?)\b"
    time = r"[\s-]*(?:day|week|month|year)s?\b"
    money = rf"[£€$]\s?{figure}(?:\s?(?:{scale}|{money_scale})\b)?"
    value = rf"(?:{figure}(?:\s?(?:{scale})\b)?|\b{spelt})"
    return re.compile(
        rf"(?:\b(?P<around>{around})\s+)?(?:"
        rf"(?P<share>\b(?:{shares})\b(?!\s+(?:of\s+)?an?\s|[\s-]+(?:term|past|way|day|yearly)))"
        rf"|\bhalf\s+an?\s+(?P<half>million|billion|dozen|year|day|month)\b"
        rf"|\b(?P<ratio>{spelt}|{figure})\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<of>{spelt}|{figure})\b(?![,.]?\d)"
        rf"|(?P<low_money>{money})\s*(?:-|–|to)\s*(?P<high_money>[£€$]?\s?{figure}(?:\s?(?:{scale}|{money_scale})\b)?)"
        rf"|(?P<money>{money})"
        rf"|(?P<range>(?<![\w/.-]){figure}\s*(?:-|–)\s*{figure}|\bbetween\s+{value}\s+and\s+{value})(?P<range_unit>{per}|{time})?"
        rf"|(?P<one_time>(?<=\bin\s)an?|(?<=\bfor\s)an?|(?<=\bwithin\s)an?)\s+(?P<one_unit>day|week|month|year)\b"
        rf"|(?P<plain>(?<![\w/.-]){figure}(?:\s?(?:{scale})\b)?|\b{spelt})(?:(?P<percent>{per})|(?P<pounds>{pounds})|(?P<time>{time}))?"
        rf"(?P<pence>p\b)?)",
        re.I,
    )


def numbers(text: str) -> list[Number]:
    """The numbers in a text, but those of dates, of times of day, and those that are names: "Year 11"."""
    taken = [(when.start, when.end) for when in times(text)]
    found: list[Number] = []
    at = 0
    while match := _number().search(text, at):
        date = next((high for low, high in taken if low < match.end() and match.start() < high), None)
        if date is not None and (match["plain"] or match["ratio"] or match["range"]):
            # A date takes of it what is its own, and may leave a figure in front: "from 15 in 2022".
            first = re.compile(r"\d[\d,]*").search(text, match.start(), match.end())
            if (
                first
                and not any(low <= first.start() < high for low, high in taken)
                and not _is_name(text, *first.span())
            ):
                value = _plain(first.group())
                found.append(Number("count", value, value, *first.span()))
            at = max(date, match.start() + 1)
            continue
        at = max(match.end(), match.start() + 1)
        begin = match.start("plain") if match["plain"] else match.start()
        if match["plain"] and not match["percent"] and _is_name(text, begin, match.end("plain")):
            continue
        made = _value(match)
        if made:
            unit, low, high = made
            low, high = _around(low, high, (match["around"] or "").lower())
            found.append(Number(unit, low, high, match.start(), match.start() + len(match.group().rstrip())))
    return found


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a figure is a name, a time of day, or a part of a word."""
    facts = data("values")
    before = re.search(r"([a-z]+(?: [a-z]+)?)\.?[\s-]*$", text[:start].lower())
    labelled = before is not None and any(
        before[1] == name or before[1].endswith(f" {name}") for name in facts["labels"]
    )
    return labelled or any(re.match(pattern, text[end:]) for pattern in facts["no_number"])


def _value(match: re.Match[str]) -> tuple[Unit, float, float] | None:
    facts = data("values")
    if match["share"]:
        share = float(facts["shares"][" ".join(match["share"].lower().split())])
        return "share", share - 0.005, share + 0.005
    if half := (match["half"] or "").lower():
        value = 0.5 * (DAYS[half] if half in DAYS else float(facts["scales"][half]))
        return ("days" if half in DAYS else "count"), value, value
    if match["ratio"]:
        part, of = _plain(match["ratio"]), _plain(match["of"])
        return ("share", part / of - 0.005, part / of + 0.005) if of and part <= of else None
    if match["low_money"]:
        high = _plain(match["high_money"])
        low = _plain(match["low_money"])
        scaled = re.search(r"[a-z]+$", match["high_money"].strip().lower())
        if scaled and not re.search(r"[a-z]$", match["low_money"].lower()):
            low *= _plain("1" + scaled.group())
        return "money", min(low, high), max(low, high)
    if match["money"]:
        return "money", *_rounded(match["money"])
    if match["range"]:
        parts = [
            _plain(p)
            for p in re.split(r"\s*[-–]\s*|\s+and\s+", match["range"].lower().removeprefix("between ").strip())
        ]
        unit, times_ = _unit(match["range_unit"] or "")
        return unit, min(parts) * times_, max(parts) * times_
    if match["one_time"]:
        return "days", DAYS[match["one_unit"].lower()], DAYS[match["one_unit"].lower()]
    words = match["plain"]
    if words.lower() == "one" and not (match["percent"] or match["pounds"] or match["time"]):
        return None  # mostly no number: "one of them"
    if match["pence"]:
        return "money", _plain(words) / 100, _plain(words) / 100
    unit, each = ("money", 1.0) if match["pounds"] else _unit(match["percent"] or match["time"] or "")
    low, high = _rounded(words)
    slack = 0.005 if unit == "share" and "." not in words else 0.0
    return unit, low * each - slack, high * each + slack


def _unit(words: str) -> tuple[Unit, float]:
    word = words.strip(" -").lower().removesuffix("s")
    return ("days", DAYS[word]) if word in DAYS else ("share", 0.01) if word else ("count", 1.0)


def _rounded(words: str) -> tuple[float, float]:
    """A number as written: a scaled decimal, "£1.2m", was rounded at its last figure."""
    value = _plain(words)
    decimal = re.search(r"\.(\d+)\s?[a-z]+$", words.strip().lower())
    half = 0.5 * 10 ** -len(decimal[1]) * _plain("1" + re.sub(r"[^a-z]", "", words.lower())) if decimal else 0.0
    return value - half, value + half


def _plain(words: str) -> float:
    """The value of "1,200", "£1.2m", "two thousand five hundred", "2 million"."""
    facts = data("values")
    scales = {**facts["scales"], **facts["money_scales"]}
    total = current = 0.0
    for part in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", words.lower()):
        if part[0].isdigit():
            current += float(part.replace(",", ""))
        elif part in facts["words"]:
            current += facts["words"][part]
        elif part == "hundred":
            current = (current or 1) * 100
        elif part in scales:
            total += (current or 1) * scales[part]
            current = 0.0
    return total + current


def _around(low: float, high: float, word: str) -> tuple[float, float]:
    facts = data("values")
    if word in facts["over"]:
        return low, high * (1 + BEYOND)
    if word in facts["under"]:
        return low * (1 - BEYOND), high
    return (low * (1 - NEAR), high * (1 + NEAR)) if word else (low, high)


def agreeing(mine: Sequence[Number | When], theirs: Sequence[Number | When]) -> int:
    """How many of mine may be the same as one of theirs. Both are numbers, or both times."""
    return sum(any(a.agrees(b) for b in theirs) for a in mine)  # type: ignore[arg-type]  # of one kind
