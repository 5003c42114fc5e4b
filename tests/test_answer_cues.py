"""What a question asks for is told from its words, alike in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import cues as module
from assistant.answer.cues import Cue, cues_of, folded
from assistant.models import Language

EN, ES = Language.EN, Language.ES

# The same question in both languages, what it must be seen to ask for, and what it must not.
ASKED: list[tuple[str, str, set[Cue], set[Cue]]] = [
    (
        "How many addresses did the IRS give to ICE?",
        "¿Cuántas direcciones le dio el IRS a ICE?",
        {Cue.COUNT, Cue.AGREEMENT},
        {Cue.DATE, Cue.WHO, Cue.PAST},
    ),
    (
        "What percent of the requests were wrong?",
        "¿Qué porcentaje de las solicitudes estaba mal?",
        {Cue.COUNT},
        {Cue.DATE, Cue.WHO},
    ),
    (
        "When was the agreement signed?",
        "¿Cuándo se firmó el acuerdo?",
        {Cue.DATE, Cue.AGREEMENT},
        {Cue.COUNT},
    ),
    (
        "Who signed the memorandum?",
        "¿Quién firmó el memorando?",
        {Cue.WHO, Cue.AGREEMENT},
        {Cue.COUNT, Cue.DATE},
    ),
    (
        "Which judge blocked it?",
        "¿Qué jueza lo bloqueó?",
        {Cue.WHO, Cue.NOW, Cue.AGREEMENT},
        {Cue.COUNT},
    ),
    (
        "Is the injunction still in effect today?",
        "¿Sigue vigente hoy la orden?",
        {Cue.NOW, Cue.AGREEMENT},
        {Cue.COUNT, Cue.PAST},
    ),
    (
        "Did the IRS give my address to ICE?",
        "¿El IRS le dio mi dirección a ICE?",
        {Cue.AGREEMENT},
        {Cue.COUNT, Cue.PAST},
    ),
    (
        "Should I still file my taxes?",
        "¿Debo seguir presentando mis impuestos?",
        set(),
        {Cue.COUNT, Cue.WHO, Cue.PAST},
    ),
    (
        "Is it safe to file a tax return with an ITIN?",
        "¿Es seguro declarar con un ITIN?",
        set(),
        {Cue.COUNT, Cue.WHO},
    ),
    (
        "I am scared. What can I do?",
        "Tengo miedo. ¿Qué puedo hacer?",
        set(),
        {Cue.COUNT, Cue.DATE, Cue.AGREEMENT},
    ),
    (
        "Where can I get a lawyer for free?",
        "¿Dónde consigo un abogado gratis?",
        set(),
        {Cue.COUNT, Cue.DATE, Cue.AGREEMENT},
    ),
    (
        "Why was section 6103 enacted in 1976 after Watergate?",
        "¿Por qué nació la sección 6103 en 1976 después de Watergate?",
        {Cue.PAST},
        {Cue.NOW},
    ),
    (
        "What was the history of the law before 1976?",
        "¿Cuál es la historia de la ley antes de 1976?",
        {Cue.PAST},
        {Cue.NOW},
    ),
    (
        "Can my husband be deported because of our taxes?",
        "¿Pueden deportar a mi esposo por nuestros impuestos?",
        set(),
        {Cue.COUNT, Cue.DATE, Cue.PAST},
    ),
]


@pytest.mark.parametrize(("english", "spanish", "must", "must_not"), ASKED)
@pytest.mark.parametrize("language", Language)
def test_a_question_shows_what_it_asks_for(
    english: str, spanish: str, must: set[Cue], must_not: set[Cue], language: Language
) -> None:
    seen = cues_of(english if language is EN else spanish, language)
    assert must <= seen
    assert must_not.isdisjoint(seen)


@pytest.mark.parametrize(
    ("text", "language", "cue"),
    [
        ("cuantas direcciones le dieron a ice", ES, Cue.COUNT),
        ("CUÁNDO FIRMARON", ES, Cue.DATE),
        ("whats the deal with irs and ice", EN, Cue.AGREEMENT),
    ],
)
def test_hurried_typing_is_understood(text: str, language: Language, cue: Cue) -> None:
    assert cue in cues_of(text, language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", ["", "?", "Section 6103(a)", "§"])
def test_a_text_that_asks_for_nothing_shows_nothing(text: str, language: Language) -> None:
    assert cues_of(text, language) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("¿Qué AÑO?", "¿que ano?"), ("I’m", "i'm"), ("Dirección", "direccion")],
)
def test_text_is_folded_as_people_type_on_a_phone(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(st.text(), st.sampled_from(Language))
def test_accents_and_capitals_change_no_cue(text: str, language: Language) -> None:
    assert cues_of(text, language) == cues_of(folded(text), language)


class TestTheData:
    def test_every_cue_has_patterns_in_both_languages(self) -> None:
        entries = yaml.safe_load(
            Path(module.__file__).with_name("cues.yaml").read_text(encoding="utf-8")
        )
        assert set(entries) == {cue.value for cue in Cue}
        for patterns in entries.values():
            assert set(patterns) == {language.value for language in Language}
            for pattern in (each for lists in patterns.values() for each in lists):
                # Text is folded before it meets a pattern, so none may hold what folding removes.
                assert folded(pattern).replace("\\b", "") == pattern.replace("\\b", "").lower()
                assert re.compile(pattern).search("") is None
