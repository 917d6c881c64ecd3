"""The words of the page on which a meeting is read."""

from __future__ import annotations

READ = "Read it in its meeting"  # on a card of evidence

UNNAMED = "Meeting"
SUPPLIED = "supplied, not in the minutes"
NOT_STATED = "Not stated"
FACTS = {
    "council": "Council",
    "committee": "Committee",
    "title": "Title",
    "place": "Place",
    "status": "Status",
}
PEOPLE = "Who was there, as the minutes list them ({count})"
STANDINGS = {
    "present": "Present",
    "in attendance": "In attendance",
    "apologies": "Apologies",
    "absent": "Absent",
}
LEFT_OUT = "Not on this page"
PART = "Meeting {n} of {count} in this file."

FIND = "Find in this meeting"
FIND_BUTTON = "Find"
FOUND = "{count} found"
HIT = "“{words}”: {n} of {count}"
HIT_APART = "“{words}” does not stand together. Its words by themselves: {n} of {count}"
NOT_FOUND = "“{words}” is not in these minutes."
PREVIOUS_HIT = "Previous"
NEXT_HIT = "Next"
CLEAR = "Clear the search"

CONTENTS = "Items ({count})"
OPENING = "Beginning of the minutes"
NO_HEADING = "Item without a heading"
MINUTE = "minute {number}"
PAGE = "Page {page}"
VERDICT = "Verdict"
SAID_HERE = "Said here: "
CORRECTED = "Corrected later:"
CORRECTS = "Puts right what the minutes said before:"
LINK = "Link to passage {n}"
MARKED = "The words you followed are marked."
TO_MARKED = "Go to them"
NOTHING = "Nothing of this meeting is on record but what stands above."

NEIGHBOURS = "Other meetings"
BEFORE = "Previous meeting: {meeting}"
AFTER = "Next meeting: {meeting}"
SAME_DAY = "On the same day: {meeting}"
SAME_DOCUMENT = "In the same file: {meeting}"

ABOUT = "Where these words come from"
FILE = "File"
RETRIEVED = "Came on record"
SOURCE = "Source"
HASH = "SHA-256 of its text"

GONE = "These words are not here"
GONE_WORDS = "These words are no longer on record, or the address is not whole."
GONE_NEXT = "Ask about the subject, and the record will show what it holds now."
GONE_ASK = "Go to Ask"
