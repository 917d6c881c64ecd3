"""Who moved, and who voted how: answered from the motions that were read from the minutes at ingest.

Nothing here is guessed or counted by a model, and the words that record the motion are quoted.
"""

from __future__ import annotations

from assistant.query import Query
from assistant.quote import Quotation
from assistant.recorded import MOST, Recorded, asks, heading, letters, listed, named, subject
from assistant.retrieve import Retriever
from assistant.words import data, stems
from corpus.models import Span, Vote
from corpus.recorded import Motion, motions
from corpus.records import Record
from corpus.sentences import sentences

LOOKED_AT = 15  # passages nearest to what a motion is about
LONGEST = 60  # words of a vote that are quoted whole


def moved_or_voted(query: Query, retriever: Retriever) -> list[Recorded]:
    """What the motions on record say, if a question asks who moved or voted, and they do."""
    asked, record = query.asked or query.question, retriever.record
    votes = asks("voted", asked)
    if query.councils or len(query.people) > 1 or not (votes or asks("moved", asked)):
        return []
    surname = next(iter(query.people), None)
    about = subject(query)
    near = _about(about, votes, query, retriever) if about else motions(record, query.filters) if surname else []
    found = []
    for motion in near:
        seconded = motion.vote.seconder is not None or "seconde" not in asked.lower()
        line = _voted(motion.vote, surname) if votes else _moved(motion.vote, surname) if seconded else None
        quoted = _quoted(motion, surname, votes, record) if line else []
        if line and quoted:
            where = heading(motion.council, motion.committee, motion.date, motion.title)
            found.append(Recorded(f"{where}: {line}.", tuple(quoted)))
        if len(found) == MOST:
            break
    return found


def _about(about: set[str], votes: bool, query: Query, retriever: Retriever) -> list[Motion]:
    """The motions of the item that a question is about: amendments where it says so, else those that are none.

    Every word of the subject must be there, or all but one of three and more; one in the motion's own words or title.
    """
    record = retriever.record
    texts = {f.passage.id: _stems(f.passage.text) for f in retriever.retrieve(query, LOOKED_AT)[1]}
    said: dict[Motion, str] = {}
    shares: dict[Motion, tuple[int, int]] = {}
    for motion in motions(record, query.filters, texts):
        if not (_voted(motion.vote, None) if votes else motion.vote.mover):
            continue
        said[motion] = _words(motion, record)
        own, title = _stems(said[motion]), _stems(motion.title or "")
        held = own.union(title, *(texts.get(i, ()) for i in motion.passages))
        if len(about - held) <= (len(about) > 2) and about & (own | title):
            shares[motion] = (len(about & held), len(about & own))
    if not shares:
        return []
    item = max(shares, key=lambda motion: shares[motion]).item_id
    amending = asks("amendment", query.question)
    wanted = [m for m in shares if m.item_id == item and asks("amendment", said[m]) == amending]
    most = max((shares[m] for m in wanted), default=None)
    return [m for m in wanted if shares[m] == most]


def _words(motion: Motion, record: Record) -> str:
    """The words that record a motion."""
    vote = motion.vote
    return " ".join(
        p.text[max(vote.start - p.start, 0) : max(vote.end - p.start, 0)] for p in record.passages(motion.passages)
    )


def _moved(vote: Vote, surname: str | None) -> str | None:
    if not vote.mover or (surname and not named(surname, filter(None, (vote.mover, vote.seconder)))):
        return None
    seconded = f", seconded by {vote.seconder}" if vote.seconder else ""
    return f"moved by {vote.mover}{seconded}" + (f"; {vote.outcome}" if vote.outcome else "")


def _voted(vote: Vote, surname: str | None) -> str | None:
    """How everybody voted, or one of that surname. A number is told only where the minutes print it."""
    sides = {told: getattr(vote, field) for field, told in data("recorded")["side"].items()}
    if surname:
        return "; ".join(f"{name} {told}" for told, names in sides.items() for name in named(surname, names)) or None
    counts = dict(zip(sides, (vote.count_for, vote.count_against, vote.count_abstained), strict=True))
    parts = []
    for told, names in sides.items():
        count = counts[told]
        whole = bool(names) and (count is None or count == len(names))
        if whole or count is not None:
            parts.append(told + (f" {count}" if count is not None else "") + (f" ({listed(names)})" if whole else ""))
    return ", ".join(parts) + (f"; {vote.outcome}" if vote.outcome else "") if parts else None


def _quoted(motion: Motion, surname: str | None, votes: bool, record: Record) -> list[Quotation]:
    """The words that record the motion: whole where they are few, else the sentences that name whom it is about."""
    vote = motion.vote
    names = [surname] if surname else [n.split()[-1] for n in (vote.mover, vote.seconder) if n and not votes]
    found = []
    for passage in record.passages(motion.passages):
        span = Span(max(vote.start - passage.start, 0), min(vote.end - passage.start, len(passage.text)))
        inside = [s for s in sentences(passage.text) if s.end > span.start and s.start < span.end]
        said = [s for s in inside if any(name in passage.text[s.start : s.end] for name in names)]
        if len(passage.text[span.start : span.end].split()) <= LONGEST and (votes or not names):
            found.append(Quotation(passage, span, 1.0))
        else:
            found += [Quotation(passage, s, 1.0) for s in (said[:1] if names else inside[:2])]
    return found[:2]


def _stems(text: str) -> set[str]:
    return stems(text) | letters(text)
