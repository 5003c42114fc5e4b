"""Choose and order the sentences that answer a question."""
