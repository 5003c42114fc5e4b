"""Asking wordings, and whether the answers say what their plans open with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from assistant.answer.picks import picked
from assistant.answer.plans.table import plans
from assistant.index.opened import Index
from assistant.models import Answer, Language, Request
from evals.judge import answered
from evals.wordings.cases import Wording


class Answering(Protocol):
    """The part of ``assistant.service.Assistant`` that is measured."""

    def ask(self, request: Request) -> Answer:
        """One answer."""

    def index(self) -> Index:
        """The index that it is made from."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording with what became of it.

    ``opened`` tells whether the first sentence states the first fact that its plan leads with,
    ``told`` whether any sentence does.
    """

    wording: Wording
    answered: bool
    opened: bool
    told: bool


def ask_wordings(
    assistant: Answering,
    wordings: Sequence[Wording],
    as_of: date | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Asked, ...]:
    """What became of each wording, in order."""
    index = assistant.index()

    @cache
    def stating(plan: str, language: Language) -> frozenset[str]:
        part = index.languages[language]
        return frozenset(
            chosen.sentence.text
            for pick in plans()[plan].leads[0].picks
            for chosen in picked(part, pick)
        )

    asked = []
    for done, each in enumerate(wordings, start=1):
        answer = assistant.ask(Request(each.question, language=each.language, as_of=as_of))
        shown = [sentence.text for sentence in answer.sentences]
        wanted = stating(each.plan, each.language)
        asked.append(
            Asked(
                wording=each,
                answered=answered(answer),
                opened=not wanted.isdisjoint(shown[:1]),
                told=not wanted.isdisjoint(shown),
            )
        )
        progress(done, len(wordings))
    return tuple(asked)
