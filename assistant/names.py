"""People, councils and committees named in a question, matched to those on record; slips of the pen are forgiven.

Everyday words must never become a name: a word counts only where it is written as a name, follows a title, or is one
that the record itself uses for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from assistant.lexicon import Lexicon
from assistant.spelling import closest, english, is_slip
from assistant.words import data, stop_words

LONG = 8  # letters from which a place in lower case may be misspelt


@dataclass(frozen=True, slots=True)
class Named:
    """Whom and what a question names, as the record spells them; `respelt` says which words were spelt otherwise."""

    councils: tuple[str, ...] = ()
    committee: str | None = None
    people: tuple[str, ...] = ()
    respelt: dict[str, str] = field(default_factory=dict)


def bodies(question: str, lexicon: Lexicon) -> Named:
    """The councils that a question names, and the committee, where it names one alone."""
    lowered = _plain(question)
    councils, respelt = _councils(question, lowered, lexicon)
    return Named(councils, _committee(lowered, lexicon), (), respelt)


def people(question: str, lexicon: Lexicon) -> Named:
    """The people whom a question names: by a title and a surname, or by a surname that is no everyday word."""
    found: list[str] = []
    respelt: dict[str, str] = {}
    capitals = _capitals(question)
    after_title: set[int] = set()
    for match in _titled().finditer(question):
        for group in (3, 2):  # "Cllr Ann Imber": the second name is the surname, if there is one
            word = match[group]
            name = word and _titled_name(word, match[1].lower().rstrip("."), word.lower() in capitals, lexicon)
            if word and name:
                found.append(name)
                after_title.add(match.start(group))
                if _key(name) != _key(word):
                    respelt[_own(word)] = name
                break
    places = {w for name in (*lexicon.councils, *lexicon.committees) for w in _words(name)}
    for match in _WORD.finditer(question):
        key = _key(match[0])
        if match.start() in after_title or len(key) < 4 or key in places or lexicon.is_everyday(key):
            continue
        if key in lexicon.titled:
            # A word that is mostly said of nobody is a place that somebody is called by too.
            said_of_them = lexicon.words.get(key, 0) <= 3 * lexicon.titled[key]
            if said_of_them and (key not in english() or (key in capitals and lexicon.titled[key] > 1)):
                found.append(lexicon.surnames[key])
        elif key in capitals and is_slip(key, lexicon):
            meant = closest(key, lexicon.titled, shortest=6)
            if meant and meant not in places and not lexicon.is_everyday(meant):
                found.append(lexicon.surnames[meant])
                respelt[_own(match[0])] = lexicon.surnames[meant]
    return Named(people=tuple(dict.fromkeys(found)), respelt=respelt)


def leave_out(question: str, councils: Iterable[str]) -> str:
    """The question without these councils: of "how many in Osierham", asked on of another, "how many" stays."""
    for name in councils:
        said = "|".join(re.escape(n) for n in (_plain(name), short_name(name)))
        question = re.sub(rf"(?:\b(?:in|at|of|for|by)\s+)?\b(?:{said})\b(?:[’']s)?", " ", question, flags=re.IGNORECASE)
    question = re.sub(r"\b(?:between|in|of|for)\s+(?:,\s*)*(?:and|or)\b[\s,]*", " ", question, flags=re.IGNORECASE)
    question = re.sub(r"(?:[\s,]+(?:and|or|in|at|of|for|with|between)\b)*[\s,]*(?=[?.!]?\s*$)", "", question)
    return " ".join(question.split())


def respell(question: str, respelt: dict[str, str]) -> str:
    """The question in the record's spelling of names."""
    for said, meant in respelt.items():
        question = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", meant, question, flags=re.IGNORECASE)
    return question


def _titled_name(word: str, title: str, capital: bool, lexicon: Lexicon) -> str | None:
    key = _key(word)
    everyday = lexicon.is_everyday(key)
    if everyday and not capital and (key in stop_words() or title not in data("names")["sure_titles"].split()):
        return None
    if key in lexicon.surnames:
        return lexicon.surnames[key]
    if everyday or len(key) < 4 or key in english():
        return None  # a name that is common, and not on record, is somebody else's
    near = closest(key, lexicon.titled, shortest=4, slips=1 if len(key) < 7 else 2)
    return lexicon.surnames[near] if near else None


def _councils(question: str, lowered: str, lexicon: Lexicon) -> tuple[tuple[str, ...], dict[str, str]]:
    capitals = _capitals(question)
    full = {name: short_name(name) for name in lexicon.councils if _plain(name) in lowered}
    found = full | {
        name: short
        for name in lexicon.councils
        if (short := short_name(name)) not in full.values()
        and len(short) > 4
        and _is_said(short, lowered, capitals, lexicon)
    }
    # "Northwold and Whittington" is not also Northwold.
    within = [n for n, s in found.items() if any(s != o and f" {s} " in f" {o} " for o in found.values())]
    alone = [n for n in found if n not in within]
    if alone:
        # "Northwold" may mean Northwold and Whittington too: then neither is looked at alone.
        others = [n for n in lexicon.councils if n not in found and f" {found[alone[0]]} " in f" {short_name(n)} "]
        unsure = len(alone) == 1 and others and alone[0] not in full
        # A city and its district may have one name: then any of them may be meant.
        shared = len({found[n] for n in alone}) < len(alone)
        return () if unsure or shared else tuple(alone), {}
    meant = {n: near for n in lexicon.councils if (near := _misspelt(short_name(n), question, capitals, lexicon))}
    if len(meant) != 1:
        return (), {}
    [(name, (said, place))] = meant.items()
    return (name,), {said: next(w for w in name.split() if w.lower().replace("’", "'") == place)}


def _misspelt(short: str, question: str, capitals: frozenset[str], lexicon: Lexicon) -> tuple[str, str] | None:
    """A word of the question that is a slip of the pen in a place's name, and the right one; the rest must agree."""
    own = short.split()
    found = list(_WORD.finditer(question))
    for at in range(len(found) - len(own) + 1):
        window = found[at : at + len(own)]
        wrong = [(m, w) for m, w in zip(window, own, strict=True) if _key(m[0]) != w]
        if len(wrong) != 1:
            continue
        match, place = wrong[0]
        key = _key(match[0])
        as_name = key in capitals or len(key) >= LONG or _before_kind(question[window[-1].end() :])
        is_name = as_name and is_slip(key, lexicon)
        if is_name and closest(key, {place: 1}, shortest=4 if len(own) > 1 else 6):
            return _own(match[0]), place
    return None


def _is_said(short: str, lowered: str, capitals: frozenset[str], lexicon: Lexicon) -> bool:
    for match in re.finditer(rf"\b{re.escape(short)}\b", lowered):
        # "Reading" is a place only where it is written or called so.
        if not lexicon.is_everyday(short) or short in capitals or _before_kind(lowered[match.end() :]):
            return True
    return False


def _committee(lowered: str, lexicon: Lexicon) -> str | None:
    committees = lexicon.committees
    places = {w for name in lexicon.councils for w in short_name(name).split()}
    full = [name for name in committees if _plain(name) in lowered]
    longest = [n for n in full if not any(n != o and _plain(n) in _plain(o) for o in full)]
    if longest:
        return longest[0] if len(longest) == 1 else None
    called = []
    for match in _body().finditer(lowered):
        said = _last_words(lowered[: match.start()])
        said = [w for w in said if w not in places] or said
        kind = data("names")["bodies"][match[1]]
        called += [n for n in committees if said and _is_called(said, kind, n)]
    return called[0] if len(set(called)) == 1 else None


def _is_called(said: list[str], kind: str, name: str) -> bool:
    """True if `said`, the words before "committee", call this one: most of its name, or how its name begins."""
    own = [w for w in _words(name) if w not in _joiners() and w not in _generic()]
    last = _words(name)[-1]
    same_kind = data("names")["bodies"].get(last, last) == kind
    known = dict.fromkeys(own, 1)
    begun = {w: o for w in said for o in own if len(w) > 4 and (o.startswith(w) or w.startswith(o))}
    held = [w if w in known else begun.get(w) or closest(w, known, shortest=6) for w in said]
    whole = all(held) and (len(set(held)) * 2 >= len(own) or held[0] == own[0])
    return bool(own) and ((same_kind and whole) or (said == own and len(own) > 1))


def _last_words(before: str) -> list[str]:
    """The words that may be part of a body's name, right before what kind of body it is."""
    taken: list[str] = []
    for word in reversed(_words(before)):
        if word in _generic() and not taken:
            continue
        if word in stop_words() and word not in ("and", "of", "for"):
            break
        taken.insert(0, word)
    while taken and (taken[0] in _joiners()):
        taken.pop(0)
    return [w.removesuffix("'s") for w in taken if w not in _joiners()][-6:]


def short_name(council: str) -> str:
    """A council's name without what kind of council it is: "London Borough of Merrow" -> "merrow"."""
    left = _words(council)
    kinds = {*data("names")["kinds_of_council"].split(), *_joiners()}
    while left and left[0] in kinds:
        left.pop(0)
    while left and left[-1] in kinds:
        left.pop()
    return " ".join(left)


def _capitals(question: str) -> frozenset[str]:
    """Words with a capital where a sentence would not have one; none where capitals are no sign."""
    found = [m for m in _WORD.finditer(question) if len(m[0]) > 3]
    capital = [m for m in found if m[0][0].isupper()]
    if any(len(m[0]) > 4 and m[0].isupper() for m in found) or (len(found) > 3 and len(capital) > 0.7 * len(found)):
        return frozenset()
    inside = [m for m in capital if re.search(r"[\w,;:’'\"(]\s*$", question[: m.start()])]
    return frozenset(_key(m[0]) for m in inside)


def _before_kind(after: str) -> bool:
    first = re.match(r"\W{1,2}(\w+)", after)
    return bool(first) and first[1].lower() in data("names")["kinds_of_council"].split()  # type: ignore[index]


_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@cache
def _titled() -> re.Pattern[str]:
    titles = "|".join((data("names")["sure_titles"] + " " + data("names")["titles"]).split())
    word = r"[^\W\d_]+(?:[’'-][^\W\d_]+)*"
    return re.compile(rf"\b({titles})\b\.?\s+(?:[A-Z]\.?\s+)?({word})(?:\s+({word}))?", re.IGNORECASE)


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, data('names')['bodies']))})\b")


def _generic() -> frozenset[str]:
    return frozenset(data("names")["any_body"].split())


def _joiners() -> frozenset[str]:
    return frozenset(data("words")["joiners"].split())


def _words(text: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)]


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _own(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def _key(word: str) -> str:
    return _own(word).lower().replace("’", "'")
