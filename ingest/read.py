"""Bytes -> extracted text. What cannot be read safely is refused with a reason, never guessed at."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

MAX_BYTES = 50_000_000
SUFFIXES = {".txt": "text", ".md": "markdown", ".pdf": "pdf"}


class Skip(Exception):  # noqa: N818 - it is no error: it says what is done with a source
    """This source is left out; the text is the reason, one plain line."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a source says, before any mending. `page_starts` are offsets, empty where there are no pages."""

    text: str
    format: str
    page_starts: tuple[int, ...] = ()
    title: str | None = None
    link: str | None = None


def read(path: Path) -> tuple[bytes, str]:
    """A file's bytes and its format. Raises Skip for what is no minutes file."""
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise Skip(f"{path.suffix or 'a file without a suffix'} is not read yet; save it as .txt, .md or .pdf")
    try:
        str(path.resolve()).encode()
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Skip(f"it has {size // 1_000_000} MB, more than {MAX_BYTES // 1_000_000}; split it")
        data = path.read_bytes()
    except UnicodeEncodeError:
        raise Skip("its name, or its folder's, is not UTF-8; rename it") from None
    except OSError as error:
        raise Skip(f"it cannot be opened ({error.strerror or error.__class__.__name__})") from None
    if not data.strip():
        raise Skip("it is empty")
    return data, kind


def extract(data: bytes, kind: str, encoding: str | None = None) -> Extracted:
    """The text of a source's bytes. Raises Skip where there is none."""
    if kind == "pdf":
        return _pdf(data)
    text = _decode(data, encoding)
    if not text.strip():
        raise Skip("it holds no text")
    if kind == "markdown":
        return _markdown_facts(text)
    return Extracted(text, kind)


def _decode(data: bytes, encoding: str | None) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((name for mark, name in marks.items() if data.startswith(mark)), None)
    # What is UTF-8 is read as UTF-8 whatever else is said: `--encoding` is for the others in the folder.
    text = next((t for t in (_strict(data, name) for name in (marked or "utf-8", encoding) if name) if t), None)
    if text is None:
        raise Skip(_wrong_encoding(data, encoding))
    controls = sum(1 for c in text if ord(c) < 32 and c not in "\t\n\r\f\v")
    if "\0" in text or controls > len(text) / 100:
        raise Skip("it is binary, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except LookupError:
        raise Skip(f"{encoding} is not an encoding; try cp1252") from None
    except UnicodeDecodeError:
        return None


def _wrong_encoding(data: bytes, encoding: str | None) -> str:
    # A wrong guess would change words ("£" to "Ł"), so the guess is named, never used.
    if b"\0" in data:
        return "it is binary, not text"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    hint = f"; it looks like {best.encoding}: try --encoding {best.encoding}" if best else ""
    return f"it is not {encoding or 'UTF-8'} text{hint or '; save it as UTF-8'}"


_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_SOURCE_LINK = re.compile(r"\A\s*\[[^\]\n]*\]\((https?://[^)\s]+)\)")


def _markdown_facts(text: str) -> Extracted:
    # Front matter's date is when a page was published, never the meeting's: only its title is read.
    front = _FRONT_MATTER.match(text)
    title = None
    if front:
        found = re.search(r'^title:\s*"?(.*?)"?\s*$', front.group(1), re.MULTILINE)
        title = found.group(1) if found else None
    link = _SOURCE_LINK.match(text[front.end() :] if front else text)
    return Extracted(text, "markdown", title=title, link=link.group(1) if link else None)


def _pdf(data: bytes) -> Extracted:
    import pypdfium2

    if not data.startswith(b"%PDF-"):
        raise Skip("it is not a PDF, whatever its name says")
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
    return Extracted("\f".join(pages), "pdf", tuple(starts))


@dataclass(frozen=True, slots=True)
class Supplied:
    """What the user says about a source: it fills what the source itself does not state."""

    council: str | None = None
    committee: str | None = None
    date: str | None = None
    title: str | None = None
    link: str | None = None


def with_sidecar(path: Path, supplied: Supplied) -> Supplied:
    """`supplied`, with what `<file>.toml` beside the source says in front of it. Raises Skip if it is wrong."""
    sidecar = path.with_name(path.name + ".toml")
    if not sidecar.exists():
        return supplied
    try:
        facts = tomllib.loads(sidecar.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        raise Skip(f"its sidecar {sidecar.name} is not TOML; mend or remove it") from None
    unknown = set(facts) - {"council", "committee", "date", "title", "link"}
    if unknown:
        raise Skip(f"its sidecar {sidecar.name} has an unknown key, {sorted(unknown)[0]}")
    return replace(supplied, **{key: str(value) for key, value in facts.items()})
