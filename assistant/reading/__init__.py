"""The reader: a small cross-encoder that tells which sentence of a passage answers a question, if any."""
