"""Approved minutes replace their draft: which document stands for which other. In doubt both stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select, tuple_

from corpus.models import Document, Meeting
from corpus.schema import documents, items, meetings, passages, sources

MOST = 0.6  # of a draft's items: who holds so many holds the meeting, and no single item's page does
_NO_MINUTES = frozenset(["purpose", "attendance", "procedural"])  # an agenda has these too
_TOLD = frozenset(["discussion", "bullet"])  # a list of decisions has none of these


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting as a document holds it: which one, and the titles of its items."""

    key: tuple[str, str, str] | None
    draft: bool
    titles: set[str] = field(default_factory=set)
    minuted: set[str] = field(default_factory=set)  # of the items that hold minutes
    told: set[str] = field(default_factory=set)  # of those that hold more than decisions

    def add(self, title: str | None, kinds: Iterable[str]) -> None:
        """Take in an item, if it has a title: a header's lines have none."""
        folded = " ".join((title or "").casefold().split())
        if folded:
            self.titles.add(folded)
            held = set(kinds)
            if held - _NO_MINUTES:
                self.minuted.add(folded)
            if held & _TOLD:
                self.told.add(folded)

    def replaces(self, draft: _Held) -> bool:
        """True if these are the minutes of which that is a draft, and not one item of them alone."""
        return (
            not self.draft
            and self.key is not None
            and self.key == draft.key
            and _most(self.titles, draft.titles)
            and _most(self.minuted, draft.minuted)
            and (not draft.told or _most(self.told, draft.told))
        )


def is_draft(document: Document) -> bool:
    """True if all that a document holds is a draft of minutes."""
    return all(meeting.status == "draft" for meeting in document.meetings)


def replaces(final: Document, draft: Document) -> bool:
    """True if `final` holds the minutes of every meeting of `draft`, and not one item of them alone."""
    return _replace(_in(final), _in(draft))


def approved_of(connection: Connection, document: Document, without: Collection[str] = ()) -> str | None:
    """The name of the document on record that holds the minutes of which `document` is a draft, if there is one.

    `without` are sources, by path, that are about to leave: what has no other source does not count.
    """
    if not is_draft(document):
        return None
    drafts = _in(document)
    found = _on_record(connection, drafts, without)
    names = [next((name for _, name, held in found if _replace(held, [draft])), None) for draft in drafts]
    return names[0] if names and all(names) else None


def drafts_of(connection: Connection, document: Document, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """The drafts on record, by id and name, whose minutes `document` holds. An item's own page replaces no meeting."""
    finals = [held for held in _in(document) if not held.draft]
    return [
        (key, name)
        for key, name, held in _on_record(connection, finals, without)
        if key != document.id and all(one.draft for one in held) and _replace(finals, held)
    ]


def _replace(finals: Iterable[_Held], drafts: Collection[_Held]) -> bool:
    finals = list(finals)
    return bool(drafts) and all(any(final.replaces(draft) for final in finals) for draft in drafts)


def _most(held: set[str], wanted: set[str]) -> bool:
    return bool(wanted) and len(held & wanted) >= len(wanted) * MOST


def _in(document: Document) -> list[_Held]:
    return [_held(meeting) for meeting in document.meetings]


def _held(meeting: Meeting) -> _Held:
    date = meeting.date.isoformat() if meeting.date else None
    held = _Held(_key(date, meeting.council, meeting.committee), meeting.status == "draft")
    for item in meeting.items:
        held.add(item.title, (passage.kind for passage in item.passages))
    return held


def _key(date: str | None, council: str | None, committee: str | None) -> tuple[str, str, str] | None:
    """What tells one meeting from another; None where it is not known. Every council has a Planning Committee."""
    return (date, council.lower(), (committee or "").lower()) if date and council else None


def _on_record(
    connection: Connection, wanted: Iterable[_Held], without: Collection[str]
) -> list[tuple[str, str, list[_Held]]]:
    """The documents that hold one of some meetings, by id and name, with all the meetings that they hold."""
    keys = {held.key for held in wanted if held.key}
    if not keys:
        return []
    same = select(meetings.c.document_id).where(
        tuple_(
            meetings.c.date, func.lower(meetings.c.council), func.lower(func.coalesce(meetings.c.committee, ""))
        ).in_(keys)
    )
    stays = select(sources.c.document_id).where(sources.c.path.not_in(list(without)))
    query = (
        select(meetings, documents.c.name.label("name"), items.c.id.label("item"), items.c.title.label("about"))
        .add_columns(func.group_concat(passages.c.kind).label("kinds"))
        .join(documents, documents.c.id == meetings.c.document_id)
        .outerjoin(items, items.c.meeting_id == meetings.c.id)
        .outerjoin(passages, passages.c.item_id == items.c.id)
        .where(documents.c.id.in_(same), documents.c.id.in_(stays))
        .group_by(meetings.c.id, items.c.id)
        .order_by(documents.c.id, meetings.c.id, items.c.id)
    )
    names: dict[str, str] = {}
    found: dict[str, dict[int, _Held]] = {}
    for row in connection.execute(query):
        names[row.document_id] = row.name
        key = _key(row.date, row.council, row.committee)
        held = found.setdefault(row.document_id, {}).setdefault(row.id, _Held(key, row.status == "draft"))
        held.add(row.about, (row.kinds or "").split(",") if row.kinds else ())
    return [(key, names[key], list(held.values())) for key, held in found.items()]
