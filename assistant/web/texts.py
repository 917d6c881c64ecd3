"""Every word of the page, in one place."""

from __future__ import annotations

TITLE = "On Record"
INTRO = "Ask what was said, promised or decided. Answers are the minutes’ own words, each with its source."
SAMPLES = "The sample council, Merrowdale, is invented."

SKIP = "Skip to the question box"
CONVERSATION = "Conversation"
EXAMPLES = "Questions to start with, about the sample minutes"
EVIDENCE = "Evidence"
NO_EVIDENCE = "When an answer comes, the passages that it quotes stand here, whole, each with its source."
NOTHING_CITED = "Nothing is cited for this question."
EVIDENCE_FOR = "For: {question}"
NEAREST_FOR = "Nearest passages, not an answer. For: {question}"

QUESTION = "Your question"
QUESTION_HINT = "Ask about the minutes"
ASK = "Ask"
STOP = "Stop"
CLEAR = "Clear"
FILTERS = "Where to look: council, committee, dates"
COUNCIL = "Council"
ALL_COUNCILS = "All councils"
COMMITTEE = "Committee"
ALL_COMMITTEES = "All committees"
FROM = "Meetings from"
TO = "Meetings up to"
DATE_HINT = "YYYY-MM-DD, like 2024-03-31"

YOU_ASKED = "You asked: "
STARTING = "One moment: starting up"
LOOKING = "Looking through the minutes"
STOPPED = "Stopped. Ask again, or ask something else."
WRONG = "Something went wrong on our side; please ask again."
UNDERSTOOD = "Understood as: {question}"
LOOKED_IN = "Looked only in meetings {filters}."
READ_FROM_QUESTION = "Read from your question: only meetings {filters}."
READ_AS = "Read as on record: {names}."
WITHOUT = "Look without this"
ASKED_WITHOUT = "Asked again, without what was read from the question ({names})."
READ_NAMES = {"council": "council", "committee": "committee", "from": "dates", "to": "dates", "person": "name"}
ONE_QUOTATION = "On record, in the minutes’ own words:"
QUOTATIONS = "On record, in the minutes’ own words ({count} quotations):"
SUPPLIED = "supplied"
UNDATED = "undated"
SHOW = "show passage {n}"
SHOW_NEAREST = "Show passage {n}"
PASSAGE = "Passage {n}"
NEAREST_PASSAGE = "Nearest passage {n}"
CORRECTED = "Corrected later:"
LEAD_IN = "Under the words:"
BACK = "Back to the answer"
OPEN_SOURCE = "Open the source in a new tab"
STATUSES = {"approved": "Approved minutes", "draft": "Draft minutes", "unknown": "Not stated"}
FIELDS = {
    "speaker": "Said by",
    "force": "Force",
    "council": "Council",
    "committee": "Committee",
    "date": "Date",
    "item": "Item",
    "page": "Page",
    "status": "Status",
    "document": "File",
}

WRONG_DATE = "“{name}” wants a date like 2024-03-31, and {value} is not one; please change it and ask again"
DATES_CROSSED = "“Meetings from” is later than “Meetings up to”; please change one and ask again"

# Questions about the sample minutes, by who might ask them.
ROLES = {
    "Councillor": (
        "What did Cabinet decide about the Capstan Day Centre?",
        "What did the Committee recommend about 20 mph zones outside schools?",
        "Were the gullies in Lennford cleaned as promised?",
    ),
    "Parent": (
        "Have the “waiting well” sessions for parents started?",
        "When is Castle Harby swimming pool expected to open again?",
        "What happened to the text message service for school transport?",
    ),
    "Officer": (
        "What is the average wait for a routine occupational therapy assessment now?",
        "How many missed collections were there for every 100,000 made?",
        "How many educational psychology posts are filled?",
    ),
}
