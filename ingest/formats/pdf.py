"""PDF: the text of its pages. A form feed stands between two pages."""

from __future__ import annotations

from ingest.source import Extracted, Skip

NAME = "pdf"
SUFFIXES = (".pdf",)


def recognises(data: bytes) -> bool:
    """True for what starts as a PDF does."""
    return data.startswith(b"%PDF-")


def extract(data: bytes, encoding: str | None) -> Extracted:
    """The pages' text. Raises Skip for a PDF that is locked, damaged, or scanned without text."""
    import pypdfium2

    pages: list[str] = []
    try:
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                text = page.get_textpage().get_text_range()
                pages.append(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
    except pypdfium2.PdfiumError:
        raise Skip("it cannot be read as a PDF; it may be damaged or locked with a password") from None
    if not any(page.strip() for page in pages):
        raise Skip("it is a scanned PDF without text; run text recognition over it first")
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    return Extracted("\f".join(pages), NAME, tuple(starts))
