"""Public, staff and advocate are told the same: only the order differs.

Sentences are compared by their place in their document, so that two alike count as two.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistant.models import Answer, Audience, Request
from assistant.service import Assistant

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from evals.cases import Case, Split, load_cases  # noqa: E402

# Every fourth question of the half that may be looked at: all types, both languages, all audiences.
CASES = [case for case in load_cases() if case.split is Split.DEV][::4]

Claim = tuple[str, int, int]


def asked_as(assistant: Assistant, case: Case, audience: Audience) -> Answer:
    return assistant.ask(
        Request(case.question, case.turns, case.language, audience, as_of=case.as_of)
    )


def claims(answer: Answer) -> list[Claim]:
    """The place of every sentence shown, in reading order."""
    place = {
        each.number: (each.passage.source.path, each.start, each.end) for each in answer.citations
    }
    return [place[sentence.citations[0]] for sentence in answer.sentences]


def test_the_sample_holds_every_audience_and_both_languages() -> None:
    assert {case.audience for case in CASES} == set(Audience)
    assert {case.language.value for case in CASES} == {"en", "es"}
    assert len(CASES) >= 50


@pytest.mark.corpus
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_same_question_is_told_the_same_whoever_asks(
    case: Case, whole_assistant: Assistant
) -> None:
    answers = [asked_as(whole_assistant, case, audience) for audience in Audience]
    assert len({answer.outcome for answer in answers}) == 1
    assert len({frozenset(claims(answer)) for answer in answers}) == 1
    assert len({len(claims(answer)) for answer in answers}) == 1
    disputed = [
        {(side.holder, side.text) for point in answer.disagreements for side in point.sides}
        for answer in answers
    ]
    assert disputed[0] == disputed[1] == disputed[2]


@pytest.mark.corpus
def test_the_register_does_show_in_the_order_of_some_answer(whole_assistant: Assistant) -> None:
    assert any(
        len({tuple(claims(asked_as(whole_assistant, case, audience))) for audience in Audience}) > 1
        for case in CASES
    )


@pytest.mark.corpus
@pytest.mark.parametrize(
    "question",
    [
        "Did the IRS hand over 1.28 million addresses to ICE?",
        "¿Es cierto que el IRS le dio a ICE 1.28 millones de direcciones?",
    ],
)
def test_what_is_believed_wrongly_is_put_right_first_for_everyone(
    question: str, whole_assistant: Assistant
) -> None:
    firsts = {
        claims(whole_assistant.ask(Request(question, audience=audience)))[0]
        for audience in Audience
    }
    assert len(firsts) == 1
