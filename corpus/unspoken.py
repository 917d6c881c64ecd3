"""Sentences in which nobody speaks in front of a verb: notices, letters received, passives, acts that a clerk notes."""

from __future__ import annotations

import re
from functools import cache

from corpus.force import takes_on
from corpus.models import Force, Statement
from corpus.verdicts import Told
from corpus.voices import NOBODY, any_of, expressions, voice_at

# A scanned I is not always one.
_NOTICE = re.compile(
    r"[“\"*]*(?:(?:[I1l|]|We)? ?\bwill (?:again\s+)?(?P<will>move|ask|propose)\b"
    r"|(?:[I1l|]|We) (?P<now>move|ask|propose)\b)"
)
_MOVES = re.compile(r"(?:^|[^“\"‘'\w]\s|\*)(?:I|We) will (?:again\s+)?move\b")  # behind its heading
_FIRST = re.compile(r"[“\"‘']?(?:I|My)\b|.{0,120}\s(?:I|my)\b")
_ADVISES = re.compile(r"[“\"‘']?I (?P<verb>recommend|suggest|think|believe|hope|feel)\b")
_WE_WILL = re.compile(
    r"\b(?:I|[Ww]e)\s+"
    r"(?P<verb>will(?:\s+(?!be\b)\w+ly|\s+of course|\s+then|\s+also)?\s+(?!(?:not|have|need|never|see)\b)\w+)"
)
_ASKING = re.compile(r"(?:What|How|When|Who|Why|Which|Where|Does|Do|Did|Has|Have|Is|Are|Will|Can|Could|Would)\s")
_SUBMITTED = re.compile(r"\b(?P<what>Question|Motion)s?\b.{0,160}?\bsubmitted\s+by\s+(?:the\s+)?", re.I | re.S)
_BY = re.compile(r"[^,;.]{0,30}?\bby\s+(?:the\s+)?")
_GIVEN = re.compile(r"\b(?P<verb>commitment|assurance|undertaking)\s+(?:was|were)\s+(?:also\s+)?given\b", re.I)
_HEADING = re.compile(r"(?:\S+\s+){0,11}[^\s.!?:;,”\"’']+\W?(?<![.!?:;,”\"’'])$")
_LETTER = re.compile(
    r"\b(?:received|contacted|letter|e-?mail|report)\s+(?:was\s+)?(?:received\s+)?(?P<from>(?:by|from)\s+(?:the\s+)?).{3,80}?\b"
    r"(?P<verb>asking|requesting|applying|enquiring|inquiring|stating|advising|thanking|informing|saying|confirming)\b",
    re.I,
)
# "To progress the design a survey was made" is no act.
_FINITE = re.compile(r"\b(?:is|are|was|were|has been|have been|had been)\b")
_TO_BE = re.compile(
    r"(?!To\b|He\b|She\b|They\b|It\b|\d|[^.]*\b(?:is|are|was|were|has|have|had|will|would|due|need\w*|able|continues?|ought|must|do|does|did|not)\b)[^,;]{3,90}?"
    r"\b(?P<verb>to be (?:\w+ed|made|put|sent|held|cut|done|set|drawn|kept|sought|given))\b[^)]*\.$"
)


def notice(words: str) -> str | None:
    """The verb of "I will ask at the next meeting": a question or motion as submitted."""
    match = _NOTICE.match(words)
    if match:
        return match["will"] or match["now"]
    return "move" if _MOVES.search(words) else None


def first_person(plain: str) -> tuple[Force, str | None] | None:
    """The force of somebody's own words, taken down as they were said: "I will issue invitations"."""
    taken, advises = _WE_WILL.search(plain), _ADVISES.match(plain)
    if taken:
        return "committed", taken["verb"]
    if advises:
        return "wished", advises["verb"]
    return ("stated", None) if _FIRST.match(plain) else None


def asks(plain: str) -> bool:
    """Whether it is built like a question, with no mark of one: "What levels are permissible."."""
    return _ASKING.match(plain) is not None


def submitted(words: str) -> Statement | None:
    """Whose question or motion follows, where a heading says so."""
    match = _SUBMITTED.search(words)
    voice = match and voice_at(words + " ", match.end())
    if not match or not voice:
        return None
    force: Force = "asked" if match["what"].lower() == "question" else "proposed"
    return Statement(0, 0, voice.words, voice.sort, voice.role, force=force, verb="submitted")


@cache
def _passive() -> re.Pattern[str]:
    facts = expressions()["passives"]
    told = any_of([verb for verbs in facts["verbs"].values() for verb in verbs])
    put = any_of([noun for nouns in facts["put"].values() for noun in nouns])
    return re.compile(
        rf"(?P<what>\b(?:{put})s?\b[^.]*?)?\b(?:was|were|is|are|has been|have been|had been)\s+"
        rf"(?:also\s+|then\s+|again\s+|\w+ly\s+)?(?P<verb>{told}|made|put|raised|received|felt|expressed|sought)\b"
        r"|(?P<short>\brequested)(?=\s+by\s)",
        re.I,
    )


def passive(plain: str) -> Told | None:
    """What is told in the passive: "Concern was raised by Councillor Imber that"."""
    given = _GIVEN.search(plain)
    found = given or _passive().search(plain)
    if not found or re.search(r"\bfollowing\b", plain[: found.start("verb") if found["verb"] else found.end()], re.I):
        return None
    by = _BY.match(plain, found.end())
    voice = (by and voice_at(plain, by.end())) or NOBODY
    if given:
        return voice, "committed", f"{given['verb']} given"
    verb = (found["verb"] or found["short"]).lower()
    facts = expressions()["passives"]
    for force, nouns in facts["put"].items():
        if found["what"] and re.match(rf"(?:{any_of(nouns)})", found["what"], re.I):
            return voice, force, verb
    for force, verbs in facts["verbs"].items():
        if verb in verbs:
            return voice, force, verb
    return (voice, "asked", verb) if found["short"] else None


def letter(plain: str) -> Told | None:
    """What somebody writes: "a letter was received from the Trust asking"."""
    found = _LETTER.search(plain)
    voice = found and voice_at(plain, found.end("from"))
    if not found or not voice:
        return None
    asks = found["verb"].lower() in ("asking", "requesting", "applying", "enquiring", "inquiring")
    return voice, "asked" if asks else "stated", found["verb"].lower()


@cache
def _action() -> re.Pattern[str]:
    acts = any_of(expressions()["acts"]["verbs"])
    return re.compile(rf"(?:To\s+(?:{acts}|request)|Write|Contact|Obtain|Send|Invite)\s+[A-Za-z][^,]*$")


def action(plain: str) -> Told | None:
    """An act noted for nobody by name: "To write again to Highways", "Signs to be replaced."; or a wish like that."""
    if tells_nothing(plain, heading=False):
        return None
    found = _action().match(plain)
    if found and not _FINITE.search(plain):
        return NOBODY, "committed", " ".join(plain.split()[:2]).lower()
    to_be = _TO_BE.match(plain)
    if to_be:
        return NOBODY, "committed", to_be["verb"]
    wish = re.search(r"\b(?:may be possible|might be possible|might like)\b", plain)
    return (NOBODY, "wished", wish.group()) if wish else None


def takes_on_alone(plain: str) -> str | None:
    """What is taken on without a verb of saying: "would be", "will", or "were to be replaced"."""
    taken = takes_on(plain)
    if taken and not re.match(r"would\b", taken, re.I):
        return taken if re.match(r"(?:will|is to|are to)\b|(?:was|were) to be\b", taken, re.I) else None
    return taken and taken.lower()


@cache
def _silent() -> re.Pattern[str]:
    return re.compile("|".join(expressions()["silent"]["patterns"]), re.I)


def tells_nothing(plain: str, heading: bool = True) -> bool:
    """Whether the minutes only tell what went on, or stand as a heading."""
    return _silent().search(plain) is not None or (heading and _HEADING.fullmatch(plain) is not None)
