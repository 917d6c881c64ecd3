"""A question -> a Query: what to look for, where, and what it follows up on. No model is needed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant import dates, names, spelling
from assistant.followups import subject
from assistant.lexicon import Lexicon, lexicon
from assistant.words import data, phrases
from corpus.errors import UserError
from corpus.records import Filters, Record


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    `subject` is what an earlier question was about, where this one follows up on it. `understood` names what was read
    from the question's own words: filters (council, committee, from, to), and the person it names. `asked` is the
    question in the record's spelling; `people` are surnames as on record. `spelt` gives, for a word that is not on
    record, the one that was clearly meant, and `also` more words that minutes may use: these are searched for, and
    never shown as the user's own. `councils` are all those named, where they are several.
    `about_when` is when the meetings likely were, where the question names a time that is no filter.
    """

    question: str
    standalone: str
    subject: str
    filters: Filters
    understood: dict[str, str]
    in_scope: bool
    asked: str = ""
    people: tuple[str, ...] = ()
    spelt: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    councils: tuple[str, ...] = ()
    about_when: dates.Bounds | None = None

    @property
    def text(self) -> str:
        """What to search for: the question, behind what it follows up on."""
        return f"{self.subject} {self.asked or self.question}".strip()

    def is_timely(self, day: dt.date | None) -> bool:
        """Whether a meeting of that day is of the time that the question names."""
        return self.about_when is not None and day is not None and day in self.about_when


FILTERS = {"council": "council", "committee": "committee", "from": "date_from", "to": "date_to"}
UNDERSTOOD = (*FILTERS, "person")


def checked_without(given: Any) -> tuple[str, ...]:
    """What somebody asks to leave out, as `understand` takes it. Raises UserError for what is no name of a filter."""
    names_of = [*UNDERSTOOD, "all"]
    if not isinstance(given, list | tuple) or not all(name in names_of for name in given):
        raise UserError(f"What to ask without has to be of these: {', '.join(names_of)}")
    return tuple(given)


def understand(
    question: str,
    history: Sequence[str],
    filters: Filters,
    record: Record,
    without: Collection[str] = (),
    today: dt.date | None = None,
) -> Query:
    """The question with its filters, and standing alone. `history` holds the earlier questions, oldest first.

    Filters given win over those understood from the question's words, and what `without` names is not understood:
    keys of `understood`, or "all".
    """
    question = " ".join(question.split())
    without = UNDERSTOOD if "all" in without else without
    known = lexicon(record)
    about = subject(question, history)
    standalone = f"{question} (asked after: {about})" if about else question
    bodies = names.bodies(question, known)
    if bodies.councils:  # "And in Osierham?" asks the same of another place
        about = names.leave_out(about, {*names.bodies(about, known).councils} - {*bodies.councils})
    people = names.Named() if "person" in without else names.people(question, known)
    respelt = people.respelt | ({} if "council" in without else bodies.respelt)
    asked = names.respell(question, respelt)
    several = bodies.councils if len(bodies.councils) > 1 and "council" not in without and not filters.council else ()
    named = {"council": None if several else next(iter(bodies.councils), None), "committee": bodies.committee}
    merged = filters
    for key, name in named.items():
        if name and key not in without and getattr(filters, key) is None:
            narrowed = replace(merged, council=name) if key == "council" else replace(merged, committee=name)
            # A committee of another council than the one meant would leave nothing to search.
            merged = narrowed if record.searched(narrowed).meetings else merged
    today = today or dt.date.today()
    merged = _dated(merged, question, record, without, today)
    dated = merged.date_from or merged.date_to
    about_when = None if dated or {"from", "to"} & {*without} else dates.mentioned(question, today)
    understood = {k: str(getattr(merged, f)) for k, f in FILTERS.items() if getattr(filters, f) != getattr(merged, f)}
    if people.people:
        understood["person"] = ", ".join(people.people)
    spelt = spelling.respelt(f"{about} {asked}", known)
    # Words of the language are searched for as meant; what may be the name of another place is only looked for too.
    asked = names.respell(asked, {said: meant for said, meant in spelt.items() if meant in known.plain})
    return Query(
        question=question,
        standalone=standalone,
        subject=about,
        filters=merged,
        understood=understood,
        in_scope=_in_scope(question),
        asked=asked,
        people=people.people,
        spelt=spelt,
        also=_also(f"{about} {asked}", known),
        councils=several,
        about_when=about_when,
    )


def _dated(filters: Filters, question: str, record: Record, without: Collection[str], today: dt.date) -> Filters:
    """The filters with the dates that the question says of meetings, unless that would leave out too much."""
    bounds = dates.bounds(question, today)
    if bounds is None:
        return filters
    low = bounds.low if "from" not in without and filters.date_from is None else None
    high = bounds.high if "to" not in without and filters.date_to is None else None
    dated = replace(filters, date_from=low or filters.date_from, date_to=high or filters.date_to)
    if dated == filters:
        return filters
    # Undated meetings fall out: a record without dates must still be searched, and "since 2023" said of anything but
    # meetings must not lose any.
    if not record.searched(dated).meetings or not (bounds.sure or not record.searched(filters).undated):
        return filters
    return dated


def _also(spoken: str, known: Lexicon) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known.glossary.expansions(spoken), *phrases(spoken)]))


def _in_scope(question: str) -> bool:
    return not any(re.search(pattern, question.lower()) for pattern in data("scope")["out_of_scope"])
