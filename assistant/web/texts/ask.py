"""The words of what can be done with an answer, and of the questions that the browser keeps."""

from __future__ import annotations

THIS_ANSWER = "This answer"
THIS_QUESTION = "This question"
WHOLE = "The whole conversation"
COPY = "Copy"
KEEP = "Keep and share"
KEEP_MEANS = "Stores the question and the answer on this server, and gives a link to them"
WORD = "Word"
AS_WORD = "Word file"
MARKDOWN = "Markdown"
AS_MARKDOWN = "Markdown file"
AGAIN = "Ask again"
EDIT = "Edit"
EDIT_MEANS = "Puts the question back into the box; asking it replaces this answer and those after it"
HELPFUL = "Helpful"
NOT_HELPFUL = "Not helpful"
PRINT = "Print"
READ_IN_MEETING = "Read it in its meeting"

COPIED = "Copied: the answer with its sources."
LINK_COPIED = "The link is copied."
NOT_COPIED = "Your browser does not let this page copy; please select the words and copy them."
SAVED = "Saved as a file: {name}"
GONE = "There is no answer to do that with; please ask the question again."
STORES_NOTHING = "This page stores nothing; save the answer as a file instead."
TURN = "What to do with an answer"

KEPT = "Kept on this server, for anyone who has the link."
KEPT_ANSWER = "Kept. The question and its answer are now stored on this server."
KEPT_WHOLE = "Kept. These questions and their answers are now stored on this server."
KEPT_FOR = "Anyone who has the link and can open this page can read them. Nothing about you is stored."
LINK = "Permanent link"
COPY_LINK = "Copy the link"

NEXT = "You could ask next"
NEAR = "On record near this"
EDITING = "You are changing an earlier question. Asking it replaces its answer and those after it."
NOT_EDITING = "Leave it as it was"

OPINION = "What you think of this answer"
REASON = "Why? (optional)"
OPINION_STORED = (
    "The question, the answer and what you write here are stored on this server, for the people who run it. "
    "Your name is not. Please write nothing private."
)
SEND = "Send"
CANCEL = "Cancel"
THANKS = "Thank you. What you told us is stored, with the question and the answer."
RATED = {True: "You found this helpful.", False: "You did not find this helpful."}

HISTORY = "Earlier questions, kept in this browser"
HISTORY_MEANS = (
    "They are kept on this device only, with their answers, and are not sent anywhere until you ask again. "
    "On a shared device, delete them when you leave."
)
HISTORY_ON = "Keep the questions that I ask"
HISTORY_EMPTY = "No earlier question is kept."
DELETE = "Delete"
DELETE_ALL = "Delete all"
DELETED = "Deleted."
ALL_DELETED = "All earlier questions are deleted."
