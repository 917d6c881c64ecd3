"""An answer, or a whole conversation, as a Word file or as Markdown: every quotation with its source and its hash."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import prompts
from assistant.answer import Answer, Citation
from assistant.word_file import WITHDRAWN, clean, new_document, said, saved, today
from corpus.records import Searched

Kind = Literal["question", "line", "quotation", "detail"]
Since = Callable[[Citation], Sequence[str]]

STYLES = {"line": None, "quotation": "Intense Quote", "detail": "List Bullet"}  # what Word calls them


class _Block(NamedTuple):
    """A paragraph of the file, and what it is in it."""

    kind: Kind
    words: str


def answers_word(answers: Sequence[Answer], told: Sequence[str] = (), since: Since | None = None) -> bytes:
    """A Word file of answers in order. `told` stands above them all; `since` gives what has to be said of a quotation
    that the answer itself does not say, such as what became of its source.
    """
    document = new_document(_title(answers))
    for words in (f"Exported on {today()}.", *told):
        document.add_paragraph(clean(words))
    for block in _blocks(answers, since):
        if block.kind == "question":
            document.add_heading(clean(block.words), level=2)
        else:
            document.add_paragraph(clean(block.words), style=STYLES[block.kind])
    return saved(document)


def answers_markdown(answers: Sequence[Answer], told: Sequence[str] = (), since: Since | None = None) -> str:
    """The same as Markdown. No sign in a source's or a person's words does anything in it."""
    marks = {"question": "## ", "line": "", "quotation": "> ", "detail": "- "}
    lines = [f"# {_title(answers)}", *(_plain(words) for words in (f"Exported on {today()}.", *told))]
    before: Kind = "line"
    for block in _blocks(answers, since):
        gap = "" if block.kind == before == "detail" else "\n"
        lines.append(f"{gap}{marks[block.kind]}{_plain(block.words)}")
        before = block.kind
    head = 1 + 1 + len(told)
    return "\n\n".join(lines[:head]) + "\n" + "\n".join(lines[head:]) + "\n"


def _title(answers: Sequence[Answer]) -> str:
    return "An answer from the record" if len(answers) == 1 else "A conversation with the record"


def _blocks(answers: Sequence[Answer], since: Since | None) -> list[_Block]:
    return [block for answer in answers for block in (_Block("question", answer.question), *_answer(answer, since))]


def _answer(answer: Answer, since: Since | None) -> list[_Block]:
    lines = []
    if answer.standalone_question != answer.question:
        lines.append(f"Understood as: {answer.standalone_question}")
    if answer.filters_understood:
        read = ", ".join(f"{name} {value}" for name, value in answer.filters_understood.items())
        lines.append(f"Read from the question: {read}.")
    lines += [answer.notice] if answer.notice else []
    if answer.refused:
        lines.append(answer.answer)
        lines += [prompts.load("nearest").text] if answer.nearest else []
    elif answer.mode == "prose":
        lines += [answer.answer or WITHDRAWN, _written(len(answer.removed))]
    else:
        lines.append("On record, in the minutes’ own words:")
    blocks = [_Block("line", words) for words in lines]
    for c in answer.citations or answer.nearest:
        words, *details = said(c)
        blocks.append(_Block("quotation", f"{words} [{c.n}]" if answer.citations else words))
        blocks += [_Block("detail", detail) for detail in (*details, *(since(c) if since else ()))]
    return [*blocks, _Block("line", searched_line(answer.searched))]


def _written(removed: int) -> str:
    left = f"; {removed} of its sentences left out, which the record does not bear out" if removed else ""
    return f"Written by a language model, each sentence checked against the minutes{left}. The minutes’ own words:"


def searched_line(s: Searched) -> str:
    """The bounds of a search. Of councils it says only which are stated: an answer that was kept knows no more."""
    told = f"Searched: {s.documents} document{'s' * (s.documents != 1)}, {s.meetings} meeting{'s' * (s.meetings != 1)}"
    if s.first and s.last:
        low, high = f"{s.first:%B %Y}", f"{s.last:%B %Y}"
        told += f", {low}" if low == high else f", {low} to {high}"
    told += f" ({s.undated} undated)" if s.undated else ""
    return f"{told}. Councils stated in them: {', '.join(s.councils)}." if s.councils else f"{told}."


def _plain(words: str) -> str:
    """Words as Markdown shows them, sign for sign: nothing in them is a heading, a link, HTML or a formula. An address
    at the end, which is where a source's stands, is a link.
    """
    words, _, address = re.split(r"((?=https?://[^\s<>]+$)|$)", clean(words), maxsplit=1)
    escaped = re.sub(r"&(?=#?\w+;)", "&amp;", words).replace("<", "&lt;")
    escaped = re.sub(r"([\\`*_\[\]~|$])", r"\\\1", escaped)
    return re.sub(r"^(\d+)([.)])|^([-+#=>])", r"\1\\\2\3", escaped) + (f"<{address}>" if address else "")
