"""What may be asked next: plain questions about what an answer quotes, each with something on record behind it.

Nothing is made up: a question names the subject of an agenda item by its title, and is only offered where the record
holds, in that item or a later one of the same subject, what it asks after and what has not been quoted yet.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from sqlalchemy import select

from assistant.answer import Answer, Citation
from assistant.followups import substance
from assistant.lexicon import Lexicon, lexicon
from assistant.words import data, everyday_words, stems
from corpus.models import Statement
from corpus.promises import promised
from corpus.records import Filters, Record
from corpus.schema import items, meetings, passages
from corpus.spoken import Spoken, statements_of
from corpus.voices import expressions

MOST = 3
ITEMS = 2  # of those that an answer quotes, in its order
LOOKED_AT = 12  # statements of an item whose words are read
NEWEST = 8  # meetings that are looked at for questions to start with
LONGEST = 70  # characters of a title's subject


@dataclass(frozen=True, slots=True)
class _About:
    """An agenda item that an answer quotes: its subject, and what is said in it that is not quoted."""

    citation: Citation | None
    item_id: int
    subject: str
    said: tuple[Spoken, ...]


def suggestions(answer: Answer, record: Record, asked: Collection[str] = ()) -> tuple[str, ...]:
    """Up to three questions, none for which `asked` already holds the words. For a refusal: about the nearest items."""
    known, found = lexicon(record), list[str]()
    if answer.refused:
        offered: Iterator[str] = _near(answer.nearest, record, known)
    else:
        offered = _next(answer.citations, record, known)
    before = [stems(question) for question in (answer.question, *asked)]
    for question in offered:
        if stems(question) not in before:
            before.append(stems(question))
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def openers(record: Record, most: int = 6) -> tuple[str, ...]:
    """Questions to start with: what was promised, decided or said of the subjects of the newest meetings."""
    newest = select(meetings.c.id).where(meetings.c.date.is_not(None)).order_by(meetings.c.date.desc()).limit(NEWEST)
    query = select(items.c.id, items.c.title).where(items.c.meeting_id.in_(newest), items.c.title.is_not(None))
    with record.engine.connect() as connection:
        titled = connection.execute(query.order_by(items.c.id)).all()
    known, found = lexicon(record), dict[str, None]()
    for item_id, title in titled:
        if subject := subject_of(title, known):
            about = _About(None, item_id, subject, tuple(_unquoted(item_id, (), record)))
            found.update(dict.fromkeys(islice(chain(_promised(about), _spoken(about)), 1)))
        if len(found) >= most:
            break
    return tuple(found)


def _near(nearest: Sequence[Citation], record: Record, known: Lexicon) -> Iterator[str]:
    """One question for each of the nearest items."""
    for about in _items(nearest, record, known, MOST):
        yield from islice(chain(_promised(about), _spoken(about)), 1)


def _next(citations: Sequence[Citation], record: Record, known: Lexicon) -> Iterator[str]:
    """A promise, a speaker and a later meeting of the first item, then of the second."""
    for about in _items(citations, record, known, ITEMS):
        yield from _promised(about)
        yield from _spoken(about)
        yield from _later(about, record)


def _items(citations: Sequence[Citation], record: Record, known: Lexicon, most: int) -> Iterator[_About]:
    seen: set[int] = set()
    for citation in citations:
        subject = subject_of(citation.item, known)
        item_id = _item_of(citation, record) if subject and len(seen) < most else None
        if item_id is None or item_id in seen:
            continue
        seen.add(item_id)
        same = [c for c in citations if c.document_id == citation.document_id]
        yield _About(citation, item_id, subject, tuple(_unquoted(item_id, same, record)))


def _item_of(c: Citation, record: Record) -> int | None:
    here = (passages.c.document_id == c.document_id, passages.c.start <= c.start, passages.c.end > c.start)
    with record.engine.connect() as connection:
        return connection.scalar(select(passages.c.item_id).where(*here).limit(1))


def _unquoted(item_id: int, citations: Sequence[Citation], record: Record) -> Iterator[Spoken]:
    """What is said in an item, in its order, but for what the answer quotes: the citations of its document."""
    with record.engine.connect() as connection:
        ids = list(connection.scalars(select(passages.c.id).where(passages.c.item_id == item_id)))
    quoted = [(c.start, c.start + len(c.quote)) for c in citations]
    said = [
        (passage_id, one)
        for passage_id, statements in statements_of(record, ids).items()
        for one in statements
        if one.force and not any(one.start < end and start < one.end for start, end in quoted)
    ]
    rarest = ("committed", "decided", "asked")  # what somebody stated is seldom wanting
    likely = sorted(said, key=lambda found: found[1].force not in rarest)[:LOOKED_AT]
    held = {p.id: p for p in record.passages({passage_id for passage_id, _ in likely})}
    yield from (Spoken(held[passage_id], one) for passage_id, one in likely if passage_id in held)


def _promised(about: _About) -> Iterator[str]:
    kinds = {promised(spoken.statement, spoken.text) for spoken in about.said}
    if "commitment" in kinds:
        yield _filled("promised", subject=about.subject)
    elif any(spoken.statement.force == "decided" for spoken in about.said):
        yield _filled("decided", subject=about.subject)


def _spoken(about: _About) -> Iterator[str]:
    """What somebody said or, rather, asked: questions of councillors are answered in the same item."""
    said = [spoken.statement for spoken in about.said if spoken.statement.force in ("asked", "stated")]
    for statement in sorted(said, key=lambda one: one.force or ""):
        if speaker := _named(statement):
            yield _filled(statement.force or "", speaker=speaker, subject=about.subject)
            return


def _named(statement: Statement) -> str:
    """Somebody by title and name; empty for a role, which others may hold by the time of another meeting."""
    words = (statement.speaker or "").split()
    titles = {title.lower() for title in expressions()["speakers"]["titles"]}
    known = statement.sort == "named" and 2 <= len(words) <= 4 and words[0].lower().rstrip(".") in titles
    return " ".join(words) if known else ""


def _later(about: _About, record: Record) -> Iterator[str]:
    """The latest meeting of the same council at which an item of the same subject was spoken to."""
    c, mine = about.citation, stems(about.subject)
    if c is None or c.date is None or c.council is None:
        return
    query = select(items.c.id, items.c.title, meetings.c.date).join(meetings, meetings.c.id == items.c.meeting_id)
    query = query.where(Filters(council=c.council).clause(), meetings.c.date > c.date.isoformat())
    for word in sorted(mine, key=len)[-2:]:
        query = query.where(items.c.title.contains(word, autoescape=True))
    with record.engine.connect() as connection:
        for item_id, title, date in connection.execute(query.order_by(meetings.c.date.desc())):
            ids = connection.scalars(select(passages.c.id).where(passages.c.item_id == item_id))
            said = statements_of(record, list(ids)) if mine <= stems(title) else {}
            if any(one.force for statements in said.values() for one in statements):
                yield _filled("later", subject=about.subject, month=f"{dt.date.fromisoformat(date):%B %Y}")
                return


def subject_of(title: str | None, known: Lexicon) -> str:
    """What an agenda item is about, from its title, as it stands in the middle of a sentence; empty where the title
    names no subject, or is in capitals throughout.
    """
    whole = " ".join((title or "").split())
    if not whole or whole.isupper() or _matches("procedural", whole):
        return ""
    for part in re.split(r":\s|\s[-–—]\s", whole):
        subject = _stripped(part)
        if len(subject) <= LONGEST and len(substance(subject)) > 1 and not re.search(r"[£?;:(.]|, [a-z]", subject):
            return _inside(subject, known)
    return ""


def _stripped(words: str) -> str:
    facts, before = data("suggestions"), ""
    while words != before:
        before = words
        for pattern in facts["before"]:
            words = re.sub(rf"^\s*(?:{pattern})\s*", "", words, flags=re.I)
        for pattern in facts["behind"]:
            words = re.sub(rf"\s*(?:{pattern})$", "", words, flags=re.I)
    return words


def _inside(subject: str, known: Lexicon) -> str:
    """A title's first word loses its capital, unless it begins a name; "failure of a provider" gains its article."""
    first, _, rest = subject.partition(" ")
    word = first.lower().replace("’", "'").removesuffix("'s")
    plain = word in known.plain or word in everyday_words() or bool(_ACT.match(subject))
    if first[1:].islower() and plain and not re.match(r"(?:[A-Z]|\d)", rest.removeprefix("and ")):
        subject = f"{first.lower()} {rest}"
    return f"the {subject}" if re.match(r"(?!the\b)[a-z]+ (?:[a-z]+ )?of\b", subject) else subject


_ACT = re.compile(r"[A-Z][a-z]+(?:al|ance|ence|ing|ion|ment|ure) of\b")  # "Closure of the baths"


def _matches(name: str, words: str) -> bool:
    return any(re.search(pattern, words, re.I) for pattern in data("suggestions")[name])


def _filled(name: str, **values: str) -> str:
    return str(data("suggestions")[name]).format(**values)
