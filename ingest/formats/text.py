"""Plain text, such as a copy of an agenda item's page; and how bytes become text, for every format that holds it."""

from __future__ import annotations

import re

from ingest.source import Extracted, Skip

NAME = "text"
SUFFIXES = (".txt",)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def recognises(data: bytes) -> bool:
    """Anything may be text; what is not is said when it is read."""
    return True


def extract(data: bytes, encoding: str | None) -> Extracted:
    """The text as it is."""
    return Extracted(decode(data, encoding), NAME)


def decode(data: bytes, encoding: str | None, declared: str | None = None) -> str:
    """Bytes as text with `\\n` for every line's end: UTF-8, else as `declared` in the source, else `encoding`.

    Raises Skip where none of them fits: a wrong guess would change words ("£" to "Ł"), so it is named, never used.
    """
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((name for mark, name in marks.items() if data.startswith(mark)), None)
    # What is UTF-8 is read as UTF-8 whatever else is said: `--encoding` is for the others in the folder.
    tried = (_strict(data, name) for name in (marked or "utf-8", declared, encoding) if name)
    text = next((t for t in tried if t is not None), None)
    if text is None:
        raise Skip(_wrong_encoding(data, encoding))
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1f]", text))
    if "\0" in text or controls > len(text) / 100:
        raise Skip("it is binary, not text")
    if not text.strip():
        raise Skip("it holds no text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except LookupError:
        raise Skip(f"{encoding} is not an encoding; try cp1252") from None
    except UnicodeDecodeError:
        return None


def _wrong_encoding(data: bytes, encoding: str | None) -> str:
    if b"\0" in data:
        return "it is binary, not text"
    from charset_normalizer import from_bytes

    likely = "cp1252"  # what Windows writes in this part of the world; its neighbours differ in "£" and "€" alone
    if _strict(data, likely) is None:
        best = from_bytes(data[:200_000]).best()
        likely = best.encoding if best else ""
    hint = f"; it looks like {likely}: try --encoding {likely}" if likely else ""
    return f"it is not {encoding or 'UTF-8'} text{hint or '; save it as UTF-8'}"
