"""Asking a model within a time limit: again where that helps, and not at all while it is down."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from queue import Empty, Queue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Protocol

from assistant.answer.generated.chat import CutShort
from assistant.answer.generated.prompt import Prompt
from assistant.log import logger

if TYPE_CHECKING:
    from tenacity import RetryCallState, Retrying

ATTEMPTS = 3
_FIRST_WAIT, _LONGEST_WAIT = 0.3, 3.0  # seconds
_MOST_FAILURES = 3  # in a row, after which the model is left alone
_REST = 60.0  # seconds that it is left alone
_PASSING = frozenset({408, 409, 425, 429})  # refusals by HTTP that pass
_REJECTED = frozenset({401, 403, 404})  # by HTTP: a wrong key, or no such model
_TOO_LONG = ("context", "too long", "maximum length", "max_tokens", "token limit")

_Pieces = Queue[str | BaseException | None]

_log = logger("model")


class Failure(StrEnum):
    """Why a model gave nothing that could be used."""

    SLOW = "slow"
    BUSY = "busy"
    BROKEN = "broken"
    REJECTED = "rejected"
    REFUSED = "refused"
    TOO_LONG = "too_long"
    CUT = "cut"
    EMPTY = "empty"
    UNCITED = "uncited"
    RESTING = "resting"


class Model(Protocol):
    """The seam for language models; tests put a fake in its place."""

    name: str

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """The model's text, piece by piece; raises whatever its provider raises."""
        ...


@dataclass(slots=True)
class Failed:
    """How a stream ended before its time; None while it goes on or where it ended well."""

    failure: Failure | None = None


class Caller:
    """Streams from one model; safe to share between threads."""

    def __init__(
        self, model: Model, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.model, self._seconds, self._clock = model, seconds, clock
        self._failures = 0
        self._resting_until = 0.0
        self._lock = Lock()

    def stream(self, prompt: Prompt, ended: Failed) -> Iterator[str]:
        """The model's text within the time limit; ``ended`` tells afterwards what went wrong.

        What came before a fault is kept: each sentence of it is checked as any other.
        """
        if self._clock() < self._resting_until:
            ended.failure = Failure.RESTING
            return
        until = self._clock() + self._seconds
        pieces: _Pieces = Queue()
        stopped = _Stopped()
        Thread(target=self._pump, args=(prompt, pieces, stopped, until), daemon=True).start()
        came = False
        try:
            while True:
                piece = pieces.get(timeout=max(until - self._clock(), 0.001))
                if piece is None:
                    break
                if isinstance(piece, BaseException):
                    ended.failure = Failure.CUT if came else _failure_of(piece)
                    break
                came = True
                yield piece
        except Empty:
            ended.failure = Failure.SLOW
        finally:
            stopped.now = True
            self._remember(ended.failure)

    def _pump(
        self,
        prompt: Prompt,
        pieces: Queue[str | BaseException | None],
        stopped: _Stopped,
        until: float,
    ) -> None:
        """Reads the stream in a thread of its own, so that one that hangs can be left behind."""
        begun = False

        def again(error: BaseException) -> bool:
            return _passes(error) and not begun and not stopped.now and self._clock() < until

        try:
            for attempt in _attempts(again):
                with attempt:
                    for piece in self.model.stream(prompt):
                        if stopped.now:
                            return
                        begun = True
                        pieces.put(piece)
            pieces.put(None)
        except Exception as error:
            # What the provider says may hold the prompt, so that only its kind is told.
            _log.warning("the model failed: %s", type(error).__name__)
            pieces.put(error)

    def _remember(self, failure: Failure | None) -> None:
        with self._lock:
            bad = failure in {Failure.SLOW, Failure.BUSY, Failure.BROKEN, Failure.REJECTED}
            self._failures = self._failures + 1 if bad else 0
            if self._failures >= _MOST_FAILURES:
                self._resting_until = self._clock() + _REST
                self._failures = 0


@dataclass(slots=True)
class _Stopped:
    now: bool = False


def _attempts(again: Callable[[BaseException], bool]) -> Retrying:
    # Imported late: an answer of quotations needs it not.
    from tenacity import (
        Retrying,
        retry_if_exception,
        stop_after_attempt,
        wait_exponential,
        wait_random,
    )

    return Retrying(
        retry=retry_if_exception(again),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(_FIRST_WAIT, _LONGEST_WAIT) + wait_random(0, _FIRST_WAIT),
        reraise=True,
        before_sleep=_tell,
    )


def _tell(state: RetryCallState) -> None:
    _log.info("the model is asked again, attempt %d", state.attempt_number + 1)


def _passes(error: BaseException) -> bool:
    """Whether asking again may help: not where the request itself is refused, as for its key."""
    status = _status_of(error)
    refused = status is not None and 400 <= status < 500
    return status in _PASSING or (not refused and _failure_of(error) is Failure.BROKEN)


def _status_of(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _failure_of(error: BaseException) -> Failure:
    if isinstance(error, CutShort):
        return Failure.CUT
    status = _status_of(error)
    said = str(error).lower()
    if status == 429:
        return Failure.BUSY
    if status in _REJECTED:
        return Failure.REJECTED
    if "timeout" in type(error).__name__.lower():
        return Failure.SLOW
    if status in {400, 413, 422} and any(word in said for word in _TOO_LONG):
        return Failure.TOO_LONG
    return Failure.BROKEN
