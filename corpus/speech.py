"""Who said it, and with what force: each sentence of a passage, read by rules over reported speech.

Minutes say who spoke in front of a verb of saying, and what somebody takes on behind "would". What fits no rule is
nobody's, and without force: wrong is worse than unknown. The words stand in expressions.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from corpus.models import Span
from corpus.sentences import sentences

Force = Literal["decided", "committed", "stated", "asked", "wished", "proposed"]
Sort = Literal["named", "role", "collective", "nobody"]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: who speaks as it prints them, what sort of speaker that is, to whom, with what force and verb."""

    span: Span
    speaker: str | None = None
    sort: Sort = "nobody"
    role: str | None = None
    addressee: str | None = None
    force: Force | None = None
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class _Voice:
    """Somebody as a sentence prints them."""

    words: str
    sort: Sort
    role: str | None = None


@dataclass(frozen=True, slots=True)
class _Clause:
    """A subject and its verb, at an offset of the sentence."""

    voice: _Voice
    verb: str
    at: int
    end: int
    passive: bool = False


@cache
def expressions() -> dict[str, Any]:
    """expressions.toml as it is."""
    return tomllib.loads(files("corpus").joinpath("expressions.toml").read_text("utf-8"))


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_CAP = r"[A-ZÀ-Þ][\w’'-]*"
_JOIN = r"(?:of|for|and|the|in|to|with|on|&)"


@cache
def _voices() -> re.Pattern[str]:
    """Somebody, in front of a verb: a title and a name, "the" and a role, a body, a pronoun, or two bare names."""
    facts = expressions()["speakers"]
    titles = _any(facts["titles"])
    roles = _any(facts["roles"])
    one = rf"(?:(?:{titles})\.?\s+)+(?:(?:[A-Z]\.?\s*){{0,3}}{_CAP}(?:\s+(?:de|van|O)?\s?{_CAP}){{0,3}})"
    several = rf"{one}(?:(?:,\s*(?:and\s+)?|\s+and\s+|\s+&\s+)(?:{one}|(?:[A-Z]\.?\s*){{0,3}}{_CAP}(?:\s+{_CAP})?))*"
    word = rf"(?:{_CAP}|A/)"
    role = (
        rf"(?:[Tt]he\s+)?(?:{word}[,/]?\s+(?:{_JOIN}\s+){{0,2}}){{0,8}}?(?i:{roles})s?(?:\s+(?:{_JOIN}\s+){{1,2}}{word}"
        rf"(?:(?:,|\s+{_JOIN}(?:\s+the)?|,\s+and)?\s+{word}){{0,7}}|,\s+{word}(?:(?:\s+{_JOIN}){{0,2}}\s+{word}){{0,5}}(?=\s+[a-z]))?"
    )
    body = rf"(?i:{_any(facts['collectives'])})"
    bare = rf"{_CAP}\s+(?:[A-Z]\.?\s+)?(?:O['’]|Mc|Mac|de\s+)?{_CAP}"
    return re.compile(
        rf"(?:(?P<named>{several})(?:\s*[,(]\s*(?P<role_of>(?:the\s+)?[A-Z][^,()]{{3,80}}?)\s*[,)])?"
        rf"|(?P<body>{body})|(?P<pronoun>(?i:{_any(facts['pronouns'])}))"
        rf"|(?P<role>{role})(?:,?\s+\(?(?P<name_of>{one}|{bare})\)?,?)?|(?P<it>It|it|There)|(?P<bare>{bare}))(?=[\s,])"
    )


@cache
def _verbs() -> re.Pattern[str]:
    known = [verb for verbs in expressions()["verbs"].values() for verb in verbs]
    known += expressions()["verdicts"]["verbs"]
    adverbs = r"(?:(?:also|then|further|again|strongly|formally|both|all|unanimously|clearly|briefly|\w+ly)\s+){0,2}"
    would = rf"(?:would|will)\s+(?:also\s+)?(?:be\s+\w+|{_any(expressions()['acts']['verbs'])})"
    return re.compile(
        rf"\s*,?\s*(?:(?:who|which)\s+)?{adverbs}(?P<aux>(?:was|were|had been|has been|had|has|have)\s+(?:then\s+|also\s+)?)?{adverbs}"
        rf"(?:(?:went\s+on|wished|wanted|continued|sought|proceeded)\s+to\s+(?P<went>say|add|explain|state|ask|advise|thank|outline|know|note|confirm)\w*"
        rf"|(?P<verb>{_any(known)}|{would}))\b",
        re.IGNORECASE,
    )


def said(text: str, kind: str = "discussion", lead_in: str | None = None) -> list[Said]:
    """Each sentence of a passage, as `corpus.sentences` finds them, with who said it and with what force."""
    found: list[Said] = []
    before: Said | None = None
    for span in sentences(text):
        words = text[span.start : span.end]
        if before and re.search(r"\n\s*\n", text[before.span.end : span.start]):
            before = None  # another paragraph: nobody goes on speaking
        one = _read(words, span, before, kind, lead_in)
        found.append(one)
        if one.speaker or one.force == "decided":
            before = one
        elif before:
            before = replace(before, span=one.span)
    return found


def _read(words: str, span: Span, before: Said | None, kind: str, lead_in: str | None) -> Said:
    plain = re.sub(r"^[\W_]*(?:(?:\d{1,3}(?:\.\d+)*|[a-z]{1,3})[.)]\s+)?[\W_]*", "", words)
    verdict = _verdict(plain, kind, lead_in)
    if verdict:
        return replace(verdict, span=span)
    clauses = _clauses(plain)
    if not clauses:
        return _carried(plain, span, before)
    clause = _telling(clauses)
    voice = clause.voice
    if voice.sort == "nobody" and voice.words.lower() in expressions()["speakers"]["pronouns"]:
        voice = _who(before)
    addressee = _addressee(plain, clause)
    if clause.passive:
        to = None if clause.voice.words in ("It", "it", "There") else voice.words
        voice, addressee = _Voice("", "nobody"), addressee or to
    force, verb = _force(plain, clause, voice)
    return Said(span, voice.words or None, voice.sort, voice.role, addressee, force, verb)


def _who(before: Said | None) -> _Voice:
    return _Voice(before.speaker or "", before.sort, before.role) if before and before.speaker else _Voice("", "nobody")


def _verdict(plain: str, kind: str, lead_in: str | None) -> Said | None:
    facts = expressions()["verdicts"]
    fell = re.search(rf"\b(?:{_any(facts['fell'])})\b", plain)
    if fell and re.search(r"\b(?:motion|amendment|proposal|vote)\b", plain, re.IGNORECASE):
        return Said(Span(0, 0), force="proposed", verb=fell.group())
    opened = re.match(rf"(?:It was\s+)?(?P<verb>(?:{_any(facts['capitals'])})\b|(?:{_any(facts['opening'])})\b(?=\s*[:–—-]|\s+(?:that|to|unanimously)\b))", plain)
    inside = re.search(rf"\b(?P<verb>{_any(facts['capitals'])})\b", plain)
    found = opened or inside
    if found:
        return Said(Span(0, 0), force="decided", verb=found["verb"])
    if kind == "verdict":
        lead = re.search(rf"\b(?:{_any(facts['verbs'])}|noted|requested)\b", lead_in or plain, re.IGNORECASE)
        return Said(Span(0, 0), force="decided", verb=lead.group() if lead else None)
    return None


def _clauses(plain: str) -> list[_Clause]:
    """Every "somebody said" of a sentence outside quotation marks, in order."""
    found: list[_Clause] = []
    for voice in _voices().finditer(plain):
        if found and voice.start() < found[-1].end:
            continue
        if not _may_begin(plain[: voice.start()]):
            continue
        verb = _verbs().match(plain, voice.end())
        if verb is None:
            continue
        told = (verb["verb"] or verb["went"]).lower()
        aux = (verb["aux"] or "").split()
        passive = bool(aux) and aux[0] in ("was", "were") or "been" in aux
        found.append(_Clause(_voice(voice), " ".join(told.split()), voice.start(), verb.end(), passive))
    return found


def _may_begin(before: str) -> bool:
    """Whether a clause of somebody's own may begin behind these words: at the start, or behind a comma or a stop."""
    kept = before.rstrip()
    return not kept or kept[-1] in ",;:–—" or re.search(r"(?:^|[,;]\s*)(?:and|but|while|when|then|at this point|however)$", kept, re.I) is not None


def _voice(found: re.Match[str]) -> _Voice:
    if found["named"]:
        return _Voice(found["named"], "named", found["role_of"])
    if found["body"]:
        return _Voice(found["body"], "collective")
    if found["role"]:
        if found["name_of"]:
            return _Voice(found["name_of"], "named", found["role"])
        return _Voice(found["role"], "role", found["role"])
    if found["bare"]:
        return _Voice(found["bare"], "named")
    return _Voice(found.group(), "nobody")  # a pronoun, or "it"


def _telling(clauses: list[_Clause]) -> _Clause:
    """The clause whose words these are: who answers, where another asked."""
    first = clauses[0]
    if _sort_of(first.verb) in ("asked",):
        answer = next((c for c in clauses[1:] if _sort_of(c.verb) in ("stated", "committed") and c.voice.words != first.voice.words), None)
        return answer or first
    return first


def _sort_of(verb: str) -> str | None:
    for force in ("committed", "asked", "wished", "proposed", "stated"):
        if verb in expressions()["verbs"][force]:
            return force
    if verb in expressions()["verdicts"]["verbs"]:
        return "decided"
    return "stated" if verb in ("say", "add", "explain", "state", "advise", "thank", "outline", "note", "confirm") else "asked" if verb in ("ask", "know") else None


def _force(plain: str, clause: _Clause, voice: _Voice) -> tuple[Force | None, str | None]:
    after = plain[clause.end :]
    verb = clause.verb
    body = voice.sort == "collective" or clause.passive
    if verb in expressions()["verdicts"]["verbs"] or verb in ("agreed to", "noted"):
        if body and verb != "noted" and (clause.passive or _is_body(voice)):
            return "decided", verb
    if verb.startswith(("would", "will")):
        taken = _takes_on(f"{plain[clause.end - len(verb):]}")
        return ("committed", verb) if taken else ("stated", None)
    force: Any = _sort_of(verb) or "stated"
    if clause.passive and force == "asked":
        return "asked", verb
    if force == "decided":
        force = "stated"
    if force == "stated":
        wish = re.match(r"\s*(?:\w+\s+){0,4}?(?:that\s+)?(?:he|she|they|it was|members)\s+(?:would (?:\w+ )?like|hoped|wished)\b|\s*that it was hoped\b", after)
        if wish:
            return "wished", re.search(r"would (?:\w+ )?like|hoped|wished", wish.group()).group()  # type: ignore[union-attr]
        taken = _takes_on(after)
        if taken and verb not in ("noted", "asked", "felt", "welcomed"):
            return "committed", taken
    return force, verb


def _is_body(voice: _Voice) -> bool:
    return voice.words == "" or re.search(r"\b(?:committee|council|panel|board|commission|members|meeting|cabinet|councillors|group|forum)\b", voice.words, re.I) is not None


def _takes_on(words: str) -> str | None:
    """The words by which an act is taken on: "would circulate", "would be repaired"; None if there are none."""
    acts = expressions()["acts"]
    for found in re.finditer(
        rf"\b(?:would|will)\s+(?:(?:also|then|now|both|all|\w+ly)\s+)?(?:be\s+(?:\w+ly\s+)?(?P<done>\w+)|(?P<act>{_any(acts['verbs'])})\b)", words, re.I
    ):
        if found["done"] and (found["done"].lower() in acts["no_acts"] or not re.search(r"(?:ed|en|ne|ut|nt|de|ld|ht|id|et|un|wn)$", found["done"].lower())) and not found["done"].endswith("ing"):
            continue
        around = words[max(0, found.start() - 60) : found.start()]
        if re.search(rf"\b(?:{_any(acts['unsure'])})\b", around, re.I):
            continue
        return found.group()
    return None


def _addressee(plain: str, clause: _Clause) -> str | None:
    """To whom it was said: whose question is answered in front, or who is told behind the verb."""
    front = plain[: clause.at]
    asked = re.search(r"\b(?:question|questions|query|queries|reply|replying|response|responding|answer|request|point)\b[^,;]*?\b(?:from|by|to|of)\s+$", "")
    del asked
    for pattern in (r"(?:from|by|asked by)\s+", r"(?:to|answering|reply to|replying to)\s+(?!a\b|an\b|questions?\b)"):
        for match in re.finditer(pattern, front, re.I):
            voice = _voices().match(front + " ", match.end())
            if voice and not voice["it"] and not voice["pronoun"]:
                return voice.group().strip()
    if clause.verb in ("told", "informed", "assured", "reassured", "reminded", "advised", "asked", "thanked", "briefed"):
        voice = _voices().match(plain[clause.end :].lstrip() + " ")
        if voice and not voice["it"] and not voice["pronoun"]:
            return voice.group().strip()
    return None


def _carried(plain: str, span: Span, before: Said | None) -> Said:
    """A sentence without a verb of saying: the speaker before goes on, if anybody spoke."""
    if before is None or before.force in (None, "decided", "proposed"):
        return Said(span)
    taken = _takes_on(plain)
    voice = _who(before)
    if not voice.words:
        return Said(span)
    return Said(span, voice.words, voice.sort, voice.role, None, "committed" if taken else "stated", taken)
