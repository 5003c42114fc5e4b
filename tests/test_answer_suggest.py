"""What one could ask next: questions the documents say they answer, and others than just asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from fakes import make_found, make_passage, make_source

from assistant.answer.compose import compose
from assistant.answer.select import Chosen
from assistant.answer.suggest import follow_ups
from assistant.models import Audience, Language, Passage, Question

DAY = date(2026, 11, 22)


def passage(name: str, *questions: str, section: int = 0) -> Passage:
    text = f"Something about {name}."
    return make_passage(text, make_source(name), section=section, questions=questions)


def suggested(
    passages: Sequence[Passage], asked: str = "zebra?", quoted: Sequence[Passage] = ()
) -> tuple[str, ...]:
    citations = compose([Chosen(each, each.sentences[0], 1.0) for each in quoted]).citations
    question = Question(asked, asked, Language.EN, Audience.PUBLIC, DAY)
    return follow_ups(make_found(passages).hits, citations, question)


CLINIC = passage("clinic", "Where can I find a free tax clinic?")
JUDGE = passage("judge", "Which judge stopped the exchange?")
APPEAL = passage("appeal", "When will the appeal be decided?")
COUNT = passage("count", "How many people were on the list?")


def test_the_best_three_are_suggested_in_their_order() -> None:
    assert suggested([CLINIC, JUDGE, APPEAL, COUNT]) == (
        "Where can I find a free tax clinic?",
        "Which judge stopped the exchange?",
        "When will the appeal be decided?",
    )


def test_a_section_that_is_quoted_is_not_suggested() -> None:
    assert suggested([CLINIC, JUDGE], quoted=[CLINIC]) == ("Which judge stopped the exchange?",)


def test_another_section_of_a_quoted_document_may_be_suggested() -> None:
    other = passage("clinic", "What papers should I bring along?", section=1)
    assert suggested([other], quoted=[CLINIC]) == ("What papers should I bring along?",)


def test_a_document_suggests_once() -> None:
    other = passage("clinic", "What papers should I bring along?", section=1)
    assert suggested([CLINIC, other]) == ("Where can I find a free tax clinic?",)


@pytest.mark.parametrize(
    "asked",
    [
        "Where can I find a free tax clinic?",
        "where is a free tax clinic",
        "find free tax clinics",
    ],
)
def test_what_was_just_asked_is_not_suggested(asked: str) -> None:
    assert suggested([CLINIC], asked) == ()


def test_two_that_ask_the_same_are_suggested_once() -> None:
    again = passage(
        "again", "Where can we find the free tax clinics?", "What papers should they bring?"
    )
    assert suggested([CLINIC, again]) == (
        "Where can I find a free tax clinic?",
        "What papers should they bring?",
    )


@pytest.mark.parametrize(
    "question",
    [
        "irs ice deal stopped or not 2026",
        "Why?",
        "Is " + "very " * 30 + "long too long for a button?",
        "is it the of and to a?",
    ],
)
def test_only_well_formed_questions_are_suggested(question: str) -> None:
    assert suggested([passage("one", question)]) == ()


def test_the_first_fitting_question_of_a_section_is_taken() -> None:
    assert suggested([passage("one", "short", "Which agency keeps these records?")]) == (
        "Which agency keeps these records?",
    )


def test_nothing_found_suggests_nothing() -> None:
    assert suggested([]) == ()


@pytest.mark.parametrize(
    ("text", "question", "suggested_then"),
    [
        ("The law is old.", "Where can I find a free tax clinic?", True),
        ("The law is old.", "What did Judge Talwani order about it?", False),
        ("It was filed on February 11, 2026.", "Where can I find a free tax clinic?", False),
    ],
)
def test_as_of_an_earlier_day_nothing_is_suggested_that_tells_of_later(
    text: str, question: str, suggested_then: bool
) -> None:
    found = make_found([make_passage(text, questions=(question,))])
    asked = Question("zebra?", "zebra?", Language.EN, Audience.PUBLIC, date(2025, 12, 15))
    assert follow_ups(found.hits, (), asked) == ((question,) if suggested_then else ())
