"""Who voted how, and how many: counts ("5 votes for, 1 against") and rolls ("For (5): Councillors A, B and C")."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from corpus.models import Span, Vote
from ingest.labels import any_of

SIDES = ("for", "against", "abstained")

TITLE = (
    r"(?:Councillors?|Cllrs?\.?|Cmhlr\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Prof\.?|Sir|Dame|Lady|Lord|Rev\.?|Alderman|Deputy"
    r"|Mayor)"
)
_WORD = r"(?:(?:[A-Z]\.)+|[A-ZÀ-Þ][\w’'‘‟`-]*)"
_NOT_A_NAME = (
    r"(?!(?:Resolved|And|That|Seconded|Proposed|Carried|Agreed|All|To|The|Unanimously|This|It|For|Votes?|On|In|After|No)\b"
    r"|[A-Z]{4})"
)
_OF = r"(?:(?:van|von|der|den|de|du|di|da|la|le|of) )*"
WORDS = rf"{_OF}{_NOT_A_NAME}{_WORD}(?:[ \t]{_OF}{_NOT_A_NAME}{_WORD}){{0,3}}(?:\s?\([A-Z]\))?"
NAME = rf"(?:(?:{TITLE}\s+)*(?!{TITLE}(?:\W|$)){WORDS})"


@cache
def vote_words() -> dict[str, Any]:
    """votes.toml as it is."""
    return tomllib.loads(files("ingest").joinpath("votes.toml").read_text("utf-8"))


@cache
def counts() -> re.Pattern[str]:
    """Counts: "12 votes for", "against: 3", "For - 5", "1 abstention", "five in favour"."""
    number = rf"(?<![\d,.£€])(?:\d{{1,3}}|{any_of(vote_words()['numbers'])})"
    voters = r"\s+(?:votes?|members?|councillors?)(?:\s+(?:voted|voting|were))?"
    sides = [any_of(vote_words()[side]) for side in ("for", "against", "abstained")]
    first, second, third = ("|".join(f"(?P<{s}{n}>{w})" for s, w in zip(SIDES, sides, strict=True)) for n in (1, 2, 3))
    alone = r"(?=\W*(?:$|[,.;:)–-]|and\b|against|abst|\d{1,3}\s+(?:votes?\s+)?(?:against|abst)|as\b))"
    return re.compile(
        rf"\b(?P<before>{number}){voters}\s*[-–:,(]?\s*(?:{first})\b"
        rf"|\b(?P<bare>{number})\s*(?:{second})\b{alone}"
        rf"|\b(?:{third})\s?(?:[:–-]\s?|\()(?P<behind>\d{{1,3}})\b(?!\s*[A-Za-z%])",
        re.IGNORECASE,
    )


@cache
def roll() -> re.Pattern[str]:
    """A line that lists who voted: "For (5): Councillors A and B"; or its label, the names below it."""
    sides = "|".join(rf"(?P<{side}>{any_of(vote_words()[side])})" for side in SIDES)
    return re.compile(
        rf"^\W{{0,3}}(?:{sides})\s*(?:[(\[–-]\s*(?P<count>\d{{1,3}})\s*[)\]]?)?\s*(?:[:–-]|$)\s*(?P<names>.*)$",
        re.IGNORECASE,
    )


@cache
def outcome() -> re.Pattern[str]:
    """A word that says what became of a motion, not one that goes on: "carried out", "agreed to look"."""
    words = vote_words()
    behind = any_of(words["not_behind"])
    return re.compile(
        rf"\b(?:(?P<lost>{any_of(words['lost'])})|(?P<carried>{any_of(words['carried'])}))\b(?!\s+(?:{behind})\b)",
        re.IGNORECASE,
    )


def is_lost(line: str) -> bool:
    """True for a line that says that a motion fell."""
    found = outcome().search(line)
    return found is not None and found["lost"] is not None


def outvoted(lines: list[str]) -> bool:
    """True for a roll in which no more voted for a motion than against it, as far as it lists or counts them."""
    sides = {"for": 0, "against": 0}
    for line in lines:
        found = roll().match(line)
        side = next((name for name in sides if found and found[name]), None)
        if found and side:
            names = [name for name in re.split(r",|;|\band\b", found["names"]) if name.strip(" .")]
            sides[side] = int(found["count"]) if found["count"] else len(names)
    return sides["against"] > 0 and sides["for"] <= sides["against"]


_START = re.compile(r"(?<=[a-z)\d”\"][.!?])\s+(?=[A-Z“\"])|\n+")


def sentence_start(said: str, at: int) -> int:
    """Where the sentence or line around `at` starts."""
    for reach in (250, 700):
        low = max(0, at - reach)
        starts = [found.end() for found in _START.finditer(said, low, at)]
        if starts or low == 0:
            break
    start = starts[-1] if starts else low
    while start < at and not (said[start].isalnum() or said[start] in "“‘\"'("):
        start += 1
    return start


# A full stop behind a title or an initial ends no sentence.
_END = re.compile(
    r"[.!?\n](?<![A-Z]\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bCllr\.)(?<!\bCmhlr\.)(?=\s|$|(?<=\n))"
)


def sentence_end(said: str, at: int) -> int:
    """Where the sentence or line around `at` ends."""
    found = _END.search(said, at)
    end = found.end() if found else len(said)
    while end > at and said[end - 1].isspace():
        end -= 1
    return end


_COUNTED = re.compile(r"gainst|bst[ae]|avour|[Vv]otes? |GAINST|[Ff]or\W{1,3}\d|\d for|VOTE")


def counted(said: str, vote: Vote, until: int) -> tuple[Vote, int]:
    """The vote with the counts that stand in `said` before `until`; and where the last of them ends."""
    at = vote.end
    if not _COUNTED.search(said, vote.start, until):
        return vote, at
    for found in counts().finditer(said, vote.start, until):
        number = _number(found["before"] or found["bare"] or found["behind"])
        if number is None:
            continue
        for side in SIDES:
            if any(found[f"{side}{n}"] for n in (1, 2, 3)) and getattr(vote, f"count_{side}") is None:
                vote = _with(vote, side, count=number)
                at = max(at, found.end())
    if at > vote.end:
        vote = replace(vote, end=max(vote.end, min(sentence_end(said, at), until)))
    return vote, at


def _number(said: str) -> int | None:
    numbers = vote_words()["numbers"]
    return int(said) if said.isdigit() else numbers.index(said.lower()) if said.lower() in numbers else None


def _with(vote: Vote, side: str, count: int | None = None, names: tuple[str, ...] = ()) -> Vote:
    if side == "for":
        return replace(
            vote, count_for=count if count is not None else vote.count_for, votes_for=names or vote.votes_for
        )
    if side == "against":
        return replace(
            vote,
            count_against=count if count is not None else vote.count_against,
            votes_against=names or vote.votes_against,
        )
    return replace(
        vote, count_abstained=count if count is not None else vote.count_abstained, abstained=names or vote.abstained
    )


# The next list's label may stand behind the last one's count: "… Quill, Imber. (15) Against".
_LINE = re.compile(
    r"[^\n\f]+?(?=(?<=[.)])\s+(?:For|Against|Abstained|Abstaining|Abstentions)\W*$|[\n\f]|\Z)", re.MULTILINE
)


@cache
def _inside() -> re.Pattern[str]:
    """A list's label inside a line: ". Against (2): Cllr", "there voted FOR the amendment: Cllrs"."""
    sides = any_of([words for side in SIDES for words in vote_words()[side]])
    return re.compile(
        rf"(?:(?<=[.;)]\s)|(?<=voted\s)|(?<=voting\s))(?:{sides})\s*(?:\(\d{{1,3}}\)\s*)?:(?=\s+[A-ZÀ-Þ])",
        re.IGNORECASE,
    )


def roll_lines(said: str, at: int, until: int) -> Iterator[Span]:
    """Lines, and within them each list of who voted by itself."""
    for line in _LINE.finditer(said, at, until):
        starts = [label.start() for label in _inside().finditer(said, line.start(), line.end())]
        yield Span(line.start(), starts[0] if starts else line.end())
        for start, following in pairwise([*starts, line.end()]):
            end = min(sentence_end(said, start), following)
            yield Span(start, end)
            yield Span(end, following)


def rolled(said: str, vote: Vote, until: int) -> Vote:
    """The vote with the lists of who voted how that follow it, a line or a few lines each."""
    at, side, names, count = vote.end, "", "", None
    for line in roll_lines(said, vote.end, until):
        bare = said[line.start : line.end].strip()
        head = roll().match(bare)
        if head:
            vote = _listed(vote, side, names, count)
            side = next(one for one in SIDES if head[one])
            names, count = head["names"].rstrip("; "), int(head["count"]) if head["count"] else None
            at = line.end
        elif side and _goes_on(names, bare):
            names += " " + bare
            at = line.end
        elif side and bare:
            break
    vote = _listed(vote, side, names, count)
    return replace(vote, end=max(vote.end, at)) if vote.votes_for or vote.votes_against or vote.abstained else vote


def roll_length(lines: list[str]) -> int:
    """How many of these lines record who voted how, from the first on; 0 if they do not."""
    count, names, sides = 0, "", set()
    for at, line in enumerate(lines[:60]):
        head = roll().match(line)
        if head:
            sides.add(next(one for one in SIDES if head[one]))
            names, count = head["names"], at + 1
        elif count and _goes_on(names, line):
            names, count = f"{names} {line}", at + 1
        else:
            break
    if len(sides) < 2:
        return 0
    after = lines[count] if count < len(lines) else ""
    return count + (len(after.split()) <= 15 and outcome().search(after) is not None)


def _goes_on(names: str, line: str) -> bool:
    """True if a line goes on with the names above it."""
    if not names.strip() or names.rstrip().endswith((",", "and", "-")) or re.match(r"^\W*\(\d{1,3}\)\W*$", line):
        return len(line) < 400 and re.match(rf"^\W*(?:{NAME}|\(\d)", line) is not None
    return bool(re.fullmatch(rf"(?:{_WORD}|\([A-Z]\)|[,.&\s]|and|\(\d+\))+", line))


def _listed(vote: Vote, side: str, names: str, count: int | None) -> Vote:
    if not side:
        return vote
    total = re.search(r"\((\d{1,3})\)\W*$", names)
    pieces = re.split(r",|;|\s+and\s+|\s+&\s+", re.sub(r"[\s,;.]*\(\d{1,3}\)\W*$", "", names))
    listed = [re.fullmatch(NAME, piece.strip(" .*")) for piece in pieces if piece.strip(" .*")]
    # A list that is not read whole is not told: whoever is missing would seem not to have voted so.
    names_read = [name.group() for name in listed if name] if all(listed) else []
    found = [re.sub(r"^(?:Councillors|Cllrs\.?|Messrs\.?)\s+", "", name) for name in names_read]
    number = count if count is not None else int(total.group(1)) if total else None
    if number is not None and number < len(found):
        number = None  # misread: more are named than are counted
    return _with(vote, side, number, tuple(found))
