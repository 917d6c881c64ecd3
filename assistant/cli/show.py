"""`onrecord show`: a document as it was understood, to check it against the original."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from assistant.cli import options
from corpus.errors import UserError


def show(
    target: Annotated[str, typer.Argument(help="A document's file name, path or id, as `onrecord status` gives it.")],
    as_json: options.AsJson = False,
    home: options.Home = None,
) -> None:
    """Show how a document was read: its meetings, who was there, items and votes, and what was left out."""
    from assistant.config import load_settings
    from corpus.records import Record
    from corpus.shown import shown

    record = Record(load_settings(home).home)
    known = record.known_sources()
    ids = {known[path].document_id for path, _ in record.find_sources(target) if path in known}
    if not ids:
        raise UserError(f"Nothing on record is called {target}; `onrecord status --json` lists what is")
    for document_id in sorted(ids):
        found = shown(record, document_id)
        if as_json:
            print(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            _print(found)


def _print(found: dict[str, Any]) -> None:
    about = [found["format"], f"{found['pages']} pages" if found["pages"] else None, found["link"]]
    print(f"{found['document']} ({', '.join(filter(None, about))})")
    for notice in found["notices"]:
        print(f"  Note: {notice}.")
    for meeting in found["meetings"]:
        body = [meeting["council"] or "council not stated", meeting["committee"]]
        status = meeting["status"] if meeting["status"] != "unknown" else None
        when = [meeting["date"] or "undated", meeting["place"], status]
        print(f"\n{', '.join(filter(None, body))}: {', '.join(filter(None, when))}")
        if meeting["supplied"]:
            print(f"  Supplied, not stated: {', '.join(meeting['supplied'])}")
        for person in meeting["people"]:
            print(f"  {person['standing']}: {person['name']}" + (f", {person['role']}" if person["role"] else ""))
        for item in meeting["items"]:
            minute = f" (minute {item['minute']})" if item["minute"] else ""
            kinds = ", ".join(f"{count} {kind}" for kind, count in item["passages"].items())
            print(f"  {item['number'] or '-'} {item['title'] or '(no title)'}{minute}: {kinds or 'nothing'}")
            for vote in item["votes"]:
                print(f"      vote: {_vote(vote)}")


def _vote(vote: dict[str, Any]) -> str:
    parts = [
        f"moved by {vote['mover']}" if vote["mover"] else "",
        f"seconded by {vote['seconder']}" if vote["seconder"] else "",
    ]
    for side, names in (
        ("for", vote["votes_for"]),
        ("against", vote["votes_against"]),
        ("abstained", vote["abstained"]),
    ):
        count = vote[f"count_{side}"]
        if names or count is not None:
            listed = f" ({', '.join(names)})" if names else ""
            parts.append(f"{len(names) if count is None else count} {side}{listed}")
    return "; ".join(filter(None, [*parts, vote["outcome"]]))
