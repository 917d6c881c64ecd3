"""Word files: what a reader of the page sees is what is read, its numbers too; what could do harm is refused."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Document
from ingest.documents import make_document
from ingest.formats import docx, ooxml
from ingest.read import Supplied, read
from ingest.source import Extracted, Skip
from tests.examples import MEETING, write

SOURCES = Path(__file__).parent / "sources"
W = nsdecls("w")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved(document: WordFile) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def extracted(document: WordFile) -> Extracted:
    return docx.extract(saved(document), None)


def lines(document: WordFile) -> list[str]:
    return extracted(document).text.splitlines()


def body_lines(xml: str) -> list[str]:
    """The lines of a file whose body is this."""
    return docx.extract(package(**{"word/document.xml": main(xml)}), None).text.splitlines()


def main(body: str, before: str = "") -> str:
    return f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"


def package(**parts: str | bytes) -> bytes:
    """A file of these parts only, as torn as they are."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in parts.items():
            made.writestr(name, words)
    return data.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same file with its parts changed; None takes one out."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        parts = {name: change(name, held.read(name)) for name in held.namelist()}
    return package(**{name: words for name, words in parts.items() if words is not None})


def reason(data: bytes, name: str = "minutes.docx") -> str:
    with pytest.raises(Skip) as skipped:
        make_document(name, data, Supplied())
    said = str(skipped.value)
    assert "\n" not in said
    assert not said.endswith(".")
    return said


def define(
    document: WordFile, kind: int, *levels: str, num: int | None = None, more: str = "", linked: str = ""
) -> int:
    """A list of the file's own; each level is "format pattern [start]". Gives its number."""
    root = document.part.numbering_part.element
    described = ""
    for at, level in enumerate(levels):
        form, pattern, *start = level.split(" ")
        described += (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="{start[0] if start else 1}"/><w:numFmt w:val="{form}"/>'
            f"{linked if at == len(levels) - 1 else ''}"
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        )
    if levels:
        root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{kind}">{described}</w:abstractNum>'))
    num = num or kind
    root.append(parse_xml(f'<w:num {W} w:numId="{num}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'))
    return num


def point(document: WordFile, words: str, num: int, level: int = 0, style: str | None = None) -> Paragraph:
    paragraph = document.add_paragraph(words, style)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = num
    return paragraph


# --- words and their order ------------------------------------------------------------------------


def test_paragraphs_and_tables_come_in_the_order_of_the_page() -> None:
    document = python_docx.Document()
    document.add_paragraph("Before the table.")
    table = document.add_table(2, 3)
    for cell, words in zip(table.rows[0].cells, ("Councillor", "For", "Against"), strict=True):
        cell.text = words
    table.cell(1, 0).text, table.cell(1, 2).text = "S Wragg", "x"
    document.add_paragraph("After the table.")
    # An empty cell keeps its place: else the vote would be for.
    assert lines(document) == ["Before the table.", "Councillor | For | Against", "S Wragg | | x", "After the table."]


def test_merged_cells_say_their_words_once_and_tables_in_tables_say_theirs() -> None:
    document = python_docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Both"
    table.cell(0, 2).text = "Alone"
    table.cell(1, 0).text = "Ward"
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Osier", "12"
    tall = document.add_table(2, 2)
    tall.cell(0, 0).merge(tall.cell(1, 0)).text = "Tall"
    tall.cell(0, 1).text, tall.cell(1, 1).text = "upper", "lower"
    assert lines(document) == ["Both | Alone", "Ward | Osier | 12", "Tall | upper", "| lower"]


def test_minutes_laid_out_in_a_table_are_read_as_paragraphs() -> None:
    document = python_docx.Document()
    table = document.add_table(3, 3)
    said = "The Head of Streets confirmed that 14 grit bins on the Brackenhill estate had been refilled in December."
    for cell, words in zip(table.rows[0].cells, ("32", "Grit bins", ""), strict=True):
        cell.text = words
    table.cell(1, 1).text = said
    table.cell(1, 1).add_paragraph("AGREED: That it be noted.")
    table.cell(1, 2).text = "PL"
    counted = define(document, 90, "decimal %1. 33")
    point_in_cell = table.cell(2, 0).paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
    point_in_cell.get_or_add_numId().val = counted
    table.cell(2, 1).text = "Ponds"
    assert lines(document) == ["32 Grit bins", said, "AGREED: That it be noted.", "PL", "33. Ponds"]


def test_a_line_break_is_a_new_line_and_a_tab_a_space() -> None:
    document = python_docx.Document()
    document.add_paragraph("Corn Hall,\nQuillbeck\tat 7.00 pm")
    assert lines(document) == ["Corn Hall,", "Quillbeck at 7.00 pm"]


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    struck = "<w:del w:id='1'><w:r><w:delText>{}</w:delText></w:r></w:del>"
    end_struck = "<w:pPr><w:rPr><w:del w:id='2'/></w:rPr></w:pPr>"
    body = (
        f"<w:p>{run.format('It cost ')}{struck.format('£2,000')}<w:ins w:id='3'>{run.format('£2,300')}</w:ins></w:p>"
        f"<w:p>{end_struck}{struck.format('A paragraph that nobody wants.')}</w:p>"
        f"<w:p>{end_struck}{run.format('One sentence. ')}</w:p><w:p>{run.format('And its next.')}</w:p>"
        f"<w:p><w:moveFrom w:id='4'>{run.format('Moved.')}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo w:id='5'>{run.format('Moved.')}</w:moveTo></w:p>"
    )
    data = package(**{"word/document.xml": main(body)})
    found = docx.extract(data, None)
    assert found.text.splitlines() == ["It cost £2,300", "One sentence. And its next.", "Moved."]
    assert found.notices == ("it has tracked changes, which were taken as accepted",)


def test_content_controls_links_and_fields_are_read_and_their_furniture_is_not() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run.format('In a control.')}</w:p></w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent><w:p>{run.format('Click here')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{run.format('See ')}<w:hyperlink>{run.format('the report')}</w:hyperlink>"
        f"<w:sdt><w:sdtContent>{run.format(' of March')}</w:sdtContent></w:sdt></w:p>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE \\@ yyyy</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run.format('6 February 2018')}</w:p>"
        f"<w:p>{run.format('Seen.')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>opted</w:t><w:softHyphen/></w:r>"
        "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>"
    )
    assert body_lines(body) == ["In a control.", "See the report of March", "6 February 2018", "Seen.", "co-opted✓"]


def test_what_is_not_read_is_said_where_it_holds_words() -> None:
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>A boxed remark</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    found = docx.extract(
        package(
            **{
                "word/document.xml": main(
                    f"<w:p><w:r><w:t>Words.</w:t></w:r>{box}<w:r><w:footnoteReference/></w:r></w:p>"
                )
            }
        ),
        None,
    )
    assert found.text == "Words.\n"
    assert found.notices == ("the words in its text boxes were not read", "its footnotes were not read")


def test_headers_footers_comments_and_the_files_own_title_are_not_read() -> None:
    document = python_docx.Document()
    document.core_properties.title = "Minutes template"
    document.sections[0].header.paragraphs[0].text = "A running head"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    spoken = document.add_paragraph("The Panel met.")
    document.add_comment(spoken.runs, "Did it?")
    found = extracted(document)
    assert found.text == "The Panel met.\n"
    assert found.title is None


def test_a_table_of_contents_is_left_out() -> None:
    document = python_docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Grit bins\t3", "toc 1")
    document.add_paragraph("Grit bins")
    assert lines(document) == ["Grit bins"]


# --- Word's own numbers ---------------------------------------------------------------------------


def test_the_numbers_that_word_counts_stand_before_their_lines() -> None:
    document = python_docx.Document()
    items = define(document, 90, "decimal %1. 31", "decimal %1.%2", "lowerLetter (%3)", "lowerRoman %4)")
    for words, level in [
        ("Apologies", 0), ("Received.", 1), ("Grit bins", 0), ("Seen.", 1), ("Filled.", 1), ("in May", 2),
        ("in June", 2), ("one", 3), ("two", 3), ("in July", 2), ("Gone.", 1), ("in August", 2), ("Ponds", 0),
    ]:  # fmt: skip
        point(document, words, items, level)
    assert lines(document) == [
        "31. Apologies", "31.1 Received.", "32. Grit bins", "32.1 Seen.", "32.2 Filled.", "(a) in May", "(b) in June",
        "i) one", "ii) two", "(c) in July", "32.3 Gone.", "(a) in August", "33. Ponds",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("decimal %1) 9", ["9)", "10)"]),
        ("decimalZero %1 9", ["09", "10"]),
        ("lowerLetter %1. 26", ["z.", "aa."]),
        ("upperLetter %1 1", ["A", "B"]),
        ("lowerRoman (%1) 4", ["(iv)", "(v)"]),
        ("upperRoman %1. 1999", ["MCMXCIX.", "MM."]),
        ("ordinal %1 11", ["11th", "12th"]),
        ("bullet \uf0b7", ["•", "•"]),
        ("bullet o", ["•", "•"]),
        ("none Action:", ["Action:", "Action:"]),
        ("klingon %1 1", ["1", "2"]),
        ("lowerLetter %1 99999", ["99999", "100000"]),
        ("decimal %1%2%9 1", ["1", "2"]),
    ],
)
def test_numbers_look_as_word_prints_them(level: str, shown: list[str]) -> None:
    document = python_docx.Document()
    num = define(document, 90, level)
    for _ in shown:
        point(document, "Words.", num)
    assert lines(document) == [f"{number} Words." for number in shown]


def test_a_list_that_starts_anew_does_so_once_and_others_of_its_kind_go_on() -> None:
    document = python_docx.Document()
    first = define(document, 90, "decimal %1.", "lowerLetter (%2)")
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    anew = define(document, 90, num=91, more=restart)
    same = define(document, 90, num=92)
    for num in (first, first, anew, anew, same):
        point(document, "x", num)
    point(document, "x", 90, 1)
    assert lines(document) == ["1. x", "2. x", "1. x", "2. x", "3. x", "(a) x"]


def test_a_level_may_go_on_through_the_levels_above_it() -> None:
    document = python_docx.Document()
    minutes = define(document, 90, "upperRoman %1.", "decimal %2.", linked='<w:lvlRestart w:val="0"/>')
    for level in (0, 1, 1, 0, 1):
        point(document, "x", minutes, level)
    assert lines(document) == ["I. x", "1. x", "2. x", "II. x", "3. x"]


def test_legal_numbering_is_decimal_whatever_stands_above() -> None:
    document = python_docx.Document()
    minutes = define(document, 90, "upperRoman %1.", "decimal %1.%2", linked="<w:isLgl/>")
    for level in (0, 0, 1):
        point(document, "x", minutes, level)
    assert lines(document) == ["I. x", "II. x", "2.1 x"]


def test_a_level_above_that_was_never_used_counts_from_its_start() -> None:
    document = python_docx.Document()
    minutes = define(document, 90, "decimal %1. 4", "decimal %1.%2")
    point(document, "x", minutes, 1)
    assert lines(document) == ["4.1 x"]


def test_styles_number_their_paragraphs_and_a_paragraph_may_refuse() -> None:
    document = python_docx.Document()
    define(document, 90, "decimal %1.", "decimal %1.%2", linked='<w:pStyle w:val="Heading2"/>')
    for style in ("Heading 1", "Heading 2"):
        properties = document.styles[style].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="90"/></w:numPr>'))
    document.add_paragraph("Grit bins", "Heading 1")
    document.add_paragraph("On Brackenhill", "Heading 2")
    document.add_paragraph("On Osier Lane", "Heading 2")
    point(document, "A line of its own", 0, style="Heading 1")
    document.add_paragraph("Ponds", "Heading 1")
    document.add_paragraph("A bullet", "List Bullet")
    document.add_paragraph("A number", "List Number")
    assert lines(document) == [
        "1. Grit bins", "1.1 On Brackenhill", "1.2 On Osier Lane", "A line of its own", "2. Ponds", "• A bullet",
        "1. A number",
    ]  # fmt: skip


def test_a_list_described_with_a_style_is_followed_there() -> None:
    document = python_docx.Document()
    define(document, 90, "lowerLetter (%1)")
    style = (
        f'<w:style {W} w:type="numbering" w:styleId="Points"><w:name w:val="Points"/>'
        '<w:pPr><w:numPr><w:numId w:val="90"/></w:numPr></w:pPr></w:style>'
    )
    document.styles.element.append(parse_xml(style))
    root = document.part.numbering_part.element
    root.insert(
        0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="91"><w:numStyleLink w:val="Points"/></w:abstractNum>')
    )
    define(document, 91)
    point(document, "x", 91)
    point(document, "x", 90)
    assert lines(document) == ["(a) x", "(b) x"]


def test_a_point_without_words_counts_but_is_no_line() -> None:
    document = python_docx.Document()
    num = define(document, 90, "decimal %1.")
    for words in ("One", "", "Three"):
        point(document, words, num)
    assert lines(document) == ["1. One", "3. Three"]


# --- headings -------------------------------------------------------------------------------------


def marked(found: Extracted) -> list[str]:
    assert {mark.part for mark in found.marks} <= {"heading"}
    return [found.text[mark.start :].splitlines()[0] for mark in found.marks]


def test_headings_are_marked_by_their_style_and_paragraphs_in_such_a_style_are_not() -> None:
    document = python_docx.Document()
    num = define(document, 90, "decimal %1. 31")
    document.add_paragraph("Quillbeck Borough Council", "Title")
    point(document, "Apologies", num, style="Heading 1")
    document.add_paragraph("None.", "Normal")
    document.add_paragraph("Grit bins", "Heading 2")
    document.add_paragraph("Too deep", "Heading 4")
    document.add_paragraph(
        "The Head of Streets confirmed that 14 grit bins on the Brackenhill estate had been refilled in May.",
        "Heading 2",
    )
    document.add_paragraph("RESOLVED: That the report be noted.", "Heading 3")
    document.add_paragraph("", "Heading 1")
    assert marked(extracted(document)) == ["31. Apologies", "Grit bins"]


def test_headings_are_known_in_any_language_and_by_their_outline() -> None:
    document = python_docx.Document()
    document.styles["Heading 1"].element.set(f"{{{nsdecls('w').split(chr(34))[1]}}}styleId", "Pennawd1")
    paragraph = document.add_paragraph("Biniau graean")
    paragraph._p.get_or_add_pPr().insert(0, parse_xml(f'<w:pStyle {W} w:val="Pennawd1"/>'))
    own = document.add_paragraph("By its outline")
    own._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="1"/>'))
    body = document.add_paragraph("Body after all", "Heading 2")
    body._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="9"/>'))
    assert marked(extracted(document)) == ["Biniau graean", "By its outline"]


# --- through to a document ------------------------------------------------------------------------


def meeting() -> bytes:
    """The example meeting as Word has it: its minutes' numbers are Word's."""
    document = python_docx.Document()
    num = define(document, 90, "decimal %1. 31")
    for line in filter(None, MEETING.splitlines()):
        number, _, title = line.partition(". ")
        if number.isdecimal():
            point(document, title, num)
        else:
            document.add_paragraph(line)
    return saved(document)


def said(document: Document) -> list[object]:
    """The items of a document's meetings with their passages, whatever stands between words."""
    return [
        (item.number, item.title, [(p.kind, document.text[p.start : p.end].split()) for p in item.passages])
        for meeting in document.meetings
        for item in meeting.items
    ]


def test_a_meeting_in_word_says_what_it_says_as_text() -> None:
    word = make_document("m.docx", meeting(), Supplied())
    plain = make_document("m.txt", MEETING.encode(), Supplied())
    assert word.format == "docx"
    assert [(m.council, m.committee, m.date) for m in word.meetings] == [
        (m.council, m.committee, m.date) for m in plain.meetings
    ]
    assert said(word) == said(plain)


def test_files_with_macros_strict_files_and_files_with_links_to_nothing_are_read() -> None:
    plain = docx.extract(meeting(), None).text
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = changed(
        meeting(), lambda _, words: words.replace(kind, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    )
    assert make_document("m.docm", macros, Supplied()).extracted == plain
    strict = changed(
        meeting(),
        lambda _, words: words.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    assert make_document("m.docx", strict, Supplied()).extracted == plain
    nowhere = changed(
        meeting(),
        lambda name, words: (
            words.replace(b'Target="settings.xml"', b'Target="NULL"') if name.endswith(".rels") else words
        ),
    )
    assert make_document("m.docx", nowhere, Supplied()).extracted == plain
    bare = changed(meeting(), lambda name, words: words if name == "word/document.xml" else None)
    assert "Grit bins on the Brackenhill estate" in make_document("m.docx", bare, Supplied()).extracted


@pytest.mark.skipif(not (SOURCES / "docx").is_dir(), reason="no example files")
def test_the_example_file_says_what_is_expected_of_it() -> None:
    path = SOURCES / "docx" / "minutes.docx"
    expected = json.loads((SOURCES / "expected.json").read_text("utf-8"))["docx/minutes.docx"]
    document = make_document(path.name, read(path), Supplied())
    items = [[item.number, item.title] for item in document.meetings[0].items if item.number]
    assert items == expected["meetings"][0]["items"]
    assert all(words in document.text for words in expected["must_contain"])
    assert not any(words in document.text for words in expected["must_not_contain"])
    assert all(f"{number} {words}" in document.text for number, words in expected["numbered"].items())
    assert "Minutes template" not in (document.title or "")  # which is what the file calls itself


# --- what goes by Word's name ---------------------------------------------------------------------


def test_a_doc_is_what_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "minutes.doc"
    path.write_bytes(meeting())
    assert make_document(path.name, read(path), Supplied()).format == "docx"
    page = "<html><body><p>The Panel heard that the pond in Osier Lane would be dredged in May.</p></body></html>"
    assert make_document("minutes.doc", page.encode(), Supplied()).format == "html"
    assert "old kind" in reason(OLE + b"\0" * 600, "minutes.doc")
    assert "RTF is not read" in reason(b"{\\rtf1\\ansi Words}", "minutes.doc")
    assert "not a Word file" in reason(package(**{"a.txt": "words"}), "minutes.doc")
    assert "old kind" in reason(b"Words", "minutes.doc")
    assert "OpenDocument" in reason(package(**{"content.xml": "<x/>"}), "minutes.odt")


def test_a_locked_file_and_an_old_one_under_a_new_name_are_told_apart() -> None:
    assert "password" in reason(OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))
    assert "old kind" in reason(OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"))


def test_what_is_no_word_file_is_told(tmp_path: Path) -> None:
    assert "not a DOCX file" in reason(write(tmp_path, "web.docx", "<html>Please sign in</html>").read_bytes())
    assert "not a Word file" in reason(package(**{"xl/workbook.xml": "<workbook/>"}))
    assert "damaged" in reason(b"PK\x03\x04" + b"\0" * 200)
    assert "damaged" in reason(meeting()[:-400])
    assert "damaged" in reason(package(**{"word/document.xml": main("<w:p>")}))
    assert "no text" in reason(saved(python_docx.Document()))
    assert "no text" in reason(package(**{"word/document.xml": f"<w:document {W}/>"}))


# --- harm -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_grow(encoding: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = main("<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>", f'<!DOCTYPE d [<!ENTITY e0 "lots">{entities}]>')
    assert "entities" in reason(package(**{"word/document.xml": bomb.encode(encoding)}))
    outside = main("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>')
    assert "entities" in reason(package(**{"word/document.xml": outside.encode(encoding)}))


def test_files_that_unpack_to_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "bomb" in reason(package(**{"word/document.xml": main("<w:p/>" * 2_000_000)}))
    monkeypatch.setattr(ooxml, "MOST_BYTES", 10_000)
    assert "unpack to more" in reason(meeting())
    monkeypatch.undo()
    monkeypatch.setattr(ooxml, "MOST_XML", 1_000_000)
    many = "".join(f"<w:p><w:r><w:t>{n * 7_919}</w:t></w:r></w:p>" for n in range(30_000))
    assert "split it" in reason(package(**{"word/document.xml": main(many)}))
    monkeypatch.undo()
    monkeypatch.setattr(ooxml, "MOST_ELEMENTS", 20_000)
    assert "more elements" in reason(package(**{"word/document.xml": main(many)}))


@pytest.mark.parametrize("tags", [("tbl", "tr", "tc"), ("sdt",), ("ins",)])
def test_depth_is_bounded(tags: tuple[str, ...]) -> None:
    opened, closed = "".join(f"<w:{t}>" for t in tags), "".join(f"</w:{t}>" for t in reversed(tags))
    for count, inside in ((12, "ok"), (10_000, "more elements")):
        body = opened * count + "<w:p><w:r><w:t>Deep words.</w:t></w:r></w:p>" + closed * count
        if inside == "ok":
            assert body_lines(body) == ["Deep words."]
        else:
            assert inside in reason(package(**{"word/document.xml": main(body)}))


def test_styles_based_on_each_other_come_to_an_end() -> None:
    styles = "".join(
        f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/><w:name w:val="{a}"/></w:style>' for a, b in ("ab", "ba")
    )
    data = package(
        **{
            "word/document.xml": main('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>Words.</w:t></w:r></w:p>'),
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
            "word/_rels/document.xml.rels": '<r><x Type="/styles" Target="styles.xml"/></r>',
        }
    )
    assert docx.extract(data, None).text == "Words.\n"


def test_a_number_made_up_to_fill_a_memory_is_cut() -> None:
    document = python_docx.Document()
    num = define(document, 90, "decimal " + "%1" * 100_000)
    for _ in range(3):
        point(document, "x", num)
    assert len(extracted(document).text) < 500


@functools.cache
def whole() -> bytes:
    return meeting()


@given(st.binary(max_size=600))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_it_fail_but_for_a_plain_reason(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", OLE):
        with contextlib.suppress(Skip):
            make_document("x.docx", start + data, Supplied())


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_no_damage_makes_it_fail_but_for_a_plain_reason(data: st.DataObject) -> None:
    bytes_ = bytearray(whole())
    places = st.one_of(st.integers(0, len(bytes_) - 1), st.integers(len(bytes_) - 1_500, len(bytes_) - 1))
    for place in data.draw(st.lists(places, max_size=6)):
        bytes_[place] ^= data.draw(st.integers(1, 255))
    kept = data.draw(st.one_of(st.just(len(bytes_)), st.integers(0, len(bytes_))))
    with contextlib.suppress(Skip):
        docx.extract(bytes(bytes_[:kept]), None)


@functools.cache
def whole_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(whole())) as held:
        names = (
            "word/document.xml",
            "word/numbering.xml",
            "word/styles.xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
        )
        return {name: held.read(name) for name in names}


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_no_change_of_a_part_makes_it_fail_but_for_a_plain_reason(data: st.DataObject) -> None:
    parts = dict(whole_parts())
    name = data.draw(st.sampled_from(sorted(parts)))
    words = parts[name]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(words)))
        upto = min(len(words), at + data.draw(st.integers(0, 40)))
        put = data.draw(
            st.sampled_from([b"", b"0", b"-1", b"999999999999", b"&#0;", b"<w:x>", b"</w:p>", b'"', b"\xff", b"w:"])
        )
        words = words[:at] + put + words[upto:]
    with contextlib.suppress(Skip):
        docx.extract(package(**(parts | {name: words})), None)
