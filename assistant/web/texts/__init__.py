"""Every word of the page, in one place."""

from __future__ import annotations

from assistant.web.texts import overview, timeline

TITLE = "On Record"
INTRO = "Ask what was said, promised or decided. Answers are the minutes’ own words, each with its source."
SAMPLES = "The sample council, Merrowdale, is invented."

ASK_TAB = "Ask"
PROMISES_TAB = "Promises"
CHECK_TAB = "Check a draft"
TABS = (  # what stands behind # in an address
    ("ask", ASK_TAB),
    ("promises", PROMISES_TAB),
    ("timeline", timeline.TAB),
    ("check", CHECK_TAB),
    ("overview", overview.TAB),
)
NAVIGATION = "On Record"
SKIP_TO_MAIN = "Skip to the content"

SKIP = "Skip to the first field"
CONVERSATION = "Conversation"
EXAMPLES = "Questions to start with, about the sample minutes"
OPENERS = "Questions to start with, from the newest minutes"
EVIDENCE = "Evidence"
NO_EVIDENCE = "When an answer comes, the passages that it quotes stand here, whole, each with its source."
NOTHING_CITED = "Nothing is cited for this question."
EVIDENCE_FOR = "For: {question}"
NEAREST_FOR = "Nearest passages, not an answer. For: {question}"

QUESTION = "Your question"
QUESTION_HINT = "Ask about the minutes"
ASK = "Ask"
STOP = "Stop"
LONG_QUESTION = "A question may have {count:,} characters; ask it in fewer words"
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
WRITING = "Writing: each sentence is shown once it has been checked against the minutes"
STOPPED = "Stopped. Ask again, or ask something else."
WRONG = "Something went wrong on our side; please ask again."
BUSY = "On Record is busy: please try again in {seconds} seconds"
BUSY_ONE = "On Record is busy: please try again in 1 second"
UNDERSTOOD = "I understood: {question}"
LOOKED_IN = "Looked only in meetings {filters}."
READ_FROM_QUESTION = "Read from your question: only meetings {filters}."
READ_AS = "Read as on record: {names}."
WITHOUT = "Look without this"
ASKED_WITHOUT = "Asked again, without what was read from the question ({names})."
READ_NAMES = {"council": "council", "committee": "committee", "from": "dates", "to": "dates", "person": "name"}
ONE_QUOTATION = "On record, in the minutes’ own words:"
QUOTATIONS = "On record, in the minutes’ own words ({count} quotations):"
ONE_REMOVED = "One sentence that the language model wrote is left out: the record does not bear it out."
REMOVED = "{count} sentences that the language model wrote are left out: the record does not bear them out."
WRITTEN_BY = "Written by the language model {name}, each sentence checked against the minutes."
SENT_TO = "Your questions, and the passages found with their sources, are sent to {host}."
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

PROMISES_INTRO = (
    "What was taken on, or decided to be done, in the minutes’ exact words; and what later minutes say of it. "
    "Nothing here says that a promise was broken: the record can only be silent."
)
PROMISES_ABOUT = "About"
PROMISES_ABOUT_HINT = "for example: transport for disabled children"
PROMISES_WHO = "Made by"
PROMISES_WHO_HINT = "a surname or a role"
SORT = "Sorted by"
SORTS = (("meeting", "date"), ("deadline", "deadline"), ("who promised", "who"))
OVERDUE = "Only those past their date that no later minutes mention"
SHOW_PROMISES = "Show promises"
MORE = "Show more"
NO_PROMISE = "No promise like that is on record."
ONE_PROMISE = "1 promise."
PROMISES_COUNT = "{count} promises."
PROMISES_SHOWN = "The first {count} are shown; of these:"
AS_CSV = "These as a spreadsheet (CSV)"
AS_WORD = "These as a Word file"
NOTE = "Add a note to a promise"
NOTE_INTRO = "A note is yours, with your name and the time, and is never mixed with the record’s words."
NOTE_NUMBER = "Number in the list"
NOTE_STATUS = "How it stands, as you know it"
NOTE_NAME = "Your name"
NOTE_NAME_HINT = "shown with the note"
NOTE_WORDS = "Note"
NOTE_KEEP = "Keep the note"
NOTE_KEPT = "Your note on promise {number} is kept."
READ_ONLY = "This page only shows the record: nothing can be added here"
NOTE_WRONG_NUMBER = "Give the promise’s number in the list, from 1 to {count}"

CHECK_INTRO = (
    "Paste a draft, and each sentence that claims something is held against what is on record. "
    "The draft is not stored. Read the record’s words before you rely on a finding."
)
DRAFT = "Your draft"
DRAFT_HINT = "A newsletter, a web page, a letter, a report"
DRAFT_FILE = "Or open a text or Word file:"
DRAFT_READ = "The file’s words stand in the box; check them when you like."
NO_DRAFT = "There are no words to check; paste a draft"
LARGE_DRAFT = "A draft’s file may have 10 MB; take its pictures out, or save it as text"
LONG_DRAFT = "A draft may have {count:,} characters; check it in parts"
CHECK = "Check the draft"
CHECKING = "Checked {done} of {count} sentences"
CHECK_STOPPED = "Stopped. What was checked so far stands below."
CHECKED = "Sentences: {counts}."
CHECK_AS_WORD = "The whole check as a Word file"
YOUR_DRAFT = "Your draft"
ON_RECORD = "On record"

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
