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


_ANSWERS = re.compile(r"^\W*(?:He|She|They)\s+(?:answered|replied|responded|undertook|confirmed|agreed to|advised|explained|informed)\b")


@cache
def expressions() -> dict[str, Any]:
    """expressions.toml as it is."""
    return tomllib.loads(files("corpus").joinpath("expressions.toml").read_text("utf-8"))


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_CAP = r"(?:A/)?[A-ZÀ-Þ][\w’'-]*"
_JOIN = r"(?:of|for|and|the|in|to|with|on|&)"


@cache
def _voices() -> re.Pattern[str]:
    """Somebody, in front of a verb: a title and a name, "the" and a role, a body, a pronoun, or two bare names."""
    facts = expressions()["speakers"]
    titles = _any(facts["titles"])
    roles = _any(facts["roles"])
    one = rf"(?:(?:{titles})\.?\s+)+(?:(?:[A-Z]\.?\s*){{0,3}}{_CAP}(?:\s+(?:de|van|O)?\s?{_CAP}){{0,3}})(?:\s\([A-Z]\))?"
    several = rf"{one}(?:(?:,\s*(?:and\s+)?|\s+and\s+|\s+&\s+)(?:{one}|(?:[A-Z]\.?\s*){{0,3}}{_CAP}(?:\s+{_CAP})?))*"
    word = _CAP
    role = (
        rf"(?:[Tt]he\s+)?(?:{word}[,/]?\s+(?:{_JOIN}\s+){{0,2}}){{0,8}}?(?i:{roles})s?(?:\s+(?:{_JOIN}\s+){{1,2}}{word}"
        rf"(?:(?:,|\s+{_JOIN}(?:\s+the)?|,\s+and)?\s+{word}){{0,7}}|,\s+{word}(?:(?:\s+{_JOIN}){{0,2}}\s+{word}){{0,5}}(?=\s+[a-z]))?"
    )
    body = rf"(?i:{_any(facts['collectives'])})"
    bare = rf"{_CAP}\s+(?:[A-Z]\.?\s+)?(?:O['’]|Mc|Mac|de\s+)?{_CAP}"
    return re.compile(
        rf"(?:(?P<named>{several})(?:,?\s+(?:[A-Z]\.){{2,4}},?)?(?:\s*[,(]\s*(?P<role_of>(?:the\s+)?[A-Z][^,()]{{3,80}}?)\s*[,)])?"
        rf"|(?P<body>{body})|(?P<pronoun>(?i:{_any(facts['pronouns'])}))"
        rf"|(?P<role>{role})(?:,?\s+\(?(?P<name_of>{one}|{bare})\)?,?)?|(?P<it>It|it|There)|(?P<bare>{bare})(?:,?\s+(?:[A-Z]\.){{2,4}},?)?)(?=[\s,.;:)]|$)"
    )


@cache
def _told() -> re.Pattern[str]:
    """Somebody and the verb behind: what may stand between is an aside."""
    known = [verb for verbs in expressions()["verbs"].values() for verb in verbs]
    known += expressions()["verdicts"]["verbs"]
    adverbs = r"(?:(?:also|then|further|again|strongly|formally|both|all|unanimously|clearly|briefly|\w+ly)\s+){0,2}"
    would = rf"(?:would|will)\s+(?:also\s+)?(?:be\s+\w+|{_any(expressions()['acts']['verbs'])})"
    aside = r"(?:\s*,\s+[^,;]{3,90},)?"
    return re.compile(
        _voices().pattern + aside + rf"\s*,?\s*(?:(?:who|which)\s+)?{adverbs}(?P<aux>(?:was|were|is|are|had been|has been|had|has|have)\s+(?:then\s+|also\s+)?)?{adverbs}"
        rf"(?i:(?:went\s+on|wished|wanted|continued|sought|proceeded)\s+to\s+(?P<went>say|add|explain|state|ask|advise|thank|outline|know|note|confirm)\w*"
        rf"|(?P<verb>{_any(known)}|{would}))\b",
    )


def said(text: str, kind: str = "discussion", lead_in: str | None = None, earlier: Said | None = None) -> list[Said]:
    """Each sentence of a passage, as `corpus.sentences` finds them, with who said it and with what force.

    `earlier` is the last of the passage before in the same item: "He" may be whoever spoke there.
    """
    found: list[Said] = []
    before: Said | None = None
    told = earlier  # who spoke last without asking
    for span in sentences(text):
        words = text[span.start : span.end]
        if before and re.search(r"\n\s*\n", text[before.span.end : span.start]):
            before, earlier = None, before  # another paragraph: only a pronoun goes on
        one = _read(words, span, before, earlier, kind, lead_in)
        if before and before.force == "asked" and one.force in ("stated", "committed") and one.speaker == before.speaker and _ANSWERS.search(words):
            # "Councillor Quill asked when. He answered that …": not the one who asked.
            other = told if told and told.speaker != before.speaker else None
            one = replace(one, speaker=other.speaker if other else None, sort=other.sort if other else "nobody", role=other.role if other else None)
        found.append(one)
        told = one if one.speaker and one.force in ("stated", "committed") else told
        if one.speaker or one.force == "decided":
            before = one
        elif before:
            before = replace(before, span=one.span)
    return found


def _read(words: str, span: Span, before: Said | None, earlier: Said | None, kind: str, lead_in: str | None) -> Said:
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
        voice = _who(before or earlier)
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
        mover = _named_behind(plain, re.search(r"\b(?:moved|proposed)\s+by\s+", plain, re.I))
        return replace(mover, force="proposed", verb=fell.group())
    opened = re.match(rf"(?:It was\s+)?(?P<verb>(?:{_any(facts['capitals'])})\b|(?:{_any(facts['opening'])})\b(?=\s*[:–—-]|\s+(?:that|to|unanimously)\b))", plain)
    inside = re.search(rf"\b(?P<verb>{_any(facts['capitals'])})\b", plain)
    found = opened or inside
    if found:
        return Said(Span(0, 0), force="decided", verb=found["verb"])
    moved = re.search(rf"\b(?P<verb>proposed|moved|seconded|nominated)\s+by\s+(?:the\s+)?", plain, re.I)
    done = re.search(
        rf"(?:\b[Ii]t\s+(?:was|is|had been)|\b(?:was|were|is|are|been)|,|\band)\s+(?:(?:then|also|again|therefore|unanimously|subsequently|duly|\w+ly|\w+ed\s+and)\s+)*(?P<verb>{_any(facts['outcomes'])})\b(?!\s+by\s+(?!members|the (?:committee|council|members)|all\b))"
        rf"|\s[-–—]\s*(?P<alone>{_any(facts['outcomes'])})\W*$",
        plain, re.I,
    )
    speaking = _clauses(plain)
    if done and (moved or not speaking or speaking[0].voice.words.lower() == "it"):
        return Said(Span(0, 0), force="decided", verb=done["verb"] or done["alone"])
    if moved and not speaking:
        return replace(_named_behind(plain, moved), force="proposed", verb=moved["verb"].lower())
    led = re.search(rf"\b[Ii]t\s+was\s+(?:\w+ly\s+)?(?P<verb>{_any(facts['outcomes'])})\b", lead_in or "")
    if led and not speaking:
        return Said(Span(0, 0), force="decided", verb=led["verb"])
    if kind == "verdict":
        lead = re.search(rf"\b(?:{_any(facts['verbs'])}|noted|requested)\b", lead_in or plain, re.IGNORECASE)
        return Said(Span(0, 0), force="decided", verb=lead.group() if lead else None)
    return None


def _named_behind(plain: str, by: re.Match[str] | None) -> Said:
    voice = _voices().match(plain, by.end()) if by else None
    if voice is None or voice["it"] or voice["pronoun"]:
        return Said(Span(0, 0))
    one = _voice(voice)
    return Said(Span(0, 0), one.words, one.sort, one.role)


def _clauses(plain: str) -> list[_Clause]:
    """Every "somebody said" of a sentence outside quotation marks, in order."""
    found: list[_Clause] = []
    at = 0
    while one := _told().search(plain, at):
        if not _may_begin(plain[: one.start()], one):
            at = one.start() + 1  # whoever stands behind may speak
            space = plain.find(" ", at)
            at = space + 1 if space >= 0 else len(plain)
            continue
        told = (one["verb"] or one["went"]).lower()
        aux = (one["aux"] or "").split()
        passive = bool(aux) and (aux[0] in ("was", "were", "is", "are") or "been" in aux)
        found.append(_Clause(_voice(one), " ".join(told.split()), one.start(), one.end(), passive))
        at = one.end()
    return found


def _may_begin(before: str, found: re.Match[str]) -> bool:
    """Whether a clause of somebody's own may begin behind these words: at the start, behind a comma or a stop, or,
    for somebody by name, behind anything but what makes of them a part of another's clause.
    """
    kept = before.rstrip()
    if not kept or kept[-1] in ",;:–—" or re.search(r"(?:^|[,;]\s*)(?:and|but|while|then|however)$", kept, re.I):
        return True
    if not (found["named"] or found["role"]):
        return found["it"] is not None and kept[-1] != ")" and re.search(r"\b(?:that|if|whether|when|as)$", kept, re.I) is None and len(kept) < 120
    return re.search(r"\b(?:that|by|from|to|of|with|if|whether|when|which|for|as|at|on|because|how|why|where|what|or|informed|told|asked|thanked|the)$|[(/]$", kept, re.I) is None


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
    return _Voice(found["pronoun"] or found["it"] or "", "nobody")  # a pronoun, or "it"


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
    felt = re.match(r"expressed\b", verb) and re.match(r"[^,.;]{0,40}", after)
    if felt:
        feeling = f"{verb} {felt.group()}"
        if re.search(r"\b(?:concern|disappoint|frustrat|dissatisf|anger|annoy)", feeling):
            return "asked", "expressed"
        if re.search(r"\b(?:welcome|hope|support|wish|view|desire|opinion)", feeling):
            return "wished", "expressed"
        return "stated", "expressed"
    if verb == "declared" and re.search(r"\b(?:elected|carried|defeated|duly|adopted|lost)\b", after):
        return "decided", verb
    if verb == "noted" and _is_body(voice) and voice.words and re.match(r"\s+(?:the|this|same|its?|all|with)\b(?!\s+(?:was|is)\b)", after):
        return "decided", verb
    body = voice.sort == "collective" or clause.passive
    if verb in expressions()["verdicts"]["verbs"] or verb in ("agreed to", "noted"):
        if body and verb != "noted" and (clause.passive or _is_body(voice)):
            return "decided", verb
    if verb == "would like":
        return "wished", verb
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
        if taken and not (verb == "noted" and voice.sort == "collective"):
            return "committed", taken
    return force, verb


def _is_body(voice: _Voice) -> bool:
    return voice.words == "" or re.search(r"\b(?:committee|council|panel|board|commission|members|meeting|cabinet|councillors|group|forum)\b", voice.words, re.I) is not None


def _takes_on(words: str) -> str | None:
    """The words by which an act is taken on: "would circulate", "would be repaired"; None if there are none."""
    acts = expressions()["acts"]
    for found in re.finditer(
        rf"(?:\b(?P<own>he|she|they)\s+)?\b(?:would|will|is to|are to|was to|were to)\s+(?:(?:also|then|now|both|all|\w+ly)\s+)?"
        rf"(?:be\s+(?:\w+ly\s+)?(?P<done>\w+)|(?P<act>{_any(acts['verbs'])})\b|(?P<other>\w+))", words, re.I
    ):
        done = (found["done"] or "").lower()
        if done and (done in acts["no_acts"] or not re.search(acts["participle"], done)):
            continue
        if found["other"] and (not found["own"] or found["other"].lower() in acts["no_acts"] + acts["states"]):
            continue
        around = words[max(0, found.start() - 60) : found.start()]
        if re.search(rf"\b(?:{_any(acts['unsure'])})\b", around, re.I):
            continue
        return re.sub(r"^(?:he|she|they)\s+", "", found.group(), flags=re.I)
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
    inquiry = re.search(r"\\b(?:a (?:query|question) was (?:made|raised|asked)|(?:clarification|assurance|information)\\b[^.]*\\bwas sought)\\b".replace("\\\\", "\\"), plain, re.I)
    if inquiry:
        return Said(span, force="asked", verb=inquiry.group().split()[-1])
    taken = _takes_on(plain)
    voice = _who(before)
    if not voice.words or before is None or before.force in (None, "decided", "proposed"):
        return Said(span, force="committed", verb=taken) if taken and not taken.lower().startswith("would") else Said(span)
    return Said(span, voice.words, voice.sort, voice.role, None, "committed" if taken else "stated", taken)
