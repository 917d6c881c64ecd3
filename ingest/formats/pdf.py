"""PDF: the text of its pages. A form feed stands between two pages, a blank line between two paragraphs."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from ingest.formats.layout import PrintedLine, with_paragraphs
from ingest.source import Extracted, Skip

NAME = "pdf"
SUFFIXES = (".pdf",)
MAX_PAGES = 3_000
LETTERS_OF_A_SCAN = 12  # a page with a picture and no more letters than these was scanned: they are a stamp's


def recognises(data: bytes) -> bool:
    """True for what starts as a PDF does."""
    return data.startswith(b"%PDF-")


def extract(data: bytes, encoding: str | None) -> Extracted:
    """The pages' text. Raises Skip for a PDF that is locked, damaged, too long, or scanned without text."""
    import pypdfium2

    texts: list[str] = []
    lines: list[list[PrintedLine] | None] = []
    scanned: list[int] = []
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                raise Skip(f"it has {len(document):,} pages, more than {MAX_PAGES:,}; split it")
            title = document.get_metadata_value("Title")
            for number in range(len(document)):
                page = document[number]
                words = page.get_textpage()
                text = words.get_text_range()
                texts.append(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\f", "\n"))
                lines.append(_printed_lines(words.raw, text, words.count_chars()))
                if len(re.findall(r"\w", text)) <= LETTERS_OF_A_SCAN and _has_drawing(page.raw, bool(text.strip())):
                    scanned.append(number + 1)
                # Closed one by one: a pack of thousands of pages must not stay in memory.
                words.close()
                page.close()
    except pypdfium2.PdfiumError:
        raise Skip("it cannot be read as a PDF; it may be damaged or locked with a password") from None
    if len(scanned) == len(texts) or not any(text.strip() for text in texts):
        raise Skip("it is a scanned PDF without text; run text recognition over it first")
    measured = [page for page in lines if page is not None]
    spaced = with_paragraphs(measured) if len(measured) == len(lines) else None
    pages = spaced or texts
    starts, at = [], 0
    for text in pages:
        starts.append(at)
        at += len(text) + 1
    return Extracted(
        "\f".join(pages),
        NAME,
        tuple(starts),
        title=_pack(title),
        notices=(_without_text(scanned),) if scanned else (),
        spaced=spaced is not None,
    )


def _pack(title: str) -> str | None:
    """A pack's title, which names what it is: "(Public Pack)Agenda Document for …". Others name a template."""
    return title if re.match(r"\(\w+ Pack\)", title) else None


def _without_text(pages: list[int]) -> str:
    some = ", ".join(map(str, pages[:12])) + (f" and {len(pages) - 12} more" if len(pages) > 12 else "")
    if len(pages) == 1:
        return f"page {some} holds no text; it may be scanned"
    return f"pages {some} hold no text; they may be scanned"


def _has_drawing(page: Any, has_letters: bool) -> bool:
    """True if a page without text shows something all the same: an empty page is no scan."""
    import pypdfium2.raw as pdfium

    kinds = [
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at))
        for at in range(min(pdfium.FPDFPage_CountObjects(page), 200))
    ]
    return pdfium.FPDF_PAGEOBJ_IMAGE in kinds if has_letters else bool(kinds)


def _printed_lines(words: Any, text: str, count: int) -> list[PrintedLine] | None:
    """The page's lines with their places; None where the text and the places cannot be brought together."""
    # Places are counted in UTF-16, as PDFium counts; a page where that does not come out even is not measured.
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) != count * 2:
        return None
    return list(_measured(words, text))


def _measured(words: Any, text: str) -> Iterator[PrintedLine]:
    at = 0
    for part in re.split(r"(\r\n|\r|\n|(?<=\ufffe))", text):
        length = len(part.encode("utf-16-le", "surrogatepass")) // 2
        bare = part.strip()
        if bare:
            start = at + len(part) - len(part.lstrip())
            last = at + len(part.rstrip()) - 1
            word = start + len(re.match(r"\S*", bare).group()) - 1  # type: ignore[union-attr]
            yield _line(words, part.replace("\0", "").replace("\f", " "), start, min(word, last), last)
        at += length


def _line(words: Any, text: str, start: int, word: int, last: int) -> PrintedLine:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(words, start, x, y)
    left = x.value
    return PrintedLine(
        text,
        left,
        _right(words, last),
        y.value,
        _right(words, word) - left,
        # A list's number, or a raised "th", may be set smaller than its line.
        max(pdfium.FPDFText_GetFontSize(words, start), pdfium.FPDFText_GetFontSize(words, last)),
        _is_bold(words, start) and _is_bold(words, last),
    )


def _is_bold(words: Any, at: int) -> bool:
    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(80)
    pdfium.FPDFText_GetFontInfo(words, at, name, 80, ctypes.c_int())
    return b"bold" in name.value.lower() or b"black" in name.value.lower()


def _right(words: Any, at: int) -> float:
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(words, at, left, right, bottom, top)
    return right.value
