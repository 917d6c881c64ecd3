"""Questions and motions as somebody submitted them: they lead in whatever is said of them.

"REPLY: This application was successful" says neither of what nor of where: its question does. Irish councils print each
under "Question submitted by Councillor …", English ones under "Question from …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from corpus.models import Span
from corpus.sentences import sentences
from ingest.blocks import Block
from ingest.labels import any_of, labels

_SHORT = 25  # words: a heading, with a name
LONGEST = 400  # characters of a lead-in: a motion may run over a page


def led(text: str, title: str | None, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of an item, each reply and discussion with what was submitted as its lead-in."""
    submitted: Span | None = None
    waiting = _heading().match(title or "") is not None
    for block in blocks:
        words = text[block.start : block.end]
        said, short = block.kind in ("discussion", "bullet"), len(words.split()) <= _SHORT
        headed = _heading().match(words) if said and short else None
        opening = _asking().match(words) if said else None
        if headed:
            # "Question from Mr Tolley: When …?" is heading and question in one.
            colon = words.find(": ", headed.end())
            submitted = _asked(text, block.start + colon + 2, block.end) if colon > 0 else None
            waiting = submitted is None
            yield block
        elif opening or (waiting and block.kind == "discussion" and not _reply().match(words)):
            reply = _reply().search(words)
            end = block.start + len(words[: reply.start()].rstrip()) if reply else block.end
            submitted = _asked(text, block.start + (opening.end() if opening else 0), end)
            waiting = not (submitted or reply)  # a bare "I will ask:" has what is asked below it
            yield replace(block, end=end)
            if reply:
                yield replace(block, start=block.start + reply.start(), lead=submitted)
        else:
            waiting = False  # what stands below a reply or a verdict is no question of its heading
            if said and short and _after().match(words):
                submitted = None
            yield replace(block, lead=block.lead or submitted) if said or block.kind == "verdict" else block


def _asked(text: str, start: int, end: int) -> Span | None:
    """The sentences with which a question or motion begins; None if there are no words."""
    found = [span for span in sentences(text, start, max(start, end)) if re.search(r"\w", text[span.start : span.end])]
    kept = [span for span in found if span.end - found[0].start <= LONGEST] or found[:1]
    return Span(kept[0].start, kept[-1].end) if kept else None


@cache
def _heading() -> re.Pattern[str]:
    """Such as "12. Question submitted by Councillor Imber"."""
    return re.compile(rf"^\W*(?:item\s+)?(?:\d{{1,3}}[.:)]?\W*)?(?:{'|'.join(labels()['submitted'])})\b", re.IGNORECASE)


@cache
def _asking() -> re.Pattern[str]:
    """Such as "I will ask at the next meeting", before what is asked."""
    return re.compile(rf"^\W*(?:{'|'.join(labels()['asking'])})[\s,]*", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(labels()['after_submitted'])})\b", re.IGNORECASE)


@cache
def _reply() -> re.Pattern[str]:
    """In front of an answer, where a sentence may begin; in capitals, anywhere."""
    words = any_of(labels()["reply"])
    behind = r"\b\s*(?:[:–—]|-\s)"
    return re.compile(rf"(?:^\W*|(?<=[.?!”\"*]\s))(?i:{words}){behind}|(?<=\s)(?:{words.upper()}){behind}")
