"""The words of a draft that somebody brings as a file. It is read in memory and kept nowhere."""

from __future__ import annotations

import io
import zipfile

from corpus.errors import UserError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {f"{_W}del", f"{_W}moveFrom"}  # what somebody struck out is no longer in the draft
MOST = 100_000_000  # bytes that a Word file may have when it is unpacked
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


def draft_text(name: str, data: bytes) -> str:
    """A text or Word file's words. Raises UserError where a Word file is none."""
    if name.lower().endswith(".docx"):
        return _docx(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # as Windows wrote files, where "£" is one byte


def _docx(data: bytes) -> str:
    """The paragraphs of a .docx, in order: also those in tables and fields, and words added under tracked changes."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:  # it unpacks no more of a part than is told here
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        unpacked = 0
    if unpacked > MOST:
        raise UserError("The draft is too large when unpacked; save it as text")
    try:
        body = docx.Document(io.BytesIO(data)).element.body
        paragraphs = ["".join(_words(paragraph)) for paragraph in body.iter(f"{_W}p")]
    except Exception:
        raise UserError("The draft cannot be read as a Word file; save it anew, or as text") from None
    return "\n\n".join(words for words in paragraphs if words.strip())


def _words(element: object) -> list[str]:
    found: list[str] = []
    for child in element:  # type: ignore[attr-defined]  # lxml's elements have no types
        if child.tag in _GONE or child.tag == f"{_W}p":
            continue  # a paragraph within, of a text box, comes by itself
        found += [child.text or ""] if child.tag == f"{_W}t" else [_BREAKS.get(child.tag, ""), *_words(child)]
    return found
