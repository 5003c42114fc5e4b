"""Load: a crowd's errors, times and memory, on this machine alone and within bounds."""

from __future__ import annotations

import asyncio
import math

import pytest
from serving import serving
from ui_fakes import FakeAssistant

from assistant.errors import UsageError
from assistant.models import Answer, Request
from assistant.ui.page import application
from assistant.ui.pages import ask
from evals.__main__ import main
from evals.load.chat import Took
from evals.load.command import check_own
from evals.load.crowd import Crowd, Met, Plan
from evals.load.report import memory, quantile, told

MEGABYTE = 1024 * 1024
ASKING = ("Who sees my return?", "¿Quién ve mis datos?", "Which judge?", "¿Qué jueza?")


class Failing(FakeAssistant):
    """An assistant that can answer nothing in Spanish."""

    def ask(self, request: Request) -> Answer:
        """The answer, where there is one."""
        if "¿" in request.question:
            raise RuntimeError
        return super().ask(request)


@pytest.mark.network
def test_a_crowd_asks_as_tabs_do_and_tells_what_it_met() -> None:
    plan = Plan(ASKING, chats=4, seconds=20, questions=12, pause=0.01)
    with serving(application(Failing(), (ask.PAGE,))) as url:
        met = asyncio.run(Crowd(url, plan, lambda done, total: None).run())
    assert set(met.errors) == {"not answered"}
    assert len(met.took) + met.errors.total() == 12
    assert all(0 < took.first <= took.whole for took in met.took)
    assert met.memory[0][1] > MEGABYTE
    assert "errors" in told(plan, met)


def test_the_report_tells_times_and_growth() -> None:
    met = Met(seconds=60)
    met.took = [Took(n / 100, n / 10, 0) for n in range(1, 101)]
    met.memory = [(0.0, 50 * MEGABYTE), (0.25, 100 * MEGABYTE), (0.95, 104 * MEGABYTE)]
    text = told(Plan(ASKING, chats=3, seconds=60), met)
    assert "100 questions answered, 0 errors" in text
    assert "first sentence: p50 0.50 p95 0.95 p99 0.99" in text
    assert "whole answer: p50 5.00 p95 9.50 p99 9.90" in text
    assert "start 50, after warm-up 100, end 104, growth after warm-up +4.0%" in text
    assert text.endswith("by tenth of the run: 50 nan 100 nan nan nan nan nan nan 104\n")


def test_nothing_measured_is_no_number() -> None:
    assert math.isnan(quantile([], 0.5))
    assert all(math.isnan(each) for each in memory(Plan(ASKING, 1, 1), Met()))


@pytest.mark.parametrize("url", ["http://127.0.0.1:7860/", "http://[::1]:8000"])
def test_this_machine_may_be_loaded(url: str) -> None:
    assert check_own(url) == url


@pytest.mark.parametrize("url", ["http://192.0.2.1:7860/", "https://example.org/", "nonsense"])
def test_no_other_machine_may(url: str) -> None:
    with pytest.raises(UsageError):
        check_own(url)


@pytest.mark.parametrize("words", [["--chats", "201"], ["--chats", "0"], ["--minutes", "121"]])
def test_a_load_is_bounded(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", *words]) == 2
    assert "--chats" in capsys.readouterr().err
