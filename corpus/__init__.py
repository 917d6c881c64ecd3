"""What is on record: documents, their text, passages and vectors. Imports no sibling package."""
