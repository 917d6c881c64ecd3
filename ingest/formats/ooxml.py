"""A Word file as a package: the parts with its words, styles and lists, as trees. Nothing else in it is unpacked.

It may come from anybody: what it says of its own size is believed only where that is too much.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import ZipFile

from ingest import archive
from ingest.source import Skip

MOST_BYTES = 200_000_000  # of all parts together, pictures too, as the file declares them
MOST_XML = 50_000_000  # of one part that is read
MOST_ELEMENTS = 1_500_000
DEEPEST = 150  # elements within each other; tables in tables in tables take some thirty


def parts(data: bytes) -> dict[str, Element]:
    """The parts that are read: "document", and where the file has them "styles" and "numbering"."""
    try:
        file = ZipFile(io.BytesIO(data))
    except archive.DAMAGE:
        raise Skip("it cannot be read as a Word file; it may be damaged") from None
    if sum(member.file_size for member in file.infolist()) > MOST_BYTES:
        raise Skip(f"it would unpack to more than {MOST_BYTES // 1_000_000} MB; no file of minutes does")
    held = {member.filename.replace("\\", "/").lower(): member for member in file.infolist()}

    def part(name: str) -> Element | None:
        member = held.get(name.lower())
        return _tree(archive.unpack(file, member, MOST_XML)) if member else None

    def links(of: str) -> Iterator[tuple[str, str]]:
        folder, name = posixpath.split(of)
        root = part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for link in root if root is not None else ():
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
                yield link.get("Type", "").rpartition("/")[2], target.lstrip("/")

    main = next((target for kind, target in links("") if kind == "officeDocument"), "word/document.xml")
    document = part(main)
    if document is None or document.tag != "document":
        raise Skip("it is not a Word file, whatever its name says")
    found = {"document": document}
    for kind, target in links(main):
        if kind in ("styles", "numbering") and kind not in found and (tree := part(target)) is not None:
            found[kind] = tree
    return found


class _Bare(TreeBuilder):
    """Builds a tree of bare names: Word has two sets of namespaces for the same elements."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise Skip("it has more elements, or deeper within each other, than any file of minutes")
        return super().start(tag.rpartition("}")[2], {k.rpartition("}")[2]: v for k, v in attrs.items()})

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])


def _tree(xml: bytes) -> Element:
    # Word declares no entities. Who does may have them grow without end; in UTF-16 each letter has a zero beside it.
    if b"<!DOCTYPE" in xml.replace(b"\0", b""):
        raise Skip("it declares entities, as no Word file does; it may be meant to do harm")
    parser = XMLParser(target=_Bare())
    try:
        parser.feed(xml)
        root: Element = parser.close()
    except (ParseError, LookupError, ValueError):
        raise Skip("it cannot be read as a Word file; it may be damaged") from None
    return root
