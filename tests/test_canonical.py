"""Canonical text: what is shown as a quotation is, edits apart, what the source says."""

from __future__ import annotations

import random
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.canonical import SourceMap, is_verbatim, replay
from corpus.models import Document, Edit, Item, Passage
from ingest.documents import make_document
from ingest.mend import mend
from ingest.passages import item_passages
from ingest.read import Supplied
from ingest.source import Extracted
from ingest.structure import outlines
from tests.helpers import SHARED_MINUTES, needs_shared_minutes

# --- the map itself -------------------------------------------------------------------------------


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it, in order, without overlap."""
    text = draw(st.text(alphabet="abc \n\f\ufffe-£", min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [Edit(low, high, draw(st.sampled_from(["", " ", "-"]))) for low, high in pairs]
    return text, edits


@given(edited(), st.data())
@settings(max_examples=300, deadline=None)
def test_a_slice_outside_replacements_is_rebuilt_from_the_source(
    sample: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    extracted, edits = sample
    text = replay(extracted, edits)
    # Which canonical characters stand in the source themselves, told apart without the map.
    own: list[bool] = []
    at = 0
    for edit in edits:
        own += [True] * (edit.start - at) + [False] * len(edit.replacement)
        at = edit.end
    own += [True] * (len(extracted) - at)
    assert len(own) == len(text)
    places = [i for i, is_own in enumerate(own) if is_own]
    if not places:
        return
    first = data.draw(st.sampled_from(places))
    last = data.draw(st.sampled_from([i for i in places if i >= first]))
    assert SourceMap(edits).source_slice(extracted, first, last + 1) == text[first : last + 1]


@given(edited())
@settings(max_examples=200, deadline=None)
def test_a_character_that_was_kept_is_found_where_it_stands_in_the_source(
    sample: tuple[str, list[Edit]],
) -> None:
    extracted, edits = sample
    text = replay(extracted, edits)
    where = SourceMap(edits)
    offsets = [where.source_offset(i) for i in range(len(text))]
    assert offsets == sorted(offsets)
    replaced = {i for e in edits for i in range(e.start, e.end)}
    for i, offset in enumerate(offsets):
        if offset < len(extracted) and offset not in replaced and not any(e.start == offset for e in edits):
            assert extracted[offset] == text[i]


def test_a_quotation_is_not_verbatim_once_its_source_says_something_else() -> None:
    extracted = "The fee is £40 a\nyear."
    edits = [Edit(16, 17, " ")]
    text = replay(extracted, edits)
    assert text == "The fee is £40 a year."
    quote = text[4:]
    assert is_verbatim(extracted, edits, text, 4, len(text), quote)
    assert not is_verbatim(extracted.replace("40", "45"), edits, text, 4, len(text), quote)
    assert not is_verbatim(extracted, edits, text, 4, len(text), quote.replace("40", "45"))
    assert not is_verbatim(extracted, edits, text, 5, len(text), quote)
    assert not is_verbatim(extracted, edits, text, 4, 4, "")


# --- any text that is mended ----------------------------------------------------------------------

SYLLABLES = ["ba", "do", "ke", "li", "mu", "ra", "so", "ti", "ve", "zu", "pen", "gar"]
FURNITURE = ["Agenda item", "Modern.gov Breadcrumb", "--oOo---", "---o0o---", "*****", "Page 4 of 9", "- 7 -"]
words = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map("".join)


@st.composite
def pieces(draw: st.DrawFn) -> tuple[str, str, tuple[int, ...], str]:
    """A source's text, its format, its pages' starts, and the letters of it that are not furniture."""
    kind = draw(st.sampled_from(["text", "markdown", "pdf"]))
    text, kept = "", ""
    count = 0
    for _ in range(draw(st.integers(1, 14))):
        shape = draw(st.sampled_from(["prose", "prose", "bullet", "heading", "verdict", "furniture", "blank", "page"]))
        if shape == "furniture":
            text += f"{draw(st.sampled_from(FURNITURE))}\n"
        elif shape == "blank":
            text += "\n"
        elif shape == "page" and kind == "pdf":
            text += "\f"
        else:
            count += 1
            # No two lines alike: what stands at the edge of many pages is a running head.
            mark = "q" + "".join(SYLLABLES[int(d)] for d in str(count))
            said = [mark, *draw(st.lists(words, min_size=1, max_size=30))]
            sentence = " ".join(said).capitalize() + draw(st.sampled_from([".", ":", "", ";"]))
            front = {"verdict": "RESOLVED: ", "heading": f"{count}. "}.get(shape, "")
            if shape == "bullet":
                front = draw(st.sampled_from(["· ", "• ", "a) ", "·\u00a0\u00a0\u00a0", "1.1 "]))
            line = front + sentence
            for broken in draw(st.lists(st.integers(1, 200), max_size=2)):
                # A word broken at a line's end, as pypdfium2 gives it.
                at = next((i for i in range(broken, len(line) - 1) if line[i - 1 : i + 1].isalpha()), None)
                if at and kind == "pdf":
                    line = line[:at] + draw(st.sampled_from(["\ufffe", "\ufffe\n"])) + line[at:]
            kept += line
            text += line + draw(st.sampled_from(["\n", "\n\n"]))
    starts = (0, *(m.end() for m in re.finditer("\f", text))) if kind == "pdf" else ()
    return text, kind, starts, kept


def _letters(text: str) -> str:
    return re.sub(r"[^A-Za-z]", "", text)


def _taken_apart(source: Extracted) -> tuple[str, tuple[Edit, ...], list[Item]]:
    edits = mend(source)
    text = replay(source.text, edits)
    items = [item_passages(text, s, edits, source.page_starts) for o in outlines(text) for s in o.sections]
    return text, edits, items


def _passages(items: list[Item] | tuple[Item, ...]) -> list[Passage]:
    return [passage for item in items for passage in item.passages]


@given(pieces())
@settings(max_examples=250, deadline=None)
def test_mending_takes_furniture_and_never_a_word(sample: tuple[str, str, tuple[int, ...], str]) -> None:
    extracted, kind, starts, kept = sample
    edits = mend(Extracted(extracted, kind, starts))
    assert all(e.start < e.end for e in edits)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    assert {e.replacement for e in edits} <= {"", " ", "-"}
    assert _letters(replay(extracted, edits)) == _letters(kept)


@given(pieces())
@settings(max_examples=250, deadline=None)
def test_every_passage_of_a_mended_text_is_in_its_source(
    sample: tuple[str, str, tuple[int, ...], str],
) -> None:
    extracted, kind, starts, _ = sample
    text, edits, items = _taken_apart(Extracted(extracted, kind, starts))
    found = _passages(items)
    assert all(a.end <= b.start for a, b in pairwise(found)), "passages overlap"
    for passage in found:
        spans = [(passage.start, passage.end)]
        spans += [(passage.lead.start, passage.lead.end)] if passage.lead else []
        for start, end in spans:
            quote = text[start:end]
            assert quote == quote.strip()
            assert is_verbatim(extracted, edits, text, start, end, quote)


@given(pieces())
@settings(max_examples=250, deadline=None)
def test_every_word_stands_in_a_passage_a_heading_or_the_header(
    sample: tuple[str, str, tuple[int, ...], str],
) -> None:
    extracted, kind, starts, _ = sample
    text, _, items = _taken_apart(Extracted(extracted, kind, starts))
    _nothing_lost(text, items)


def _nothing_lost(text: str, items: list[Item] | tuple[Item, ...]) -> None:
    found = _passages(items)
    if not found:
        return
    shown = [(p.start, p.end) for p in found] + [(p.lead.start, p.lead.end) for p in found if p.lead]
    titles = {item.title for item in items if item.title}
    begins = min(start for start, _ in shown)
    for line in re.finditer(r"[^\n\f]+", text):
        words = line.group().split()
        covered = [(a, b) for a, b in shown if a < line.end() and line.start() < b]
        if covered:
            # Besides a list point's mark, all of the line is shown.
            left = "".join(
                c for i, c in enumerate(line.group(), line.start()) if not any(a <= i < b for a, b in covered)
            )
            assert len(left.strip()) <= 8, left
        elif line.start() >= begins and not any(t[:60] in line.group() for t in titles):
            # A short heading with nothing under it, the label "Minutes:", the agenda's own "(Item 4)".
            assert len(words) <= 5, line.group()


# --- the real minutes -----------------------------------------------------------------------------


@cache
def real_files() -> list[Path]:
    if not SHARED_MINUTES.is_dir():
        return []
    some = [p for folder in ("items", "pdf") for p in sorted((SHARED_MINUTES / folder).iterdir())]
    volume = sorted((SHARED_MINUTES / "volume").iterdir())
    return some + random.Random(7).sample(volume, min(60, len(volume)))


@pytest.fixture(scope="module")
def real_documents() -> list[Document]:
    # The agenda and the report too: whatever is read is read verbatim.
    return [make_document(path.name, path.read_bytes(), Supplied(any_document=True)) for path in real_files()]


@needs_shared_minutes
def test_every_passage_of_the_real_minutes_is_in_its_source(real_documents: list[Document]) -> None:
    count = 0
    for document in real_documents:
        found = [p for meeting in document.meetings for p in _passages(meeting.items)]
        assert found, document.name
        assert all(a.end <= b.start for a, b in pairwise(found)), document.name
        for passage in found:
            quote = document.text[passage.start : passage.end]
            assert is_verbatim(document.extracted, document.edits, document.text, passage.start, passage.end, quote), (
                document.name
            )
            count += 1
    assert count > 1_500


@needs_shared_minutes
def test_no_words_of_the_real_minutes_are_lost(real_documents: list[Document]) -> None:
    for document in real_documents:
        for meeting in document.meetings:
            _nothing_lost(document.text, meeting.items)


@needs_shared_minutes
def test_a_real_passage_is_never_longer_than_the_model_reads(real_documents: list[Document]) -> None:
    longest = max(
        len(document.text[p.start : p.end].split())
        for document in real_documents
        for meeting in document.meetings
        for p in _passages(meeting.items)
    )
    assert longest <= 150


@needs_shared_minutes
def test_the_real_printed_minutes_give_a_page_to_every_passage(real_documents: list[Document]) -> None:
    printed = next(d for d in real_documents if d.name.startswith("Printed minutes"))
    pages = [p.page for meeting in printed.meetings for p in _passages(meeting.items)]
    assert printed.pages is not None
    assert printed.pages > 1
    assert pages == sorted(pages)  # type: ignore[type-var]  # none is None: sorting would fail
    assert pages[0] == 1
    assert pages[-1] == printed.pages


def test_a_converters_mark_of_a_pages_end_is_no_part_of_a_sentence() -> None:
    words = (
        "# Quillbeck Town Council\n\nMinutes of the meeting held on 4 June 2024\n\n1. Lamps\n\n"
        "It was agreed that four lamps be---\n2\n\nmended in Osier Lane and that the Clerk write to the owners.\n\n"
        "It had three aims for the lamps: sourcing---\n\no lighting the steps for the pupils\n\n"
        "The lamp at **Osier****Lane** is dark.\n\n"
        "Councillor Imber thanked the Clerk.---\n**3**\n\nCouncillor Wragg asked about the bridge.---\n\n"
        "The sum was £12 - £14 --- it had not been settled.\n"
    )
    text = make_document("lamps.md", words.encode(), Supplied()).text
    assert "be mended in Osier Lane" in text
    assert "sourcing lighting" not in text.replace("o ", "")
    assert "*" not in text
    assert "thanked the Clerk.\n" in text
    assert "about the bridge.\n" in text
    assert "£14 --- it had" in text
    assert "2" not in re.sub(r"2024|£12", "", text)
