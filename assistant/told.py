"""Who said a quotation and with what force, in words that a parent can read."""

from __future__ import annotations

from assistant.answer import Citation
from assistant.words import data
from corpus.models import Statement


def who(c: Citation | Statement) -> str | None:
    """The speaker with the role stated then; None where nobody is named."""
    if c.speaker and c.role and c.role.lower().removeprefix("the ") not in c.speaker.lower():
        return f"{_upper(c.speaker)} ({c.role})"
    return c.speaker and _upper(c.speaker)


def force(c: Citation | Statement) -> str | None:
    """The force with the record's own verb: "Asked (“queried”)"; None where nothing is said."""
    if c.force is None:
        return None
    label = str(data("forces")["forces"][c.force])
    return f"{label} (“{c.verb}”)" if c.verb and c.verb != label.lower() else label


def meaning(c: Citation | Statement) -> str | None:
    """What that means, in plain words."""
    facts = data("forces")
    found: str | None = facts["verbs"].get(c.verb) or facts["meanings"].get(c.force)
    return found


def line(c: Citation | Statement) -> str | None:
    """Both on one line: "Councillor Odunsi asked …" is "Asked (“queried”) by Councillor Odunsi"."""
    said, by = force(c), who(c)
    if said is None:
        return None
    return f"{said} by {by.replace('The ', 'the ', 1) if by.startswith('The ') else by}" if by else said


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]
