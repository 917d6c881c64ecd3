"""Questions -> answers from the record, and every way to ask."""
