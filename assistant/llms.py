"""Opens the configured language model: Ollama, any server that speaks OpenAI's protocol, or Anthropic.

A model is never needed. One that is missing, down or slow costs its prose, and nothing else.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx

from assistant.config import Settings
from corpus.errors import UserError

Schema = Mapping[str, Any]  # a JSON schema
MOST_CHARACTERS = 20_000  # of an answer: a model that loops is cut off here


class ModelError(Exception):
    """The model could not answer; the message is one plain sentence that says why."""


class LanguageModel(Protocol):
    """What writes: `name` as configured, and whether it keeps to a schema that it is given."""

    name: str
    keeps_to_schema: bool

    def stream(self, system: str, user: str, schema: Schema | None = None) -> Iterator[str]:
        """The answer as it comes, in pieces. Raises ModelError."""
        ...


@dataclass(frozen=True, slots=True)
class Backend:
    """A way to a model: the module and class of LlamaIndex's, and where it is asked unless an address is given."""

    module: str
    kind: str
    url: str
    key: str | None = None  # the variable that its maker keeps a key in


BACKENDS = {
    "ollama": Backend("llama_index.llms.ollama", "Ollama", "http://127.0.0.1:11434"),
    "openai": Backend("llama_index.llms.openai_like", "OpenAILike", "https://api.openai.com/v1", "OPENAI_API_KEY"),
    "anthropic": Backend("llama_index.llms.anthropic", "Anthropic", "https://api.anthropic.com", "ANTHROPIC_API_KEY"),
}


def elsewhere(settings: Settings) -> str | None:
    """The host that questions and passages are sent to, where that is not this machine."""
    host = _host(_url(settings))
    return host if host and not _is_here(host) else None


def _url(settings: Settings) -> str:
    backend = BACKENDS.get(settings.llm.partition("/")[0])
    return settings.llm_url or (backend.url if backend else "")


def _host(url: str) -> str | None:
    """The host of an address of the web; None for what is no such address."""
    try:
        parts = urlsplit(url)
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None


def open_llm(settings: Settings) -> LanguageModel | None:
    """The model that ONRECORD_LLM names, or None where it names none. Nothing is sent yet.

    Raises UserError where the setting is no `backend/model`, or a package or a key is missing.
    """
    if not settings.llm:
        return None
    name, _, model = settings.llm.partition("/")
    if name not in BACKENDS or not model:
        raise UserError(f"ONRECORD_LLM is {settings.llm}, and should be ollama/MODEL, openai/MODEL or anthropic/MODEL")
    backend = BACKENDS[name]
    url = _url(settings)
    host = _host(url)
    if not host:
        raise UserError(f"ONRECORD_LLM_URL is {url}, and should be an address like http://127.0.0.1:8080/v1")
    key = settings.key_of(backend.key)
    if backend.key and not key and not (name == "openai" and settings.llm_url):
        raise UserError(f"{settings.llm} needs a key: set ONRECORD_LLM_KEY or {backend.key}")
    try:
        made = getattr(import_module(backend.module), backend.kind)
    except ImportError:
        raise UserError(f"{settings.llm} needs a package: pip install 'on-record[{name}]'") from None
    wait = settings.llm_seconds
    # What is asked of this machine goes through no proxy, and an answer leads nowhere else.
    own: dict[str, Any] = {"timeout": wait, "follow_redirects": False, "trust_env": not _is_here(host)}
    if name == "ollama":
        from ollama import Client

        llm = made(
            model=model,
            base_url=url,
            client=Client(host=url, **own),
            temperature=0.0,
            context_window=8192,
            thinking=False,
        )
    elif name == "openai":
        llm = made(
            model=model, api_base=url, api_key=key or "none", is_chat_model=True, timeout=wait, max_retries=0,
            temperature=0.0, max_tokens=800, context_window=8192, http_client=httpx.Client(**own),
        )  # fmt: skip
    else:
        llm = made(model=model, base_url=url, api_key=key, timeout=wait, max_retries=0, temperature=0.0, max_tokens=800)
        try:
            llm.metadata  # noqa: B018  # LlamaIndex refuses here what it does not know
        except ValueError:
            raise UserError(
                f"The installed {backend.module} knows no model {model}; upgrade it, or look at the name"
            ) from None
        llm._client = llm._client.with_options(http_client=httpx.Client(**own))  # LlamaIndex takes none
    return _ThroughLlamaIndex(settings.llm, name, llm, re.sub(r"//[^/@]*@", "//", url), wait)


class _ThroughLlamaIndex:
    """A model behind one of LlamaIndex's classes, with a limit to the time and the length of an answer."""

    def __init__(self, name: str, backend: str, llm: Any, url: str, seconds: float) -> None:
        self.name = name
        self.keeps_to_schema = backend in ("ollama", "openai")
        self._backend, self._llm, self._url, self._seconds = backend, llm, url, seconds

    def stream(self, system: str, user: str, schema: Schema | None = None) -> Iterator[str]:
        from llama_index.core.llms import ChatMessage

        messages = [ChatMessage(role="system", content=system), ChatMessage(role="user", content=user)]
        wanted: dict[str, Any] = {}
        if schema and self._backend == "ollama":
            wanted = {"format": schema}
        elif schema and self._backend == "openai":
            form = {"name": "answer", "schema": schema, "strict": True}
            wanted = {"response_format": {"type": "json_schema", "json_schema": form}}

        def pieces() -> Iterator[str]:
            try:
                begun = iter(self._llm.stream_chat(messages, **wanted))
                first = next(begun, None)
            except Exception as error:
                if not wanted or _status(error) != 400:
                    raise
                begun = iter(
                    self._llm.stream_chat(messages)
                )  # a server that knows no schema: the prompt asks for JSON too
                first = next(begun, None)
            yield (first and first.delta) or ""
            for part in begun:
                yield part.delta or ""

        left = MOST_CHARACTERS
        for piece in _within(self._seconds, pieces, self._why):
            yield piece[:left]
            left -= len(piece)
            if left <= 0:
                return

    def _why(self, error: Exception) -> str:
        """One sentence on what broke, with what to do."""
        status = _status(error)
        names = {type(e).__name__ for e in _chain(error)}
        if status == 404:
            return f"There is no model {self.name.partition('/')[2]} at {self._url}, or that is not its address"
        if status in (401, 403):
            return f"{self._url} refused the key; set ONRECORD_LLM_KEY"
        if status == 429:
            return f"{self._url} is busy or the key's quota is used up"
        if status:
            return f"{self._url} answered with an error ({status})"
        if any("Timeout" in name for name in names):
            return f"The language model did not answer within {self._seconds:g} seconds"
        if names & {"ConnectError", "ConnectionError", "ConnectionRefusedError"}:
            return f"The language model at {self._url} cannot be reached; start it, or set ONRECORD_LLM_URL"
        return f"The language model at {self._url} broke off its answer"


def _within(seconds: float, pieces: Any, why: Any) -> Iterator[str]:
    """The pieces as they come, from a thread of their own. Raises ModelError when they fail or the time is over."""
    come: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
    left = threading.Event()

    def work() -> None:
        try:
            for piece in pieces():
                if left.is_set():
                    return
                if piece:
                    come.put(piece)
            come.put(None)
        except Exception as error:  # whatever a client library raises
            come.put(error)

    threading.Thread(target=work, name="language model", daemon=True).start()
    until = time.monotonic() + seconds
    try:
        while True:
            try:
                piece = come.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                piece = TimeoutError()
            if time.monotonic() > until or isinstance(piece, TimeoutError):
                raise ModelError(f"The language model did not answer within {seconds:g} seconds") from None
            if isinstance(piece, Exception):
                raise ModelError(why(piece)) from None
            if piece is None:
                return
            yield piece
    finally:
        left.set()


def _status(error: Exception) -> int | None:
    return next((code for e in _chain(error) if (code := getattr(e, "status_code", None))), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _is_here(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
