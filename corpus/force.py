"""With what force a sentence is said: what is decided, what somebody takes on, what is only stated, asked or wished."""

from __future__ import annotations

import re
from functools import cache

from corpus.clauses import Clause, told
from corpus.models import Force
from corpus.voices import Voice, any_of, expressions, is_pronoun


def telling(spoken: list[Clause]) -> Clause:
    """The clause whose words a sentence is: who answers, where another asked."""
    first = spoken[0]
    if first.force == "asked":
        for other in spoken[1:]:
            if other.verb in expressions()["verbs"]["answering"] and other.voice.words != first.voice.words:
                return other
    return first


def force_of(plain: str, clause: Clause, voice: Voice) -> tuple[Force | None, str | None]:
    """The force of what `voice` says by this clause, and the record's own verb for it."""
    after, verb, force = plain[clause.end :], clause.verb, clause.force
    if verb.startswith("expressed"):
        return _expressed(f"{verb} {after[:40]}"), "expressed"
    if verb == "declared" and re.search(r"\b(?:elected|carried|defeated|duly|adopted|lost)\b", after):
        return "decided", verb
    if verb == "welcomed" and re.match(
        r"[^.;]{0,120}\bto (?:the|their|his|her) (?:first )?(?:meeting|chamber|district|post|role)\b", after, re.I
    ):
        return "stated", verb  # a greeting
    if (
        verb == "noted"
        and _decides(clause.voice)
        and not is_pronoun(clause.voice)
        and re.match(
            r"\s+and\s+(?:approved|agreed|adopted|accepted)|\s+(?:the|this|same|its?|all|with)\b(?!\s+(?:was|is)\b)",
            after,
        )
    ):
        return "decided", verb
    if (force == "decided" or verb.startswith("agree")) and (clause.passive or _decides(voice)):
        return "decided", verb
    if verb.startswith("to "):
        return "committed", verb
    if verb.startswith("will ") and force == "committed":
        return force, verb
    if verb.startswith("would ") and force == "committed":
        return (force, verb) if takes_on(plain[clause.end - len(verb) :]) else ("stated", None)
    if clause.passive and force == "asked":
        return force, verb
    if force == "decided":
        force = "stated"
    weak = verb in expressions()["verbs"]["weak"]
    asks = re.match(r"[^,;.]{0,40}?\b(asking|requesting|enquiring|applying)\b", after) if weak else None
    if asks:
        return "asked", asks.group(1)
    other = _and_then(after, weak)
    if other:
        return other[1], other[0]
    if force == "wished" and _AND_WOULD.search(after) and (taken := takes_on(after)):
        return "committed", taken
    if force == "stated":
        wish = _wish().match(after)
        if wish:
            return "wished", wish["verb"] or wish["hoped"]
        taken = takes_on(after)
        if taken and not (verb == "noted" and voice.sort == "collective"):
            return "committed", taken
    return force, verb


_AND_WOULD = re.compile(r"\band\s+(?:said|stated|added|confirmed|advised)\s+that\s+(?:he|she|they)\s+would\b")


def _expressed(feeling: str) -> Force:
    if re.search(r"\b(?:concern|disappoint|frustrat|dissatisf|anger|annoy)", feeling):
        return "asked"
    return "wished" if re.search(r"\b(?:welcome|hope|support|wish|view|desire|opinion)", feeling) else "stated"


def _decides(voice: Voice) -> bool:
    """Whether it is for these to decide: the members of a meeting as one, or nobody said."""
    return voice.sort in ("collective", "nobody") and (not voice.words or _deciding().search(voice.words) is not None)


@cache
def _deciding() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(expressions()['speakers']['deciding'])})\b", re.I)


@cache
def _wish() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:\w+\s+){0,4}?(?:that\s+)?(?:he|she|they|it was|members)\s+"
        r"(?P<verb>would (?:\w+ )?like|hoped|wished|(?:is|are|was|were) hopeful|is hoped)\b"
        r"|\s*that (?:it was|it is) (?P<hoped>hoped)\b",
        re.I,
    )


def _and_then(after: str, weak: bool) -> tuple[str, Force] | None:
    """A second verb of the same speaker: what they take on, or, behind a weak first verb, what they ask."""
    for match in re.finditer(
        r",?\s+(?:and|but|&)\s+(?:(?:he|she|they)\s+)?(?:also\s+|then\s+|further\s+|\w+ly\s+)?(?P<words>[a-z]+(?:\s+[a-z]+){0,2})",
        after,
    ):
        known = told(match["words"])
        if known and (known[1] == "committed" or (known[1] == "asked" and (weak or _ASKS.match(after, match.end())))):
            return known
    return None


_ASKS = re.compile(r"\s+(?:if|that|for|whether|why|when|what|how|on)\b|(?<=called for)|(?<=called on)|(?<=sought)")


@cache
def _would() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?P<own>he|she|they)\s+)?\b(?:would|will|is to|are to|was to|were to)\s+"
        r"(?:(?:also|again|then|now|both|all|still|\w+ly)\s+)?"
        rf"(?:(?P<act>{any_of(expressions()['acts']['verbs'])})\b|be\s+(?:\w+ly\s+)?(?P<done>\w+)|(?P<other>\w+))",
        re.I,
    )


@cache
def _unsure() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(expressions()['acts']['unsure'])})\b", re.I)


_THING = re.compile(r"\b(?:it|this|these|those|which|there)\s+$", re.I)  # does nothing by itself


_NONE = re.compile(r"\b(?:no|nothing|nobody|neither)\s+(?:\w+\s+){0,2}$", re.I)  # "no plan was to be issued"


def takes_on(words: str) -> str | None:
    """The words by which an act is taken on: "would circulate", "would be repaired"; None if there are none."""
    acts = expressions()["acts"]
    for found in _would().finditer(words):
        done = (found["done"] or "").lower()
        if done and (done in acts["no_acts"] or not re.search(acts["participle"], done)):
            continue
        if found["other"] and (not found["own"] or found["other"].lower() in acts["no_acts"] + acts["states"]):
            continue
        before = words[max(0, found.start() - 60) : found.start()]
        if (
            _unsure().search(before)
            or _NONE.search(before)
            or (found["act"] and not found["own"] and _THING.search(before))
        ):
            continue
        return re.sub(r"^(?:he|she|they)\s+", "", found.group(), flags=re.I)
    return None
