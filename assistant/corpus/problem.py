"""What is wrong with a document, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import CorpusError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: its file (relative to the corpus), line, what is wrong, what to do."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.mend}."


class DocumentError(CorpusError):
    """A document that cannot be read; ``problems`` holds every reason, the message all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
