"""A conversation as HTML. Whatever came from a source or a person passes through `escape`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import prompts
from assistant import told
from assistant.answer import Answer, Citation
from assistant.compose import quoted_line, source_line
from assistant.config import Settings
from assistant.llms import elsewhere
from assistant.web import texts
from assistant.web.addresses import is_address, passage_address
from assistant.web.conversation import Conversation, Turn
from assistant.web.filters import in_words, long_date
from assistant.web.texts import ask as ask_texts
from assistant.web.toolbar import under, whole


def transcript(conversation: Conversation) -> str:
    """The turns, in a live region: what is added is read out, what stood there is not."""
    turns = "".join(
        f'<li class="turn" id="t{turn.n}">{_turn(turn)}{under(turn, conversation)}</li>' for turn in conversation.turns
    )
    log = f'<div role="log" aria-live="polite" aria-label="{texts.CONVERSATION}" class="turns"><ol>{turns}</ol></div>'
    return log + whole(conversation)


def _turn(turn: Turn) -> str:
    asked = f'<h2><span class="unseen">{texts.YOU_ASKED}</span>{escape(turn.question)}</h2>'
    if turn.answer is None:
        return f'{asked}<p class="told {turn.state}">{escape(turn.words)}</p>'
    told = "" if turn.state == "answered" else f'<p class="told {turn.state}">{escape(turn.words)}</p>'
    return f'{asked}<div class="answer">{_understood(turn, turn.answer)}{_answer(turn, turn.answer)}{told}</div>'


def _understood(turn: Turn, answer: Answer) -> str:
    lines = []
    if answer.standalone_question != answer.question:
        lines.append(texts.UNDERSTOOD.format(question=answer.standalone_question))
    if turn.looked_in:
        lines.append(texts.LOOKED_IN.format(filters=turn.looked_in))
    if turn.without:
        left = dict.fromkeys(texts.READ_NAMES[name] for name in turn.without)
        lines.append(texts.ASKED_WITHOUT.format(names=", ".join(left)))
    told = "".join(f'<p class="understood">{escape(line)}</p>' for line in lines)
    read = answer.filters_understood
    if found := in_words(read):
        filters = [key for key in read if key != "person"]
        told += _removable(turn, texts.READ_FROM_QUESTION.format(filters=found), filters)
    if (person := read.get("person")) and person.lower() not in answer.question.lower():
        told += _removable(turn, texts.READ_AS.format(names=person), ["person"])
    return told


def _removable(turn: Turn, line: str, names: list[str]) -> str:
    """What was read from the question, with a button that asks again without it."""
    at = f"t{turn.n}-{names[0]}"
    return (
        f'<p class="understood"><span id="{at}">{escape(line)}</span> <button type="button" class="without" '
        f'data-again="{turn.n} {" ".join(names)}" aria-describedby="{at}">{texts.WITHOUT}</button></p>'
    )


def _answer(turn: Turn, answer: Answer) -> str:
    notice = _paragraph("notice", answer.notice)
    if not answer.refused:
        count = len(answer.citations)
        words = texts.ONE_QUOTATION if count == 1 else texts.QUOTATIONS.format(count=count)
        quoted = "".join(_quotation(turn, c, f"[{c.n}]", texts.SHOW.format(n=c.n)) for c in answer.citations)
        if answer.mode == "prose":
            prose = f'<p class="prose">{_prose(turn, answer)}</p>{_removed(answer)}'
            return f'{notice}{prose}<p class="outcome">{words}</p>{quoted}'
        return f'<p class="outcome">{words}</p>{notice}{quoted}'
    near = "".join(_quotation(turn, c, texts.SHOW_NEAREST.format(n=c.n), "") for c in answer.nearest)
    if near:
        near = f'<div class="nearest"><p>{escape(prompts.load("nearest").text)}</p>{near}</div>'
    return f'<p class="outcome refused">{escape(answer.answer)}</p>{notice}{near}'


def _prose(turn: Turn, answer: Answer) -> str:
    """A model's sentences; each number leads to its passage."""
    by = {f"[{c.n}]": c for c in answer.citations}
    parts = re.split(r"(\[\d+\])", answer.answer)
    return "".join(
        _cite(turn, by[part], part, texts.SHOW.format(n=by[part].n)) if part in by else escape(part) for part in parts
    )


def _removed(answer: Answer) -> str:
    """How many sentences of a model's are not shown. Their words are not: they may be wrong."""
    count = len(answer.removed)
    words = texts.ONE_REMOVED if count == 1 else texts.REMOVED.format(count=count)
    return _paragraph("hint", words if count else None)


def _quotation(turn: Turn, c: Citation, link: str, unseen: str) -> str:
    return (
        f'<figure class="quotation"><blockquote><p>“{escape(" ".join(c.quote.split()))}” {_cite(turn, c, link, unseen)}'
        "</p></blockquote>"
        f"<figcaption>{_told(c)}{escape(source_line(c))}</figcaption>{_corrected(c)}</figure>"
    )


def _cite(turn: Turn, c: Citation, link: str, unseen: str) -> str:
    aside = f'<span class="unseen"> {escape(unseen)}</span>' if unseen else ""
    source = escape(source_line(c))
    return f'<a class="cite" href="#{_card_id(turn, c)}" data-source="{source}">{escape(link)}{aside}</a>'


def _told(c: Citation) -> str:
    line = told.line(c)
    return f'<span class="told-by">{escape(line)}</span>. ' if line else ""


def _corrected(c: Citation) -> str:
    if c.corrected_by is None:
        return ""
    return f'<p class="corrected"><strong>{texts.CORRECTED}</strong> {escape(quoted_line(c.corrected_by))}</p>'


def written_by(settings: Settings) -> str:
    """Who writes the answers, and where questions go for it: told before the first. Nothing without a model."""
    if not settings.llm:
        return ""
    host = elsewhere(settings)
    sent = f" <strong>{escape(texts.SENT_TO.format(host=host))}</strong>" if host else ""
    return f'<p class="hint">{escape(texts.WRITTEN_BY.format(name=settings.llm))}{sent}</p>'


def evidence(conversation: Conversation) -> str:
    """The passages behind every answer; those of the latest are shown, the others wait to be asked for."""
    answered = [turn for turn in conversation.turns if turn.state != "waiting" or turn.answer]
    sets = "".join(_set(turn, turn is answered[-1]) for turn in answered)
    return (
        f'<section class="evidence" aria-labelledby="evidence-heading"><h2 id="evidence-heading">{texts.EVIDENCE}</h2>'
        f"{sets or _paragraph('hint', texts.NO_EVIDENCE)}</section>"
    )


def _set(turn: Turn, shown: bool) -> str:
    cited = (turn.answer.citations or turn.answer.nearest) if turn.answer else ()
    hidden = "" if shown else " hidden"
    if not cited:
        return f'<section class="set"{hidden}>{_paragraph("hint", texts.NOTHING_CITED)}</section>'
    refused = turn.answer is None or turn.answer.refused
    intro = (texts.NEAREST_FOR if refused else texts.EVIDENCE_FOR).format(question=turn.question)
    cards = "".join(_card(turn, c, texts.NEAREST_PASSAGE if refused else texts.PASSAGE) for c in cited)
    return f'<section class="set{" near" if refused else ""}"{hidden}>{_paragraph("for", intro)}{cards}</section>'


def _card(turn: Turn, c: Citation, name: str) -> str:
    at = _card_id(turn, c)
    lead = f'<p class="lead"><span class="unseen">{texts.LEAD_IN} </span>{escape(c.lead_in)}</p>' if c.lead_in else ""
    links = f'<a class="back" href="#t{turn.n}">{texts.BACK}</a>'
    links += f'<a href="{escape(passage_address(c))}">{ask_texts.READ_IN_MEETING}</a>'
    if is_address(c.link):
        links += f'<a href="{escape(c.link or "")}" target="_blank" rel="noopener noreferrer">{texts.OPEN_SOURCE}</a>'
    return (
        f'<article class="card" id="{at}" tabindex="-1" aria-labelledby="{at}-name">'
        f'<h3 id="{at}-name">{escape(name.format(n=c.n))}</h3>{_source(c)}{lead}'
        f'<p class="passage">{_marked(c.passage, c.quote)}</p>{_corrected(c)}<p class="links">{links}</p></article>'
    )


def _source(c: Citation) -> str:
    numbered = f"{c.item_number}. {c.item}" if c.item_number and c.item else c.item or c.item_number
    meant = told.meaning(c)
    facts = {
        "speaker": told.who(c),
        "force": f"{told.force(c)}: {meant}" if meant else None,
        "council": c.council,
        "committee": c.committee,
        "date": long_date(c.date) if c.date else texts.UNDATED,
        "item": numbered,
        "page": str(c.page) if c.page else None,
        "status": texts.STATUSES.get(c.status, c.status),
        "document": c.document,
    }
    rows = (
        (texts.FIELDS[key], f"{value} ({texts.SUPPLIED})" if key in c.supplied else value)
        for key, value in facts.items()
        if value
    )
    return f'<dl class="source">{_rows(rows)}</dl>'


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)


def _marked(passage: str, quote: str) -> str:
    before, found, after = passage.partition(quote)
    return f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}" if found else escape(passage)


def _paragraph(kind: str, text: str | None) -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if text else ""


def _card_id(turn: Turn, c: Citation) -> str:
    return f"t{turn.n}-c{c.n}"
