"""The questions that are not ours: various, in both languages, and none that is ours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.answer.foreign.table import foreign
from assistant.answer.lessons import examples
from assistant.answer.plans import table
from assistant.answer.plans.wordings import wordings
from assistant.index.kinds import NO_KIND
from assistant.models import Language, Passage

QUESTIONS = Path(__file__).resolve().parent.parent / "evals" / "questions.jsonl"


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def listed(language: Language) -> list[str]:
    return [text for texts in foreign(language).values() for text in texts]


@pytest.mark.parametrize("language", Language)
def test_each_reason_has_many_and_none_stands_twice(language: Language) -> None:
    assert all(len(texts) >= 30 for texts in foreign(language).values())
    asked = [plain(text) or text for text in listed(language)]
    assert len(asked) > 1_200
    assert len(set(asked)) == len(asked)


def test_both_languages_have_the_same_reasons() -> None:
    assert list(foreign(Language.EN)) == list(foreign(Language.ES))


@pytest.mark.parametrize("language", Language)
def test_none_is_an_example_of_a_plan_or_a_question_of_a_document(
    language: Language, whole_passages: tuple[Passage, ...]
) -> None:
    ours = {plain(text) for _, text in table.examples()[language]}
    ours |= {plain(text) for passage in whole_passages for text in passage.questions}
    assert ours.isdisjoint(map(plain, listed(language)))


@pytest.mark.parametrize("language", Language)
def test_none_is_a_question_of_the_evaluation(language: Language) -> None:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    asked = {plain(json.loads(line).get("question") or "") for line in lines} - {""}
    assert asked.isdisjoint(map(plain, listed(language)))


def test_an_index_learns_from_them_beside_the_examples_of_the_plans() -> None:
    for language in Language:
        of_none = [text for kind, text in examples()[language] if kind == NO_KIND]
        assert of_none == listed(language)
        of_plans = [each for each in examples()[language] if each[0] != NO_KIND]
        assert of_plans == [*table.examples()[language], *wordings()[language]]
