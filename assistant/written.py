"""What a language model writes, read as it comes: sentences, each with the words that it rests on."""

from __future__ import annotations

import json
import re
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
_MARK = re.compile(r"\[\s*(?P<n>\d{1,3})\s*[:,]?\s*[\"“](?P<words>[^\]]*?)[\"”]\s*\]")
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
    if form == "lines" and (last := _line(text[at:])):
        yield last


def _form(text: str) -> str:
    """How it is written, once that can be told. A fence of Markdown around JSON is no part of it."""
    begins = re.sub(r"^\s*(?:```\w*\s*)?", "", text)
    if not begins or text.strip() in ("`", "``", "```"):
        return ""
    return "json" if begins[0] in "{[" else "lines"


def _objects(text: str, at: int) -> tuple[list[Written], int]:
    """The whole objects of the list from `at` on, and where the next begins."""
    found: list[Written] = []
    if at == 0:
        at = text.find("[") + 1
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
    if not isinstance(sentence, str) or not sentence.strip():
        return None
    rests = value.get("rests_on")
    named = [one for one in rests if isinstance(one, dict)] if isinstance(rests, list) else []
    pairs = ((one.get("n"), one.get("words")) for one in named)
    kept = tuple((n, words) for n, words in pairs if type(n) is int and isinstance(words, str))
    return Written(" ".join(sentence.split()), kept)


def _lines(text: str, at: int) -> tuple[list[Written], int]:
    """The whole lines from `at` on, and where the next begins."""
    end = text.rfind("\n") + 1
    return [one for line in text[at:end].splitlines() if (one := _line(line))], max(at, end)


def _line(line: str) -> Written | None:
    marks = list(_MARK.finditer(line))
    sentence = " ".join(_MARK.sub(" ", line).split()).lstrip("-*• ")
    sentence = re.sub(r"\s+([.,;])", r"\1", sentence)
    if not sentence or sentence.strip(".").upper() == "NONE" or sentence.startswith("```"):
        return None
    return Written(sentence, tuple((int(m["n"]), m["words"]) for m in marks))
