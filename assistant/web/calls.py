"""Work that other assistants ask for: so much at a time, only so long, and its failures told in a sentence."""

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

AT_ONCE = 4  # calls worked on at a time; others wait their turn
PATIENCE = 120.0  # seconds that a call may take, its turn and the page's start waited for


class Failed(gr.Error):  # type: ignore[misc]  # Gradio ships no type information
    """Why nothing comes back, in one sentence."""

    def __init__(self, sentence: str) -> None:
        """The sentence is all that is told, to the caller and on standard error."""
        super().__init__(f"{sentence.rstrip('.')}.", print_exception=False)

    def __str__(self) -> str:
        """Gradio's own would stand in quotation marks."""
        return str(self.message)


class Calls:
    """Calls waiting for their turn, and for the page to be ready."""

    def __init__(self, startup: StartUp) -> None:
        """Nothing is opened until the first call."""
        self._startup = startup
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def done(self, work: Callable[[Assistant], dict[str, Any]]) -> dict[str, Any]:
        """What `work` gives. Raises Failed with the sentence that says why it gives nothing."""
        try:
            async with asyncio.timeout(PATIENCE), self._at_once:
                return await waited(self._startup, lambda: work(self._startup.assistant()))
        except TimeoutError:
            raise Failed(texts.BUSY) from None
        except UserError as error:
            raise Failed(str(error)) from None
        except Exception as error:
            tell(error)
            raise Failed(texts.WRONG) from None
