"""What a tool is given, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^(?=## )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Task:
    """What a tool is given: documents, the embedding model's folder, a folder to work in."""

    corpus: Path
    model: Path
    work: Path

    def documents(self) -> list[tuple[str, str]]:
        """Path and whole text of every document, front matter and block quotes and all."""
        return [
            (path.relative_to(self.corpus).as_posix(), path.read_text(encoding="utf-8"))
            for path in sorted(self.corpus.glob("*/*/*.md"))
        ]

    def sections(self) -> list[tuple[str, str]]:
        """The same text cut before each ``##`` heading, for tools that bring no splitter."""
        return [
            (path, section)
            for path, text in self.documents()
            for section in _HEADING.split(text)
            if section.strip()
        ]


@dataclass(frozen=True, slots=True)
class Built:
    """An index that can be asked: ``search`` gives (document, text) pairs, best first."""

    pieces: int
    search: Callable[[str, str], Sequence[tuple[str, str]]]
