"""Web pages of no known system: what a reader of the page sees is what is read."""

from __future__ import annotations

import pytest

from corpus.models import Document
from ingest.documents import make_document
from ingest.read import Supplied


def page(body: str) -> Document:
    return make_document("page.html", f"<!doctype html><html><body>{body}</body></html>".encode(), Supplied())


HEAD = "<h1>Licensing Panel minutes, 7 March 2024</h1>"


def test_a_cells_words_are_the_pages_own() -> None:
    row = "<tr><td>£1<b>2,000</b></td><td>8<sup>th</sup> May<script>x()</script></td><td>Mr L<i>orne</i></td></tr>"
    assert "£12,000 | 8th May | Mr Lorne" in page(f"<main>{HEAD}<h2>1. Fees</h2><table>{row}</table></main>").text


def test_nothing_is_lost_where_a_page_has_several_articles() -> None:
    fees = "<article><h2>1. Fees</h2><p>A fee was set.</p></article>"
    found = page(f"{HEAD}{fees}<article><h2>2. Bins</h2><p>Bins were bought.</p></article>")
    assert "A fee was set." in found.text
    assert "Bins were bought." in found.text
    assert str(found.meetings[0].date) == "2024-03-07"


def test_what_a_button_opens_is_read_and_what_nobody_sees_is_not() -> None:
    closed = (
        '<h2><button aria-expanded="false" aria-controls="p1">1. Fees</button></h2>'
        '<div id="p1" style="display: none"><p>RESOLVED that the fee be £320.</p></div>'
        '<div style="display:none"><p>Tracking words.</p></div><button>Print</button>'
    )
    found = page(f"<main>{HEAD}{closed}</main>")
    assert [(i.number, i.title) for i in found.meetings[0].items if i.title] == [("1", "Fees")]
    assert "RESOLVED that the fee be £320." in found.text
    assert "Tracking" not in found.text
    assert "Print" not in found.text


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("RESOLVED: That the pool be closed.", {"verdict"}),
        ("RESOLVED - That the pool be closed was moved by Councillor Imber and fell.", {"discussion"}),
        ("For (2): Councillors Imber and Wragg<br>Against (3): Councillors Lorne, Thane and Varley", {"discussion"}),
        ("For (3): Councillors Lorne, Thane and Varley<br>Against (2): Councillors Imber and Wragg", {"verdict"}),
    ],
)
def test_what_fell_is_not_decided(said: str, kinds: set[str]) -> None:
    found = page(f"<main>{HEAD}<h2>1. Brackenhill Pool</h2><p>{said}</p></main>")
    item = next(i for i in found.meetings[0].items if i.title)
    assert {p.kind for p in item.passages} == kinds
