"""One tab's conversation: what was asked, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from assistant.config import QUOTES_ENGINE
from assistant.log import logger
from assistant.models import Answer, Audience, Language, Request, Turn

LONGEST_QUESTION = 2000  # characters; the box holds no more

_log = logger("ui")


class Asks(Protocol):
    """The one thing the page wants of the assistant."""

    def answers(self, request: Request) -> Iterator[Answer]:
        """The answer as it grows, whole at last; to close it stops whoever writes it."""


class Stage(StrEnum):
    """How far an exchange has come."""

    WAITING = "waiting"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


_OVER = frozenset({Stage.DONE, Stage.STOPPED, Stage.FAILED})


@dataclass(frozen=True, slots=True)
class Wish:
    """What the page sent: a question, its audience and language.

    ``model`` tells that the reader wants a language model to write the answer.
    """

    question: str
    audience: Audience
    language: Language
    model: bool = False

    @classmethod
    def read(cls, sent: object) -> Wish:
        """The wish in anything a browser may send; what cannot be used becomes the plain choice."""
        given = sent if isinstance(sent, dict) else {}
        question = given.get("question")
        return cls(
            question=question.strip()[:LONGEST_QUESTION] if isinstance(question, str) else "",
            audience=_one_of(Audience, given.get("audience"), Audience.PUBLIC),
            language=_one_of(Language, given.get("language"), Language.EN),
            model=given.get("model") is True,
        )


@dataclass(slots=True)
class Exchange:
    """One question and what became of it.

    ``written`` tells that a language model was asked to write the answer, which takes longer;
    ``arriving`` that its answer has just come whole, and was not on the page before.
    """

    question: str
    stage: Stage = Stage.WAITING
    answer: Answer | None = None
    written: bool = False
    arriving: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.stage in _OVER

    def stop(self) -> None:
        """Keep what is shown and bring nothing more."""
        if not self.over:
            self.stage = Stage.STOPPED


@dataclass(slots=True)
class Conversation:
    """The exchanges of one tab, held in memory for as long as the tab is open."""

    exchanges: list[Exchange] = field(default_factory=list)
    language: Language = Language.EN

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return any(not exchange.over for exchange in self.exchanges)

    def turns(self) -> tuple[Turn, ...]:
        """The earlier messages as the assistant reads them: only what was answered."""
        return tuple(
            turn
            for exchange in self.exchanges
            if exchange.answer is not None
            for turn in (
                Turn("user", exchange.answer.question.text),
                Turn("assistant", exchange.answer.text),
            )
        )

    def stop(self) -> None:
        """Stop whatever is on its way."""
        for exchange in self.exchanges:
            exchange.stop()

    def forget(self) -> None:
        """Stop and let go of every question and answer."""
        self.stop()
        self.exchanges.clear()


def converse(assistant: Asks, conversation: Conversation, wish: Wish) -> Iterator[None]:
    """Carry one question through the conversation, pausing at each change worth showing."""
    turns = conversation.turns()
    conversation.stop()
    conversation.language = wish.language
    exchange = Exchange(wish.question, written=wish.model)
    conversation.exchanges.append(exchange)
    yield
    answer: Answer | None = None
    for answer in _answers(assistant, wish, turns):
        if exchange.over:
            break
        if answer and not answer.whole:
            _take(exchange, answer, Stage.WRITING)
            yield
    if exchange.over:
        yield
        return
    exchange.arriving = exchange.stage is Stage.WAITING
    _take(exchange, answer, Stage.DONE if answer else Stage.FAILED)
    yield
    exchange.arriving = False


def _answers(assistant: Asks, wish: Wish, turns: tuple[Turn, ...]) -> Iterator[Answer | None]:
    """The answer as it grows; None last where it failed."""
    request = Request(
        question=wish.question,
        turns=turns,
        audience=wish.audience,
        page_language=wish.language,
        engine=None if wish.model else QUOTES_ENGINE,
    )
    try:
        yield from assistant.answers(request)
    except Exception as error:
        # Whatever went wrong, the asker gets a calm page; the operator gets its name, and the
        # message stays out of the log because it may hold the question.
        _log.error("an answer failed: %s", type(error).__name__)
        yield None


def _take(exchange: Exchange, answer: Answer | None, stage: Stage) -> None:
    exchange.answer, exchange.stage = answer, stage
    if answer:
        exchange.question = answer.question.text


_Choice = TypeVar("_Choice", bound=StrEnum)


def _one_of(kind: type[_Choice], value: object, default: _Choice) -> _Choice:
    return next((choice for choice in kind if choice.value == value), default)
