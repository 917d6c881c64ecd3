"""Prose over quotations: a language model writes, and a sentence is shown when the record has borne it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import islice

import prompts
from assistant import told
from assistant.answer import Citation
from assistant.compose import cite, source_line
from assistant.followups import follows_up, substance
from assistant.llms import LanguageModel
from assistant.quote import Quotation
from assistant.reading.comparer import Comparer
from assistant.supported import Weighed, weigh
from assistant.verify import verified
from assistant.words import data, stem
from assistant.written import SCHEMA, read_written
from corpus.records import Record

MOST_SENTENCES = 6  # that are read of an answer
LONGEST_QUESTION = 300  # characters of a question that a model put together


@dataclass(frozen=True, slots=True)
class Prose:
    """What a model wrote so far: the sentences that are borne out, and what was removed with the reason."""

    kept: tuple[Weighed, ...] = ()
    removed: tuple[dict[str, str], ...] = ()

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """All that the sentences rest on, each once, in the order of first use."""
        return tuple(dict.fromkeys(quotation for one in self.kept for quotation in one.quotations))


def write(
    question: str,
    given: Sequence[Quotation],
    model: LanguageModel,
    record: Record,
    supporter: Comparer,
    most_words: int,
) -> Iterator[Prose]:
    """The prose as it grows: once for every sentence that was written, kept or not. It ends where its quotations would
    have more than `most_words` words. Raises ModelError.
    """
    prose = Prose()
    pieces = model.stream(prompts.load("write").text, _asked(question, given, model, record), SCHEMA)
    said: set[str] = set()
    for one in islice(read_written(pieces), MOST_SENTENCES):
        if one.sentence in said:
            continue
        said.add(one.sentence)
        try:
            weighed = weigh(one, given, record, supporter)
        except Exception:  # whatever a model may write, the answer goes on without it
            weighed = Weighed(one.sentence, reason="it could not be checked")
        if weighed.reason:
            prose = replace(prose, removed=(*prose.removed, {"sentence": one.sentence, "reason": weighed.reason}))
        else:
            longer = replace(prose, kept=(*prose.kept, weighed))
            if prose.kept and sum(len(q.text.split()) for q in longer.quotations) > most_words:
                return
            prose = longer
        yield prose


def has_heart(prose: Prose, given: Sequence[Quotation]) -> bool:
    """Whether what is left still answers: it rests on the likeliest passage, and most of it is left."""
    likeliest = max(given, key=lambda quotation: quotation.score).passage.id
    rests = any(quotation.passage.id == likeliest for one in prose.kept for quotation in one.quotations)
    return rests and len(prose.kept) >= len(prose.removed)


def in_words(prose: Prose, record: Record) -> tuple[str, tuple[Citation, ...], tuple[dict[str, str], ...]]:
    """The sentences with the numbers of their citations, these citations, and what was removed."""
    cited, gone = verified(cite(prose.quotations, record), record)
    if gone:  # changed on record since: what rested on it goes with it
        lost = {entry["sentence"] for entry in gone}
        left = tuple(one for one in prose.kept if not any(q.text in lost for q in one.quotations))
        return in_words(Prose(left, (*prose.removed, *gone)), record)
    numbers = {quotation: n for n, quotation in enumerate(prose.quotations, 1)}
    sentences = (f"{one.sentence} {''.join(f'[{numbers[q]}]' for q in one.quotations)}" for one in prose.kept)
    return " ".join(sentences), cited, prose.removed


def condensed(question: str, history: Sequence[str], model: LanguageModel) -> str | None:
    """The question with what it leans on, as a model puts it; None where that says what nobody asked.

    Raises ModelError.
    """
    recent = history[-5:]
    earlier = "\n".join(f"- {escape(one, quote=False)}" for one in recent)
    asked = prompts.load("condense").fill(earlier=earlier, question=escape(question, quote=False))
    answer = "".join(model.stream("You rewrite questions. You never answer them.", asked)).strip()
    found = " ".join(answer.strip('"“”').split())
    too_long = len(found) > LONGEST_QUESTION or "\n" in answer
    if not found or too_long or follows_up(found) or not _asks_the_same(found, question, recent):
        return None
    return found


def _asks_the_same(found: str, question: str, history: Sequence[str]) -> bool:
    """Whether a question says all that was asked, and nothing that was not asked in the chat: each word of substance,
    each figure and letter, and whatever turns a meaning.
    """
    said = _telling(" ".join((question, *history)))
    return _telling(question) <= _telling(found) <= said


def _telling(text: str) -> set[str]:
    lowered = text.lower()
    tokens = re.findall(r"\w*\d\w*|\b[a-z]\b(?<!a)", lowered)
    turning = re.findall(rf"\b(?:{'|'.join(data('followups')['turning'])})\b", lowered)
    pointing = set(data("followups")["pointers"].split())
    return {stem(word) for word in substance(text) if word not in pointing} | set(tokens) | set(turning)


def _asked(question: str, given: Sequence[Quotation], model: LanguageModel, record: Record) -> str:
    form = prompts.load("form_json" if model.keeps_to_schema else "form_lines").text
    passages = "\n".join(_passage(c) for c in cite(given, record))
    return prompts.load("passages").fill(passages=passages, question=escape(question, quote=False), form=form)


def _passage(c: Citation) -> str:
    """A numbered passage, fenced: nothing in it can close the fence, for its signs are escaped."""
    facts = {"from": source_line(c), "said": told.line(c), "status": c.status, "under": c.lead_in, "words": c.quote}
    if c.corrected_by:
        facts["corrected-later"] = c.corrected_by.quote
    inside = "".join(
        f"\n<{name}>{escape(' '.join(value.split()), quote=False)}</{name}>" for name, value in facts.items() if value
    )
    return f'<passage n="{c.n}">{inside}\n</passage>'
