"""A passage as the reader takes it: what stands in front, its own words, and where its sentences are."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.models import PassageOnRecord, Span
from corpus.sentences import sentences


@dataclass(frozen=True, slots=True)
class Text:
    """What to read: the context line (and lead-in) in front, the words, and their sentences as spans of the words."""

    front: str
    words: str
    sentences: tuple[Span, ...]

    @property
    def whole(self) -> str:
        """What stands in front and the words, as they are read."""
        return f"{self.front}\n{self.words}" if self.front else self.words


def text_of(passage: PassageOnRecord) -> Text:
    """A passage on record, with exactly what stands in front of it when it is embedded."""
    front = passage.embedded[: len(passage.embedded) - len(passage.text)].rstrip("\n")
    return Text(front, passage.text, tuple(sentences(passage.text)))
