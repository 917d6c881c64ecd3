"""Every word of the operators' page."""

from __future__ import annotations

TITLE = "On Record: operators"
HEADING = "Operate On Record"
INTRO = "Put minutes on record, look after notes, change settings."
BACK = "To the public page"
SIGNED_IN = "Signed in as {name}."
THIS_MACHINE = "whoever uses this machine"
SIGN_OUT = "Sign out"
SKIP = "Skip to the first field"

SIGN_IN = "Sign in"
SIGN_IN_INTRO = "For operators of this record. Everybody else needs no sign-in."
NAME = "Name"
PASSWORD = "Password"
WRONG_PASSWORD = "The name or the password is wrong. Try again, or ask whoever runs On Record for another."
WAIT = "Too many wrong passwords: try again in {seconds} seconds."
PROBLEM = "There is a problem"
NO_PASSWORDS = "Operators sign in through the council’s single sign-on. Open this page through it."
NOT_SIGNED_IN = "Sign in first, at /operate"
OTHER_SITE = "This was sent from another site’s page"
SPOILT = "Nobody can sign in: operators.toml cannot be read; tell whoever runs On Record"
LEFT_OUT = "Nobody can sign in here"
NO_OPERATE = (
    "Operators cannot sign in yet, so /operate is left out on {host}: run `onrecord operator add NAME`, "
    "or set ONRECORD_SIGN_IN_HEADER and ONRECORD_SIGN_IN_PROXIES, and start the page again."
)
NO_SIGN_IN = (
    "Nobody else needs to sign in either. Before a proxy on this machine lets others in, run "
    "`onrecord operator add NAME`."
)
NO_NAMES = "On {host}, the page answers to no other name: set ONRECORD_HOSTNAMES to the names that people ask by."

HIDDEN_IN_URL = "The model’s address hides its password here as …; write the whole address, password and all"

INGEST_TAB = "Ingest"
NOTES_TAB = "Notes"
SETTINGS_TAB = "Settings"

UPLOAD = "Put minutes on record"
UPLOAD_INTRO = (
    "Choose published minutes only: PDF, Word (.docx), web pages, text, or a zip of them. What is read out of them is "
    "shown before anything is put on record."
)
FILES = "Files"
COUNCIL = "Council, where the text states none"
COMMITTEE = "Committee, where the text states none"
DATE = "Meeting’s date, where the text states none"
DATE_HINT = "YYYY-MM-DD, like 2024-03-31"
PLAN = "Show the plan"
PUT = "Put on record"
DISCARD = "Do not put on record"
NO_FILES = "Choose at least one file first"
WRONG_DATE = "The date should be like 2024-03-31, not {value}"
UPLOAD_GONE = "The uploaded files are gone; choose them again"
READING = "Reading {done} of {total} files"
EMBEDDING = "Putting passages on record: {done} of {total}"
INDEXING = "Writing the index: {done} of {total}"
PLANNED = "This is the plan. Nothing is on record yet."
NOTHING_TO_DO = "Nothing in these files can be put on record. They are deleted here again."
DISCARDED = "Nothing was put on record, and the files are deleted here again."
IS_ON_RECORD = "It is on record, and can be asked about at once."
SKIPPED = "Left out"
THE_PLAN = "The plan"
WHAT_WAS_DONE = "What was done"
ALREADY = "A file called {name} is on record already. If this one is to replace it, remove that one below."
NO_ROOM = "The file could not be stored here: the disk is full, or is not ours to write on"
TOO_BIG = "{name} is larger than {limit} MB; split it"
TOO_MANY = "That is more than {limit} files at once; put them into a zip"
PASSAGES = "{count} passages"
UPLOADING = "Sending {name}"
WRONG = "Something went wrong on our side; please try again."

HELD = "Documents on record"
FIND = "Find a document"
FIND_HINT = "part of a file’s name, a council, a committee or a date"
HELD_COUNT = "{count} of {total} documents."
HELD_FIRST = "{count} of {total} documents; the first {shown} are shown."
NOTHING_HELD = "Nothing is on record yet."
REMOVE = "Remove"
REMOVE_SURE = "Take {name} off the record, with all its passages?"
REMOVED = "{names} is off the record."
YES_REMOVE = "Yes, remove it"
NO_KEEP = "No, keep it"
UNDATED = "undated"
NO_COUNCIL = "council not stated"

NOTES_INTRO = "Notes are people’s own, and never mixed with the record’s words. They are added on the Promises tab."
NO_NOTES = "There are no notes yet."
NOTES_COUNT = "{count} notes."
ONE_NOTE = "1 note."
NO_LONGER = "These words are no longer on record."
DELETE = "Delete"
DELETE_SURE = "Delete the note by {name}? It cannot be brought back."
DELETED = "The note is deleted."
YES_DELETE = "Yes, delete it"

SETTINGS_INTRO = (
    "What can be changed here is kept in onrecord.toml in the record’s folder, and holds from the next question on. "
    "A value from an environment variable wins, and is changed there."
)
FIELDS = {
    "llm": "Model that writes answers over quotations",
    "llm_url": "Model’s address",
    "llm_key": "Model’s key",
    "llm_seconds": "Seconds that an answer waits for it",
    "quoted_words": "Quoted words that an answer may have",
    "reader": "What reads passages",
    "read_only": "The public page stores nothing (no notes, no kept answers)",
    "questions_a_minute": "Questions a visitor may ask in a minute (0: no limit)",
    "waiting_at_most": "Questions that may wait or be worked on at once",
    "log": "Log: quiet, or json",
}
GROUPS = {
    "Language model": ("llm", "llm_url", "llm_key", "llm_seconds"),
    "Answers": ("quoted_words", "reader"),
    "Visitors": ("questions_a_minute", "waiting_at_most", "log", "read_only"),
}
HINTS = {
    "llm": "ollama/MODEL, openai/MODEL, anthropic/MODEL, or nothing",
    "llm_url": "empty: where its maker has it",
    "llm_key": "empty: as it is",
    "reader": "auto, on-record, or none",
}
FROM_ENVIRONMENT = "from the environment variable {variable}, and changed there"
FORGET_KEY = "Forget the key"
SAVE = "Save the settings"
SAVED = "Saved: {names}. This holds from the next question on."
NOTHING_CHANGED = "Nothing was changed."
ALL_SETTINGS = "All settings"
ORIGINS = {
    "environment": "from the environment",
    "file": "from onrecord.toml",
    "start": "given when the page was started",
    "default": "the default",
}
SECRET_SET = "set, not shown"
SECRET_UNSET = "not set"
YES, NO = "yes", "no"
NOTHING_SET = "nothing"
