"""The figures of the sharing: each is in its sentence, digit by digit, and so is who says it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from ui_fakes import CORPUS, FakeAssistant

from assistant.answer.picks import picked
from assistant.desk.figures import Certainty, Counted, Figure, Stage, counted, figures
from assistant.models import Language
from assistant.status import dates_in, first_day
from assistant.verify.quotes import source_reader

EN, ES = Language.EN, Language.ES
by_name = pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.name)
in_both = pytest.mark.parametrize("language", Language)
PARTS = FakeAssistant().index().languages
_SCALES = {"million": 1_000_000, "millones": 1_000_000}


def shown(language: Language) -> dict[str, Counted]:
    found = counted(PARTS[language], source_reader(CORPUS))
    return {each.figure.name: each for each in found}


def numbers_in(text: str) -> set[float]:
    """Every number of a text, "1.28 million" as one million two hundred and eighty thousand."""
    return {
        float(digits.replace(",", "")) * _SCALES.get(scale, 1)
        for digits, scale in re.findall(r"(\d[\d,]*(?:\.\d+)?)(?: (million|millones))?", text)
    }


def test_the_figures_that_are_asked_for_are_there() -> None:
    assert {each.value for each in figures()} == {
        7_600_000, 7_300_000, 1_280_000, 47_289, 47_489, 42_695, 2_364, 33_000
    }  # fmt: skip
    assert {each.stage for each in figures()} == set(Stage)


@by_name
@in_both
def test_each_pick_is_one_sentence(figure: Figure, language: Language) -> None:
    for pick in figure.picks:
        assert len(picked(PARTS[language], pick)) == 1, (pick.document, pick.patterns[language])


@by_name
@in_both
def test_the_first_quotation_states_the_figure(figure: Figure, language: Language) -> None:
    first = shown(language)[figure.name].quotes[0].quote
    assert figure.written[language].casefold() in first.casefold()
    assert numbers_in(figure.written[language]) <= numbers_in(first)


@by_name
@in_both
def test_what_is_drawn_is_a_number_of_its_quotations(figure: Figure, language: Language) -> None:
    quotes = shown(language)[figure.name].quotes
    assert any(figure.value in numbers_in(each.quote) for each in quotes)
    if figure.certainty is not Certainty.AT_MOST:
        assert figure.value in numbers_in(quotes[0].quote)


@by_name
def test_a_figure_is_the_same_in_both_languages(figure: Figure) -> None:
    assert numbers_in(figure.written[EN]) == numbers_in(figure.written[ES])


@by_name
@in_both
def test_whoever_says_so_is_named_in_a_quotation(figure: Figure, language: Language) -> None:
    quotes = [each.quote for each in shown(language)[figure.name].quotes]
    assert any(figure.who[language] in quote for quote in quotes)


@by_name
@in_both
def test_the_day_is_told_by_a_quotation_or_is_that_of_its_report(
    figure: Figure, language: Language
) -> None:
    told: set[date] = set()
    for quote in shown(language)[figure.name].quotes:
        told |= {*dates_in(quote.quote), first_day(quote.passage.source.published)}
    assert first_day(figure.when) in told


def test_a_request_that_was_turned_down_is_said_to_be_in_a_quotation() -> None:
    for language, word in ((EN, "rejected"), (ES, "rechazó")):
        for each in shown(language).values():
            refused = any(word in quote.quote for quote in each.quotes)
            assert refused is (each.figure.certainty is Certainty.REFUSED)


def test_a_figure_whose_sentence_is_gone_is_left_out() -> None:
    reads = source_reader(CORPUS)

    def altered(path: str) -> str | None:
        text = reads(path)
        return text and text.replace("47,489", "47,490")

    assert [each.figure.name for each in counted(PARTS[EN], altered)] == [
        each.name for each in figures() if each.name != "other_report"
    ]
    assert counted(PARTS[EN], lambda path: None) == ()
