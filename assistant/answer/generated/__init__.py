"""Answers in a language model's words, of which only what the sources bear out is shown."""
