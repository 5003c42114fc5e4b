"""The engine of a name, over an opened index."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Lock

from assistant.answer.generated.calling import Caller, Model
from assistant.answer.generated.engine import ModelEngine
from assistant.answer.generated.opening import open_model
from assistant.answer.quotes import Draft, Generator, QuotesEngine
from assistant.config import QUOTES_ENGINE, Settings
from assistant.index.embed import Embedder
from assistant.index.opened import Index
from assistant.models import Passage, Question, Sentence
from assistant.retrieve.find import Found
from assistant.texts import say
from assistant.verify.check import SentenceChecker
from assistant.verify.entailment import Entailment, entailment_named
from assistant.verify.support import Array, VectorOf

Models = Callable[[str], Model]


class Engines:
    """Makes engines; a model that is down is remembered whatever index is opened meanwhile.

    ``models`` opens a model by its name; without it LangChain does.
    """

    def __init__(self, settings: Settings, models: Models | None = None) -> None:
        self._settings = settings
        self._models = models or self._by_langchain
        self._callers: dict[str, Caller] = {}
        self._lock = Lock()
        self._entailment = entailment_named(settings.entailment)

    def engine(self, name: str, index: Index, embedder: Embedder) -> Generator:
        """The engine of that name.

        Raises:
            UsageError: There is no such engine.
            ModelError: Its library or key is missing.
        """
        quotes = QuotesEngine(index, embedder)
        if name == QUOTES_ENGINE:
            return quotes
        if self.switched_off:
            return SwitchedOff(quotes)
        self._load_entailment()
        checker = checker_over(index, embedder, self._entailment)
        return ModelEngine(quotes, self._caller(name), checker, self._settings.model_tokens)

    def check(self, name: str) -> None:
        """Raises as `engine` does, with no need of an index."""
        if name != QUOTES_ENGINE:
            self._caller(name)
            self._load_entailment()

    @property
    def switched_off(self) -> bool:
        """Whether the operator has turned generated answers off for now, without a restart."""
        file = self._settings.model_off
        return file is not None and os.path.lexists(file)

    def _caller(self, name: str) -> Caller:
        with self._lock:
            if name not in self._callers:
                self._callers[name] = Caller(self._models(name), self._settings.model_seconds)
            return self._callers[name]

    def _load_entailment(self) -> None:
        if self._entailment:
            self._entailment.load()

    def _by_langchain(self, name: str) -> Model:
        return model_named(name, self._settings)


def model_named(name: str, settings: Settings) -> Model:
    """The model of that name through LangChain, as it is set; raises as `open_model`."""
    return open_model(name, settings.model_url, settings.model_seconds, settings.model_json)


class SwitchedOff:
    """Quotations where a model was asked for but is turned off, and a notice that says so."""

    name = QUOTES_ENGINE

    def __init__(self, quotes: Generator) -> None:
        self._quotes = quotes

    def drafts(self, question: Question, found: Found) -> Iterator[Draft]:
        """The quotations, with the notice last."""
        notice = say(question.language, "model.switched_off")
        for draft in self._quotes.drafts(question, found):
            yield replace(draft, notices=(*draft.notices, notice))


def checker_over(
    index: Index, embedder: Embedder, entailment: Entailment | None = None
) -> SentenceChecker:
    """The checks of a model's sentences, by an index's vectors and the embedder that made them."""
    return SentenceChecker(lambda text: embedder.encode([text])[0], _vectors(index), entailment)


def _vectors(index: Index) -> VectorOf:
    def vector_of(passage: Passage, sentence: Sentence) -> Array:
        return index.languages[passage.source.language].vector_of(passage, sentence)

    return vector_of
