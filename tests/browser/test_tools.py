"""The tools as other assistants use them, against the running page: Gradio's own client, an MCP client, bare HTTP."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import mcp
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from assistant.config import Settings
from assistant.web import calls
from assistant.web.startup import StartUp
from assistant.web.tools import NAMES, Tools
from corpus.records import Record
from tests.browser.conftest import Running, get
from tests.helpers import onrecord

pytestmark = pytest.mark.browser
T = TypeVar("T")

POOL = "When is Castle Harby swimming pool expected to open again?"
REFUSED = {"not_directly", "not_on_record", "out_of_scope"}


def connected(running: Running, work: Callable[[Any], Coroutine[Any, Any, T]], **headers: str) -> T:
    """What `work` gives with an MCP session of its own. In a thread: Playwright's loop runs in this one."""
    from mcp.client.streamable_http import streamablehttp_client

    async def connect() -> T:
        async with (
            streamablehttp_client(f"{running.address}/gradio_api/mcp/", headers=headers) as (reads, writes, _),
            mcp.ClientSession(reads, writes) as session,
        ):
            session.told = await session.initialize()
            return await work(session)

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, connect()).result(60)


def called(running: Running, name: str, **given: Any) -> dict[str, Any]:
    """What a tool gives over MCP."""
    result = connected(running, lambda session: session.call_tool(name, given))
    assert not result.isError, result.content[0].text
    assert json.loads(result.content[0].text) == result.structuredContent
    return dict(result.structuredContent)


def refusal(running: Running, name: str, **given: Any) -> str:
    """The sentence with which a tool refuses over MCP."""
    result = connected(running, lambda session: session.call_tool(name, given))
    assert result.isError
    return str(result.content[0].text)


def posted(running: Running, path: str, body: Any) -> tuple[int, str]:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{running.address}{path}", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def printed(running: Running, *arguments: str) -> list[dict[str, Any]]:
    """What the command line prints with --json, a line each."""
    done = onrecord(*arguments, "--json", "--home", running.home)
    assert done.status == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def holds(more: dict[str, Any], less: dict[str, Any]) -> bool:
    return {key: more[key] for key in less} == less


@pytest.fixture(scope="module")
def client(running: Running) -> Client:
    return Client(running.address, verbose=False, analytics_enabled=False)


def test_mcp_offers_the_six_described_and_read_only_and_nothing_else(running: Running) -> None:
    async def listed(session: Any) -> Any:
        return session.told, (await session.list_tools()).tools

    told, tools = connected(running, listed)
    assert {tool.name for tool in tools} == set(NAMES)
    assert len(NAMES) == 6
    for tool in tools:
        assert tool.annotations.readOnlyHint
        assert "never an instruction" in tool.description
        for name, schema in tool.inputSchema["properties"].items():
            assert schema["description"], f"{tool.name} does not describe {name}"
    ask = next(tool for tool in tools if tool.name == "ask")
    assert ask.inputSchema["required"] == ["question"]
    assert all(outcome in ask.description for outcome in REFUSED)
    assert "never an instruction" in told.instructions
    offered = told.capabilities
    assert (offered.prompts, offered.resources) == (None, None)


def test_http_names_the_six_and_no_other_function_is_reached_by_its_name(running: Running) -> None:
    for address in ("info", "info?all_endpoints=true"):
        info = get(f"{running.address}/gradio_api/{address}")
        assert set(info["named_endpoints"]) == {f"/{name}" for name in NAMES}
        assert info["unnamed_endpoints"] == {}
    functions = get(f"{running.address}/config")["dependencies"]
    private = {f["api_name"] for f in functions if f["api_visibility"] != "public"}
    assert len(private) > 5
    assert "predict" not in private  # the address at which the page calls its own by number
    paths = [f"{way}/{name}" for name in sorted(private) for way in ("call", "call/v2", "run", "api")]
    for path in [*paths, "deep_link", "upload", "openapi.json", "mcp/sse", "mcp/schema", "runs"]:
        assert posted(running, f"/gradio_api/{path}", {"data": []})[0] == 404, path


def test_ask_gives_every_client_what_the_command_line_gives(running: Running, client: Client) -> None:
    printed = json.loads(onrecord("ask", POOL, "--json", "--home", running.home).out)
    del printed["seconds"]
    assert printed["outcome"] == "answered"
    event = json.loads(posted(running, "/gradio_api/call/v2/ask", {"question": POOL})[1])["event_id"]
    with urllib.request.urlopen(f"{running.address}/gradio_api/call/v2/ask/{event}", timeout=30) as stream:
        kind, data = stream.read().decode().split("\n")[:2]
    assert kind == "event: complete"
    by_http = json.loads(data.removeprefix("data: "))[0]
    for answer in (called(running, "ask", question=POOL), client.predict(POOL, api_name="/ask"), by_http):
        for mine, theirs in zip(answer["citations"], printed["citations"], strict=True):
            assert holds(mine, theirs)
        rest = {key: value for key, value in printed.items() if key != "citations"}
        assert holds(answer, rest)


def test_ask_is_honestly_silent_within_its_filters_and_follows_up(running: Running) -> None:
    nothing = called(running, "ask", question=POOL, date_to="2001-12-31")
    assert nothing["outcome"] == "not_on_record"
    assert nothing["refused"]
    assert (nothing["citations"], nothing["searched"]["meetings"]) == ([], 0)
    follows = called(running, "ask", question="And why was it closed?", history=[POOL])
    assert POOL.rstrip("?") in follows["standalone_question"]


def test_lists_are_those_of_the_command_line_cut_at_the_limit(running: Running) -> None:
    promised = called(running, "promises", who="Head of Highways", limit=2)
    lines = printed(running, "promises", "--who", "Head of Highways")
    assert promised["count"] == len(lines) > 2
    assert all(holds(mine, line) for mine, line in zip(promised["promises"], lines[:2], strict=True))
    stated = called(running, "statements", speaker="Sandiford", force=["asked", "stated"], limit=3)
    lines = printed(running, "statements", "--speaker", "Sandiford", "--force", "asked", "--force", "stated")
    assert stated["count"] == len(lines) > 3
    assert all(holds(mine, line) for mine, line in zip(stated["statements"], lines[:3], strict=True))


def test_what_is_found_can_be_read_where_it_stands_to_the_letter(running: Running) -> None:
    found = called(running, "search", words="school transport", limit=3, council="Merrowdale Borough Council")
    assert "not an answer" in found["note"]
    assert len(found["passages"]) == 3
    draft = "Castle Harby swimming pool will open again in May 2030. Good morning!"
    sentences = called(running, "check", draft=draft)["sentences"]
    assert [one["label"] for one in sentences] == ["differs", "no_claim"]
    record = Record(running.home)
    for cited in (*found["passages"], *sentences[0]["prior"]):
        assert record.says(cited["document_id"], cited["start"], cited["end"], cited["quote"])
        read = called(running, "read_passage", id=cited["passage_id"])
        assert read["passage"] == cited["passage"]
        assert read["address"].startswith(f"/passage/{cited['passage_id']}?")
        assert read["meeting"]["date"] == cited["date"]
        around = [*read["before"], *read["after"]]
        assert around
        near = called(running, "read_passage", id=around[0]["passage_id"])
        assert cited["passage_id"] in {one["passage_id"] for one in (*near["before"], *near["after"])}


def test_what_a_caller_gets_wrong_is_told_in_one_sentence(running: Running, client: Client) -> None:
    sentences = [
        refusal(running, "ask", question=" "),
        refusal(running, "ask", question="x" * 2_001),
        refusal(running, "ask", question=POOL, date_from="soon"),
        refusal(running, "ask"),
        refusal(running, "ask", question=POOL, mood="cheerful"),
        refusal(running, "read_passage", id="0" * 32),
        refusal(running, "statements", speaker="Nobody Atall"),
        refusal(running, "statements", force=["shouted"]),
        refusal(running, "search", words="pool", limit=1_000),
        refusal(running, "check", draft="x" * 10_001),
        refusal(running, "delete_everything"),
    ]
    for question, more in ((5, {}), (POOL, {"history": "earlier"}), (POOL, {"council": ["a"]})):
        with pytest.raises(AppError) as told:
            client.predict(question=question, **more, api_name="/ask")
        sentences.append(str(told.value))
    for sentence in sentences:
        assert 20 < len(sentence) < 250, sentence
        assert "\n" not in sentence
        assert "Traceback" not in sentence
    status, misnamed = posted(running, "/gradio_api/call/v2/ask", {"question": POOL, "mood": "cheerful"})
    assert (status, "mood" in misnamed) == (422, True)


def test_hostile_words_in_minutes_stay_words(running: Running, client: Client) -> None:
    given = {"words": "mooring fee of the Harbour Master", "limit": 1}
    for found in (called(running, "search", **given), client.predict(**given, api_name="/search")):
        passage = found["passages"][0]["passage"]
        assert "<script>window.hacked=1</script>" in passage
        assert 'onerror="window.hacked=1"' in passage


def test_two_callers_at_once_each_get_their_own_answer(running: Running, client: Client) -> None:
    fee, wait = "What is the mooring fee?", "How long is the wait for an autism assessment?"
    with ThreadPoolExecutor(2) as callers:
        by_mcp = callers.submit(called, running, "ask", question=fee)
        by_http = callers.submit(client.predict, wait, api_name="/ask")
        answers = by_mcp.result(60), by_http.result(60)
    assert [answer["standalone_question"] for answer in answers] == [fee, wait]
    quotes = [" ".join(c["passage"] for c in (*answer["citations"], *answer["nearest"])) for answer in answers]
    assert ["mooring" in quote for quote in quotes] == [True, False]
    assert ["autism" in quote for quote in quotes] == [False, True]


def test_another_sites_name_does_not_reach_the_tools(running: Running) -> None:
    with pytest.raises(Exception) as told:  # noqa: PT011 - a group, of what the client makes of it
        connected(running, lambda session: session.list_tools(), Host="elsewhere.example")
    assert "400" in repr(getattr(told.value, "exceptions", told.value))


def test_a_call_waits_for_the_page_only_so_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "PATIENCE", 0.3)
    tools = Tools(StartUp(Settings(home=tmp_path), samples=False))
    with ThreadPoolExecutor(1) as aside, pytest.raises(calls.Failed, match="try again in a minute"):
        aside.submit(asyncio.run, tools.ask(POOL)).result(10)
