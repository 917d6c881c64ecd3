"""The ways to a language model: what is sent, what comes back, and every way in which it fails."""

from __future__ import annotations

import time

import pytest

from assistant.config import Settings
from assistant.llms import LanguageModel, ModelError, elsewhere, open_llm
from assistant.written import SCHEMA
from corpus.errors import UserError
from tests.model_server import Fault, ModelServer, serving

SAYS = '{"sentences": [{"sentence": "The weir is “shut”.", "rests_on": [{"n": 1, "words": "weir is shut"}]}]}'
NAMES = {"ollama": "ollama/small", "openai": "openai/small", "anthropic": "anthropic/claude-sonnet-4-5"}


def opened(backend: str, server: ModelServer, seconds: float = 10) -> LanguageModel:
    url = f"{server.url}/v1" if backend == "openai" else server.url
    key = "a-key" if backend == "anthropic" else None
    model = open_llm(Settings(llm=NAMES[backend], llm_url=url, llm_key=key, llm_seconds=seconds))
    assert model is not None
    return model


@pytest.mark.parametrize("backend", NAMES)
def test_what_a_model_says_comes_in_pieces_and_whole(backend: str) -> None:
    with serving(SAYS) as server:
        pieces = list(opened(backend, server).stream("Write.", "Which weir?", SCHEMA))
    assert "".join(pieces) == SAYS
    assert len([piece for piece in pieces if piece]) > 3
    (sent,) = server.asked
    assert "Which weir?" in str(sent)
    assert "Write." in str(sent)
    assert ("rests_on" in str(sent)) == (backend != "anthropic")  # the schema, where it is kept to


@pytest.mark.parametrize("backend", NAMES)
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("500", "answered with an error (500)"),
        ("404", "There is no model"),
        ("401", "refused the key"),
        ("429", "is busy"),
        ("malformed", "broke off its answer"),
    ],
)
def test_a_fault_is_told_in_one_sentence(backend: str, fault: Fault, told: str) -> None:
    with serving(SAYS, fault) as server, pytest.raises(ModelError) as failed:
        list(opened(backend, server).stream("Write.", "Which weir?"))
    assert told in str(failed.value)
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize("backend", NAMES)
def test_a_stream_that_is_cut_never_looks_whole(backend: str) -> None:
    with serving(SAYS, "cut") as server:
        said = ""
        try:
            for piece in opened(backend, server).stream("Write.", "Which weir?"):
                said += piece
        except ModelError as error:
            assert "broke off" in str(error)  # noqa: PT017  # a client may also end as if nothing were missing
    assert len(said) < len(SAYS)


@pytest.mark.parametrize("backend", NAMES)
def test_silence_is_waited_for_no_longer_than_set(backend: str) -> None:
    with serving(SAYS, "silent") as server:
        begun = time.monotonic()
        with pytest.raises(ModelError, match=r"within 1\.5 seconds"):
            list(opened(backend, server, seconds=1.5).stream("Write.", "Which weir?"))
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize("backend", NAMES)
def test_a_model_that_is_not_there_is_told_with_what_to_do(backend: str) -> None:
    with serving() as server:
        pass
    with pytest.raises(ModelError, match="cannot be reached; start it, or set ONRECORD_LLM_URL"):
        list(opened(backend, server).stream("Write.", "Which weir?"))


def test_a_model_that_loops_is_cut_off() -> None:
    with serving("the the " * 4_000) as server:
        assert 20_000 <= len("".join(opened("ollama", server).stream("Write.", "Which weir?"))) < 20_100


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"llm": "gpt"}, "should be ollama/MODEL, openai/MODEL or anthropic/MODEL"),
        ({"llm": "openai/gpt"}, "set ONRECORD_LLM_KEY or OPENAI_API_KEY"),
        ({"llm": "anthropic/claude-sonnet-4-5"}, "set ONRECORD_LLM_KEY or ANTHROPIC_API_KEY"),
        ({"llm": "anthropic/no-such", "llm_key": "k"}, "knows no model no-such"),
        ({"llm": "ollama/small", "llm_url": "my server"}, "should be an address like"),
    ],
)
def test_a_setting_that_is_wrong_is_told_in_one_sentence(
    settings: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UserError) as wrong:
        open_llm(Settings(**settings))
    assert told in str(wrong.value)


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "llama_index.llms.ollama", None)
    with pytest.raises(UserError, match=r"pip install 'on-record\[ollama\]'"):
        open_llm(Settings(llm="ollama/small"))


@pytest.mark.parametrize(
    ("settings", "host"),
    [
        ({"llm": "ollama/small"}, None),
        ({"llm": "openai/small", "llm_url": "http://[::1]:8080/v1"}, None),
        ({"llm": "ollama/small", "llm_url": "http://gpu.quillbeck.example:11434"}, "gpu.quillbeck.example"),
        ({"llm": "anthropic/claude-sonnet-4-5"}, "api.anthropic.com"),
        ({}, None),
    ],
)
def test_it_is_known_where_questions_go(settings: dict[str, str], host: str | None) -> None:
    assert elsewhere(Settings(**settings)) == host


def test_the_key_is_listed_nowhere() -> None:
    assert "a-key" not in str(Settings(llm_key="a-key").llm_key)
