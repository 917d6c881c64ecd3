"""`onrecord check`: a draft against the record, sentence by sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import batch as batches
from assistant.cli import options
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.check import Checked


def check(
    draft: Annotated[str, typer.Argument(help="A text or Word file, or - for standard input.")] = "",
    council: options.Council = None,
    word: Annotated[Path | None, typer.Option(help="Also write the whole check to this Word file (.docx).")] = None,
    batch: Annotated[
        str | None, typer.Option(help="A file of JSON lines with id, draft and council (or - for standard input).")
    ] = None,
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Hold a draft against the record: what agrees with it, what differs and in what, what was never said."""
    from assistant.check import check as checked
    from assistant.check import counted
    from assistant.cli.progress import watched
    from assistant.config import load_settings
    from assistant.exports import check_word, save
    from assistant.reading.comparer import open_comparer
    from assistant.reading.reader import missing
    from assistant.statements import opened
    from corpus.sentences import sentences

    if bool(draft) == bool(batch):
        raise UserError("Give a draft to check, or --batch with a file of drafts")
    settings = load_settings(home)
    retriever, comparer = opened(settings), open_comparer(settings.reader, settings.precision)
    if told := missing(settings.reader):
        print(told, file=sys.stderr)

    def held(text: str, within: str | None) -> list[Checked]:
        if not any(c.isalnum() for c in text):
            raise UserError("The draft holds no words")
        found = checked(text, retriever, comparer, replace(options.filters(within, None, None, None), or_unstated=True))
        return [one for _, one in zip(watched(sentences(text), "Checking"), found, strict=True)]

    if batch:
        with batches.opened(batch) as lines:
            answer = partial(_answer, held)
            for out in batches.answers(lines, "draft", answer, lambda asked, reason: {**_json(asked), "error": reason}):
                print(json.dumps(out, ensure_ascii=False), flush=True)
        return
    found = held(_text(draft), council)
    if word:
        save(word, check_word(found))
    if as_json:
        print(json.dumps(_json({}, found), ensure_ascii=False, indent=2))
        return
    print("\n\n".join(map(_shown, found)))
    print("\n" + ", ".join(f"{count} {name}" for name, count in counted(found).items()) + ".")


def _answer(held: Callable[[str, str | None], list[Checked]], asked: dict[str, Any]) -> dict[str, Any]:
    council = asked.get("council")
    if council is not None and not isinstance(council, str):
        raise UserError("`council` is a council's name")
    return _json(asked, held(asked["draft"], council))


def _json(asked: dict[str, Any], found: Sequence[Checked] = ()) -> dict[str, Any]:
    return {"id": asked.get("id"), "sentences": [one.to_json() for one in found]}


def _text(draft: str) -> str:
    from assistant.draft_file import draft_text

    if draft == "-":
        return sys.stdin.read()
    path = Path(draft)
    try:
        data = path.read_bytes()
    except OSError:
        raise UserError(f"{draft} cannot be opened; check the name") from None
    return draft_text(path.name, data)


def _shown(one: Checked) -> str:
    from assistant.check import found_in_words
    from assistant.compose import quoted_line, source_line
    from assistant.told import line

    lines = [" ".join(one.sentence.split()), f"  {found_in_words(one)}"]
    for citation in one.prior:
        told = line(citation)
        lines.append(f"  On record: “{' '.join(citation.quote.split())}”{f' {told}.' if told else ''}")
        lines.append(f"  {source_line(citation)}")
        if by := citation.corrected_by:
            lines.append(f"  Corrected later: {quoted_line(by)}")
    return "\n".join(lines)
