"""The language of a question is told from few words, mixed words and no accents."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.dialogue import language as module
from assistant.dialogue.language import detect_language, requested_language
from assistant.models import Language

EN, ES = Language.EN, Language.ES
CORPUS = Path(__file__).resolve().parent.parent / "corpus"

HARD = [
    # Spanish speakers mixing in English words.
    ("la migra taxes", ES),
    ("mi address la tiene ICE?", ES),
    ("can la migra ver mis taxes", ES),
    ("hice mis taxes con W-7, is ok?", ES),
    ("puedo file con itin", ES),
    ("el IRS le da mi address a ICE", ES),
    ("tengo green card, me afecta?", ES),
    ("mis taxes y la migra", ES),
    ("que es MOU", ES),
    ("que es el form 8821", ES),
    ("child tax credit con itin", ES),
    ("Do los del IRS share mi información?", ES),
    ("itin vencido", ES),
    ("migra itin", ES),
    ("renovar itin", ES),
    ("juez irs ice", ES),
    ("ayuda", ES),
    ("impuestos", ES),
    ("hola", ES),
    ("miedo taxes", ES),
    ("k hago si ice tiene mi direccion", ES),
    ("xq el irs dio mi direccion", ES),
    ("es seguro", ES),
    ("¿ICE?", ES),
    ("sí", ES),
    ("cuantos", ES),
    ("no tengo papeles", ES),
    ("deportacion", ES),
    ("abogado gratis Houston", ES),
    ("DACA y taxes", ES),
    ("y DACA?", ES),
    ("orden de deportacion in absentia", ES),
    ("notario me robo", ES),
    ("PUEDE LA MIGRA VER MIS TAXES", ES),
    ("mi esposo undocumented", ES),
    # English with Spanish names and words.
    ("is la migra coming", EN),
    ("Can la migra see my taxes?", EN),
    ("What did Centro de Trabajadores Unidos argue?", EN),
    ("centro de trabajadores unidos lawsuit", EN),
    ("can a notario file my taxes", EN),
    ("My name is José and I live in San José", EN),
    ("who is María Pérez", EN),
    ("itin renewal", EN),
    ("irs ice judge", EN),
    ("irs phone", EN),
    ("tax help", EN),
    ("help", EN),
    ("hi", EN),
    ("why", EN),
    ("deportation order", EN),
    ("form 8821", EN),
    ("final order of removal", EN),
    ("6103(i)(2)", EN),
    ("IRS ICE", EN),
    ("1:25-cv-00677", EN),
    ("kollar-kotelly", EN),
    ("", EN),
    ("?", EN),
    ("🙏", EN),
    ("CAN ICE SEE MY TAXES", EN),
    ("pls check if ice has me", EN),
    ("daca", EN),
]

CLEAR = [text for text, _ in HARD if text not in {"", "?"}][:30]

REQUESTS = [
    ("en español por favor", ES),
    ("En español", ES),
    ("español", ES),
    ("español por favor", ES),
    ("contesta en español", ES),
    ("¿Puede contestarme en español?", ES),
    ("respóndeme en español por favor", ES),
    ("answer in Spanish", ES),
    ("Please answer in Spanish: can ICE see my taxes?", ES),
    ("Can ICE see my taxes? In Spanish please", ES),
    ("Can you explain it in Spanish?", ES),
    ("¿hablas español?", ES),
    ("do you speak Spanish?", ES),
    ("I only speak Spanish", ES),
    ("solo hablo español", ES),
    ("in English please", EN),
    ("English", EN),
    ("answer in English", EN),
    ("¿Puede ICE ver mis taxes? Answer in English.", EN),
    ("contesta en inglés", EN),
    ("en ingles por favor", EN),
    ("respond in english please, ¿qué es el MOU?", EN),
    ("tradúcelo al inglés", EN),
    ("switch to English", EN),
]

NO_REQUEST = [
    "Can I write to the IRS in Spanish?",
    "Is Form W-7 available in Spanish?",
    "¿Hay ayuda en español?",
    "reportar fraude en español",
    "¿El formulario está en inglés?",
    "Does the hotline answer in English and Spanish?",
    "Can the IRS answer me in Spanish?",
    "No hablo inglés, ¿me ayuda el IRS?",
    "¿Dónde hay un abogado que hable español?",
    "Can ICE see my taxes?",
    "",
]


def questions(language: Language) -> list[str]:
    return [
        line[2:].strip()
        for file in sorted((CORPUS / language.value).glob("*/*.md"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("> ")
    ]


@pytest.mark.parametrize(("text", "language"), HARD)
def test_short_and_mixed_questions_are_told_right(text: str, language: Language) -> None:
    assert detect_language(text) is language


@pytest.mark.parametrize("language", list(Language))
def test_nearly_every_question_of_the_corpus_is_told_right(language: Language) -> None:
    asked = questions(language)
    right = sum(detect_language(text) is language for text in asked)
    assert len(asked) > 4_000
    assert right / len(asked) >= 0.985


def test_words_settle_most_questions_in_under_a_millisecond(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = questions(EN)[::10] + questions(ES)[::10]
    needed: list[str] = []
    monkeypatch.setattr(module, "_lingua_guess", needed.append)
    detect_language("warm up")
    started = time.process_time()
    for text in asked:
        detect_language(text)
    assert (time.process_time() - started) / len(asked) < 0.001
    assert len(needed) / len(asked) < 0.05


def test_a_long_text_is_read_in_part() -> None:
    started = time.process_time()
    assert detect_language("¿" + "qué pasa con mis taxes " * 5_000) is ES
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize("text", ["a" * 100_000, "in " * 33_334, "please " * 14_286, "¿" * 100_000])
def test_a_hostile_text_costs_under_half_a_second(text: str) -> None:
    started = time.process_time()
    detect_language(text)
    requested_language(text)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(("text", "language"), REQUESTS)
def test_a_wish_for_a_language_is_heard(text: str, language: Language) -> None:
    assert requested_language(text) is language


@pytest.mark.parametrize("text", NO_REQUEST)
def test_a_question_about_a_language_is_no_wish(text: str) -> None:
    assert requested_language(text) is None


def test_no_question_of_the_corpus_is_taken_for_a_wish() -> None:
    asked = questions(EN) + questions(ES)
    assert [text for text in asked if requested_language(text) is not None] == []
