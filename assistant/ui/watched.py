"""The assistant as the pages ask it, with each answer counted."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from time import perf_counter

from assistant.config import Settings
from assistant.index.opened import Index
from assistant.models import Answer, Hit, Language, Request
from assistant.ui.frame import Assistant
from assistant.ui.metrics import Metrics

_UNTOLD = {"engine": "none", "language": "none"}


class Watched:
    """Answers as the assistant does; how each ended and how long it took is counted."""

    def __init__(self, assistant: Assistant, metrics: Metrics) -> None:
        self._assistant, self._metrics = assistant, metrics
        self._lock = Lock()
        self._running = 0
        metrics.gauge("answers_running", lambda: self._running)

    @property
    def settings(self) -> Settings:
        """The assistant's own settings."""
        return self._assistant.settings

    def ask(self, request: Request) -> Answer:
        """The assistant's answer, or whatever it raises."""
        *_, answer = self.answers(request)
        return answer

    def answers(self, request: Request) -> Iterator[Answer]:
        """The assistant's answer as it grows; one that is left alone counts as stopped."""
        self._add(1)
        started = perf_counter()
        told = {"outcome": "failed", **_UNTOLD}
        try:
            for answer in self._assistant.answers(request):
                if answer.whole:
                    told = {
                        "outcome": answer.outcome.value,
                        "engine": answer.engine,
                        "language": answer.question.language.value,
                    }
                yield answer
        except GeneratorExit:
            told = {"outcome": "stopped", **_UNTOLD}
            raise
        finally:
            self._add(-1)
            self._metrics.count("answers", **told)
            self._metrics.took(perf_counter() - started)

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        """The assistant's ranked passages."""
        return self._assistant.search(text, language, k)

    def index(self) -> Index:
        """The assistant's opened index."""
        return self._assistant.index()

    def _add(self, number: int) -> None:
        with self._lock:
            self._running += number
