"""What every way of asking returns: an Answer, whose citations carry their own evidence."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.records import Searched
from corpus.stored import date_of

Outcome = Literal["answered", "not_directly", "not_on_record", "out_of_scope"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One quotation with its source. `start` and `end` are offsets into the document's canonical text.

    What the record does not know is None. `passage` is shown whole around the quotation.
    """

    n: int
    quote: str
    passage: str
    lead_in: str | None
    start: int
    end: int
    document: str
    document_id: str
    retrieved: str | None = None
    page: int | None = None
    council: str | None = None
    committee: str | None = None
    date: dt.date | None = None
    item: str | None = None
    item_number: str | None = None
    supplied: tuple[str, ...] = ()
    speaker: str | None = None
    role: str | None = None
    addressee: str | None = None
    force: str | None = None
    verb: str | None = None
    status: str = "unknown"
    corrected_by: Citation | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. Every outcome but `answered` is a refusal without citations."""

    question: str
    standalone_question: str
    outcome: Outcome
    answer: str
    searched: Searched
    id: str | None = None
    filters_understood: dict[str, str] = field(default_factory=dict)
    mode: str = "quotes"
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    removed: tuple[dict[str, str], ...] = ()
    notice: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    error: str | None = None

    @property
    def refused(self) -> bool:
        """True for every outcome but `answered`."""
        return self.outcome != "answered"

    def to_json(self) -> dict[str, Any]:
        """The shape that `onrecord ask --json` prints."""
        facts = plain(self)
        del facts["searched"]
        order = ["id", "question", "standalone_question", "filters_understood", "mode", "outcome"]
        return {
            **{key: facts.pop(key) for key in order},
            "refused": self.refused,
            **{key: facts.pop(key) for key in ("answer", "citations", "nearest", "removed", "notice")},
            "searched": searched_json(self.searched),
            "seconds": facts["seconds"],
            "error": facts["error"],
        }


def searched_json(searched: Searched) -> dict[str, Any]:
    """The bounds of a search in the shape that every way of asking gives."""
    return {
        "documents": searched.documents,
        "meetings": searched.meetings,
        "councils": list(searched.councils),
        "from": plain(searched.first),
        "to": plain(searched.last),
        "undated": searched.undated,
    }


def answer_from_json(facts: Mapping[str, Any]) -> Answer:
    """The Answer that `to_json` gave these facts of; what a version before or after this one adds is passed over.

    The number of meetings of no stated council is not among the facts.
    """
    s = facts["searched"]
    bounds = Searched(
        s["documents"], s["meetings"], tuple(s["councils"]), date_of(s["from"]), date_of(s["to"]), s["undated"]
    )
    known = {f.name: facts[f.name] for f in dataclasses.fields(Answer) if f.name in facts}
    cited = {name: tuple(map(_citation, facts.get(name, ()))) for name in ("citations", "nearest")}
    return Answer(**{**known, **cited, "searched": bounds, "removed": tuple(facts.get("removed", ()))})


def _citation(facts: Mapping[str, Any]) -> Citation:
    known = {f.name: facts[f.name] for f in dataclasses.fields(Citation) if f.name in facts}
    by = facts.get("corrected_by")
    typed = {"date": date_of(facts.get("date")), "supplied": tuple(facts.get("supplied", ()))}
    return Citation(**{**known, **typed, "corrected_by": _citation(by) if by else None})


def plain(value: Any) -> Any:
    """A dataclass and what is in it as JSON's own types."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
