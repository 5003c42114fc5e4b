"""Check quotations against the documents themselves, as they lie on disk at this moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.models import Passage, Sentence

Reads = Callable[[str], str | None]


def source_reader(corpus: Path) -> Reads:
    """Reads documents by their path in the corpus, each once; None for one that is not there."""
    read: dict[str, str | None] = {}

    def text_of(path: str) -> str | None:
        if path not in read:
            try:
                read[path] = (corpus / path).read_text(encoding="utf-8")
            except (OSError, ValueError):
                read[path] = None
        return read[path]

    return text_of


def stands(passage: Passage, sentence: Sentence, text_of: Reads) -> bool:
    """Whether the document still holds the sentence at its offsets, to the letter."""
    source = text_of(passage.source.path)
    return source is not None and source[sentence.start : sentence.end] == sentence.text
