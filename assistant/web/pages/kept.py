"""What somebody kept, at its own address: the answers as they were, and what became of their sources since."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

import prompts
from assistant import told
from assistant.answer import Answer, Citation, answer_from_json
from assistant.answer_exports import answers_markdown, answers_word, searched_line
from assistant.compose import quoted_line, source_line
from assistant.since import Since, since
from assistant.web import texts as page_texts
from assistant.web.addresses import is_address, passage_address
from assistant.web.filters import in_words, long_date
from assistant.web.pages import frame
from assistant.web.texts import kept as texts
from corpus.kept import Kept, KeptAnswers
from corpus.records import Record

# Known to those who were given its address, and to nobody else; and what is withdrawn is gone at once.
HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

router = APIRouter(prefix="/kept")


@router.get("/{id}.docx")
def as_word(request: Request, id: str) -> Response:
    """The same as a Word file."""
    return _file(request.app.state.record, id, "docx", WORD)


@router.get("/{id}.md")
def as_markdown(request: Request, id: str) -> Response:
    """The same as Markdown."""
    return _file(request.app.state.record, id, "md", "text/markdown; charset=utf-8")


@router.get("/{id}")
def page(request: Request, id: str) -> HTMLResponse:
    """What is kept under this id, or a kind word that nothing is."""
    record: Record = request.app.state.record
    found = Kept(record.home).find(id)
    return _shown(found, record) if found else _not_found()


def _file(record: Record, id: str, kind: str, media_type: str) -> Response:
    found = Kept(record.home).find(id)
    if found is None:
        return _not_found()
    answers = [answer_from_json(one) for one in found.answers]
    above = [texts.KEPT_ON.format(day=long_date(found.at), time=f"{found.at:%H:%M}")]
    above += [f"{name}: {value}." for name, value in _facts(found)[1:]]

    def later(c: Citation) -> list[str]:
        return [f"{texts.SINCE} {line}" for line in _since(since(c, record)) if c.quote]

    made = (answers_word if kind == "docx" else answers_markdown)(answers, above, later)
    named = f'attachment; filename="on-record-{found.at:%Y-%m-%d}.{kind}"'
    return Response(made, media_type=media_type, headers={**HEADERS, "Content-Disposition": named})


def _not_found() -> HTMLResponse:
    return _headed(frame.shown("not_kept.html", 404, texts=texts))


def _headed(response: HTMLResponse) -> HTMLResponse:
    response.headers.update(HEADERS)
    return response


def _shown(found: KeptAnswers, record: Record) -> HTMLResponse:
    answers = [_answer(answer_from_json(one), record) for one in found.answers]
    changed = sum(bool(one["since"] or not one["quote"]) for a in answers for one in (*a["quotations"], *a["nearest"]))
    counted = texts.ONE_CHANGED if changed == 1 else texts.SOME_CHANGED.format(count=changed)
    title = (texts.ONE if len(answers) == 1 else texts.SEVERAL).format(day=long_date(found.at))
    values: dict[str, Any] = {"id": found.id, "title": title, "facts": _facts(found), "answers": answers}
    return _headed(frame.shown("kept.html", texts=texts, changed=counted if changed else "", **values))


def _facts(found: KeptAnswers) -> list[tuple[str, str]]:
    known = found.index_date
    index = texts.INDEX_TO.format(day=long_date(known)) if known else texts.INDEX_UNKNOWN
    mode = texts.MODES.get(found.modes[0], found.modes[0]) if len(found.modes) == 1 else texts.BOTH_MODES
    at = texts.KEPT_AT.format(day=long_date(found.at), time=f"{found.at:%H:%M}")
    return [(texts.KEPT, at), (texts.INDEX, index), (texts.MODE, mode)]


def _answer(answer: Answer, record: Record) -> dict[str, Any]:
    """An answer as the template shows it."""
    lines = []
    if answer.standalone_question != answer.question:
        lines.append(page_texts.UNDERSTOOD.format(question=answer.standalone_question))
    if read := in_words(answer.filters_understood):
        lines.append(page_texts.READ_FROM_QUESTION.format(filters=read))
    count, left = len(answer.citations), len(answer.removed) if answer.mode == "prose" else 0
    quoted = page_texts.ONE_QUOTATION if count == 1 else page_texts.QUOTATIONS.format(count=count)
    shown = partial(_quotation, record=record)
    return {
        "question": answer.question,
        "understood": lines,
        "notice": answer.notice,
        "prose": [] if answer.refused or answer.mode != "prose" else _prose(answer),
        "left_out": left and (page_texts.ONE_REMOVED if left == 1 else page_texts.REMOVED.format(count=left)),
        "refused": answer.refused,
        "outcome": answer.answer if answer.refused else quoted,
        "quotations": [shown(c, numbered=True) for c in answer.citations],
        "nearest": [shown(c, numbered=False) for c in answer.nearest],
        "nearest_is": prompts.load("nearest").text,
        "searched": searched_line(answer.searched),
    }


def _prose(answer: Answer) -> list[tuple[str, int]]:
    """A model's sentences in pieces: words, or the number of a quotation."""
    numbers = {c.n for c in answer.citations}
    parts = re.split(r"\[(\d+)\]", answer.answer or texts.WITHDRAWN)
    pieces = [(part, 0) if at % 2 == 0 else (f"[{part}]", int(part)) for at, part in enumerate(parts)]
    return [(words, n if n in numbers else 0) for words, n in pieces]


def _quotation(c: Citation, record: Record, numbered: bool) -> dict[str, Any]:
    became = since(c, record)
    by = c.corrected_by
    return {
        "n": c.n,
        "numbered": numbered,
        "quote": " ".join(c.quote.split()),
        "told": told.line(c) if c.quote else None,
        "source": source_line(c),
        "file": _file_line(c),
        "corrected": by and (quoted_line(by) if by.quote else texts.WITHDRAWN),
        "since": _since(became) if c.quote else [],
        "gone": not became.on_record,
        "passage": passage_address(became.now) if became.now else None,
        "link": c.link if c.quote and is_address(c.link) else None,
    }


def _file_line(c: Citation) -> str:
    retrieved = c.retrieved and texts.RETRIEVED.format(day=long_date(dt.date.fromisoformat(c.retrieved)))
    return ", ".join(filter(None, (c.document, retrieved)))


def _since(became: Since) -> list[str]:
    """What became of a quotation that was not withdrawn, in words."""
    lines = [] if became.on_record else [texts.GONE]
    if by := became.correction:
        lines.append(texts.PUT_RIGHT.format(words=" ".join(by.quote.split()), source=source_line(by)))
    return [*lines, texts.NOT_PUT_RIGHT] if became.uncorrected else lines
