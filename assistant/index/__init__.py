"""Split the documents, embed them, store them, and open what was stored."""
