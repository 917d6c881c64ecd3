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
from ingest.blocks import Block
from ingest.labels import any_of, labels


@cache
def _heading() -> re.Pattern[str]:
    """Such as "12. Question submitted by Councillor Imber"."""
    return re.compile(rf"^\W*(?:item\s+)?(?:\d{{1,3}}[.:)]?\W*)?(?:{'|'.join(labels()['submitted'])})\b", re.IGNORECASE)


@cache
def _asking() -> re.Pattern[str]:
    """Such as "I will ask at the next meeting", before what is asked."""
    return re.compile(rf"^\W*(?:{'|'.join(labels()['asking'])})[\s,]*", re.IGNORECASE)


@cache
def _reply() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\s)|^)(?:{any_of(labels()['reply'])})\b\s*[:–—-]", re.IGNORECASE)


_SHORT = 25  # words: a heading, with a name


def led(text: str, title: str | None, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of an item, each reply and discussion with what was submitted as its lead-in."""
    submitted: Span | None = None
    waiting = _heading().match(title or "") is not None
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind == "discussion" and _heading().match(words) and len(words.split()) <= _SHORT:
            submitted, waiting = None, True
            yield block
        elif block.kind == "discussion" and (_asking().match(words) or (waiting and not _reply().match(words))):
            reply = _reply().search(words)
            end = block.start + len(words[: reply.start()].rstrip()) if reply else block.end
            opening = _asking().match(words)
            submitted, waiting = Span(block.start + (opening.end() if opening else 0), end), False
            yield replace(block, end=end)
            if reply:
                yield replace(block, start=block.start + reply.start(), lead=submitted)
        elif block.kind in ("discussion", "bullet", "verdict"):
            yield replace(block, lead=block.lead or submitted)
        else:
            yield block
