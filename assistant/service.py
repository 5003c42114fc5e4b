"""The one description of the pipeline: a request in, an answer out."""

from __future__ import annotations

from assistant.config import Settings
from assistant.models import Answer, Hit, Language, Request


class Assistant:
    """Answers requests from one corpus and one index; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def ask(self, request: Request) -> Answer:
        """One answer; its outcome says how the question ended."""
        raise NotImplementedError

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Ranked passages for a text, best first."""
        raise NotImplementedError
