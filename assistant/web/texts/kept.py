"""The words of the page that shows what somebody kept."""

from __future__ import annotations

ONE = "An answer, as it was on {day}"
SEVERAL = "A conversation, as it was on {day}"
AS_IT_WAS = "Somebody kept this page. It shows what was answered then, and is not brought up to date."
CHANGED = "The record has changed since."
ONE_CHANGED = "What became of 1 of the quotations is said below it."
SOME_CHANGED = "What became of {count} of the quotations is said below them."

KEPT = "Kept"
KEPT_AT = "{day}, {time} UTC"
INDEX = "Minutes on record"
INDEX_TO = "as they were then; the newest had come on {day}"
INDEX_UNKNOWN = "as they were then"
MODE = "In whose words"
MODES = {
    "quotes": "The minutes’ own",
    "prose": "A language model’s, each sentence checked against the minutes, over the minutes’ own",
}
BOTH_MODES = "Some in the minutes’ own alone; some in a language model’s, each sentence checked against the minutes"

RETRIEVED = "on record since {day}"
READ = "Read it in the minutes"
WORD = "Save as a Word file"
MARKDOWN = "Save as Markdown"
FILES = "Take it with you"
WITHDRAWN = "These words were withdrawn from the record."
SINCE = "Since then:"
GONE = "These words are no longer on record."
PUT_RIGHT = "Later minutes have put this right: “{words}” ({source})"
NOT_PUT_RIGHT = "The correction shown here is no longer on record."
CITED = "quotation {n}"

NOT_FOUND = "Nothing is kept here"
NOT_FOUND_WHY = (
    "The address may be incomplete, or whoever runs this page has deleted what was kept. "
    "Check that you have the whole address, or ask the person who sent it."
)
ASK = "Ask the record a question"

KEPT_ON = "Kept on {day} at {time} UTC, and shown as it was then."
