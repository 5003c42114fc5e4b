"""Twin texts give the same figures; a changed figure never does."""

from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.figures import figures
from assistant.corpus.number_words import digits_for_words
from assistant.corpus.read import read_corpus
from assistant.models import Language, Origin

CORPUS = Path(__file__).parent.parent / "corpus"
EN, ES = Language.EN, Language.ES


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("1.28 million people", "1.28 millones de personas"),
        ("1 million", "1 millón"),
        ("$25 billion", "$25 mil millones"),
        ("1.776 billion dollars", "1.776 mil millones de dólares"),
        ("$12–39 billion", "de $12 a $39 mil millones"),
        ("47,289 addresses", "47,289 direcciones"),
        ("about 50 thousand", "unos 50 mil"),
        ("February 5, 2026", "5 de febrero de 2026"),
        ("February 1, 2026", "1.º de febrero de 2026"),
        ("in February 2026", "en febrero de 2026"),
        ("In May 2026", "En mayo de 2026"),
        ("May 18, 2026", "18 de mayo de 2026"),
        ("Oct. 11, 1996", "11 de octubre de 1996"),
        ("April 29-30, 2025", "29 y 30 de abril de 2025"),
        ("February 24 and February 26, 2026", "el 24 y el 26 de febrero de 2026"),
        ("January 30 or February 13, 2026", "30 de enero o 13 de febrero de 2026"),
        ("5 percent", "5 por ciento"),
        ("3.7%", "3.7 por ciento"),
        ("a 13-page order", "una orden de 13 páginas"),
        ("the 119th Congress", "el 119.º Congreso"),
        ("the 1970s", "la década de 1970"),
        ("three requests", "tres solicitudes"),
        ("seven days", "7 días"),
        ("the Fourth Circuit", "el Cuarto Circuito"),
        ("twenty-five judges", "veinticinco jueces"),
        ("forty-two", "cuarenta y dos"),
        ("thirty-one", "treinta y uno"),
        ("No. 1:25-cv-00677", "Núm. 1:25-cv-00677"),
        ("26 U.S.C. § 6103(i)(2)", "26 U.S.C. § 6103(i)(2)"),
        ("one of them, twice", "uno de ellos, dos veces"),
        ("May a court do so?", "¿Puede hacerlo un tribunal?"),
    ],
)
def test_twins_give_the_same_figures(english: str, spanish: str) -> None:
    assert figures(english, EN) == figures(spanish, ES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.28 million", "1.27 million"),
        ("1.28 million", "1.28 billion"),
        ("5 percent", "5"),
        ("February 5, 2026", "March 5, 2026"),
        ("February 5, 2026", "February 6, 2026"),
        ("February 5, 2026 and March 6, 2026", "February 6, 2026 and March 5, 2026"),
        ("§ 6103(i)(2)", "§ 6103(i)(1)"),
        ("§ 6103(i)(2)(C)", "§ 6103(i)(2)(c)"),
        ("§ 7213", "§ 7213A"),
        ("1:25-cv-00677", "1:25-cv-00678"),
        ("1:25-cv-00677", "1:25-cr-00677"),
        ("three judges", "four judges"),
        ("47,289 and 47,289", "47,289"),
        ("1,000", "1.000"),
    ],
)
def test_a_changed_figure_shows(one: str, other: str) -> None:
    assert figures(one, EN) != figures(other, EN)


def test_a_date_counts_as_a_whole_and_in_its_parts() -> None:
    assert figures("el 5 de febrero de 2026", ES) == Counter(["month 2", "5", "2026", "2026-2-5"])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Three and twenty-one", EN, "3 and 21"),
        ("Tres y treinta y una", ES, "3 y 31"),
        ("the ninth of ninety-nine", EN, "the 9 of 99"),
        ("la tercera de las octavas", ES, "la 3 de las 8"),
        ("one, two, first, second", EN, "one, two, first, second"),
        ("attention, weighted", EN, "attention, weighted"),
    ],
)
def test_number_words_become_digits(text: str, language: Language, expected: str) -> None:
    assert digits_for_words(text, language) == expected


PARAGRAPHS = [
    (document.text[start:end], document.source.language)
    for document in read_corpus(CORPUS)
    if document.source.origin is Origin.DIGEST
    for section in document.sections
    for start, end in section.paragraphs
]
DIGITS = [
    (text, language, place)
    for text, language in PARAGRAPHS
    for place, sign in enumerate(text)
    if sign.isdigit()
]


def test_the_corpus_has_figures_to_protect() -> None:
    assert len(DIGITS) > 10_000


@given(st.sampled_from(DIGITS), st.integers(1, 9))
@settings(max_examples=400)
def test_no_changed_digit_of_the_corpus_goes_unseen(
    where: tuple[str, Language, int], step: int
) -> None:
    text, language, place = where
    digit = str((int(text[place]) + step) % 10)
    altered = text[:place] + digit + text[place + 1 :]
    assert figures(altered, language) != figures(text, language)


@given(
    st.text(alphabet="0123456789.,()-–/: §$%aAmillonde ", max_size=80), st.sampled_from(Language)
)
def test_any_text_can_be_read(text: str, language: Language) -> None:
    assert all(count > 0 for count in figures(text, language).values())


MONTHS = {
    "January": "enero",
    "February": "febrero",
    "March": "marzo",
    "April": "abril",
    "May": "mayo",
    "June": "junio",
    "July": "julio",
    "August": "agosto",
    "September": "septiembre",
    "October": "octubre",
    "November": "noviembre",
    "December": "diciembre",
}


@pytest.mark.parametrize(("month", "day"), list(product(MONTHS, (1, 9, 28))))
def test_every_month_is_known_in_both_languages(month: str, day: int) -> None:
    english = figures(f"On {month} {day}, 2025 it ended.", EN)
    assert english == figures(f"Terminó el {day} de {MONTHS[month]} de 2025.", ES)
    assert english[f"2025-{list(MONTHS).index(month) + 1}-{day}"] == 1
