"""Work that other assistants ask for: only so long, and its failures told in a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.ask import Assistant
from assistant.web.startup import StartUp
from assistant.web.texts import tools as texts
from assistant.web.waiting import tell, waited
from corpus.errors import UserError

PATIENCE = 120.0  # seconds that a call may take, the page's start waited for


class Failed(gr.Error):  # type: ignore[misc]  # Gradio ships no type information
    """Why nothing comes back, in one sentence."""

    def __init__(self, sentence: str) -> None:
        """The sentence is all that is told, to the caller and on standard error."""
        super().__init__(f"{sentence.rstrip('.')}.", print_exception=False)

    def __str__(self) -> str:
        """Gradio's own would stand in quotation marks."""
        return str(self.message)


class Calls:
    """Calls waiting for the page to be ready. They count for its limits as what is asked on the page does."""

    def __init__(self, startup: StartUp) -> None:
        """Nothing is opened until the first call."""
        self._startup = startup

    async def done(self, work: Callable[[Assistant], dict[str, Any]]) -> dict[str, Any]:
        """What `work` gives. Raises Failed with the sentence that says why it gives nothing."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await waited(self._startup, lambda: work(self._startup.assistant()))
        except TimeoutError:
            raise Failed(texts.BUSY) from None
        except UserError as error:
            raise Failed(str(error)) from None
        except Exception as error:
            tell(error)
            raise Failed(texts.WRONG) from None
