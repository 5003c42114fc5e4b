"""Strong evidence answers, weak evidence says so, and what is off the subject is no question."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import pytest
from fakes import make_found, make_passage
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.weigh import (
    PARTIAL,
    Weights,
    evidence,
    margin,
    on_subject,
    outcome_for,
    signs,
)
from assistant.models import Language, Outcome, Request
from assistant.retrieve.find import LISTS, Found
from assistant.service import Assistant

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


HEARD = ("question_vector", "question_map", "question_words", "text_words")
QUESTIONS = [
    (EN, "Did the IRS share my address?", "What is the best pizza?"),
    (ES, "¿El IRS dio mi dirección?", "¿Cuál es la mejor pizza?"),
]


def found(peak: float, **peaks: float) -> Found:
    """Cosines reach up to ``peak``, and word scores to ten times as much, as in the real index."""
    heights = {name: peak * 10 if name.endswith("_words") else peak for name in LISTS}
    return replace(make_found([make_passage("One thing is known.")]), peaks=heights | peaks)


@pytest.mark.parametrize("name", HEARD)
@pytest.mark.parametrize(("language", "text", "other"), QUESTIONS)
def test_each_list_that_reaches_higher_is_more_evidence(
    name: str, language: Language, text: str, other: str
) -> None:
    for asked in (text, other):
        heights = [evidence(found(0.5, **{name: peak}), asked, language) for peak in (0, 0.5, 1, 9)]
        assert heights == sorted(set(heights))


@pytest.mark.parametrize("name", sorted(set(LISTS) - set(HEARD)))
def test_the_other_lists_are_not_asked(name: str) -> None:
    text = "Did the IRS share my address?"
    heights = {evidence(found(0.5, **{name: peak}), text, EN) for peak in (0, 0.5, 1)}
    assert len(heights) == 1


@pytest.mark.parametrize(
    ("language", "weaker", "stronger"),
    [
        # As many words: none of ours, one that also stands elsewhere, one and two of the core.
        (EN, "green ships sail fast", "green refund sail fast"),
        (EN, "green refund sail fast", "green deportation sail fast"),
        (EN, "green deportation sail fast", "green deportation ice fast"),
        (EN, "green ships sail fast", "green 47,289 sail fast"),
        (ES, "barcos verdes navegan lejos", "barcos reembolso navegan lejos"),
        (ES, "barcos reembolso navegan lejos", "barcos deportación navegan lejos"),
        (ES, "barcos deportación navegan lejos", "barcos deportación ice lejos"),
        (ES, "barcos verdes navegan lejos", "barcos 47,289 navegan lejos"),
    ],
)
def test_words_of_the_subject_are_evidence_and_its_core_the_more(
    language: Language, weaker: str, stronger: str
) -> None:
    same = found(0.5)
    assert evidence(same, stronger, language) > evidence(same, weaker, language)


def test_a_fourth_word_of_the_core_makes_a_question_no_more_ours() -> None:
    same = found(0.5)
    three = evidence(same, "irs ice deportation green", EN)
    assert evidence(same, "irs ice deportation judge", EN) == pytest.approx(three)


def test_spanish_may_be_farther_for_the_same() -> None:
    """The model was born in English, and what it was taught brings Spanish less near."""
    assert evidence(found(0.6), "irs ice", ES) > evidence(found(0.6), "irs ice", EN)


def test_it_is_the_sum_of_its_weights() -> None:
    """Ten known numbers, so that no weight changes unseen."""
    peaks = {
        "question_vector": 0.5,
        "question_map": 0.5,
        "question_words": 4.0,
        "text_words": 6.0,
    }
    # irs and share are no function words; four words asked, one of the core, none wider.
    strength = evidence(replace(found(0.0, **peaks), ours=0.5), "irs green ships sail", EN)
    cosines, word_scores = 10.1 * 0.5 + 6.76 * 0.5, (0.63 * 4 + 0.39 * 6) / 2
    words = 2.03 + 0.63 + 2.21 * math.log(4)
    assert strength == pytest.approx(-16.9 + cosines + 4.14 * 0.5 + word_scores + words)


def test_what_is_learned_to_be_ours_is_more_evidence() -> None:
    told = [
        evidence(replace(found(0.5), ours=ours), "irs ice", EN) for ours in (-1.0, 0.0, 0.5, 1.0)
    ]
    assert told == sorted(set(told))


def test_every_weight_but_the_base_has_its_sign() -> None:
    names = {field.name for field in fields(Weights)} - {"base"}
    assert set(signs(found(0.5), "irs ice", EN)) == names


@pytest.mark.parametrize(("language", "text", "other"), QUESTIONS)
class TestTheOutcome:
    def test_the_margin_is_nothing_where_answering_begins(
        self, language: Language, text: str, other: str
    ) -> None:
        for asked in (text, other):
            for peak in (step / 50 for step in range(51)):
                told = margin(found(peak), asked, language)
                assert told == evidence(found(peak), asked, language) - PARTIAL
                outcome = outcome_for(found(peak), asked, language)
                assert (told >= 0) is (outcome in {Outcome.ANSWERED, Outcome.PARTIAL})

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
            ranks = [rank[outcome_for(found(peak / 99), asked, language)] for peak in range(100)]
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


# As people type them: what is ours and what is not, near the edge in both languages.
@pytest.mark.corpus
class TestWithTheRealDocuments:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            (EN, "Did the IRS give my address to ICE?"),
            (EN, "is ice using tax info to find people"),
            (EN, "What is the penalty for an IRS employee who browses tax returns?"),
            (EN, "am i on the list irs ice"),
            (ES, "¿Puede ICE ver mis impuestos?"),
            (ES, "la migra sabe donde vivo por mis taxes"),
            (ES, "¿qué ordenó la jueza Talwani?"),
            (ES, "¿Dónde consigo ayuda gratis con mis impuestos?"),
        ],
    )
    def test_what_is_ours_is_answered(
        self, language: Language, text: str, whole_assistant: Assistant
    ) -> None:
        answer = whole_assistant.ask(Request(text, language=language))
        assert answer.outcome is Outcome.ANSWERED

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            (EN, "What time does the library open on Sundays?"),
            (EN, "how do i get a stain out of a white shirt"),
            (EN, "Which bus goes to the airport?"),
            (ES, "¿A qué hora abre la biblioteca los domingos?"),
            (ES, "cómo quito una mancha de una camisa blanca"),
            (ES, "¿Qué autobús va al aeropuerto?"),
        ],
    )
    def test_what_is_not_is_declined(
        self, language: Language, text: str, whole_assistant: Assistant
    ) -> None:
        answer = whole_assistant.ask(Request(text, language=language))
        assert answer.outcome is Outcome.OUT_OF_SCOPE
        assert answer.citations == ()


@given(st.text(max_size=80), st.sampled_from(Language), st.floats(0, 1))
def test_any_text_is_weighed(text: str, language: Language, peak: float) -> None:
    assert outcome_for(found(peak), text, language) in set(Outcome)
