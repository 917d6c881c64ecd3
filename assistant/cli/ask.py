"""`onrecord ask`: one question, or a line each from a file, answered with citations."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import options
from assistant.cli.batch import answers, opened
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.config import Settings
    from corpus.records import Filters


def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    council: options.Council = None,
    committee: options.Committee = None,
    date_from: options.From = None,
    date_to: options.To = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            help="Leave out what is read from the question's words: council, committee, from, to, person or all. "
            "May be given several times."
        ),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(help="A file of questions as JSON lines, or - for standard input; one line out for each."),
    ] = None,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Answer a question from the record, in the minutes' own words."""
    if (question is None) == (batch is None):
        raise UserError("Give one question, or --batch FILE")
    from assistant.config import load_settings

    settings = load_settings(home)
    filters = {"council": council, "committee": committee, "from": date_from, "to": date_to}
    _filters(filters)  # a wrong date is told before anything is loaded
    _without(without)
    if batch is not None:
        answer = _here(settings)
        with opened(batch) as lines:
            for out in answers(lines, "question", answer, _failed):
                print(json.dumps(out, ensure_ascii=False), flush=True)
        return
    asked = {"question": question, "filters": filters, "without": without or []}
    from assistant.page import ask_page

    # A page that runs has the models loaded: it answers in a moment what would take seconds here.
    wait = 20.0 + 2 * settings.llm_seconds if settings.llm else 20.0
    found = ask_page(settings.home, asked, wait, settings.llm)
    print(_shown(found if found is not None else _here(settings)(asked), as_json))


def _here(settings: Settings) -> Callable[[dict[str, Any]], dict[str, Any]]:
    from assistant.ask import Assistant
    from assistant.reading.reader import missing

    assistant = Assistant(settings)
    if assistant.record.is_empty():
        raise UserError("Nothing is on record yet; run `onrecord ingest PATH` first")
    if told := missing(settings.reader):
        print(told, file=sys.stderr)
    assistant.warm()

    def answer(asked: dict[str, Any]) -> dict[str, Any]:
        filters = _filters(asked.get("filters") or {})
        history = asked.get("history") or []
        if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
            raise UserError("`history` is a list of earlier questions")
        without = _without(asked.get("without"))
        return assistant.ask(asked["question"], history, filters, without).to_json()

    return answer


def _failed(asked: dict[str, Any], reason: str) -> dict[str, Any]:
    question = asked["question"] if isinstance(asked.get("question"), str) else ""
    empty = {"documents": 0, "meetings": 0, "councils": [], "from": None, "to": None, "undated": 0}
    return {
        "id": asked.get("id"), "question": question, "standalone_question": question, "filters_understood": {},
        "mode": "quotes", "outcome": "not_on_record", "refused": True, "answer": "", "citations": [], "nearest": [],
        "removed": [], "notice": None, "searched": empty, "seconds": {"retrieve": 0.0, "total": 0.0}, "error": reason,
    }  # fmt: skip


def _filters(given: dict[str, Any]) -> Filters:
    return options.filters(given.get("council"), given.get("committee"), given.get("from"), given.get("to"))


def _without(given: Any) -> tuple[str, ...]:
    if not given:
        return ()
    from assistant.query import checked_without

    return checked_without(given)


def _shown(answer: dict[str, Any], as_json: bool) -> str:
    if as_json:
        return json.dumps(answer, ensure_ascii=False, indent=2)
    text = "\n\n".join(filter(None, (answer["notice"], str(answer["answer"]))))
    if answer["mode"] == "prose":
        text += "\n"
        for c in answer["citations"]:
            text += f"\n[{c['n']}] {_quoted(c)}"
        left = len(answer["removed"])
        text += "\n\n(Written by a language model, checked against the minutes"
        text += f"; {left} of its sentences left out)" if left else ")"
    if answer["standalone_question"] != answer["question"]:
        text = f"I understood: {answer['standalone_question']}\n\n{text}"
    asked = str(answer["question"]).lower()
    # A name that the question spells as the record does needs no telling.
    understood = {k: v for k, v in answer["filters_understood"].items() if k != "person" or v.lower() not in asked}
    if understood:
        said = ", ".join(f"{name} {value}" for name, value in understood.items())
        text += f"\n\n(Read from your question: {said}. To ask without one: --without {next(iter(understood))})"
    if answer["nearest"]:
        import prompts

        text += f"\n\n{prompts.load('nearest').text}"
        for near in answer["nearest"]:
            text += f"\n- {_quoted(near)}"
    return text


def _quoted(c: dict[str, Any]) -> str:
    where = [c["council"], c["committee"]] if c["council"] or c["committee"] else [c["document"]]
    source = ", ".join(part for part in (*where, c["date"] or "undated", c["item"]) if part)
    text = f"“{' '.join(c['quote'].split())}” ({source})"
    return f"{text} Corrected later: “{' '.join(c['corrected_by']['quote'].split())}”" if c["corrected_by"] else text
