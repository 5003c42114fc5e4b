"""What is made ready before the first question."""

from __future__ import annotations

from ui_fakes import FakeAssistant

from assistant.cli.ready import warm
from assistant.config import QUOTES_ENGINE
from assistant.errors import ModelError
from assistant.guard.screen import rules
from assistant.models import Answer, Language, Request


class Broken(FakeAssistant):
    """An assistant whose model is missing."""

    def ask(self, request: Request) -> Answer:
        """No answer."""
        super().ask(request)
        raise ModelError("no model")


def test_a_fresh_server_answers_once_in_each_language_and_asks_no_model() -> None:
    assistant = FakeAssistant()
    warm(assistant).join()  # type: ignore[arg-type]
    assert [request.language for request in assistant.asked] == list(Language)
    assert {request.engine for request in assistant.asked} == {QUOTES_ENGINE}
    assert all("find" in vars(rule) for rule in rules("blocked"))


def test_what_fails_while_warming_is_left_for_whoever_asks() -> None:
    assistant = Broken()
    warm(assistant).join()  # type: ignore[arg-type]
    assert len(assistant.asked) == 1
