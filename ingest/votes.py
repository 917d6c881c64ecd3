"""The motions and votes recorded in an item: who moved, who seconded, who voted how, and what came of it.

Each is the slice of the text that records it. Names are slices of that; what is not printed is None. An amendment
that fell is a vote of its own, with the outcome "lost".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from corpus.models import Vote
from ingest.rolls import (
    NAME,
    TITLE,
    WORDS,
    counted,
    counts,
    outcome,
    roll,
    roll_lines,
    rolled,
    sentence_end,
    sentence_start,
    vote_words,
)

MOST = 200  # votes in an item
NEAR = 600  # characters between a mover and the seconder
FAR = 1_500  # characters behind a motion in which the roll of who voted may begin
AFTER = 260  # characters behind a motion in which what came of it may stand

_TITLED = re.compile(rf"(?:(?:{TITLE}\s+)+(?!{TITLE}(?:\W|$)){WORDS})\s+(?:then |formally |also )?$")
_CAPITAL = re.compile(r"[A-ZÀ-Þ(]")
# What a motion is told by: its mover or its seconder stands before or behind one of these.
_KEY = re.compile(
    r"(?P<moved>proposed|moved|proposer|mover)\b|(?P<thing>proposal|proposition|motion|amendment)\b|seconde[dr]\b"
)
_BY = re.compile(rf"\W{{0,3}}\s*(?:by|of|from|By|BY|OF)\s*[:–-]?\s*(?P<name>{NAME})")
_LABEL = re.compile(rf"\s?[:.–-]\W{{0,3}}(?P<name>{NAME})")


def votes(text: str, start: int, end: int) -> tuple[Vote, ...]:
    """The votes recorded in `text[start:end]`, an item's words."""
    said = text[start:end]
    low = said.lower()
    moved = "seconde" in low or "proposed by" in low or "moved by" in low or "proposer" in low
    polled = "against" in low or "abst" in low or " in favour" in low or "votes for" in low
    found: list[Vote] = []
    if moved:
        motions = list(_motions(said, low if len(low) == len(said) else said))
        for at, vote in enumerate(motions[:MOST]):
            until = motions[at + 1].start if at + 1 < len(motions) else len(said)
            found.append(_result(said, vote, until))
    if polled:
        found += _unmoved(said, found)
    return tuple(
        replace(vote, start=vote.start + start, end=vote.end + start)
        for vote in sorted(found, key=lambda vote: vote.start)
    )


def _motions(said: str, low: str) -> Iterator[Vote]:
    """The motions, each from its sentence's start to the end of what names its mover and seconder.

    `low` is `said` in small letters, in which the words are looked for: that is much faster.
    """
    mover: tuple[int, int, str, bool] | None = None
    taken = 0
    for key in _keys(low):
        if key.start() < taken:
            continue
        named = _named(said, key)
        if named and mover and named[0] < mover[1]:
            named = None  # "proposed by Cllr Quill, seconded": the name is the mover's, and is not read twice
        if key.group().startswith("second"):
            if mover and named and key.start() - mover[1] <= NEAR:
                start, high = sentence_start(said, mover[0]), max(named[1], key.end())
                yield Vote(max(start, taken), high, mover[2], named[2])
                taken, mover = high, None
            continue
        # "Proposed by Mr Quill" is a motion without a seconder too; "the proposal of Mr Quill" may be none.
        if mover and mover[3] and named:
            yield Vote(max(sentence_start(said, mover[0]), taken), mover[1], mover[2])
            taken = mover[1]
        if named and named[0] >= taken:
            mover = (*named, key["moved"] is not None and named[0] == key.start())
    if mover and mover[3]:
        yield Vote(max(sentence_start(said, mover[0]), taken), mover[1], mover[2])


def _keys(low: str) -> list[re.Match[str]]:
    """Where `_KEY` matches, in order. Looking for how its words begin takes a tenth of the time of the pattern."""
    starts = []
    for word in ("propos", "move", "motion", "amendment", "seconde"):
        at = low.find(word)
        while at >= 0:
            starts.append(at)
            at = low.find(word, at + 1)
    found = (_KEY.match(low, at) for at in sorted(starts))
    return [key for key in found if key]


def _named(said: str, key: re.Match[str]) -> tuple[int, int, str] | None:
    """Who moved or seconded, by a word that says so: where that starts and ends, and the name."""
    behind = _BY.match(said, key.end()) or (None if key["thing"] else _LABEL.match(said, key.end()))
    if behind:
        return key.start(), behind.end(), behind["name"].rstrip(" .;,")
    if key["thing"]:
        return None
    window = said[max(0, key.start() - 80) : key.start()]
    before = _TITLED.search(window) if _CAPITAL.search(window[-20:]) else None
    if before is None:
        return None
    name = re.sub(r"\s+(?:then|formally|also)\s*$", "", before.group()).strip()
    return max(0, key.start() - 80) + before.start(), key.end(), name


def _result(said: str, vote: Vote, until: int) -> Vote:
    """The motion with its counts, its roll and its outcome, as far as they stand right behind it."""
    names = vote.end
    vote = replace(vote, end=min(sentence_end(said, names), until))
    # What follows another motion, though none could be made out there, is not of this one.
    amends = "amendment" in said[vote.start : vote.end].lower()
    another = (_ANOTHER if amends else _ANOTHER_OR_AMENDMENT).search(said, vote.end, min(until, vote.end + FAR))
    until = another.start() if another else until
    roll = _next_roll(said, vote.end, until)
    vote, _ = counted(said, vote, min(until, roll, vote.end + AFTER))
    came = _came_of_it(said, names, min(until, roll, vote.end + AFTER))
    if came is None and roll < until:
        vote = rolled(said, vote, until)
        came = _came_of_it(said, vote.end, min(until, vote.end + AFTER))
    if came:
        vote = replace(vote, outcome=came[0], end=max(vote.end, min(came[1], until)))
    while vote.end > names and said[vote.end - 1].isspace():
        vote = replace(vote, end=vote.end - 1)
    return vote


# A vote on "the motion as amended" is not one on the amendment that stands in front of it.
_ANOTHER = re.compile(
    r"[Ss]econded\b|SECONDED\b|(?:proposed|moved) an? (?:further )?[Aa]mendment\b"
    r"|(?:[Mm]otion|[Rr]ecommendations?|[Pp]roposal) as amended\b"
    r"|(?<!to the )(?:[Ss]ubstantive|[Oo]riginal) [Mm]otion\b"
)
# "An amendment was put forward" is another motion; "the amendment fell" may be what became of this one.
_ANOTHER_OR_AMENDMENT = re.compile(rf"{_ANOTHER.pattern}|\b(?:[Aa]n|[Aa]nother|[Ff]urther) [Aa]mendment\b")


def _next_roll(said: str, at: int, until: int) -> int:
    """Where the next list of who voted starts, if it stands near; else `until`."""
    for line in roll_lines(said, at, min(until, at + FAR)):
        if roll().match(said[line.start : line.end].strip()):
            return line.start
    return until


def _came_of_it(said: str, at: int, until: int) -> tuple[Literal["carried", "lost"], int] | None:
    """What became of a motion, if the words behind its names, or the next sentences, say so."""
    own = min(sentence_end(said, at), until)
    while at < until:
        end = min(sentence_end(said, at), until)
        became = _said_of_it(said[at:end], own=end <= own)
        if became:
            return became, end
        at = end + 1 if end > at else at + 1
    return None


_AGREED = re.compile(r"\bit was (?:unanimously |then |also )?(?:agreed|resolved|decided|approved)\b", re.IGNORECASE)
_OF_A_MOTION = re.compile(r"\b(?:motion|amendment|proposal|recommendation|vot|declared)", re.IGNORECASE)


def _said_of_it(sentence: str, own: bool) -> Literal["carried", "lost"] | None:
    """What a sentence says became of a motion. `own` is the motion's own; of those behind it, more is asked."""
    if own and _AGREED.search(sentence):
        return "carried"
    quoted = re.match(r"\W*[“‘]|\W*That\b", sentence)
    for found in outcome().finditer(sentence):
        strong = found.group().lower() in vote_words()["strong"]
        ends = re.match(r"\W*$|\s*[.;,:!)\]–-]|\s+(?:unanimously|by all|that\b)", sentence[found.end() :])
        of_it = (own or (len(sentence.split()) <= 8 and not quoted)) and (strong or ends)
        if of_it or (strong and not quoted and _OF_A_MOTION.search(sentence)):
            return "lost" if found["lost"] else "carried"
    return None


_POLL = re.compile(r"gainst|bst[ae]|avour|[Vv]ote|^\W*F(?:or|OR)(?:\W|$)|AGAINST")


def _unmoved(said: str, known: list[Vote]) -> list[Vote]:
    """Votes whose motion nobody is named for: a roll or a count by itself."""
    found: list[Vote] = []
    at = 0
    for line in roll_lines(said, 0, len(said)):
        words = said[line.start : line.end]
        if not _POLL.search(words):
            continue
        start = line.start + len(words) - len(words.lstrip())
        if start and said[start - 1] == " ":  # what was voted on stands in front of the list, in the same line
            start = sentence_start(said, start - 2)
        if start < at or any(vote.start <= start < vote.end for vote in (*known, *found)):
            continue
        vote = Vote(start, start)
        until = min([v.start for v in known if v.start > start], default=len(said))
        if roll().match(words.strip()):
            vote = replace(rolled(said, Vote(line.start, line.start), until), start=start)
            if not (vote.votes_for or vote.votes_against):
                continue
        else:
            sides = [m for m in counts().finditer(words) if not any(m[f"abstained{n}"] for n in (1, 2, 3))]
            inside = [m for m in sides if not any(v.start <= line.start + m.start() < v.end for v in known)]
            if not inside or not re.search(r"\bvot(?:e|ing)|abst|carried|against", words, re.IGNORECASE):
                continue
            start = sentence_start(said, line.start + inside[0].start())
            vote, _ = counted(said, Vote(start, line.start + inside[0].end()), min(until, line.end))
            if vote.count_for is None and vote.count_against is None:
                continue
        came = _came_of_it(said, vote.end if vote.votes_for else vote.start, min(until, vote.end + AFTER))
        if came:
            vote = replace(vote, outcome=came[0], end=max(vote.end, came[1]))
        found.append(vote)
        at = vote.end
    return found
