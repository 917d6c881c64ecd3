"""Calls over HTTP whose arguments fit no tool: Gradio would print the caller's words, and say nothing to the caller."""

from __future__ import annotations

import inspect
from typing import Any

import gradio as gr
from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.web.calls import Failed
from assistant.web.gate import PREFIX
from assistant.web.texts import tools as texts


def counted(page: gr.Blocks) -> None:
    """Have a call with too few values refused in a sentence that names what is wanted."""

    def validate(called: Any, values: list[Any]) -> None:
        wanted = list(inspect.signature(called.fn).parameters) if called.api_visibility == "public" else ()
        if len(values) < max(len(called.inputs), len(wanted)):
            raise Failed(texts.TOO_FEW.format(names=", ".join(wanted) or len(called.inputs)))

    page.validate_inputs = validate


def misnamed(request: Request, error: Exception) -> JSONResponse:
    """Tell of an argument with a name that the tool does not have, or of one that is missing."""
    if not request.url.path.startswith(f"{PREFIX}call/"):
        raise error
    return JSONResponse({"error": str(error).partition(" Please click")[0].rstrip(".") + "."}, 422)
