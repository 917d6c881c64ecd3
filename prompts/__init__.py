"""The assistant's own words, and later what a language model is told: one file each, loaded by name.

Every file opens with what it needs and what must come of it:

    ---
    inputs: bounds, nearest
    output: one or two plain sentences
    ---
    Not on record. Nothing in {bounds} answers this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FORM = re.compile(r"\A---\ninputs:(?P<inputs>.*)\noutput:(?P<output>.*)\n---\n(?P<text>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text with named gaps, and a word on what must come out."""

    name: str
    inputs: tuple[str, ...]
    output: str
    text: str

    def fill(self, **values: str) -> str:
        """The text with every gap filled. Raises ValueError where inputs are missing or unknown."""
        if set(values) != set(self.inputs):
            raise ValueError(f"prompt {self.name} takes {self.inputs}, not {tuple(values)}")
        # One pass: what is filled in is never itself searched for gaps.
        return re.sub(r"\{(\w+)\}", lambda gap: values[gap.group(1)], self.text)


@cache
def load(name: str) -> Prompt:
    """The prompt `name`. Raises ValueError if its file is not in the form above, or a gap is undeclared."""
    form = _FORM.match(files("prompts").joinpath(f"{name}.md").read_text("utf-8"))
    if form is None:
        raise ValueError(f"prompts/{name}.md does not state its inputs and output")
    inputs = tuple(part.strip() for part in form["inputs"].split(",") if part.strip())
    text = form["text"].strip()
    if set(re.findall(r"\{(\w+)\}", text)) != set(inputs):
        raise ValueError(f"prompts/{name}.md fills other gaps than it declares")
    return Prompt(name, inputs, form["output"].strip(), text)
