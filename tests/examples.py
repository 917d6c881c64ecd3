"""Minutes of Quillbeck, an invented council, in the forms in which real minutes arrive. Any likeness is chance."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

NBSP = "\u00a0"

# The text copy of one agenda item's page.
ITEM_PAGE = f"""Agenda item

Modern.gov Breadcrumb

Mobile library review

To consider the report of the Head of Leisure on the mobile library.

Minutes:

The Head of Leisure presented the report and advised that the mobile library had called at 41 stops in the \
year, and that visits had risen by a tenth since the new timetable began.

In response to questions, the following points were made:

·{NBSP * 7}The van was eleven years old and a bid for a second-hand one costing £46,500 would go to the \
capital board in the autumn before the lease on the garage runs out, she said, if members agreed to it.

·{NBSP * 7}Councillor Imber noted that the stop at Osier Lane had no lighting and asked whether a lamp \
could be borrowed from the parish, as the evenings were drawing in and readers had stopped coming to it.

At 19:42, it was unanimously agreed to extend the meeting.

--oOo---

RESOLVED

a) That the report be received.

b) That the Head of Leisure bring back a costed timetable in March.

Supporting documents:

 * Mobile library review, item 6. pdf icon PDF 253 KB
 * Appendix A, item 6. pdf icon PDF 1 MB
"""

# A whole meeting, its verdicts in several shapes.
MEETING = """Quillbeck District Council

STREETS AND OPEN SPACES SCRUTINY PANEL

MINUTES of a meeting of the Streets and Open Spaces Scrutiny Panel held in the Council Chamber, Corn Hall, \
Quillbeck on Tuesday, 6 February 2018 at 7.00 pm.

PRESENT: Councillor A Imber (Chair), Councillor F Tolley, Councillor S Wragg

IN ATTENDANCE: P Lorne (Head of Streets)

31. Declarations of interest

(Item 2)

There were none.

32. Grit bins on the Brackenhill estate

(Item 3)

The Head of Streets confirmed that 14 grit bins on the Brackenhill estate had been refilled in December, \
and that three more had been stolen and would be replaced by the end of March.

Councillor Tolley asked why the bin at the top of Sexton's Rise had gone.

The meeting was adjourned at 19:20 and resumed at 19:31.

AGREED: That the Head of Streets report back on the theft of grit bins.

33. Willow pollarding at Nine Acre Meadow

Councillor Wragg was concerned that the willows had been left uncut for six years. The Head of Streets \
undertook to have them pollarded before the nesting season.

RECOMMENDED that £2,300 be set aside for the willows.
"""

# The minutes of another meeting, in capitals and from a scan.
SCANNED = """THE COUNCIL OF THE DISTRICT OF QUILLBECK

QUILLBECK DISTRICT COUNCIL

DRAFT MINUTES OF A MEETING OF THE LICENSING COMMITTEE HELD IN THE COUNCIL CHAMBER ON 11™ MAY, 2016 AT 10.00 A.M.

1. Apologies

Apologies were received from Councillor Wragg.

2. Taxi ranks

The Licensing Officer reported that the rank in Tanner Street had been moved while the sewer was relaid.
"""


def write(folder: Path, name: str, text: str) -> Path:
    """A file of the given text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_pdf(path: Path, pages: Sequence[Sequence[str]], picture: bool = False) -> Path:
    """A PDF with these lines of text on its pages; or, as a scan, with a `picture` and no text."""
    document = pypdfium2.PdfDocument.new()
    for lines in pages:
        page = document.new_page(595, 842)
        for place, line in enumerate(lines):
            text = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", ctypes.c_float(9.0))
            letters = ctypes.create_string_buffer((line + "\0").encode("utf-16-le"))
            pdfium.FPDFText_SetText(text, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
            pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 40, 800 - 14 * place)
            pdfium.FPDFPage_InsertObject(page, text)
        if picture:
            square = pdfium.FPDFPageObj_CreateNewRect(50, 50, 400, 600)
            pdfium.FPDFPath_SetDrawMode(square, pdfium.FPDF_FILLMODE_ALTERNATE, True)
            pdfium.FPDFPage_InsertObject(page, square)
        page.gen_content()
    document.save(path)
    document.close()
    return path
