"""Files -> the record: read, mend, find the structure, cut passages, sync. Never imports the assistant."""
