"""The tools as MCP clients get them: marked as only reading, their results as JSON, and nothing else offered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import gradio as gr
from gradio.context import LocalContext
from mcp import types

from assistant.llms import elsewhere
from assistant.web.startup import StartUp
from assistant.web.texts import tools as texts


def offer(page: gr.Blocks, startup: StartUp) -> None:
    """Set right what Gradio offers over MCP of a page that is mounted: the public functions, and these alone.

    Gradio would give results as Python prints them, call the page over HTTP for each, and take a prompt that it does
    not know for the last of the tools.
    """
    server = page.mcp_server_obj.mcp_server
    server.version = version("on-record")
    _instructs(server, startup)
    for request in (
        types.ListPromptsRequest,
        types.GetPromptRequest,
        types.ListResourcesRequest,
        types.ListResourceTemplatesRequest,
        types.ReadResourceRequest,
    ):
        server.request_handlers.pop(request, None)
    _lists(server)
    _calls(server, {fn.api_name: fn.fn for fn in page.fns.values() if fn.api_visibility == "public"})


def _instructs(server: Any, startup: StartUp) -> None:
    """Tell whoever connects where questions go now: an operator may have chosen another model since the start."""
    gradios = server.create_initialization_options

    def options(*given: Any, **named: Any) -> Any:
        host = elsewhere(startup.settings)
        server.instructions = " ".join([texts.INSTRUCTIONS, *([texts.SENT_TO.format(host=host)] if host else [])])
        return gradios(*given, **named)

    server.create_initialization_options = options


def _lists(server: Any) -> None:
    gradios = server.request_handlers[types.ListToolsRequest]
    reads = types.ToolAnnotations(readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False)

    async def listed() -> list[types.Tool]:
        found = (await gradios(types.ListToolsRequest(method="tools/list"))).root.tools
        return [
            tool.model_copy(
                update={"annotations": reads, "inputSchema": {**tool.inputSchema, "additionalProperties": False}}
            )
            for tool in found
        ]

    server.list_tools()(listed)


def _calls(server: Any, tools: Mapping[str, Any]) -> None:
    async def called(name: str, arguments: dict[str, Any]) -> tuple[list[types.TextContent], dict[str, Any]]:
        if name not in tools:
            raise ValueError(texts.NO_TOOL.format(name=name, names=", ".join(tools)))
        LocalContext.request.set(server.request_context.request)  # whose visit it is counted as
        found = await tools[name](**arguments)
        return [types.TextContent(type="text", text=json.dumps(found, ensure_ascii=False))], found

    server.call_tool()(called)
