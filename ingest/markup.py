"""What Markdown and the HTML inside it put around words: edits that leave the words."""

from __future__ import annotations

import re

from corpus.models import Edit

_MARKDOWN = re.compile(
    r"\\(?=[-\\`*_{}\[\]()#+.!&~<>|])"  # an escape before punctuation
    r"|\*{2,}|__(?=\S)|(?<=\S)__|(?<![\w*])\*(?=\w)|(?<=[\w.,:;!?)”’])\*(?![\w*])"  # bold and italics
    r"|^#{1,6}\s+"  # headings
    r"|!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)"  # pictures
    r"|\[(?=[^\]\n]{1,500}\]\(https?:)|(?<=\S)\]\(https?:[^)\n]{0,2000}\)"  # a link's brackets and address
    r"|[ \t]{2,}(?=$)"
)
_MAY_BE_ANY = re.compile(r"[\\*_#\[]|[ \t]{2}$")  # few lines have any markup, and this tells them fast
_TAG = (
    r"(?:</?(?:table|tbody|thead|tr|td|th|div|p|br|ul|ol|li|h[1-6]|span|small|strong|b|i|em|u|s|sup|sub|a|font)"
    r"(?:\s[^<>\n]{0,300})?/?>|&nbsp;)"
)
_TAGS = re.compile(rf"{_TAG}(?:[ \t\xa0]*{_TAG})*|&amp;")
_ROW = re.compile(r"</?(?:tr|table|li)\b")
_CELL = re.compile(r"</?t[dh]\b")
_PARAGRAPH = re.compile(r"</?(?:p|div|br|ul|ol|h\d)\b")


def markup(line: str, start: int) -> list[Edit]:
    """The edits that take the markup out of a line that stands at `start` of its text."""
    edits = []
    if _MAY_BE_ANY.search(line):
        edits += [Edit(start + found.start(), start + found.end()) for found in _MARKDOWN.finditer(line)]
    if "<" in line or "&" in line:
        edits += [
            Edit(start + found.start(), start + found.end(), _instead(found.group())) for found in _TAGS.finditer(line)
        ]
    return edits


def _instead(tags: str) -> str:
    """A table's row, a list's point and a paragraph are lines of their own; its cells stand in one."""
    if tags == "&amp;":
        return "&"
    if _ROW.search(tags):
        return "\n"
    if _CELL.search(tags):
        return " "
    if _PARAGRAPH.search(tags):
        return "\n"
    return " " if re.search(r"&nbsp;|\s", tags) else ""
