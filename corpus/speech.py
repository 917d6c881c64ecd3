"""Who said it, and with what force: each sentence of an item, read by rules over reported speech.

Minutes say who spoke in front of a verb of saying, and what somebody takes on behind "would". What fits no rule is
nobody's, and without force: wrong is worse than unknown. The words stand in expressions.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.clauses import Clause, clauses
from corpus.force import force_of, telling
from corpus.models import Passage, Statement
from corpus.sentences import sentences
from corpus.unspoken import (
    action,
    asks,
    first_person,
    letter,
    notice,
    passive,
    submitted,
    takes_on_alone,
    tells_nothing,
)
from corpus.verdicts import verdict
from corpus.voices import NOBODY, Voice, is_pronoun, voice_at

_MARKS = re.compile(r"[\W_]*(?:(?:\d{1,3}(?:\.\d+)*|[a-z]{1,3})[.)]\s+)?[\W_]*")  # of a list point, or of Markdown
_POINT = re.compile(r"[•·▪◦●‣⁃∙*o\uf0b7\uf0a7\uf0d8\uf02d-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
_BULLET = re.compile(r"[•·▪◦●‣⁃∙*o\uf0b7\uf0a7\uf0d8\uf02d-]\s")
_ANSWERS = re.compile(
    r"(?:He|She|They)\s+(?:answered|replied|responded|undertook|confirmed|agreed to|advised|explained|informed)\b"
)
_TURNED = re.compile(
    r",?\s+and\s+(?:(?P<told>(?:was|were) (?:told|informed|advised|assured))"
    r"(?:\s+by\s+(?:the\s+)?(?P<by>[^,;.]{2,80}?))?"
    r"|(?P<said>advised|answered|replied|confirmed|explained|said|responded|reported))\s+that\b"
)
_BY = re.compile(r"[^,;.]{0,60}?\bby\s+(?:the\s+)?")
_MOVED_WORDS = re.compile(r"[“\"‘']\s*That\b")
_MOTION = re.compile(
    r"[“\"‘'][\s*]*That\b|Proposed\s+(?:the\s+)?(?:inclusion|amendment|addition|removal|deletion|insertion)\b"
)
_REPLY = re.compile(r"REPLY\b")
_PRESENT = re.compile(r"\b(?:is|are|has|have|will|can|does|do|needs?|remains?)\b")
_PAST = re.compile(r"\b(?:was|were|had|would|could|did|\w+ed)\b")
# Of a "told": whose question is answered in front, and who is told behind the verb.
_ASKED_BY = tuple(
    re.compile(pattern, re.I)
    for pattern in (r"(?:from|by|asked by)\s+", r"(?:to|answering|reply to|replying to)\s+(?!a\b|an\b|questions?\b)")
)
_TELLING_TO = ("told", "informed", "assured", "reassured", "reminded", "advised", "asked", "thanked", "briefed")


def item_statements(text: str, passages: Sequence[Passage], title: str | None = None) -> tuple[Statement, ...]:
    """Every sentence of an item's passages that is said or decided, at offsets of the canonical `text`.

    Who was there is not speech, and what an item is for was said by nobody.
    """
    found: list[Statement] = []
    talk = Talk(title)
    end = 0
    for passage in passages:
        if passage.kind in ("attendance", "purpose"):
            continue
        lead_in = text[passage.lead.start : passage.lead.end] if passage.lead else None
        goes_on = "\n" not in text[end : passage.start]  # a long paragraph, cut in two
        read = talk.statements(text[passage.start : passage.end], passage.kind, lead_in, goes_on)
        found += [replace(s, start=s.start + passage.start, end=s.end + passage.start) for s in read if s.force]
        end = passage.end
    return tuple(found)


class Talk:
    """An item as it is read, sentence by sentence: who spoke last, and who may be meant by "He"."""

    def __init__(self, title: str | None = None) -> None:
        """A title may say who submitted the question or the motion."""
        self._before: Statement | None = None  # in this paragraph
        self._earlier: Statement | None = None  # with a speaker, in the paragraphs before
        self._told: Statement | None = None  # who spoke last without asking
        self._listing: Statement | None = None  # who says the points that follow
        self._submitted = submitted(title or "")
        self._present = False  # whether what is reported is told in the present tense

    def statements(
        self, text: str, kind: str = "discussion", lead_in: str | None = None, goes_on: bool = False
    ) -> list[Statement]:
        """Each sentence of the next passage, as `corpus.sentences` finds them, with who said it and with what force.

        `goes_on` where it is the same paragraph still.
        """
        if not goes_on:
            self._new_paragraph()
        leads = _leading(lead_in)
        found: list[Statement] = []
        for span in sentences(text):
            words = " ".join(text[span.start : span.end].split())
            if found and re.search(r"\n\s*\n", text[found[-1].end : span.start]):
                self._new_paragraph()
            if leads and not self._before:
                self._before = leads
            elif self._listing and _POINT.match(words):
                self._before = self._listing
            elif _BULLET.match(words) and self._before is None and self._reported():
                self._before = self._listing = self._earlier  # a report's figures, point by point, below who gave it
            one = replace(self._read(words, kind, lead_in), start=span.start, end=span.end)
            found.append(one)
            self._remember(one, words)
        return found

    def _reported(self) -> bool:
        """Whether somebody who is named reported in the paragraph before."""
        earlier = self._earlier
        return earlier is not None and earlier.force == "stated" and earlier.sort in ("named", "role")

    def _new_paragraph(self) -> None:
        if self._before and self._before.speaker:
            self._earlier = self._before
        self._before = None

    def _remember(self, one: Statement, words: str) -> None:
        given = submitted(words) if one.force is None else None
        self._submitted = given or self._submitted
        if words.rstrip().endswith(":") and one.speaker:
            self._listing = one
        if one.speaker and one.force in ("stated", "committed"):
            self._told = one
        if _REPLY.match(words):
            self._before = self._earlier = None
        elif one.speaker or one.force:
            self._before = one

    def _read(self, words: str, kind: str, lead_in: str | None) -> Statement:
        marked = _MARKS.match(words)
        plain = words[marked.end() :] if marked else words
        verb = notice(words)
        if verb:
            giver = self._submitted or self._before
            return replace(_as(giver), force="asked" if verb == "ask" else "proposed", verb=verb)
        if self._before and self._before.force == "proposed" and _MOVED_WORDS.match(words):
            return replace(_as(self._before), force="proposed", verb=self._before.verb)
        spoken = clauses(plain)
        ruled = verdict(plain, kind, lead_in, spoken)
        if ruled:
            return replace(_by(ruled[0]), force=ruled[1], verb=ruled[2])
        if _MOTION.match(words) and not spoken:
            return Statement(0, 0, force="proposed")
        return self._said(plain, telling(spoken)) if spoken else self._carried(plain)

    def _said(self, plain: str, clause: Clause) -> Statement:
        """A sentence in which somebody says so."""
        self._present = bool(_PRESENT.search(plain, clause.end))
        voice = self._meant(plain, clause.voice)
        addressee = _addressee(plain, clause)
        turned = _TURNED.search(plain, clause.end) if clause.force == "asked" else None
        if turned and turned["told"]:  # "Councillor Quill asked when, and was told that …"
            by = turned["by"] and voice_at(turned["by"] + " ", 0)
            return replace(_by(by or NOBODY), addressee=voice.words or None, force="stated", verb=turned["told"])
        if turned and clause.passive:  # "She was asked when, and advised that …"
            return replace(_by(voice), force="stated", verb=turned["said"])
        if clause.passive:
            told = voice.words if voice.sort != "nobody" else None
            by_whom = _BY.match(plain, clause.end)
            voice = (by_whom and voice_at(plain, by_whom.end())) or NOBODY
            addressee = addressee or told
        elif voice.sort == "nobody" and not is_pronoun(voice):
            voice = NOBODY
        force, verb = force_of(plain, clause, voice)
        return replace(_by(voice), addressee=addressee, force=force, verb=verb)

    def _meant(self, plain: str, voice: Voice) -> Voice:
        """Who "He" is: whoever spoke before, or, where that one asked and this is the answer, who spoke before that."""
        if not is_pronoun(voice):
            return voice
        before = self._before if self._before and self._before.speaker else self._earlier
        if before and before.force == "asked" and _ANSWERS.match(plain):
            before = self._told if self._told and self._told.speaker != before.speaker else None
        return Voice(before.speaker, before.sort, before.role) if before and before.speaker else voice

    def _carried(self, plain: str) -> Statement:
        """A sentence without a verb of saying: the speaker before goes on, if anybody spoke."""
        for read in (passive, letter, action):
            found = read(plain)
            if found:
                voice, force, verb = found
                return replace(_by(voice), force=force, verb=verb)
        asked = self._before is not None and self._before.force == "asked"
        if plain.rstrip('”"*_ ').endswith("?") or (asked and asks(plain)):
            giver = self._before if self._before and self._before.force == "asked" else None
            return replace(_as(giver), force="asked")
        before, taken = self._before, takes_on_alone(plain)
        own = first_person(plain)
        if own and (not before or before.force not in ("decided", "proposed")):
            return replace(_as(before), force=own[0], verb=own[1])
        if taken and (not before or taken.startswith(("will", "is to", "are to"))):  # "will be": the minutes' own words
            return Statement(0, 0, force="committed", verb=taken)
        goes_on = before and before.speaker and before.force not in (None, "decided", "proposed")
        listed = before and self._listing and before.speaker == self._listing.speaker
        if before is None or not goes_on or tells_nothing(plain, heading=not listed):
            return Statement(0, 0)
        if _PRESENT.search(plain) and not _PAST.search(plain) and not self._present:
            return Statement(0, 0)  # reported speech stands in the past: this is the minutes' own remark
        return replace(_as(before), force="committed" if taken else "stated", verb=taken)


def _leading(lead_in: str | None) -> Statement | None:
    """Who says the points under a lead-in: "The Project Manager clarified the following:"."""
    if not lead_in:
        return None
    last = Talk().statements(lead_in)[-1]
    return last if last.speaker and last.force in ("stated", "asked", "wished") else None


def _by(voice: Voice) -> Statement:
    return Statement(0, 0, voice.words if voice.sort != "nobody" else None, voice.sort, voice.role)


def _as(other: Statement | None) -> Statement:
    return Statement(0, 0, other.speaker, other.sort, other.role) if other and other.speaker else Statement(0, 0)


def _addressee(plain: str, clause: Clause) -> str | None:
    front = plain[: clause.start]
    for pattern in _ASKED_BY:
        for match in pattern.finditer(front):
            voice = voice_at(front + " ", match.end())
            if voice:
                return voice.words
    voice = voice_at(plain[clause.end :].lstrip() + " ", 0) if clause.verb in _TELLING_TO else None
    return voice.words if voice else None
