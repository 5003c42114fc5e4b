"""Suggested questions, in both languages, and the sentences on where the orders stand."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from assistant.answer.picks import picked
from assistant.desk.faq_suggested import orders_picks, same_wording, themes, twin_wordings
from assistant.dialogue.language import detect_language
from assistant.models import Audience, Language, Outcome, Request
from assistant.service import Assistant
from assistant.texts import catalogue

QUESTIONS = [question for theme in themes() for question in theme.questions]


def test_every_theme_has_its_name_and_some_questions() -> None:
    for theme in themes():
        assert 3 <= len(theme.questions) <= 8
        for language in Language:
            assert f"faq.theme_{theme.name}" in catalogue(language)


@pytest.mark.parametrize("language", Language)
def test_every_question_is_in_its_language_and_asked_once(language: Language) -> None:
    wordings = [question[language] for question in QUESTIONS]
    assert [each for each in wordings if detect_language(each) is not language] == []
    assert [each for each, count in Counter(map(same_wording, wordings)).items() if count > 1] == []
    assert all(each.endswith("?") and len(each) <= 90 for each in wordings)
    assert all(each.startswith("¿") is (language is Language.ES) for each in wordings)


def test_either_wording_leads_to_both() -> None:
    assert len(twin_wordings()) == 2 * len(QUESTIONS)
    for question in QUESTIONS:
        for wording in question.values():
            assert twin_wordings()[same_wording(f"  {wording.upper()} ")] == question


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("¿Qué es el ITIN?", "que es el itin", True),
        ("Did ICE get it?!", "did ice get it", True),
        ("Did ICE get it?", "Did the IRS get it?", False),
        ("§ 6103(i)(2)", "6103 i 2", True),
    ],
)
def test_wordings_are_compared_by_their_words(one: str, other: str, same: bool) -> None:
    assert (same_wording(one) == same_wording(other)) is same


@pytest.mark.corpus
def test_the_documents_answer_every_suggested_question(whole_assistant: Assistant) -> None:
    unanswered = [
        wording
        for question in QUESTIONS
        for language, wording in question.items()
        if whole_assistant.ask(
            Request(wording, language=language, audience=Audience.PUBLIC, as_of=date(2026, 11, 22))
        ).outcome
        not in {Outcome.ANSWERED, Outcome.PARTIAL}
    ]
    assert unanswered == []


@pytest.mark.corpus
@pytest.mark.parametrize("language", Language)
def test_each_pick_of_the_orders_meets_one_sentence(
    whole_assistant: Assistant, language: Language
) -> None:
    part = whole_assistant.index().languages[language]
    found = [picked(part, pick) for pick in orders_picks()]
    assert [len(each) for each in found] == [1] * len(found)
    assert len({each.sentence.text for (each,) in found}) == len(found) == 4
