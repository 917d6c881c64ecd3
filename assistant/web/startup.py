"""Getting ready while the page already answers: samples on record if asked for, the model loaded."""

from __future__ import annotations

import sys
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from assistant.web import texts
from assistant.web.limits import Limits
from assistant.web.log import Log
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.config import Settings


class StartUp:
    """The work before the first answer, in the background. Threads may share it."""

    def __init__(self, settings: Settings, samples: bool) -> None:
        """Nothing is begun until `begin`."""
        self.settings = settings
        self.samples = samples
        self.limits = Limits(settings.questions_a_minute, settings.waiting_at_most)
        self.log = Log(settings.log)
        self.settled = Event()  # set when there is an assistant, or a reason why there is none
        self._assistant: Assistant | None = None
        self._failure = ""
        self._lock = Lock()
        self._running = False

    @property
    def ready(self) -> bool:
        """True once questions are answered without waiting."""
        return self._assistant is not None

    def begin(self) -> None:
        """Start, unless it runs or is done. A daemon: Ctrl-C need not wait for it."""
        with self._lock:
            if self._running or self.ready:
                return
            self._running = True
            self.settled.clear()
        Thread(target=self._run, name="start-up", daemon=True).start()

    def assistant(self) -> Assistant:
        """The assistant, once `settled` is set. Raises UserError with the reason if there is none, and tries anew."""
        if self._assistant is None:
            failure = self._failure or texts.STARTING
            self.begin()  # the next question may find it mended, e.g. when another command has finished
            raise UserError(failure)
        return self._assistant

    def change(self, settings: Settings) -> None:
        """Answer by other settings from the next question on; what is being answered goes on by the old ones.

        Raises UserError, and changes nothing, where a model cannot be had.
        """
        from assistant.llms import open_llm

        open_llm(settings)
        with self._lock:
            if self._assistant is not None:
                self._assistant = self._assistant.changed(settings)
            self.settings = settings
        self.limits.a_minute, self.limits.at_most = settings.questions_a_minute, settings.waiting_at_most
        self.log.on = settings.log == "json"

    def _run(self) -> None:
        try:
            made = self._prepared()
            # A setting may have been changed meanwhile.
            with self._lock:
                self._assistant = made if made.settings is self.settings else made.changed(self.settings)
        except UserError as error:
            self._failure = str(error)
        except Exception as error:
            print(f"The page could not start answering ({error.__class__.__name__}: {error})", file=sys.stderr)
            self._failure = texts.WRONG
        finally:
            with self._lock:
                self._running = False
                self.settled.set()

    def _prepared(self) -> Assistant:
        from assistant.ask import Assistant
        from assistant.reading.reader import missing

        assistant = Assistant(self.settings)
        if told := missing(self.settings.reader):
            print(told, file=sys.stderr)
        if self.samples and assistant.record.is_empty():
            self._put_samples(assistant)
        assistant.warm()
        return assistant

    def _put_samples(self, assistant: Assistant) -> None:
        from corpus.changes import writing
        from corpus.samples import samples_folder
        from ingest import sync
        from ingest.progress import Unwatched
        from ingest.read import Supplied
        from ingest.sources import find_sources

        record = assistant.record
        with writing(self.settings.home):
            if record.is_empty():  # another command may have filled it while this one waited
                steps = list(sync.plan(record, find_sources([samples_folder()]), Supplied()))
                threshold = self.settings.chroma_sync_threshold
                sync.ingest(record, assistant.embedder, steps, threshold, Unwatched())
