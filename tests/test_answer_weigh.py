"""Strong evidence answers, weak evidence says so, and what is off the subject is no question."""

from __future__ import annotations

import pytest
from fakes import make_found, make_passage
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.weigh import evidence, on_subject, outcome_for
from assistant.models import Language, Outcome
from assistant.retrieve.find import Found

EN, ES = Language.EN, Language.ES

ON = [
    (EN, "Did the IRS give my address to ICE?"),
    (EN, "is the tax agency sharing my data"),
    (EN, "what is 6103(i)(2)"),
    (EN, "where does 47,289 come from"),
    (EN, "1.28 million what?"),
    (EN, "what did judge Talwani say"),
    (EN, "26 U.S.C. § 7431"),
    (ES, "¿Puede ICE ver mis impuestos?"),
    (ES, "la migra tiene mi direccion"),
    (ES, "¿qué dijo la jueza Talwani?"),
    (ES, "qué es la sección 6103"),
    (ES, "¿de dónde salen los 47,289?"),
    (ES, "mi patrón me pide el itin"),
]
OFF = [
    (EN, "What is the best pizza in town?"),
    (EN, "how tall is the tower"),
    (EN, "who won the game last night"),
    (EN, ""),
    (ES, "¿Cuál es la mejor pizza?"),
    (ES, "qué tan alta es la torre"),
    (ES, "quién ganó el partido anoche"),
    (ES, ""),
]


@pytest.mark.parametrize(("language", "text"), ON)
def test_questions_of_the_subject_are_known_by_their_words(language: Language, text: str) -> None:
    assert on_subject(text, language)


@pytest.mark.parametrize(("language", "text"), OFF)
def test_other_questions_hold_none_of_them(language: Language, text: str) -> None:
    assert not on_subject(text, language)


def found(peak: float) -> Found:
    return make_found([make_passage("One thing is known.")], peak=peak)


@pytest.mark.parametrize("peak", [0.0, 0.25, 1.0])
def test_evidence_is_the_height_of_the_nearest(peak: float) -> None:
    assert evidence(found(peak)) == pytest.approx(peak)


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        (EN, "Did the IRS share my address?", "What is the best pizza?"),
        (ES, "¿El IRS dio mi dirección?", "¿Cuál es la mejor pizza?"),
    ],
)
class TestTheOutcome:
    def test_strong_evidence_answers_either(
        self, language: Language, text: str, other: str
    ) -> None:
        assert outcome_for(found(0.95), text, language) is Outcome.ANSWERED
        assert outcome_for(found(0.95), other, language) is Outcome.ANSWERED

    def test_no_evidence_abstains_on_the_subject_and_declines_off_it(
        self, language: Language, text: str, other: str
    ) -> None:
        assert outcome_for(found(0.0), text, language) is Outcome.ABSTAINED
        assert outcome_for(found(0.0), other, language) is Outcome.OUT_OF_SCOPE

    def test_more_evidence_never_gives_a_weaker_outcome(
        self, language: Language, text: str, other: str
    ) -> None:
        rank = {
            Outcome.OUT_OF_SCOPE: 0,
            Outcome.ABSTAINED: 0,
            Outcome.PARTIAL: 1,
            Outcome.ANSWERED: 2,
        }
        for asked in (text, other):
            ranks = [rank[outcome_for(found(peak / 50), asked, language)] for peak in range(51)]
            assert ranks == sorted(ranks)
            assert set(ranks) == {0, 1, 2}

    def test_off_the_subject_more_is_needed(
        self, language: Language, text: str, other: str
    ) -> None:
        def bar(asked: str) -> float:
            peaks = (peak / 100 for peak in range(101))
            return next(
                peak
                for peak in peaks
                if outcome_for(found(peak), asked, language) is Outcome.ANSWERED
            )

        assert bar(other) > bar(text)


@given(st.text(max_size=80), st.sampled_from(Language), st.floats(0, 1))
def test_any_text_is_weighed(text: str, language: Language, peak: float) -> None:
    assert outcome_for(found(peak), text, language) in set(Outcome)
