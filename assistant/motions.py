"""Who moved, and who voted how: answered from the motions that were read from the minutes at ingest.

Nothing here is guessed or counted by a model, and the words that record the motion are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.query import Query
from assistant.quote import Quotation
from assistant.recorded import MOST, Recorded, asks, listed, named
from assistant.retrieve import Retriever
from assistant.words import content_words, data, stem
from corpus.models import Span, Vote
from corpus.recorded import Motion, motions
from corpus.records import Record
from corpus.sentences import sentences

LOOKED_AT = 15  # passages nearest to what a motion is about
SHARED = 0.5  # of the words of a question's subject that a motion, its item or its passage must hold
LONGEST = 70  # words of a vote that are quoted whole


def moved_or_voted(query: Query, retriever: Retriever) -> Recorded | None:
    """What the motions on record say, if a question asks who moved or voted, and they do."""
    asked, record = query.asked or query.question, retriever.record
    if not asks("voted", asked) and not asks("moved", asked):
        return None
    about, votes = _subject(query), asks("voted", asked)
    near = _about(about, query, retriever) if about else motions(record, query.filters) if query.people else []
    told, quotations = [], []
    for motion in near:
        line = _voted(motion.vote, query.people) if votes else _moved(motion.vote, () if about else query.people)
        quoted = _quoted(motion, query.people, votes, record) if line else []
        if line and quoted:
            told.append(_dated(motion, line))
            quotations += quoted
        if len(told) == MOST:
            break
    return Recorded(tuple(told), tuple(quotations)) if told else None


def _about(about: set[str], query: Query, retriever: Retriever) -> list[Motion]:
    """The motions of the item that a question is most about: amendments where it says so, else those that are none."""
    record = retriever.record
    found = [f.passage for f in retriever.retrieve(query, LOOKED_AT)[1]]
    texts = {p.id: _stems(f"{p.item or ''} {p.lead_in or ''} {p.text}") for p in found}
    shares: dict[Motion, tuple[int, int]] = {}
    votes = asks("voted", query.asked or query.question)
    for motion in motions(record, query.filters, texts):
        if not (_voted(motion.vote, ()) if votes else motion.vote.mover):
            continue
        own = _stems(_words(motion, record))
        held = own.union(_stems(motion.title or ""), *(texts.get(i, ()) for i in motion.passages))
        if len(about & held) >= max(1, SHARED * len(about)):
            shares[motion] = (len(about & own), len(about & held))
    if not shares:
        return []
    best = max(shares, key=lambda motion: shares[motion])
    same = [m for m in shares if (m.date, m.title) == (best.date, best.title)]
    amending = [m for m in same if asks("amendment", _words(m, record))]
    wanted = amending if asks("amendment", query.question) else [m for m in same if m not in amending]
    wanted = wanted or same
    most = max(shares[m][0] for m in wanted)
    return [m for m in wanted if shares[m][0] == most]


def _words(motion: Motion, record: Record) -> str:
    """The words that record a motion."""
    vote = motion.vote
    return " ".join(
        p.text[max(vote.start - p.start, 0) : max(vote.end - p.start, 0)] for p in record.passages(motion.passages)
    )


def _subject(query: Query) -> set[str]:
    """The stems of what the motion is about: without who asks, who is asked after, and how."""
    asked = re.sub("|".join(data("recorded")["aside"]), " ", query.text, flags=re.I)
    people = _stems(" ".join(query.people))
    # "Option B" is told from "Option A" by one letter.
    return ({stem(word) for word in content_words(asked)} | _letters(asked)) - people


def _moved(vote: Vote, people: Sequence[str]) -> str | None:
    if not vote.mover or (people and not named(people, [vote.mover, vote.seconder or ""])):
        return None
    seconded = f", seconded by {vote.seconder}" if vote.seconder else ""
    return f"moved by {vote.mover}{seconded}" + (f"; {vote.outcome}" if vote.outcome else "")


def _voted(vote: Vote, people: Sequence[str]) -> str | None:
    sides = {name: getattr(vote, field) for field, name in data("recorded")["side"].items()}
    if people:
        lines = [f"{name} {_how(side)}" for side, names in sides.items() for name in named(people, names)]
        return "; ".join(lines) or None
    counts = dict(zip(sides, (vote.count_for, vote.count_against, vote.count_abstained), strict=True))
    parts = []
    for side, names in sides.items():
        count = counts[side]
        if names or count is not None:
            # A list that is shorter than its count was not read whole: the count is the minutes' own.
            parts.append(
                f"{side} {count if count is not None else len(names)}" + (f" ({listed(names)})" if names else "")
            )
    return ", ".join(parts) + (f"; {vote.outcome}" if parts and vote.outcome else "") if parts else None


def _how(side: str) -> str:
    return side if side == "abstained" else f"voted {side}"


def _dated(motion: Motion, line: str) -> str:
    day = f"{motion.date.day} {motion.date:%B %Y}" if motion.date else "undated"
    about = f", {motion.title.strip(' .')}" if motion.title else ""
    return f"Recorded ({day}{about}): {line}."


def _quoted(motion: Motion, people: Sequence[str], votes: bool, record: Record) -> list[Quotation]:
    """The words that record the motion: whole, or the sentences that name whom the question asks after."""
    vote = motion.vote
    names = [*people] if people else [vote.mover or "", vote.seconder or ""] if not votes else []
    found = []
    for passage in record.passages(motion.passages):
        span = Span(max(vote.start - passage.start, 0), min(vote.end - passage.start, len(passage.text)))
        if len(passage.text[span.start : span.end].split()) > LONGEST or (names and not votes):
            inside = [s for s in sentences(passage.text) if s.end > span.start and s.start < span.end]
            said = [s for s in inside if any(n.split()[-1] in passage.text[s.start : s.end] for n in names if n)]
            if said or not votes:
                found += [Quotation(passage, s, 1.0) for s in said[:1]]
                continue
        found.append(Quotation(passage, span, 1.0))
    return found[:2]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)} | _letters(text)


def _letters(text: str) -> set[str]:
    return {letter.lower() for letter in re.findall(r"(?<=[a-z] )\b[A-Z]\b(?!\.)", text)}
