"""Who was there: answered from the lists of those present that were read from the minutes at ingest."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.dates import AFTERWARDS, Bounds
from assistant.query import Query
from assistant.quote import Quotation
from assistant.recorded import MOST, Recorded, asks, listed, named
from assistant.words import data
from corpus.models import Span
from corpus.recorded import Attendance, attendances
from corpus.records import Record


def attended(query: Query, record: Record) -> Recorded | None:
    """What the lists of those present say, if a question asks who was there, and they do."""
    asked = query.asked or query.question
    dated = query.about_when or query.filters.date_from or query.filters.date_to
    of_meetings = asks("attended", asked) and (dated or asks("meeting", asked))
    if not of_meetings and not (query.people and asks("was_there", asked)):
        return None
    held = attendances(record, query.filters)
    if when := query.about_when:
        # Who was there is asked of that day itself, and not of the minutes after it.
        last = when.high and when.high - dt.timedelta(AFTERWARDS)
        held = [m for m in held if m.date and m.date in Bounds(when.low, last)]
    if query.people:
        return _attended_by(query, held, record)
    if not held:
        return None
    latest = [meeting for meeting in held if meeting.date == held[0].date][:MOST]
    told = [_who_was_there(meeting, query) for meeting in latest]
    return Recorded(tuple(told), tuple(_lists(latest, (), record)))


def _who_was_there(meeting: Attendance, query: Query) -> str:
    if asks("chair", query.question):
        chairs = [
            p.name for p in meeting.people if p.role and re.search(r"\bchair", p.role, re.I) and p.standing == "present"
        ]
        if chairs:
            return f"{_heading(meeting)}: in the chair {listed(chairs[:1])}."
    only = next((name for name in ("apologies", "absent") if asks(f"only {name}", query.question)), None)
    if only and not any(person.standing == only for person in meeting.people):
        return f"{_heading(meeting)}: nobody is listed as having {data('recorded')['standing'][only]}."
    groups: dict[str, list[str]] = {}
    for person in meeting.people:
        if only and person.standing != only:
            continue
        groups.setdefault(person.standing, []).append(person.name + (f" ({person.role})" if person.role else ""))
    return (
        f"{_heading(meeting)}: "
        + "; ".join(f"{name} {len(names)}: {listed(names)}" for name, names in groups.items())
        + "."
    )


def _attended_by(query: Query, held: Sequence[Attendance], record: Record) -> Recorded | None:
    standings: dict[str, int] = {}
    known = []
    for meeting in held:
        names = {p.name: p.standing for p in meeting.people}
        mine = named(query.people, names)
        if len(mine) == 1:  # two of one name in a list cannot be told apart
            standings[names[mine[0]]] = standings.get(names[mine[0]], 0) + 1
            known.append((meeting, names[mine[0]]))
    if not known:
        return None
    of = f"{len(known)} meeting{'s' * (len(known) != 1)} whose minutes list {query.people[0]}"
    counts = ", ".join(f"{data('recorded')['standing'][name]} at {count}" for name, count in standings.items())
    told = [f"Of {of}: {counts}."] if len(known) > 1 else []
    told += [f"{_heading(meeting)}: {data('recorded')['standing'][standing]}." for meeting, standing in known[:MOST]]
    return Recorded(tuple(told), tuple(_lists([meeting for meeting, _ in known[:MOST]], query.people, record)))


def _lists(meetings: Sequence[Attendance], people: Sequence[str], record: Record) -> list[Quotation]:
    """The lists themselves, or the lines that name whom the question asks after."""
    found = []
    for meeting in meetings:
        for passage in record.passages(meeting.passages):
            spans = [Span(0, len(passage.text))]
            if people:
                lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", passage.text)]
                spans = [s for s in lines if any(p in passage.text[s.start : s.end] for p in people)][:1]
            found += [Quotation(passage, span, 1.0) for span in spans]
    return found[: MOST + 1]


def _heading(meeting: Attendance) -> str:
    day = f"{meeting.date.day} {meeting.date:%B %Y}" if meeting.date else "undated"
    return f"Recorded ({', '.join(filter(None, (meeting.committee, day)))})"
