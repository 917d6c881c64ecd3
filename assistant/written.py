"""What a language model writes, read as it comes: sentences, each with the words that it rests on."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "sentence": {"type": "string"},
                    "rests_on": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"n": {"type": "integer"}, "words": {"type": "string"}},
                            "required": ["n", "words"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["sentence", "rests_on"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}
_MARK = re.compile(r"\[ ?(?P<n>\d{1,3}) ?[:,]? ?[\"“](?P<words>[^\n]{1,1000}?)[\"”] ?\]")
_FRONT = re.compile(
    r"\s*(?:<think>.*?(?:</think>|\Z)\s*)?(?:```\w*\s*)?", re.S
)  # what some models put before an answer
LONGEST = 1_000  # characters of a sentence, or of the words that it rests on, that are read
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as a model wrote it, with the numbers of passages and the words of them that it says it rests on."""

    sentence: str
    rests_on: tuple[tuple[int, str], ...] = ()


def read_written(pieces: Iterable[str]) -> Iterator[Written]:
    """Each sentence as soon as it is whole, from JSON (SCHEMA) or from lines; what is cut off or is neither is left."""
    text, at, form = "", 0, ""
    for piece in pieces:
        text += piece
        form = form or _form(text)
        if form:
            found, at = (_objects if form == "json" else _lines)(text, at)
            yield from found
    if form != "json":
        yield from filter(None, (_line(line) for line in text[at:].splitlines()))


def _form(text: str) -> str:
    """How it is written, once that can be told: JSON may have words in front."""
    front = _FRONT.match(text)
    begins = text[front.end() :] if front else text
    if '"sentences"' in begins or begins[:1] in ("{", "["):
        return "json"
    return "lines" if "\n" in begins.strip() or "]" in begins else ""


def _objects(text: str, at: int) -> tuple[list[Written], int]:
    """The whole objects of the list from `at` on, and where the next begins."""
    found: list[Written] = []
    if at == 0:
        front = _FRONT.match(text)
        at = text.find("[", max(front.end() if front else 0, text.find('"sentences"'))) + 1
    while at:
        begin = re.compile(r"[\s,]*(?=\{)").match(text, at)
        if begin is None:
            break
        try:
            value, end = _DECODER.raw_decode(text, begin.end())
        except (ValueError, RecursionError):
            break
        found += filter(None, [_of(value)])
        at = end
    return found, at


def _of(value: Any) -> Written | None:
    """A sentence from JSON, whatever a model may have put there."""
    sentence = value.get("sentence") if isinstance(value, dict) else None
    if not isinstance(sentence, str) or not _is_readable(sentence):
        return None
    rests = value.get("rests_on")
    named = [one for one in rests if isinstance(one, dict)] if isinstance(rests, list) else []
    pairs = ((one.get("n"), one.get("words")) for one in named)
    kept = tuple((n, words) for n, words in pairs if type(n) is int and isinstance(words, str) and _is_readable(words))
    return Written(" ".join(sentence.split()), kept)


def _is_readable(words: str) -> bool:
    """Whether these are words of a length that can be checked, without signs that nobody sees."""
    hidden = any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") and sign not in "\n\t" for sign in words)
    return bool(words.strip()) and len(words) <= LONGEST and not hidden


def _lines(text: str, at: int) -> tuple[list[Written], int]:
    """The whole lines from `at` on, and where the next begins."""
    end = text.rfind("\n") + 1
    return [one for line in text[at:end].splitlines() if (one := _line(line))], max(at, end)


def _line(line: str) -> Written | None:
    line = re.sub(r"\s+", " ", line)
    marks = list(_MARK.finditer(line))
    sentence = re.sub(r"^(?:[-*•]|\d{1,2}[.)])\s+", "", _MARK.sub(" ", line).strip())
    sentence = " ".join(sentence.split())
    sentence = re.sub(r"\s+([.,;])", r"\1", sentence)
    if not _is_readable(sentence) or sentence.strip(".").upper() == "NONE" or sentence.startswith(("```", "<think>")):
        return None
    return Written(sentence, tuple((int(m["n"]), m["words"]) for m in marks))
