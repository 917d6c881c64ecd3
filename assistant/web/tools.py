"""The six tools that other assistants use, over HTTP and MCP: nothing else of the page is theirs, and none changes it.

The docstrings and types are the schema that another assistant's model reads: they are written for it.
"""

import inspect
from functools import partial
from typing import Any, Literal, cast

import gradio as gr

from assistant.ask import Assistant
from assistant.promises import Sort
from assistant.statements import FORCES
from assistant.web import given, lookups
from assistant.web.calls import Calls
from assistant.web.startup import StartUp
from assistant.web.texts import tools as texts

# Gradio reads the types from the functions themselves: no `from __future__ import annotations` here.

NAMES = ("ask", "search", "read_passage", "promises", "check", "statements")
LONGEST_QUESTION = 2_000  # characters
LONGEST_DRAFT = 10_000  # characters: a sentence takes some tenths of a second
MOST_EARLIER = 20  # questions of a chat
MOST = 50  # results at a time


class Tools:
    """The tools, waiting for the page to be ready."""

    def __init__(self, startup: StartUp) -> None:
        """Nothing is opened until a tool is called."""
        self._done = Calls(startup).done

    async def ask(
        self,
        question: str,
        council: str | None = None,
        committee: str | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        history: list[str] | None = None,
    ) -> dict[str, Any]:
        """Ask one question of the council minutes on record; the answer is the minutes' own words, with their source.

        Read `outcome` first. "answered": `citations` hold the quotations, `answer` the same as text, each with its [n].
        "not_directly": the subject is on record, what was asked is not. "not_on_record": nothing on record answers:
        tell the person so, with the bounds in `searched`. "out_of_scope": no question that minutes can answer.
        For all but "answered" `refused` is true, and `nearest` may hold the nearest passages, which are not an answer.
        `notice` has to be told with the answer. `force` says what was done: decided, committed, stated, asked, wished
        or proposed, by the record's own `verb`: never make it stronger. What the record does not state is null.

        Args:
            question: One question in plain words, e.g. "What was promised about the refusal letters?"
            council: Only this council's minutes, its name as on record, e.g. "Merrowdale Borough Council".
            committee: Only this committee's minutes, its name as on record, e.g. "Cabinet".
            date_from: Only meetings from this date, YYYY-MM-DD, e.g. "2024-01-01".
            date_to: Only meetings up to this date, YYYY-MM-DD, e.g. "2024-12-31".
            history: Earlier questions of the chat, oldest first, where this one follows up ("And the year before?").
        """
        asked = partial(given.words, question, "question", LONGEST_QUESTION)
        earlier = partial(given.several, history, "history", MOST_EARLIER, LONGEST_QUESTION)
        within = partial(given.filters, council, committee, date_from, date_to)
        return await self._done(lambda a: lookups.answered(a, asked(), earlier(), within()))

    async def search(
        self,
        words: str,
        council: str | None = None,
        committee: str | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int = 10,
    ) -> dict[str, Any]:
        """List the passages of the minutes nearest to some words, by meaning and by the words themselves.

        These are not an answer: whether a passage answers anything was not judged, and there are always some, however
        far off. To answer a question, use `ask`. Each of `passages` is a citation: `passage` whole, `quote` its
        likeliest sentence, with its source and force; give its `passage_id` to `read_passage`.

        Args:
            words: What to look for, a few words or a sentence, e.g. "school transport for disabled children".
            council: Only this council's minutes, its name as on record, e.g. "Merrowdale Borough Council".
            committee: Only this committee's minutes, its name as on record, e.g. "Cabinet".
            date_from: Only meetings from this date, YYYY-MM-DD, e.g. "2024-01-01".
            date_to: Only meetings up to this date, YYYY-MM-DD, e.g. "2024-12-31".
            limit: How many passages at most, from 1 to 50, e.g. 5.
        """
        asked = partial(given.words, words, "words", LONGEST_QUESTION)
        most = partial(given.number, limit, "limit", MOST)
        within = partial(given.filters, council, committee, date_from, date_to)
        return await self._done(lambda a: lookups.nearest(a, asked(), within(), most()))

    async def read_passage(self, id: str) -> dict[str, Any]:
        """Read one passage of the minutes whole, with what stands before and after it in the same agenda item.

        Use it before you rely on a quotation: `statements` tells who said each sentence, with what force, `meeting`
        where and when, `corrected_by` what later minutes put right. `address` is its permanent address on this server.

        Args:
            id: The `passage_id` of a citation that another tool gave, 32 hexadecimal digits.
        """
        named = partial(given.words, id, "id")
        return await self._done(lambda a: lookups.passage(a, named().strip().lower()))

    async def promises(
        self,
        about: str | None = None,
        who: str | None = None,
        council: str | None = None,
        committee: str | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        sort: Literal["date", "deadline", "who"] = "date",
        overdue: bool = False,
        limit: int = 10,
    ) -> dict[str, Any]:
        """List what was promised on record, by whom, by when, and what later minutes say of it.

        `kind` is "commitment" (somebody took an act on) or "resolution" (a meeting decided it). `what_came` is
        "reported done", "mentioned later", "no later mention" or "cannot be told"; `later` quotes what came. "no later
        mention" says only that the record is silent: never that a promise was broken. `note` is a person's own, not
        from the minutes. `count` is how many there are in all.

        Args:
            about: Only promises about this, the nearest first, e.g. "school transport". All, where it is left out.
            who: Only promises by this person or holder of a role, e.g. "Odunsi" or "Head of Highways".
            council: Only this council's minutes, its name as on record, e.g. "Merrowdale Borough Council".
            committee: Only this committee's minutes, its name as on record, e.g. "Cabinet".
            date_from: Only meetings from this date, YYYY-MM-DD, e.g. "2024-01-01".
            date_to: Only meetings up to this date, YYYY-MM-DD, e.g. "2024-12-31".
            sort: In what order: "date" of the meeting (with `about`, the nearest first), "deadline" or "who".
            overdue: True for only those whose day is past and which nothing later on record mentions.
            limit: How many promises at most, from 1 to 50, e.g. 10.
        """

        def wanted(assistant: Assistant) -> dict[str, Any]:
            order = cast(Sort, given.one_of(sort, "sort", ("date", "deadline", "who")))
            within = given.filters(council, committee, date_from, date_to)
            subject, name = given.some_words(about, "about"), given.some_words(who, "who")
            late, most = given.truth(overdue, "overdue"), given.number(limit, "limit", MOST)
            return lookups.promised(assistant, subject, name, within, order, late, most)

        return await self._done(wanted)

    async def check(self, draft: str, council: str | None = None) -> dict[str, Any]:
        """Hold a draft against the minutes on record, sentence by sentence, before it is published. It is not stored.

        Each of `sentences` has a `label`: "consistent", "differs" (`aspect` says in what: number, date, scope,
        certainty, polarity, attribution or force; `differing` are the draft's words, `theirs` the record's),
        "no_prior_statement" (nothing on record speaks of it: neither right nor wrong) or "no_claim". `prior` cites what
        it was held against.
        "consistent" means only: with the nearest statements found. Show the person the record's words in any case.

        Args:
            draft: The text, up to 10,000 characters, e.g. "Cabinet agreed in March to close the day centre."
            council: Only minutes of this council, and those that state none, e.g. "Merrowdale Borough Council".
        """
        text = partial(given.words, draft, "draft", LONGEST_DRAFT)
        within = partial(given.filters, council)
        return await self._done(lambda a: lookups.checked(a, text(), within()))

    async def statements(
        self,
        speaker: str | None = None,
        about: str | None = None,
        force: list[Literal["decided", "committed", "stated", "asked", "wished", "proposed"]] | None = None,
        council: str | None = None,
        committee: str | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int = 20,
    ) -> dict[str, Any]:
        """List who said what on record, a sentence each, with the force it was said with.

        Each of `statements` is a citation whose `quote` is the sentence; `speaker` is null where nobody is named, and
        nobody is to be guessed. By date, or with `about` the nearest first. `count` is how many there are in all.

        Args:
            speaker: Only what this person or holder of a role said, e.g. "Cllr Odunsi"; a surname alone will do.
            about: Only what was said about this, the nearest first, e.g. "refusal letters".
            force: Only these: decided, committed, stated, asked, wished, proposed; e.g. ["decided", "committed"].
            council: Only this council's minutes, its name as on record, e.g. "Merrowdale Borough Council".
            committee: Only this committee's minutes, its name as on record, e.g. "Cabinet".
            date_from: Only meetings from this date, YYYY-MM-DD, e.g. "2024-01-01".
            date_to: Only meetings up to this date, YYYY-MM-DD, e.g. "2024-12-31".
            limit: How many statements at most, from 1 to 50, e.g. 20.
        """

        def wanted(assistant: Assistant) -> dict[str, Any]:
            forces = [given.one_of(f, "force", FORCES) for f in given.several(force, "force", len(FORCES), 20)]
            within = given.filters(council, committee, date_from, date_to)
            name, subject = given.some_words(speaker, "speaker"), given.some_words(about, "about")
            return lookups.stated(assistant, name, subject, forces, within, given.number(limit, "limit", MOST))

        return await self._done(wanted)


def tools(startup: StartUp) -> None:
    """Offer the six within the page's blocks."""
    made = Tools(startup)
    for name in NAMES:
        tool = getattr(made, name)
        said = " ".join((inspect.getdoc(tool) or "").partition("Args:")[0].split())
        gr.api(tool, api_name=name, api_description=f"{said} {texts.QUOTED}", concurrency_limit=None)
