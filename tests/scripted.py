"""A language model that says what a test wrote down, and keeps what it was told. It stands for models that can't be run
here; what a real one does is tested in test_real_model.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from assistant.llms import ModelError, Schema


class Scripted:
    """Says `answers` one after the other, the last again and again; an exception is raised instead."""

    name = "scripted/model"
    keeps_to_schema = True

    def __init__(self, *answers: str | ModelError) -> None:
        self.answers = list(answers)
        self.history: list[tuple[str, str]] = []  # what it was told: system, user

    def stream(self, system: str, user: str, schema: Schema | None = None) -> Iterator[str]:
        self.history.append((system, user))
        answer = self.answers[min(len(self.history), len(self.answers)) - 1]
        if isinstance(answer, ModelError):
            raise answer
        for at in range(0, len(answer), 11):
            yield answer[at : at + 11]


def says(*sentences: tuple[str, str] | tuple[str, str, int]) -> str:
    """What a model says that keeps to the schema: sentences, each with the words it rests on, and of which passage."""
    listed = [
        {"sentence": one[0], "rests_on": [{"n": one[2] if len(one) == 3 else 1, "words": one[1]}]} for one in sentences
    ]
    return json.dumps({"sentences": listed}, ensure_ascii=False)
