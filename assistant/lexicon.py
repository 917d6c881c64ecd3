"""The names, words and abbreviations that the record itself uses, learnt from every document once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

from assistant import glossary
from assistant.glossary import Glossary
from assistant.words import data, everyday_words
from corpus.records import Record
from corpus.wording import document_ids, read_documents

_TITLE = (
    r"(?:C(?:llrs?|LLRS?|ouncillors?|OUNCILLORS?)|M(?:rs?|RS?|s|iss|ISS)|Dr|DR)\b\.?,?\s+(?:(?:Mrs?|Ms|Miss|Dr)\.?\s+)?"
)
_NAME = r"(?:(?:[OD]|Mc|Mac|Fitz)['’]?\s?)?[A-Z][\w’'-]+"
_TITLED = re.compile(rf"{_TITLE}(?:[A-Z]\.?\s*){{0,3}}({_NAME})(?:\s+({_NAME}))?")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_AFTER_NAMES = re.compile(r"\s*[(,].*$|\s+(?:OBE|MBE|CBE|BEM|JP|MP|TD|PC|Chair(?:man|woman|person)?)\b.*$")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the record's words are at one revision. Keys are lower case, with straight apostrophes.

    `words` counts the documents that hold a word, `titled` those that call somebody by it ("Cllr Imber"); `plain` are
    the words that stand in lower case somewhere, and so are no names; `surnames` are as the record prints them.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()
    surnames: Mapping[str, str] = field(default_factory=dict)
    titled: Mapping[str, int] = field(default_factory=dict)
    councils: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    glossary: Glossary = field(default_factory=Glossary)

    def is_everyday(self, word: str) -> bool:
        """True for a word that names nobody: one of everyday English, or one that the record writes in lower case."""
        return word in self.plain or word in everyday_words()


class _Learnt:
    """What was read of one record so far, so that a new document costs only its own reading."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.revision: str | None = None
        self.lexicon = Lexicon()
        self._forget()

    def _forget(self) -> None:
        self.seen: set[str] = set()
        self.tokens: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.explained: Counter[tuple[str, str]] = Counter()

    def read(self, record: Record, revision: str | None) -> Lexicon:
        """Read what is new, and say what is known now."""
        held = document_ids(record)
        if self.seen - held:
            self._forget()  # what a removed document said must not be known any longer
        for text, people in read_documents(record, held - self.seen):
            self.tokens.update(set(text.split()))
            self.names.update({*_titled(text), *filter(None, map(surname, people))})
            self.explained.update(set(glossary.learn(text)))
        self.seen, self.revision = held, revision
        self.lexicon = self._made(record)
        return self.lexicon

    def _made(self, record: Record) -> Lexicon:
        words: Counter[str] = Counter()
        plain = set()
        for token, count in self.tokens.items():
            for found in _WORD.findall(token):
                word = found.lower().replace("’", "'").removesuffix("'s")
                words[word] += count
                if found.islower():
                    plain.add(word)
        titled: Counter[str] = Counter()
        surnames: dict[str, str] = {}
        for name, count in sorted(self.names.items(), key=lambda known: known[1]):
            key = name.lower().replace("’", "'")
            titled[key] += count
            surnames[key] = name  # the commonest spelling stays
        # Two letters are mostly somebody's initials, unless what they stand for is an everyday thing.
        explained = {e: n for e, n in self.explained.items() if len(e[0]) > 2 or e[1].split()[-1] in plain}
        return Lexicon(
            words, frozenset(plain), surnames, titled, tuple(record.names("council")), tuple(record.names("committee")),
            glossary.glossary(explained),
        )  # fmt: skip


_LEARNT: WeakKeyDictionary[Record, _Learnt] = WeakKeyDictionary()
_LOCK = Lock()


def lexicon(record: Record) -> Lexicon:
    """What the record's words are now. Threads may share it."""
    with _LOCK:
        learnt = _LEARNT.setdefault(record, _Learnt())
    revision = record.fact("revision")
    with learnt.lock:
        return learnt.lexicon if learnt.revision == revision and learnt.seen else learnt.read(record, revision)


def surname(attendee: str) -> str:
    """The surname of somebody named in a meeting's header: "Cllr. J. Imber (Chair)" -> "Imber"; empty if none."""
    plain = re.sub(r"\b(O|D)[’']\s+", r"\1’", _AFTER_NAMES.sub("", attendee.strip()))
    last = plain.split()[-1] if plain.split() else ""
    return _tidied(last) if _WORD.fullmatch(last) and last[0].isupper() and len(last) > 2 else ""


def _titled(text: str) -> set[str]:
    found = set()
    for match in _TITLED.finditer(text):
        # "Councillor Ann Imber", but "Councillor Imber Seconded": a word of the language is no second name.
        names = [re.sub(r"[’']s$|[’'-]+$", "", name) for name in match.groups() if name]
        if len(names) == 2 and (names[1].lower() in everyday_words() or names[1].lower().rstrip("s") in _no_names()):
            names.pop()
        if len(names[-1]) > 2 and names[-1].lower() not in _no_names():
            found.add(_tidied(names[-1]))
    return found


@cache
def _no_names() -> frozenset[str]:
    return frozenset(data("names")["not_names"].split())


def _tidied(name: str) -> str:
    name = re.sub(r"[’']\s+", "’", name)
    if name.isupper():
        name = name.title() if not name.startswith(("MC", "MAC")) else name.capitalize()
    return name
