"""What a meeting decides, and what is moved and not decided: sentences that are verdicts and no speech."""

from __future__ import annotations

import re
from functools import cache

from corpus.clauses import Clause
from corpus.models import Force
from corpus.voices import NOBODY, Voice, any_of, expressions, is_pronoun, voice_at

Told = tuple[Voice, Force, str | None]

_HOW = r"(?:(?:\w+ly|then|also|again|therefore|\w+ed\s+and)\s+)*"  # "unanimously", "proposed and"
# Behind an outcome: no verdict is "carried out", "passed to Mr Hall", or "approved by" another body.
_ENDS = (
    r"\b(?!\s+(?:out|to\s+[A-Z])\b)"
    r"(?!\s+by\s+(?!(?i:members|the (?:committee|council|members|panel|board)|all)\b))"
)
_NAMED = r"(?=(?:[A-Z]\.|Mrs?\b|Ms\b|Miss\b|Cllr|Councillor))"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    facts = expressions()["verdicts"]
    capitals, outcomes = any_of(facts["capitals"]), any_of(facts["outcomes"])
    written = {
        "fell": rf"\b(?:{any_of(facts['fell'])})\b",
        "opening": rf"(?:It was\s+)?(?P<verb>(?:{any_of(facts['opening'])})\b"
        r"(?=\s*[:–—-]|\s+(?:that|to|unanimously|agreed)\b))",
        "capitals": rf"\b(?P<verb>{capitals})\b",
        "it was": rf"\b[Ii]t\s+(?:was|is|had been)\s+{_HOW}(?i:(?P<verb>{outcomes})){_ENDS}",
        "was": rf"\b(?:was|were|is|are)\s+{_HOW}(?i:(?P<verb>{outcomes})){_ENDS}",
        "and": rf"(?:,|\band)\s+(?:\w+ly\s+)?(?:(?:was|were)\s+)?(?i:(?P<verb>{outcomes}))\b",
        "seconded": r"\bseconded\b.*"
        r"\b(?P<verb>all agreed|agreed(?! to\b)|carried|passed unanimously|approved|adopted)\b(?! by\b| in\b)",
        "alone": rf"\s[-–—]\s*(?i:(?P<verb>{outcomes}))\W*$",
        "moved": r"\b(?i:(?P<verb>proposed|moved|seconded|nominated))"
        rf"(?:\s+(?i:by)\s+|\s*[-–:]?\s+{_NAMED})(?:the\s+)?",
        "all": rf"\b(?i:all|unanimously)\s+(?:were\s+)?(?i:(?P<verb>in favour|{outcomes}))\b"
        r"|\b(?i:pass(?:ed)?\s+for\s+payment)\b",
        "end": r"[,;.–-]\s*(?:and\s+)?it\s+was\s+(?:\w+ly\s+)?(?P<verb>agreed|resolved|decided)\b"
        r"|[–-]\s*(?P<alone>agreed)\W*$",
        "lead": rf"\b(?i:{any_of(facts['verbs'])}|noted|requested)\b",
    }
    return re.compile(written[name])


def verdict(plain: str, kind: str, lead_in: str | None, spoken: list[Clause]) -> Told | None:
    """What a meeting decides, or what is moved and not decided, by this sentence; None if it is speech.

    A verdict says so in capitals ("RESOLVED"), opens with its verb ("Agreed:"), follows "It was", or stands as a
    point under a lead-in that does.
    """
    fell = _pattern("fell").search(plain)
    if fell and re.search(r"\b(?:motion|amendment|proposal|vote)\b", plain, re.I):
        return _named_behind(plain, _pattern("moved").search(plain)), "proposed", fell.group()
    said = _pattern("opening").match(plain) or _pattern("capitals").search(plain)
    if said:
        return NOBODY, "decided", said["verb"]
    moved = _pattern("moved").search(plain)
    seconded = _pattern("seconded").search(plain)
    if seconded:
        return NOBODY, "decided", seconded["verb"]
    speaks = bool(spoken) and spoken[0].voice.words.lower() not in ("it", "there") and not spoken[0].passive
    outcome = _pattern("it was").search(plain) if not speaks or moved else _pattern("end").search(plain)
    every = None if speaks and not moved and spoken[0].voice.sort != "collective" else _pattern("all").search(plain)
    if every and not moved:
        return NOBODY, "decided", every["verb"]
    if outcome is None and not speaks:
        outcome = _pattern("was").search(plain) or _pattern("alone").search(plain)
    if outcome is None and moved:
        outcome = _pattern("and").search(plain, moved.end()) or every
    if outcome:
        return NOBODY, "decided", outcome["verb"]
    if moved and not speaks:
        return _named_behind(plain, moved), "proposed", moved["verb"].split()[0].lower()
    led = _pattern("it was").search(lead_in or "")
    if led and not speaks:
        return NOBODY, "decided", led["verb"]
    says = speaks and (spoken[0].voice.sort in ("named", "role") or is_pronoun(spoken[0].voice))
    if kind == "verdict" and not (says and spoken[0].force in ("stated", "asked", "wished", "proposed")):
        head = _pattern("lead").search(lead_in or plain)
        if head or lead_in or re.match(r"\W*That\b", plain):
            return NOBODY, "decided", head.group() if head else None
    return None


def _named_behind(plain: str, by: re.Match[str] | None) -> Voice:
    return (by and voice_at(plain, by.end())) or NOBODY
