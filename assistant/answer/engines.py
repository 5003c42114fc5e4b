"""The engine of a name, over an opened index."""

from __future__ import annotations

from threading import Lock

from assistant.answer.generated.calling import Caller
from assistant.answer.generated.engine import ModelEngine
from assistant.answer.generated.opening import open_model
from assistant.answer.quotes import Generator, QuotesEngine
from assistant.config import QUOTES_ENGINE, Settings
from assistant.index.embed import Embedder
from assistant.index.opened import Index
from assistant.models import Passage, Sentence
from assistant.verify.check import SentenceChecker
from assistant.verify.support import Array, VectorOf


class Engines:
    """Makes engines; a model that is down is remembered whatever index is opened meanwhile."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._callers: dict[str, Caller] = {}
        self._lock = Lock()

    def engine(self, name: str, index: Index, embedder: Embedder) -> Generator:
        """The engine of that name.

        Raises:
            UsageError: There is no such engine.
            ModelError: Its library or key is missing.
        """
        quotes = QuotesEngine(index)
        if name == QUOTES_ENGINE:
            return quotes
        checker = SentenceChecker(lambda text: embedder.encode([text])[0], _vectors(index))
        return ModelEngine(quotes, self._caller(name), checker, self._settings.model_tokens)

    def check(self, name: str) -> None:
        """Raises as `engine` does, with no need of an index."""
        if name != QUOTES_ENGINE:
            self._caller(name)

    def _caller(self, name: str) -> Caller:
        with self._lock:
            if name not in self._callers:
                seconds = self._settings.model_seconds
                model = open_model(name, self._settings.model_url, seconds)
                self._callers[name] = Caller(model, seconds)
            return self._callers[name]


def _vectors(index: Index) -> VectorOf:
    def vector_of(passage: Passage, sentence: Sentence) -> Array:
        return index.languages[passage.source.language].vector_of(passage, sentence)

    return vector_of
