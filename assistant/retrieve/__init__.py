"""Find the passages that answer a question."""
