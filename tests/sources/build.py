"""Makes the sources that nobody writes by hand: PDF, Word and zip files, and pages in other clothes.

    pip install reportlab python-docx
    python tests/sources/build.py

What it makes is committed, and comes out the same each time.
"""

from __future__ import annotations

import base64
import io
import quopri
import random
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from textwrap import wrap

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image, ImageDraw, ImageFont
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

HERE = Path(__file__).parent
WHEN = (2025, 7, 1, 12, 0, 0)
GIF = base64.b64decode("R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
rl_config.invariant = 1


def text(name: str) -> str:
    return (HERE / "text" / f"{name}.txt").read_text("utf-8")


# --- PDF ---------------------------------------------------------------------------------------------------

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=12.2, leading=15.8, spaceAfter=10, embeddedHyphenation=1)
HEAD = ParagraphStyle("head", BODY, fontName="Helvetica-Bold", alignment=1)
ITEM = ParagraphStyle("item", BODY, fontName="Helvetica-Bold", keepWithNext=1)
ONE = ParagraphStyle("one", BODY, leftIndent=28, bulletIndent=0)
TWO = ParagraphStyle("two", BODY, leftIndent=56, bulletIndent=28)


class Bookmark(Flowable):
    """An entry in the outline at the place where it stands."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def draw(self) -> None:
        self.canv.bookmarkPage(self.title)
        self.canv.addOutlineEntry(self.title, self.title)


def story(source: str) -> Iterator[Flowable]:
    """`# ` and `% ` are centred, `## ` heads an item; a number or a letter hangs in the margin."""
    for block in source.strip().split("\n\n"):
        mark = re.match(r"(?:(##|#|%) )?(?:(\d+\.(?:\d+)?|\([a-z]\)) )?(.*)", block, re.DOTALL)
        assert mark
        kind, number, words = mark.groups()
        words = escape(words, quote=False).replace("\n", "<br/>")
        if kind:
            style = ITEM if kind == "##" else HEAD
            yield Paragraph(f"{number} {words}" if number else words, style)
        elif number:
            yield Paragraph(words, TWO if number.startswith("(") else ONE, bulletText=number)
        else:
            yield Paragraph(words, BODY)


def pdf(name: str, parts: list[Flowable], title: str, running: str = "") -> None:
    def edges(canvas: Canvas, layout: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawCentredString(A4[0] / 2, 28, str(layout.page))
        if running and layout.page > 1:
            canvas.drawString(72, A4[1] - 40, running)

    path = str(HERE / "pdf" / name)
    layout = SimpleDocTemplate(path, pagesize=A4, title=title, author="Template", leftMargin=72, rightMargin=72)
    layout.build(parts, onFirstPage=edges, onLaterPages=edges)


def pack() -> list[Flowable]:
    parts: list[Flowable] = [Bookmark("Agenda"), *story(text("agenda-frontsheet")), PageBreak()]
    parts += [Bookmark("3 Minutes of the Meeting held on 15 May 2025"), *story(text("previous-minutes")), PageBreak()]
    return [*parts, Bookmark("8 Review of the Mobile Library"), *story(text("report"))]


def scanned() -> None:
    """A picture of text, as a copier makes it."""
    lines = [line for part in re.sub("(?m)^#+ ", "", text("previous-minutes")).splitlines() for line in wrap(part, 76)]
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    for place, line in enumerate(lines):
        draw.text((120, 160 + 60 * place), line, fill=0, font=ImageFont.load_default(26))
    when = time.struct_time((*WHEN, 0, 0, 0))
    page = page.rotate(0.6, Image.Resampling.BILINEAR, fillcolor=255).resize((827, 1170))
    page = page.convert("1", dither=Image.Dither.NONE)
    page.save(HERE / "pdf" / "scanned.pdf", resolution=100, creationDate=when, modDate=when)


# --- Word --------------------------------------------------------------------------------------------------

LEVEL = (
    '<w:lvl w:ilvl="{0}"><w:start w:val="{1}"/><w:numFmt w:val="{2}"/><w:lvlText w:val="{3}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl>'
)
NOT_NEEDED = ("thumbnail", "stylesWithEffects", "theme", "fontTable", "webSettings", "customXml")


def numbering(document: Document, number: int, *levels: str) -> None:
    """A list definition of its own: the numbers are Word's, and stand nowhere in the text."""
    part = document.part.numbering_part.element
    space, list_id = nsdecls("w"), f'w:abstractNumId="{number}"'
    part.insert(0, parse_xml(f"<w:abstractNum {space} {list_id}>{''.join(levels)}</w:abstractNum>"))
    part.append(parse_xml(f'<w:num {space} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def numbered(paragraph, number: int, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def field(paragraph, code: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run._r.append(mark)


def word(name: str, source: str, first: int, running: str) -> None:
    """`##` is an item, `+` its numbered paragraph, `*` a bullet, `>` bold, `)` a lettered point, `|` a table row."""
    document = Document()
    numbering(document, 90, LEVEL.format(0, first, "decimal", "%1."), LEVEL.format(1, 1, "decimal", "%1.%2"))
    numbering(document, 91, LEVEL.format(0, 1, "lowerLetter", "%1)"))
    document.sections[0].header.paragraphs[0].text = running
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("Page ")
    field(footer, "PAGE")
    table = None
    for line in source.strip().splitlines():
        mark, _, words = line.partition(" ")
        if mark == "|":
            table = table or document.add_table(0, 2, style="Table Grid")
            for cell, value in zip(table.add_row().cells, words.split(" | "), strict=True):
                cell.text = value
        elif mark == "#":
            document.add_paragraph(words, "Title")
        elif mark == "##":
            numbered(document.add_paragraph(words, "Heading 2"), 90)
        elif mark == "+":
            numbered(document.add_paragraph(words), 90, 1)
        elif mark == "*":
            document.add_paragraph(words, "List Bullet")
        elif mark == ")":
            numbered(document.add_paragraph(words), 91)
        elif mark == ">":
            document.add_paragraph().add_run(words).bold = True
        else:
            document.add_paragraph(line)
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, link in rels.items() if link.reltype.endswith(NOT_NEEDED)]:
            rels.pop(key)
    document.styles.element.remove(document.styles.latent_styles.element)
    for style in list(document.styles):  # python-docx brings a hundred styles of tables
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    document.core_properties.title = "Minutes template"
    document.core_properties.author = "Template"
    data = io.BytesIO()
    document.save(data)
    with zipfile.ZipFile(data) as made:
        pack_files(HERE / "docx" / name, {entry: made.read(entry) for entry in made.namelist()})


# --- zip ---------------------------------------------------------------------------------------------------


def pack_files(path: Path | io.BytesIO, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data, compresslevel=9)


def bomb(path: Path, megabytes: int = 300) -> None:
    info = zipfile.ZipInfo("minutes.txt", WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = 9  # the only way to say so for a stream before Python 3.13
    with zipfile.ZipFile(path, "w") as made, made.open(info, "w") as entry:
        for _ in range(megabytes):
            entry.write(bytes(1_000_000))


def encrypted(path: Path, name: bytes, plain: bytes, password: bytes) -> None:
    """One stored entry under the old zip encryption, which the standard library reads but does not write."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = zlib.crc32(bytes([byte]), keys[0] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = zlib.crc32(bytes([keys[1] >> 24]), keys[2] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    for byte in password:
        update(byte)
    crc = zlib.crc32(plain)
    hidden = bytearray()
    for byte in bytes(11) + bytes([crc >> 24]) + plain:
        low = (keys[2] & 0xFFFF) | 2
        hidden.append(byte ^ ((low * (low ^ 1)) >> 8 & 0xFF))
        update(byte)
    common = struct.pack("<HHHHHLLLHH", 20, 1, 0, 0x6000, 0x5AE1, crc, len(hidden), len(plain), len(name), 0)
    local = b"PK\x03\x04" + common + name + hidden
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)
    path.write_bytes(local + central + end)


def zips() -> None:
    folder = HERE / "zip"
    page = (HERE / "html/item-page.html").read_bytes()
    minutes = (HERE / "docx/minutes.docx").read_bytes()
    pack_files(folder / "minutes.zip", {"item-page.html": page, "2025/minutes.docx": minutes})
    inner = io.BytesIO()
    pack_files(inner, {"item-page.html": page})
    pack_files(folder / "nested.zip", {"older.zip": inner.getvalue()})
    names = ("../../outside.txt", "/outside-absolute.txt", "..\\..\\outside-windows.txt")
    pack_files(folder / "evil-paths.zip", dict.fromkeys(names, b"This must not be written outside the folder.\n"))
    encrypted(folder / "encrypted.zip", b"minutes.txt", text("previous-minutes").encode(), b"corn hall")
    bomb(folder / "bomb.zip")


# --- pages in other clothes --------------------------------------------------------------------------------


def single_file(page: str, address: str) -> bytes:
    """A page as Chrome saves it in one file: scripts out, quoted-printable, each picture a part."""
    page = re.sub(r"<!--.*?-->|<script.*?</script>", "", page, flags=re.DOTALL)
    edge = "----MultipartBoundary--hQ3kVt0w9ZrXc5Yb2NfJ7uLs1DgAeMpTi8oK6xCvBn----"
    title = re.search(r"<title>(.*?)</title>", page)
    assert title
    head = [
        "From: <Saved by Blink>", f"Snapshot-Content-Location: {address}", f"Subject: {title.group(1)}",
        "Date: Wed, 11 Feb 2026 09:41:07 -0000", "MIME-Version: 1.0", "Content-Type: multipart/related;",
        '\ttype="text/html";', f'\tboundary="{edge}"', "", "",
    ]  # fmt: skip
    html = [
        f"--{edge}", "Content-Type: text/html", "Content-ID: <frame-5F0C2A@mhtml.blink>",
        "Content-Transfer-Encoding: quoted-printable", f"Content-Location: {address}", "",
        quopri.encodestring(page.encode()).decode().replace("\n", "\r\n"),
    ]  # fmt: skip
    picture = [
        f"--{edge}", "Content-Type: image/gif", "Content-Transfer-Encoding: base64",
        "Content-Location: https://democracy.quillbeck.example/mgimages/logo-pdf-1.gif", "",
        base64.b64encode(GIF).decode(), "", f"--{edge}--", "",
    ]  # fmt: skip
    return "\r\n".join(head + html + picture).encode()


def pages() -> None:
    folder = HERE / "html"
    item = (folder / "item-page.html").read_text("utf-8")
    (folder / "item-page.mhtml").write_bytes(single_file(item, "https://democracy.quillbeck.example/mgAi.aspx?ID=5512"))
    old = (folder / "item-page-cp1252.html").read_bytes()
    (folder / "item-page-wrong-charset.html").write_bytes(old.replace(b'charset="windows-1252"', b'charset="utf-8"'))
    address = "https://democracy.quillbeck.example/ieListDocuments.aspx?CId=130&MId=3412&Ver=4"
    whole = (folder / "meeting-page.html").read_text("utf-8")
    saved = f"<!DOCTYPE html>\n<!-- saved from url=({len(address):04}){address} -->"
    whole = whole.replace("<!DOCTYPE html>", saved, 1)
    for there in ("css/qbc.min.css", "js/qbc.min.js", "mgimages/logo-pdf-1.gif"):
        here = there.split("/")[1] + (".download" if there.endswith(".js") else "")
        whole = whole.replace(f'"{there}"', f'"./meeting-page_files/{here}"')
    frame = '<iframe src="./meeting-page_files/saved_resource.html" title="Webcast"></iframe>\n</main>'
    (folder / "complete" / "meeting-page.html").write_text(whole.replace("</main>", frame, 1), "utf-8", newline="\n")


if __name__ == "__main__":
    pdf("printed-minutes.pdf", list(story(text("printed-minutes"))), "Minutes", "Cabinet – 12 June 2025")
    pdf("agenda-frontsheet.pdf", list(story(text("agenda-frontsheet"))), "Agenda Template")
    pdf("report.pdf", list(story(text("report"))), "THE REPORT")
    pdf("reports-pack.pdf", pack(), "(Public Pack)Agenda Document for Cabinet, 12/06/2025 18:00")
    scanned()
    word("minutes.docx", text("scrutiny-minutes"), 43, "Overview and Scrutiny Commission – 20 January 2025")
    word("agenda.docx", text("scrutiny-agenda"), 1, "Overview and Scrutiny Commission")
    noise = random.Random(1997).randbytes(2040)
    (HERE / "docx" / "legacy.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise)
    pages()
    zips()
