"""How well minutes are taken apart, over real ones: `python -m tests.benchmarks.parsing SHARED [--set SET]`.

Rules may be made on any set but `test2`, which nobody who makes rules has looked into: it is for a report.

- header: against the hand-made truth in `tests/evals/headers.jsonl`. A document is right if its council or its body
  is, and its date is exactly; what the text does not state must be None.
- window: passages that fit the embedding model with their context and lead-in in front, by its own tokenizer.
- cut: passages that start or end inside a sentence. A start must be a line's, a list point's or a sentence's; an end
  must be a line's, a list point's or a sentence's. Sentences are told here by punctuation, not by the parser's code.
  A list of names or a table set in one line has no sentences: those are counted apart.
- broken: passages that end with their line, where the next line goes on in small letters: a page's or a line's break
  that mending did not join.
- words kept: of the source's own words (front matter, link lines, addresses, tags and page numbers apart), those in
  the canonical text; and of those, the ones in a passage, an item's number or title, or above the first item. Words
  count as often as they stand there.
- speed: `make_document` alone, in processor time, without reading the file.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.changes import embedded_texts
from corpus.models import Document, Passage
from corpus.weights import Embedder
from ingest.documents import make_document
from ingest.read import Supplied
from ingest.source import Skip

TRUTH = Path(__file__).resolve().parents[1] / "evals" / "headers.jsonl"
_NOT_SAID = re.compile(
    r"(?:\A---\n(?:.*\n)*?---\n)|\[Original file\]\(.*|<small>Scanned page.*|\(Image omitted\)"
    r"|</?\w+[^>\n]*>|&nbsp;|&amp;|\]\(https?:[^)\n]*\)"
    r"|^\W*(?:page\W*)?\d{1,4}(?:\W+of\W+\d{1,4})?\W*$",
    re.MULTILINE | re.IGNORECASE,
)
_POINT = re.compile(r"\W*(?:\(?[\da-z.]{1,6}[).]?)?\W*$", re.IGNORECASE)  # all that stands before a list point's words
_POINTS = re.compile(
    r"\s*(?:[•·▪◦●‣⁃∙\uf0b7\uf0a7]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s|\d{1,3}(?:/\d\d|(?:\.\d{1,2}){1,2})\s)"
)
_STOP = re.compile(r"[.!?:;][\W\d]{0,4}$")


@dataclass(slots=True)
class Read:
    """The documents made of a folder, and what that took."""

    documents: list[Document] = field(default_factory=list)
    skipped: int = 0
    crashes: list[str] = field(default_factory=list)
    words: int = 0
    seconds: float = 0.0


def read(paths: Sequence[Path]) -> Read:
    """Every file taken apart."""
    done = Read()
    for path in paths:
        data = path.read_bytes()
        begun = time.process_time()
        try:
            document = make_document(path.name, data, Supplied())
        except Skip:
            done.skipped += 1
        except Exception as error:
            done.crashes.append(f"{path.name}: {error!r}")
        else:
            done.seconds += time.process_time() - begun
            done.words += len(document.extracted.split())
            done.documents.append(document)
    return done


def truth(name: str) -> list[dict[str, Any]]:
    """The hand-made truth on one set; what is no minutes is left out."""
    cases = [json.loads(line) for line in TRUTH.read_text("utf-8").splitlines()]
    return [case for case in cases if case["set"] == name and case["minutes"]]


def headers(cases: Sequence[dict[str, Any]], documents: Sequence[Document]) -> tuple[dict[str, float], list[str]]:
    """Shares of documents that are right and of stated facts that are; and each fact that is not."""
    by_name = {document.name: document.meetings[0] for document in documents}
    stated: Counter[str] = Counter()
    good: Counter[str] = Counter()
    wrong = []
    for case in cases:
        meeting = by_name.get(case["file"])
        if meeting is None:
            wrong.append(f"{case['file']}: not read")
            continue
        found = {"council": meeting.council, "body": meeting.committee, "date": meeting.date and str(meeting.date)}
        fits = {key: _fits(case, key, value) for key, value in found.items()}
        for key, value in found.items():
            stated[key] += value is not None
            good[key] += value is not None and fits[key]
            if not fits[key]:
                wrong.append(f"{case['file']}: {key} {value!r}, not {case[key]!r}")
        named = [fits[key] for key in ("council", "body") if found[key]]
        silent = not case["council"] and not case["body"]
        right = (any(named) or (silent and not named)) and fits["date"]
        good["document"] += right
        if not right:
            wrong.append(f"{case['file']}: not right")
    plurals = {"date": "dates", "council": "councils", "body": "bodies"}
    shares = {f"{many} stated that are right": good[one] / max(stated[one], 1) for one, many in plurals.items()}
    return {"documents right": good["document"] / len(cases), **shares}, wrong


def _fits(case: dict[str, Any], key: str, value: str | None) -> bool:
    if key == "date" or value is None:
        return bool(value == case[key])
    names = [case[key], *case["alternatives"]]
    return _plain(value) in {_plain(name) for name in names if name}


def _plain(name: str) -> str:
    words = re.findall(r"\w+", name.lower().replace("&", " and ").replace("’", "").replace("'", ""))
    return " ".join(word for word in words if word != "the")


def too_long(documents: Sequence[Document]) -> list[str]:
    """The texts to be embedded that the model would cut."""
    from tokenizers import Tokenizer

    folder = Embedder().folder
    window = json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = [text for document in documents for text in embedded_texts(document).values()]
    return [text for text, made in zip(texts, tokenizer.encode_batch(texts), strict=True) if len(made.ids) > window]


def passages(document: Document) -> Iterator[Passage]:
    """All of a document's."""
    return (passage for meeting in document.meetings for item in meeting.items for passage in item.passages)


def between_names_or_rows(document: Document, passage: Passage) -> bool:
    """True if what is cut is a list of who was there, or a table set in one line: neither has sentences."""
    words = document.text[passage.start : passage.end]
    names, figures = (
        re.findall(r"\((?:Mr|Ms|Mrs|Dr)\b|\b[A-Z][a-z]+ \([A-Z]{2}\)", words),
        re.findall(r"\d\.\d\d\b", words),
    )
    return passage.kind == "attendance" or len(names) > 2 or len(figures) > 3


def cut(document: Document, passage: Passage) -> bool:
    """True if the passage starts or ends inside a sentence."""
    text = document.text
    before = text[text.rfind("\n", 0, passage.start) + 1 : passage.start]
    after = text[passage.end :].partition("\n")[0]
    starts = _POINT.match(before) or _STOP.search(before.rstrip()) or _POINTS.match(text, passage.start)
    ends = not after.strip() or _STOP.search(text[passage.start : passage.end]) or _POINTS.match(after)
    return not (starts and ends)


def broken(document: Document, passage: Passage) -> bool:
    """True if the passage ends with its line and without a stop, and the next line goes on in small letters."""
    after = document.text[passage.end :].lstrip()[:2]
    return after.islower() and after.isalpha() and not re.search(r"[.!?:;)”\"]$", document.text[: passage.end])


def kept(document: Document) -> tuple[int, int, int, int]:
    """Words of the source and those of them in the canonical text; its words and those that a reader can find."""
    said = _words(_NOT_SAID.sub(" ", document.extracted))
    canonical = _words(document.text)
    parts = [document.text[p.start : p.end] for p in passages(document)]
    items = [item for meeting in document.meetings for item in meeting.items]
    parts += [f"{item.number or ''} {item.title or ''}" for item in items]
    first = min(p.start for p in passages(document))
    held = _words(" ".join([*parts, document.text[:first]]))
    found = canonical.total() - (canonical - held).total()
    return said.total(), said.total() - (said - canonical).total(), canonical.total(), found


def embedding_speed(documents: list[Document]) -> float:
    """Words of passages embedded in a second, as an ingest embeds them, in this process."""
    some = [words for document in documents[::25] for words in embedded_texts(document).values()]
    embedder = Embedder()
    embedder.embed(some[:64])  # loads the model
    start = time.perf_counter()
    embedder.embed(some)
    return sum(len(words.split()) for words in some) / (time.perf_counter() - start)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", choices=("dev", "dev2", "test", "test2"), default="dev")
    parser.add_argument("--show", action="store_true", help="also each fact that is wrong, and passages that are cut")
    options = parser.parse_args()
    done = read(sorted((options.shared / "minutes" / "volume").glob("*.md")))
    shares, wrong = headers(truth(options.set), done.documents)
    found = [(document, passage) for document in done.documents for passage in passages(document)]
    long = too_long(done.documents)
    cuts = [(d, p) for d, p in found if cut(d, p)]
    lists = sum(between_names_or_rows(d, p) for d, p in cuts)
    breaks = [(d, p) for d, p in found if broken(d, p)]
    words = [kept(document) for document in done.documents]
    said, mended, canonical, held = (sum(column) for column in zip(*words, strict=True))
    print(f"documents: {len(done.documents):,}, skipped {done.skipped}, crashes {len(done.crashes)}")
    for name, share in shares.items():
        print(f"{name}, {options.set}: {share:.1%}")
    print(f"passages: {len(found):,}, over the model's window {len(long)}, broken {len(breaks)}")
    print(f"cut: {len(cuts)}, of them lists of names and rows of tables {lists}")
    print(
        f"words: {said:,}, in the canonical text {mended / said:.2%}, in passages and headings {held / canonical:.2%}"
    )
    parsing, embedding = done.words / done.seconds, embedding_speed(done.documents)
    print(
        f"speed: {parsing:,.0f} words/s, {parsing / embedding:.1f} times that of embedding ({embedding:,.0f} words/s)"
    )
    if options.show:
        print(*done.crashes, *wrong, *(repr(text) for text in long), sep="\n")
        print(*(f"cut {d.name}: {d.text[p.start : p.end]!r}" for d, p in cuts), sep="\n")


if __name__ == "__main__":
    main()
