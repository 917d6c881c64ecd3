"""Feeds damaged sources to every parser: nothing but a document or a plain reason may come out, and soon.

`python -m tests.fuzzing 20000` (or `make fuzz`) is the long run; the test suite runs 500 of the same.
"""

from __future__ import annotations

import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from corpus.canonical import is_verbatim
from corpus.models import Document
from ingest.documents import make_document
from ingest.formats import suffixes
from ingest.read import Supplied
from ingest.source import Skip

SOURCES = Path(__file__).parent / "sources"
SLOWEST = 10  # seconds that one input may take
MOST_MEMORY = 3_000_000_000  # bytes of address space above what is in use at the start

# What parsers stumble over: markup, labels, numbers, and bytes that are no text.
TOKENS = (
    b"<div>", b"</div>", b"<td>", b"<p class=mgWordPara>", b"<tr>", b"&nbsp;", b"&lt;", b"&#0;", b"&#xD800;",
    b"]]>", b"<![CDATA[", b"<!--", b"<agendaitem>", b"</minutesnonemptyhtmlbody>", b"\x00", b"\xff\xfe",
    b"\xef\xbf\xbe", b"\x0c", b"\r", b"\xc2\xa0" * 40, b"\n" * 40, b"RESOLVED", b"RESOLVED:\n", b"Minutes:\n",
    b"(Item 1)\n", b"1. ", b"999999999999999999", b"EXEMPT ITEMS\n", b"PRESENT: ", b"For (5): A, B", b"31/02/2024",
    b"30th February 2024", b"0" * 300, b"a" * 5_000, b"( " * 500, b"A. " * 500, b"\xe2\x80\x9c" * 200, b"@" * 300,
    b"<b>" * 300, b"endobj", b"/Length 99999999", b"xref", b"PK\x03\x04", b"Content-Type: text/html\n\n",
    b"---\ntitle: x\n---\n", b"# ", b"| a | b |\n",
)  # fmt: skip


def seeds() -> list[tuple[str, bytes]]:
    """Every source of a kind that is read, as (suffix, bytes)."""
    known = suffixes()
    found = [p for p in sorted(SOURCES.rglob("*")) if p.suffix.lower() in known and p.stat().st_size < 200_000]
    return [(path.suffix.lower(), path.read_bytes()) for path in found]


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` damaged sources, the same for the same `seed`; now and then one under another kind's suffix."""
    rng = random.Random(seed)
    whole = seeds()
    for _ in range(count):
        suffix, data = rng.choice(whole)
        mutant = bytearray(data)
        for _ in range(rng.choice((1, 1, 2, 4, 16))):
            _damage(mutant, rng, whole)
        if rng.random() < 0.03:
            suffix = rng.choice(sorted(suffixes()))
        yield suffix, bytes(mutant)


def _damage(data: bytearray, rng: random.Random, whole: list[tuple[str, bytes]]) -> None:
    at = rng.randrange(len(data) + 1)
    end = min(len(data), at + rng.choice((1, 8, 100, 2_000)))
    kind = rng.randrange(6)
    if kind == 0:
        data[at:end] = b""
    elif kind == 1:
        data[at:at] = rng.choice(TOKENS)
    elif kind == 2:
        data[at:at] = data[at:end] * rng.choice((1, 3, 30))
    elif kind == 3 and data:
        data[min(at, len(data) - 1)] = rng.randrange(256)
    elif kind == 4:
        del data[at:]
    else:
        other = rng.choice(whole)[1]
        low = rng.randrange(len(other))
        data[at:end] = other[low : low + 500]


def tried(suffix: str, data: bytes) -> str:
    """What comes out of one source: "document" or the reason. Whatever else is raised is a fault of ours."""
    try:
        document = make_document(f"fuzzed{suffix}", data, Supplied())
    except Skip as reason:
        return str(reason)
    _check(document)
    return "document"


def _check(document: Document) -> None:
    for meeting in document.meetings:
        for item in meeting.items:
            for passage in item.passages:
                quote = document.text[passage.start : passage.end]
                assert quote
                assert quote == quote.strip()
            for passage in item.passages[:3]:
                quote = document.text[passage.start : passage.end]
                assert is_verbatim(
                    document.extracted, document.edits, document.text, passage.start, passage.end, quote
                ), quote


class TooSlowError(Exception):
    """An input took longer than it may."""


def bounded(suffix: str, data: bytes) -> str:
    """The same, under a clock."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"longer than {SLOWEST} s")

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(SLOWEST)
    try:
        return tried(suffix, data)
    finally:
        signal.alarm(0)


def main(count: int, seed: int) -> int:
    """Try `count` inputs; print what came out, keep what failed in a folder, and give the number of failures."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    resource.setrlimit(resource.RLIMIT_AS, (used + MOST_MEMORY, resource.RLIM_INFINITY))
    outcomes: Counter[str] = Counter()
    failed, slowest, begun = 0, 0.0, time.perf_counter()
    for number, (suffix, data) in enumerate(mutants(count, seed)):
        start = time.perf_counter()
        try:
            outcome = bounded(suffix, data)
            assert outcome.isprintable(), "a reason is one plain line"
            outcomes[outcome if outcome == "document" else "skipped with a reason"] += 1
        except Exception as error:
            failed += 1
            kept = Path("fuzzed") / f"{seed}-{number}{suffix}"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(data)
            print(f"{kept}: {error.__class__.__name__}: {str(error)[:200]}")
        slowest = max(slowest, time.perf_counter() - start)
    took = time.perf_counter() - begun
    print(f"{count} inputs in {took:.0f} s, slowest {slowest:.1f} s: {dict(outcomes)}, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1) else 0)
