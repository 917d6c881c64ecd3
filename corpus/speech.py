"""Who said it, and with what force: each sentence of a passage, read by rules over reported speech.

Minutes say who spoke in front of a verb of saying, and what somebody takes on behind "would". What fits no rule is
nobody's, and without force: wrong is worse than unknown. The words stand in expressions.toml.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.clauses import Clause, clauses
from corpus.force import force_of, takes_on, telling, verdict
from corpus.models import Statement
from corpus.sentences import sentences
from corpus.voices import NOBODY, Voice, is_pronoun, voice_at

_MARKS = re.compile(r"[\W_]*(?:(?:\d{1,3}(?:\.\d+)*|[a-z]{1,3})[.)]\s+)?[\W_]*")  # of a list point, or of Markdown
_ANSWERS = re.compile(r"(?:He|She|They)\s+(?:answered|replied|responded|undertook|confirmed|agreed to|advised|explained|informed)\b")
_INQUIRY = re.compile(r"\b(?:a (?:query|question) was (?P<put>made|raised|asked)|(?:clarification|assurance|information)\b[^.]*\bwas (?P<got>sought))\b", re.I)
_GIVEN = re.compile(r"\b(?P<what>commitment|assurance|undertaking)\s+(?:was|were)\s+(?:also\s+)?given\s+by\s+(?:the\s+)?", re.I)
_TURNED = re.compile(
    r",?\s+and\s+(?:(?P<told>was (?:told|informed|advised|assured))|(?P<said>advised|answered|replied|confirmed|explained|said|responded|reported))\s+that\b"
)
_NOTICE = re.compile(r"I will (?P<verb>move|ask|propose)\b", re.I)
_MOVED_WORDS = re.compile(r"[“\"‘']\s*That\b")


def statements(text: str, kind: str = "discussion", lead_in: str | None = None, earlier: Statement | None = None) -> list[Statement]:
    """Each sentence of a passage, as `corpus.sentences` finds them, with who said it and with what force.

    `earlier` is the last with a speaker in the passages before of the same item: "He" may be whoever spoke there.
    """
    found: list[Statement] = []
    before: Statement | None = None
    told = earlier  # who spoke last without asking
    for span in sentences(text):
        if before and re.search(r"\n\s*\n", text[before.end : span.start]):
            before, earlier = None, before  # another paragraph: only a pronoun goes on
        words = text[span.start : span.end]
        marked = _MARKS.match(words)
        plain = words[marked.end() :] if marked else words
        one = replace(_read(words, plain, before, earlier, kind, lead_in), start=span.start, end=span.end)
        if before and before.force == "asked" and one.speaker == before.speaker and _ANSWERS.match(plain):
            # "Councillor Quill asked when. He answered that …": not the one who asked.
            one = _as(one, told if told and told.speaker != before.speaker else None)
        found.append(one)
        told = one if one.speaker and one.force in ("stated", "committed") else told
        if one.speaker or one.force == "decided":
            before = one
        elif before:
            before = replace(before, start=one.start, end=one.end)
    return found


def _as(one: Statement, other: Statement | None) -> Statement:
    if other is None:
        return replace(one, speaker=None, sort="nobody", role=None)
    return replace(one, speaker=other.speaker, sort=other.sort, role=other.role)


def _read(words: str, plain: str, before: Statement | None, earlier: Statement | None, kind: str, lead_in: str | None) -> Statement:
    notice = _NOTICE.match(plain)
    if notice:
        asks = notice["verb"].lower() == "ask"
        return replace(_by(_who(before) or NOBODY), force="asked" if asks else "proposed", verb=notice["verb"])
    if before and before.force == "proposed" and _MOVED_WORDS.match(words):
        return replace(_by(_who(before) or NOBODY), force="proposed", verb=before.verb)
    spoken = clauses(plain)
    ruled = verdict(plain, kind, lead_in, spoken)
    if ruled:
        return replace(_by(ruled[0]), force=ruled[1], verb=ruled[2])
    if not spoken:
        return _carried(plain, before)
    clause = telling(spoken)
    voice = clause.voice
    if is_pronoun(voice):
        voice = _who(before or earlier) or voice
    addressee = _addressee(plain, clause)
    turned = _TURNED.search(plain, clause.end) if clause.force == "asked" else None
    if turned and turned["told"]:  # "Councillor Quill asked when, and was told that …": by nobody who is named
        return Statement(0, 0, addressee=voice.words or None, force="stated", verb=turned["told"])
    if turned and clause.passive:  # "She was asked when, and advised that …"
        return replace(_by(voice), force="stated", verb=turned["said"])
    if clause.passive:
        by = re.compile(r"[^,;.]{0,60}?\bby\s+(?:the\s+)?").match(plain, clause.end)
        addressee = addressee or (voice.words if voice.sort != "nobody" else None)
        voice = (by and voice_at(plain, by.end())) or NOBODY
    elif voice.sort == "nobody" and not is_pronoun(voice):
        voice = NOBODY
    force, verb = force_of(plain, clause, voice)
    return replace(_by(voice if voice.sort != "nobody" else NOBODY), addressee=addressee, force=force, verb=verb)


def _by(voice: Voice) -> Statement:
    return Statement(0, 0, voice.words or None, voice.sort, voice.role)


def _who(before: Statement | None) -> Voice | None:
    return Voice(before.speaker, before.sort, before.role) if before and before.speaker else None


def _addressee(plain: str, clause: Clause) -> str | None:
    """To whom it was said: whose question is answered in front, or who is told behind the verb."""
    front = plain[: clause.start]
    for pattern in (r"(?:from|by|asked by)\s+", r"(?:to|answering|reply to|replying to)\s+(?!a\b|an\b|questions?\b)"):
        for match in re.finditer(pattern, front, re.I):
            voice = voice_at(front + " ", match.end())
            if voice:
                return voice.words
    if clause.verb in ("told", "informed", "assured", "reassured", "reminded", "advised", "asked", "thanked", "briefed"):
        voice = voice_at(plain[clause.end :].lstrip() + " ", 0)
        return voice.words if voice else None
    return None


def _carried(plain: str, before: Statement | None) -> Statement:
    """A sentence without a verb of saying: the speaker before goes on, if anybody spoke."""
    inquiry = _INQUIRY.search(plain)
    if inquiry:
        return Statement(0, 0, force="asked", verb=inquiry["put"] or inquiry["got"])
    given = _GIVEN.search(plain)
    if given:
        return replace(_by(voice_at(plain, given.end()) or NOBODY), force="committed", verb=f"{given['what']} given")
    taken = takes_on(plain)
    written = bool(taken) and not taken.lower().startswith("would")  # "will be": the minutes' own words
    if written or before is None or not before.speaker or before.force in (None, "decided", "proposed"):
        return Statement(0, 0, force="committed", verb=taken) if written else Statement(0, 0)
    return replace(_by(_who(before) or NOBODY), force="committed" if taken else "stated", verb=taken)
