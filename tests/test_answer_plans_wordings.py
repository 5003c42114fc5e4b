"""The wordings that an index and the model learn from: of every plan, and of no evaluation."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.answer.cues import folded
from assistant.answer.plans.table import plan_named, plans
from assistant.answer.plans.wordings import wordings
from assistant.guard.personal import remove_personal
from assistant.models import Language

QUESTIONS = Path(__file__).resolve().parent.parent / "evals" / "questions.jsonl"


def plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in folded(text)).split())


@pytest.mark.parametrize("language", Language)
def test_every_plan_that_opens_an_answer_has_some(language: Language) -> None:
    counts = Counter(plan for plan, _ in wordings()[language])
    assert all(plan_named(plan) for plan in counts)
    assert min(counts[plan.name] for plan in plans().values() if plan.leads) >= 5


@pytest.mark.parametrize("language", Language)
def test_none_stands_there_twice(language: Language) -> None:
    counts = Counter(plain(text) for _, text in wordings()[language])
    assert counts.most_common(1)[0][1] == 1


def test_none_is_a_question_of_the_evaluation() -> None:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    asked = {plain(json.loads(line).get("question") or "") for line in lines}
    for told in wordings().values():
        assert asked.isdisjoint(plain(text) for _, text in told)


def test_hardly_any_names_a_person() -> None:
    told = [text for each in wordings().values() for _, text in each]
    personal = [text for text in told if remove_personal(text).kinds]
    assert len(personal) < 0.002 * len(told)
