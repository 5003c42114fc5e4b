"""Wordings: one JSON object a line, checked as it is read.

Language models wrote them for each plan, after its examples, of which they saw a few and were to
use other words; some are bare, mistyped or lean on what was said before. None is an example.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer.plans.table import plan_named
from assistant.errors import UsageError
from assistant.models import Language
from evals.ready import records_of

DEFAULT_FILE = Path(__file__).with_name("wordings.jsonl")


class Wording(BaseModel):
    """A question and the plan that it was written for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plan: str
    language: Language
    question: str = Field(min_length=1)


def load_wordings(path: Path = DEFAULT_FILE) -> tuple[Wording, ...]:
    """Every wording of a file, in order.

    Raises:
        UsageError: The file cannot be read, a line is no wording, or its plan opens no answer.
    """
    wordings = records_of(path, Wording, "wordings")
    if not wordings:
        raise UsageError(f"{path.name} holds no wordings. Give one JSON object a line.")
    for number, each in enumerate(wordings, start=1):
        plan = plan_named(each.plan)
        if plan is None or not plan.leads:
            raise UsageError(
                f"{path.name}, line {number}: no plan with leads is called {each.plan!r}. "
                "Name one of assistant/answer/plans."
            )
    return wordings


def drawn(wordings: Sequence[Wording], count: int, seed: int) -> tuple[Wording, ...]:
    """So many of them, drawn by a seed, in the order of the file; all where there are no more."""
    if count >= len(wordings):
        return tuple(wordings)
    rows = sorted(random.Random(seed).sample(range(len(wordings)), count))
    return tuple(wordings[row] for row in rows)
