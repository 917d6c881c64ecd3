"""A question -> a Query: what to look for, where, and what it follows up on. No model is needed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.words import content_words, data, words
from corpus.models import MONTHS
from corpus.records import Filters, Record


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    `subject` is what an earlier question was about, where this one follows up on it.
    """

    question: str
    standalone: str
    subject: str
    filters: Filters
    understood: dict[str, str]
    in_scope: bool

    @property
    def text(self) -> str:
        """What to search for: the question, behind what it follows up on."""
        return f"{self.subject} {self.question}".strip()


def understand(question: str, history: Sequence[str], filters: Filters, record: Record) -> Query:
    """The question with its filters, and standing alone. `history` holds the earlier questions, oldest first.

    Filters given win over those understood from the question's words.
    """
    question = " ".join(question.split())
    subject = _subject(question, history)
    standalone = f"{question} (asked after: {subject})" if subject else question
    understood = _filters(question, record)
    merged = replace(
        filters,
        **{  # type: ignore[arg-type]  # each field has its own type
            k: v for k, v in understood.items() if getattr(filters, k) is None
        },
    )
    named = {"date_from": "from", "date_to": "to"}
    said = {named.get(k, k): str(v) for k, v in understood.items() if getattr(filters, k) is None}
    return Query(question, standalone, subject, merged, said, _in_scope(question))


def _subject(question: str, history: Sequence[str]) -> str:
    if not history or not _follows_up(question):
        return ""
    # An earlier question may itself follow up: go back to one that stands alone.
    chain: list[str] = []
    for earlier in reversed(history):
        chain.insert(0, earlier.strip().rstrip("?").strip())
        if not _follows_up(earlier):
            break
    return "; ".join([chain[0], *chain[1:][-2:]])


def _follows_up(question: str) -> bool:
    lowered = question.lower().strip()
    facts = data("words")
    for phrase in facts["not_pointers"]:
        lowered = lowered.replace(phrase, " ")
    pointing = set(words(lowered)) & set(facts["pointers"].split())
    opening = any(lowered.startswith(opener) for opener in facts["openers"])
    about = content_words(question)
    # "Why?" and "How much?" say too little alone.
    return bool(pointing) or opening or (len(about) <= 1 and len(words(question)) <= 5)


def _in_scope(question: str) -> bool:
    return not any(re.search(pattern, question.lower()) for pattern in data("scope")["out_of_scope"])


_WHEN = rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:({'|'.join(MONTHS)})\s+)?(20\d\d|19\d\d)"
_MEETING = r"(?:meetings?|minutes)"
_SAYING = r"(?:said|say|told|reported|asked|promised|agreed|decided|resolved|recommended|discussed|raised)"


def _filters(question: str, record: Record) -> dict[str, str | dt.date]:
    found: dict[str, str | dt.date] = {}
    lowered = question.lower()
    for field in ("council", "committee"):
        named = [name for name in record.names(field) if _names(lowered, name, field == "committee")]
        if len(named) == 1:
            found[field] = named[0]
    # A date filters only where it is said of meetings: "in March 2022" alone may be when a thing happened.
    at = re.search(rf"{_MEETING}\s+(?:of|in|on|held|from|during|held in|held on)\s+{_WHEN}", lowered) or re.search(
        rf"\b{_WHEN}\s+{_MEETING}", lowered
    )
    if at:
        found["date_from"], found["date_to"] = _bounds(at)
    for word, key, end in (("since", "date_from", 0), ("before", "date_to", 0)):
        match = re.search(rf"\b(?:{_MEETING}|{_SAYING})\b[^.;]*\b{word}\s+{_WHEN}", lowered)
        if match:
            bound = _bounds(match)[end]
            found[key] = bound if word == "since" else bound - dt.timedelta(days=1)
    return found


def _names(question: str, name: str, committee: bool) -> bool:
    # "Planning" is an everyday word: a committee is meant where it is called one.
    full = name.lower()
    body = r"\s+(?:scrutiny\s+)?(?:committee|panel|board|commission|council)\b" if committee else ""
    short = re.sub(
        r"\b(?:county|borough|city|district|parish|town|metropolitan|council|scrutiny|committee|panel)\b",
        "",
        full,
    )
    short = " ".join(short.split())
    return full in question or (len(short) > 4 and re.search(rf"\b{re.escape(short)}\b{body}", question) is not None)


def _bounds(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    day, month, year = match.groups()[-3:]
    number = MONTHS.index(month) + 1 if month else 0
    if number and day:
        try:
            exact = dt.date(int(year), number, int(day))
            return exact, exact
        except ValueError:
            pass
    if number:
        after = dt.date(int(year) + number // 12, number % 12 + 1, 1)
        return dt.date(int(year), number, 1), after - dt.timedelta(days=1)
    return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
