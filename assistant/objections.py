"""The rules by which a language model's sentence is refused: what it says and its quotations do not hold.

Numbers and dates are compared as values (assistant/values.py, times.py), names as words, force by the record's own
order of strength. The words that count stand in supported.toml.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from assistant.answer import Citation
from assistant.compose import cite, source_line
from assistant.differs import affirmed, differences, without_times
from assistant.quote import Quotation
from assistant.strength import ALIKE, is_ahead, lacking, said_in, stronger, words_of
from assistant.times import When, times
from assistant.values import Number, agreeing, numbers
from assistant.words import data, everyday_words, pattern, stems
from corpus.clauses import told
from corpus.models import Statement
from corpus.records import Record
from corpus.sentences import sentences
from corpus.spoken import statements_of
from corpus.voices import expressions

LONGEST = 400  # characters of a sentence that is shown
_ADDRESS = re.compile(
    r"https?:\S+|www\.\S+|\S+@\S+|[<>{}\[\]]|\b[\w-]+\.(?:com|org|net|info|io|eu|ie|uk|gov|example)\b", re.I
)
_NAME = re.compile(r"(?<![\w’'-])(?:[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ][\w’'-]*|[A-Z]{2,})")
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,})[”\"]")
# The date of the meeting may stand anywhere but behind these: "by September 2023" is a deadline.
_BOUND = re.compile(
    r"\b(?:by|until|till|before|after|since|from|for|due|(?:end|beginning|start) of)\s+(?:the\s+)?$", re.I
)
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def objection_by_rules(sentence: str, quotations: Sequence[Quotation], record: Record) -> str | None:
    """Why, by rules alone, the quotations do not bear the sentence out; None where no rule objects."""
    if len(sentence) > LONGEST:
        return reason("long")
    if address := _ADDRESS.search(sentence):
        return reason("address", address.group())
    if len(sentences(sentence)) > 1:
        return reason("several")
    if any(pattern("supported", "instruction").search(q.text) for q in quotations):
        return reason("instruction")
    cited = cite(quotations, record)
    said_by = [_statements(q, record) for q in quotations]
    whole = _together(cited, said_by)
    for name, look in (("words", _unquoted), ("figure", _unread), ("name", _unknown_name)):
        if found := look(sentence, cited):
            return reason(name, found)
    if value := _unheld(sentence, whole, cited):
        return reason(*value)
    if more := stronger(sentence, whole, list(chain.from_iterable(said_by))):
        return reason("force", more)
    if turned := _turned(sentence, said_in(whole)):
        return reason("polarity", turned)
    if wider := lacking("wide", sentence, said_in(whole)):
        return reason("scope", wider)
    # "Not" beside other words is too often no denial where both are freely worded: the supporter has that word.
    there = words_of(said_in(whole))
    for one in differences(sentence, whole):
        if one.aspect in ("polarity", "number", "date") or (
            one.aspect == "force" and words_of(" ".join(one.mine)) <= there
        ):
            continue
        if one.aspect == "certainty" and whole.force == "decided" and all(map(is_ahead, one.mine)):
            continue  # "is to", of what it was agreed that somebody should do
        return reason(one.aspect, ", ".join(one.mine))
    return None


def _statements(quotation: Quotation, record: Record) -> list[Statement]:
    """Who says each of the quoted sentences, with what force."""
    low, high = (quotation.passage.start + at for at in (quotation.span.start, quotation.span.end))
    said = statements_of(record, {quotation.passage.id}).get(quotation.passage.id, [])
    return [one for one in said if one.start < high and low < one.end]


def _unheld(sentence: str, whole: Citation, cited: Sequence[Citation]) -> tuple[str, str] | None:
    """A number or a date of the sentence that its quotation does not hold, nor the date of its meeting; which it is.

    What the sentence says may be less exact than what the record says, and never more.
    """
    said = said_in(whole)
    held = affirmed(said, numbers(said))
    denied = [number for number in numbers(said) if number not in held]  # "92, and not 112": nor where it first stood
    for c in cited:
        right = numbers(c.corrected_by.quote) if c.corrected_by and _is_put_right(c) else []
        denied += [n for n in numbers(c.quote) if right and not agreeing([n], right)]
    for number in numbers(sentence):
        if agreeing([number], denied) or not _is_held(number, sentence, held, said):
            return "number", sentence[number.start : number.end]
    then = affirmed(said, times(said))
    for when in times(sentence):
        of_the_meeting = whole.date and when.holds(whole.date) and not _BOUND.search(sentence[: when.start])
        word = sentence[when.start : when.end]
        # "The May meeting", of which the record's date is not read as one.
        named = when.yearless and word.isalpha() and re.search(rf"\b(?:{word}|{word.title()})\b", said)
        if not (of_the_meeting or named or any(when.agrees(one) and _is_as_wide(when, one) for one in then)):
            return "date", sentence[when.start : when.end]
    return None


def _is_held(number: Number, sentence: str, held: Sequence[Number], said: str) -> bool:
    """Whether the record has a number, as a value, or as the same figure with its unit left out or "no more than" put
    otherwise; "both" is two.
    """
    if any(_covers(number, one) for one in held):
        return True
    mine = sentence[number.start : number.end].lower()
    if mine == "two":
        return re.search(r"\bboth\b", said, re.I) is not None
    figures = set(_FIGURE.findall(mine)) or {f"{number.low:g}"}
    alike = [one for one in held if number.unit in ("count", one.unit)]
    if any(number.unit == one.unit and number.low == number.high in (one.low, one.high) for one in alike):
        return True  # "no longer than four weeks", of what may not be "more than 4 weeks"
    return any(figures <= set(_FIGURE.findall(said[one.start : one.end])) for one in alike)


def _is_put_right(c: Citation) -> bool:
    """Whether a later correction of a passage is of these words: they hold one number, and words of the correction."""
    shared = stems(c.quote) & stems(c.corrected_by.quote if c.corrected_by else "")
    return len(numbers(c.quote)) == 1 and len(shared) >= 3


def _covers(mine: Number, theirs: Number) -> bool:
    """Whether a number says no more than the record's: its range holds that, or is its middle, "about" left out."""
    if not mine.agrees(theirs):
        return False
    slack = 0.006 if mine.unit == "share" else 1e-6 * max(1.0, theirs.high)
    middle = abs((mine.low + mine.high) - (theirs.low + theirs.high)) <= 0.02 * abs(theirs.low + theirs.high)
    close = theirs.low <= 1.15 * mine.low or theirs.high >= 0.9 * mine.high  # "under three quarters" is not 49 %
    return middle or (close and mine.low <= theirs.low + slack and theirs.high - slack <= mine.high)


def _is_as_wide(mine: When, theirs: When) -> bool:
    return (mine.high - mine.low) >= (theirs.high - theirs.low)


def _unquoted(sentence: str, cited: Sequence[Citation]) -> str | None:
    """Words between quotation marks that are not the record's."""
    said = " ".join(known_of(cited).translate(ALIKE).split())
    for found in _QUOTED.finditer(sentence):
        if found.group(1).translate(ALIKE).strip(" .,;") not in said:
            return found.group(1)
    return None


def _unread(sentence: str, cited: Sequence[Citation]) -> str | None:
    """A figure, a sign of money, a word for a number or a letter that names something, which no quotation has.

    What is read as a number or a date is compared as that.
    """
    printed = known_of(cited)
    said = printed.lower()
    there = {_clock(token) for token in re.split(r"\s+|(?<=\d)(?=[ap]\.?m)", said)}
    for day in calendar.day_name:
        if re.search(rf"\b{day[:3]}(?:s|r|rs|{day[3:]}s?)?\b", printed):  # "Thurs"; who "sat" met on no Saturday
            there |= {day.lower(), f"{day.lower()}s"}
    taken = [(n.start, n.end) for n in numbers(sentence)] + [(t.start, t.end) for t in times(sentence)]
    for found in _figures().finditer(sentence):
        token = found.group().strip(".,:;()")
        read = any(low < found.end() and found.start() < high for low, high in taken)
        if len(re.sub(r"\D", "", token)) > 15 or (not read and _clock(token.lower()) not in there):
            return token
    return next((sign for sign in "£€$" if sign in sentence and sign not in said), None)


def _clock(token: str) -> str:
    """A token without the marks around it; a full hour, "10.00", is "10"."""
    return re.sub(r"(?<=^\d)[.:]00(?=$|[ap])|(?<=^\d\d)[.:]00(?=$|[ap])", "", token.strip(".,:;()"))


def _together(cited: Sequence[Citation], said: Sequence[Sequence[Statement]]) -> Citation:
    """Several quotations as one: the words of all, with the greatest force of its sentences; of quotations of several
    items the least, so that what is decided of one lends nothing to another.
    """
    order = expressions()["order"]
    items: dict[tuple[str, str | None], list[Statement]] = {}
    for c, found in zip(cited, said, strict=True):
        items.setdefault((c.document_id, c.item), []).extend(found)
    greatest = [max(found, key=lambda s: order.index(s.force or order[0])) for found in items.values() if found]
    weakest = min(greatest, key=lambda s: order.index(s.force or order[0]), default=None)
    first = cited[0]
    speakers = dict.fromkeys(s.speaker for one in said for s in one if s.speaker)
    return replace(
        first,
        quote=" ".join(f"{c.quote} {c.corrected_by.quote if c.corrected_by else ''}".strip() for c in cited),
        lead_in=" ".join(filter(None, (c.lead_in for c in cited))) or None,
        speaker=" and ".join(speakers) or first.speaker,
        force=weakest.force if weakest else first.force,
        verb=(weakest and weakest.verb) or first.verb,
        corrected_by=None,
    )


def _turned(sentence: str, said: str) -> str | None:
    """A word of the sentence where the record has its opposite, and neither denies anything."""
    if pattern("check", "not").search(sentence) or pattern("check", "not").search(said):
        return None
    for pair in (*data("check")["opposites"], *data("supported")["opposites"]):
        for mine, theirs in (pair, pair[::-1]):
            found = re.search(rf"\b(?:{mine})\b", sentence, re.I)
            against = re.search(rf"\b(?:{theirs})\b", said, re.I)
            both = re.search(rf"\b(?:{mine})\b", said, re.I) or re.search(rf"\b(?:{theirs})\b", sentence, re.I)
            if found and against and not both:
                return found.group()
    return None


def _unknown_name(sentence: str, cited: Sequence[Citation]) -> str | None:
    """A word with a capital that nothing cited has; in front of a sentence, unless it is an everyday word."""
    anybody = [*data("supported")["bodies"], *expressions()["speakers"]["titles"]]
    text = known_of(cited).lower()
    known = words_of(f"{text} {' '.join(anybody)}")
    spelt = re.sub(r"[^\w\s]", "", known_of(cited))
    counted = [(number.start, number.end) for number in numbers(sentence)]
    for found in _NAME.finditer(without_times(sentence)):
        name = found.group()
        if any(low <= found.start() < high for low, high in counted) or name.rstrip("s") in calendar.day_name:
            continue  # those are compared as what they are
        opens = not re.search(r"[\w,]\s*$", sentence[: found.start()])
        # In front of a sentence any word has a capital: it is somebody where a verb of saying follows.
        if opens and (name.lower() in everyday_words() or not told(" ".join(sentence[found.end() :].split()[:3]))):
            continue
        glued = len(name) > 5 or name.isupper()  # "onSchool Lanewhere", as some files have it
        if words_of(name) <= known or name.lower().rstrip("s") in known or (glued and name.lower() in text):
            continue
        if _is_short_for(re.sub(r"['’]s$|s$", "", name), spelt):
            continue
        return name
    return None


def _is_short_for(name: str, spelt: str) -> bool:
    """Whether a name is the initials of words with capitals ("SPC"), itself without its points ("T.D."), or one of the
    short forms that everybody uses ("Co"). `spelt` is what is known, without its marks.
    """
    if long := data("supported")["short"].get(name):
        return re.search(rf"\b(?:{long})\b", spelt, re.I) is not None
    if not name.isupper() or not name.isalpha():
        return False
    between = r"\s+(?:(?:of|and|the|for|in|to|on|s)\s+)*"
    initials = between.join(rf"{letter}\w*" for letter in name)
    return re.search(rf"\b(?:{initials}|{name})\b", spelt) is not None


def known_of(cited: Sequence[Citation]) -> str:
    """What was said, and what the record knows of where and by whom."""
    facts = ((said_in(c), source_line(c), c.speaker, c.role, c.addressee, c.verb) for c in cited)
    return " ".join(" ".join(filter(None, one)) for one in facts)


@cache
def _figures() -> re.Pattern[str]:
    """Tokens with a figure, words for numbers that are not compared as such, and letters that name something."""
    counting = "|".join(data("supported")["counting"])
    return re.compile(rf"[\w£€$.,:/-]*\d[\w.,:/-]*|[¼½¾⅓⅔]|\b(?:{counting})\b|(?<=[a-z]\s)(?!I\b)[A-Z]\b(?![.'’-])")


def reason(name: str, said: str = "") -> str:
    """Why a sentence is not shown, in words."""
    return str(data("supported")["reasons"][name]).format(words=said).rstrip(": ")
