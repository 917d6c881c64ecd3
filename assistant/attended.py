"""Who was there: answered from the lists of those present that were read from the minutes at ingest."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.dates import AFTERWARDS, Bounds
from assistant.query import Query
from assistant.quote import Quotation
from assistant.recorded import MOST, Recorded, asks, heading, last_name, listed, named, subject
from assistant.words import data
from corpus.models import Attendee, Span
from corpus.recorded import Attendance, attendances
from corpus.records import Record

LONGEST = 60  # words of a list that are quoted


def attended(query: Query, record: Record) -> list[Recorded]:
    """What the lists of those present say, if a question asks who was at a council's meeting, and they do.

    A question about anything else, "who attended the carnival?", is none for them.
    """
    asked = query.asked or query.question
    one = query.people[0] if len(query.people) == 1 and asks("was_there", asked) else None
    if query.councils or subject(query) or not (one or (asks("attended", asked) and not query.people)):
        return []
    held = attendances(record, query.filters)
    if when := query.about_when:
        # Who was there is asked of that day itself, and not of the minutes after it.
        last = when.high and when.high - dt.timedelta(AFTERWARDS)
        held = [m for m in held if m.date and m.date in Bounds(when.low, last)]
    if one:
        return _attended_by(one, held, record)
    latest = [meeting for meeting in held if meeting.date == held[0].date][:MOST]
    return [found for meeting in latest if (found := _who_was_there(meeting, asked, record))]


def _who_was_there(meeting: Attendance, asked: str, record: Record) -> Recorded | None:
    people = list(meeting.people)
    where = heading(meeting.council, meeting.committee, meeting.date)
    if asks("chair", asked):
        people = [p for p in people if p.standing == "present" and p.role and asks("in the chair", p.role)]
        if len(people) != 1:
            return None
        return _told(f"{where}: in the chair {people[0].name}.", meeting, people, record)
    standings = [name for name in ("apologies", "absent") if asks(name, asked)]
    if standings:
        # Whoever sent apologies was not there.
        wanted = ("apologies", "absent") if "absent" in standings else ("apologies",)
        people = [person for person in people if person.standing in wanted]
    groups: dict[str, list[str]] = {}
    for person in people:
        groups.setdefault(person.standing, []).append(person.name + (f" ({person.role})" if person.role else ""))
    lists = "; ".join(f"{name} {len(names)}: {listed(names)}" for name, names in groups.items())
    return _told(f"{where}: {lists}.", meeting, people, record) if lists else None


def _attended_by(surname: str, held: Sequence[Attendance], record: Record) -> list[Recorded]:
    """How often somebody was there, and the last few times."""
    known: list[tuple[Attendance, Attendee]] = []
    for meeting in held:
        mine = [p for p in meeting.people if named(surname, [p.name])]
        if len(mine) > 1:
            return []  # two of one name cannot be told apart
        known += [(meeting, person) for person in mine]
    if len({initials for _, p in known if (initials := _initials(p.name))}) > 1:
        return []
    standing = data("recorded")["standing"]
    counts: dict[str, int] = {}
    for _, person in known:
        counts[standing[person.standing]] = counts.get(standing[person.standing], 0) + 1
    found = []
    for meeting, person in known[:MOST]:
        where = heading(meeting.council, meeting.committee, meeting.date)
        told = _told(f"{where}: {person.name} {standing[person.standing]}.", meeting, [person], record)
        found += [told] if told else []
    if found and len(known) > 1:
        said = ", ".join(f"{name} at {count}" for name, count in counts.items())
        first = f"Of {len(known)} meetings whose minutes list {known[0][1].name}: {said}."
        found[0] = Recorded(f"{first} {found[0].told}", found[0].quotations)
    return found


def _initials(name: str) -> str:
    return "".join(re.findall(r"\b[A-Z]\b", name))


def _told(told: str, meeting: Attendance, people: Sequence[Attendee], record: Record) -> Recorded | None:
    """The sentence with the lines that it was read from; None where none holds any of the names."""
    surnames = [last_name(person.name) for person in people]
    found = []
    for passage in record.passages(meeting.passages):
        lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", passage.text)]
        holding = [s for s in lines if any(n in passage.text[s.start : s.end].lower() for n in surnames)]
        if holding:
            span = Span(holding[0].start, holding[0].end if len(people) == 1 else holding[-1].end)
            found.append(Quotation(passage, _cut(passage.text, span), 1.0))
    return Recorded(told, tuple(found[:2])) if found else None


def _cut(text: str, span: Span) -> Span:
    """The first words of a long list."""
    words = list(re.finditer(r"\S+", text[span.start : span.end]))
    return span if len(words) <= LONGEST else Span(span.start, span.start + words[LONGEST - 1].end())
