"""A model is asked within its time, again where that helps, and not at all while it is down."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from assistant.answer.generated import calling
from assistant.answer.generated.calling import ATTEMPTS, Caller, Failed, Failure
from assistant.answer.generated.chat import CutShort
from assistant.answer.generated.prompt import Prompt

PROMPT = Prompt("rules", "passages", {})


class Refusal(Exception):
    """An error as the libraries of providers raise it."""

    def __init__(self, status: int | None = None, said: str = "no") -> None:
        super().__init__(said)
        self.status_code = status


class FooTimeout(Exception):
    """Any library's own kind."""


class FakeModel:
    """Streams what it is told: pieces, errors to raise, or what to do first."""

    name = "fake"

    def __init__(self, *turns: list[str | Exception | Callable[[], object]]) -> None:
        self.turns, self.asked = list(turns), 0

    def stream(self, prompt: Prompt) -> Iterator[str]:
        assert prompt is PROMPT
        turn = self.turns[min(self.asked, len(self.turns) - 1)]
        self.asked += 1
        for each in turn:
            if isinstance(each, Exception):
                raise each
            if isinstance(each, str):
                yield each
            else:
                each()


class Clock:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "_FIRST_WAIT", 0.001)


def called(caller: Caller) -> tuple[list[str], Failure | None]:
    ended = Failed()
    return list(caller.stream(PROMPT, ended)), ended.failure


@pytest.mark.parametrize(
    ("error", "failure", "asked"),
    [
        (Refusal(429), Failure.BUSY, ATTEMPTS),
        (Refusal(500), Failure.BROKEN, ATTEMPTS),
        (Refusal(503), Failure.BROKEN, ATTEMPTS),
        (Refusal(408), Failure.BROKEN, ATTEMPTS),
        (ConnectionError("no route"), Failure.BROKEN, ATTEMPTS),
        (ValueError("no JSON"), Failure.BROKEN, ATTEMPTS),
        (Refusal(401), Failure.REJECTED, 1),
        (Refusal(403), Failure.REJECTED, 1),
        (Refusal(404), Failure.REJECTED, 1),
        (Refusal(400, "maximum context length is 4096"), Failure.TOO_LONG, 1),
        (Refusal(413, "the prompt is too long"), Failure.TOO_LONG, 1),
        (Refusal(400, "a bad request"), Failure.BROKEN, 1),
        (TimeoutError(), Failure.SLOW, 1),
        (CutShort("length"), Failure.CUT, 1),
        (FooTimeout(), Failure.SLOW, 1),
    ],
    ids=repr,
)
def test_each_error_has_its_reason_and_is_asked_again_where_that_helps(
    error: Exception, failure: Failure, asked: int
) -> None:
    model = FakeModel([error])
    assert called(Caller(model, 20)) == ([], failure)
    assert model.asked == asked


def test_what_comes_at_the_second_try_is_as_good() -> None:
    model = FakeModel([Refusal(503)], ["a", "b"])
    assert called(Caller(model, 20)) == (["a", "b"], None)
    assert model.asked == 2


def test_a_text_that_breaks_off_is_kept_and_not_begun_again() -> None:
    model = FakeModel(["a", Refusal(503)], ["b"])
    assert called(Caller(model, 20)) == (["a"], Failure.CUT)
    assert model.asked == 1


def test_a_model_is_left_behind_when_its_time_is_over_and_its_thread_ends() -> None:
    hold = threading.Event()
    before = threading.active_count()
    model = FakeModel(["a", lambda: hold.wait(20), "b", "c"])
    started = time.monotonic()
    assert called(Caller(model, 0.2)) == (["a"], Failure.SLOW)
    assert time.monotonic() - started < 2
    hold.set()
    assert threads_end(before)


def test_who_stops_reading_leaves_nothing_that_runs_on() -> None:
    read_on = threading.Event()
    before = threading.active_count()
    model = FakeModel(["a", lambda: read_on.wait(20), "b", *["c"] * 1000])
    caller, ended = Caller(model, 20), Failed()
    stream = caller.stream(PROMPT, ended)
    assert next(stream) == "a"
    stream.close()  # type: ignore[attr-defined]
    read_on.set()
    assert threads_end(before)
    assert ended.failure is None


def threads_end(before: int) -> bool:
    """Whether there are soon no more threads than before."""
    until = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.01)
    return threading.active_count() <= before


@pytest.mark.parametrize("error", [Refusal(401), Refusal(429), FooTimeout()], ids=repr)
def test_after_three_failures_a_model_rests_for_a_minute(error: Exception) -> None:
    clock = Clock()
    model = FakeModel([error])
    caller = Caller(model, 20, clock)
    for _ in range(3):
        called(caller)
    asked = model.asked
    assert called(caller) == ([], Failure.RESTING)
    clock.now += 59.9
    assert called(caller) == ([], Failure.RESTING)
    assert model.asked == asked
    clock.now += 0.2
    model.turns = [["well"]]
    assert called(caller) == (["well"], None)


def test_failures_count_only_in_a_row_and_a_cut_text_is_none() -> None:
    model = FakeModel(
        *([Refusal(401)], [Refusal(401)], ["well"]),
        *([Refusal(401)], [Refusal(401)], ["a", Refusal(401)], [Refusal(401)], ["well"]),
    )
    caller = Caller(model, 20, Clock())
    found = [called(caller)[1] for _ in range(8)]
    assert Failure.RESTING not in found
    assert found[-1] is None


def test_only_the_kind_of_an_error_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        called(Caller(FakeModel([Refusal(500, "sk-key and the whole prompt")]), 20))
    assert "the model failed: Refusal" in caplog.text
    assert "sk-key" not in caplog.text
