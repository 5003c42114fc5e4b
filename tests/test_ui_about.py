"""The About page: what it says of itself is so, and its figures are the committed ones."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from ui_fakes import FakeAssistant, passages
from ui_page_text import Element, foreign_wording, parse, spoken_texts

from assistant.config import QUOTES_ENGINE
from assistant.models import Language
from assistant.texts import lines, say
from assistant.ui.helpful import Helpful
from assistant.ui.pages.about import Holdings, about_page, helpful_count, holdings
from assistant.ui.pages.about_figures import Figure, Measured, figures_table, measured, percent

BOTH = pytest.mark.parametrize("language", list(Language), ids=str)
FIGURE = pytest.mark.parametrize("figure", measured().figures, ids=lambda figure: figure.name)
HELD = Holdings(147, "2026-11-22", QUOTES_ENGINE)


def page(language: Language, held: Holdings = HELD) -> Element:
    return parse(about_page(held, measured(), language))


@BOTH
def test_the_page_has_one_heading_and_every_section(language: Language) -> None:
    headings = [each.text for each in page(language).find("h2")]
    names = ("promises", "how", "limits", "privacy", "measured", "version", "access")
    assert headings == [say(language, f"about.{name}_heading") for name in names]
    assert len(page(language).find("h1")) == 1


@BOTH
def test_the_page_speaks_one_language(language: Language) -> None:
    parts = (about_page(HELD, measured(), language), helpful_count(Helpful(), language))
    for html in parts:
        assert foreign_wording(spoken_texts(parse(html), language), language) == []


def test_the_holdings_are_counted_and_dated_by_the_documents() -> None:
    held = holdings(FakeAssistant())
    sources = {each.source.id: each.source for each in passages(Language.EN)}
    assert held.documents == len(sources)
    assert held.newest == max(source.as_of for source in sources.values())
    assert held.engine == QUOTES_ENGINE


@BOTH
def test_no_placeholder_is_left_unfilled(language: Language) -> None:
    assert re.findall(r"[{}]", page(language).text) == []
    assert re.findall(r"[{}*]", page(language, replace(HELD, engine="openai:x")).text) == []


@BOTH
def test_another_engine_is_named_where_questions_are_sent(language: Language) -> None:
    assert "openai:x" in page(language, replace(HELD, engine="openai:x")).text
    assert say(language, "about.how_quotes") in page(language).text


def test_as_many_promises_are_made_in_both_languages() -> None:
    for name in ("promises", "how", "limits", "privacy", "access"):
        counts = {len(lines(language, f"about.{name}")) for language in Language}
        assert len(counts) == 1


@FIGURE
def test_a_figure_lies_within_its_interval_and_between_its_languages(figure: Figure) -> None:
    assert 0 <= figure.low <= figure.value <= figure.high <= 1
    assert min(figure.en, figure.es) <= figure.value <= max(figure.en, figure.es)
    assert 0 < figure.n <= measured().questions


def test_the_figures_say_how_they_can_be_had_again() -> None:
    told = measured()
    assert re.fullmatch(r"[0-9a-f]{7,40}", told.commit)
    assert told.command.startswith("python -m evals run")


@BOTH
def test_each_figure_is_a_row_with_a_head_and_a_bar_as_long_as_its_share(
    language: Language,
) -> None:
    rows = parse(figures_table(measured(), language)).find("tr")[1:]
    for row, figure in zip(rows, measured().figures, strict=True):
        assert row.find("th", scope="row")[0].text.startswith(
            say(language, f"about.figure_{figure.name}")
        )
        assert row.find("span", class_="share")[0].text == percent(figure.value, language)
        bar = row.find("svg")[0]
        assert bar.attributes["aria-hidden"] == "true"
        assert float(bar.find("rect", class_="value")[0].attributes["width"]) == pytest.approx(
            figure.value * 100, abs=0.06
        )


@pytest.mark.parametrize(
    ("share", "english", "spanish"),
    [
        (1.0, "100%", "100\u00a0%"),
        (0.617, "62%", "62\u00a0%"),
        (0.005, "0.5%", "0.5\u00a0%"),
        (0.0, "0%", "0\u00a0%"),
    ],
)
def test_a_share_is_written_as_the_language_writes_it(
    share: float, english: str, spanish: str
) -> None:
    assert percent(share, Language.EN) == english
    assert percent(share, Language.ES) == spanish


@BOTH
def test_the_weak_points_are_told_in_tenths(language: Language) -> None:
    told = measured()
    shown = about_page(HELD, told, language)
    missing = round((1 - told.figure("facts_answer").value) * 10)
    answered = round((1 - told.figure("held_back").value) * 10)
    said = say(language, "about.measured_weak", missing=missing, answered=answered)
    assert said in parse(shown).text


def test_a_figure_that_is_not_there_is_an_error() -> None:
    told = Measured(measured().measured, "abcdef0", "x", 1, ())
    with pytest.raises(StopIteration):
        told.figure("facts_answer")


@BOTH
def test_the_count_of_helpful_answers_is_two_numbers(language: Language) -> None:
    shown = parse(helpful_count(Helpful(yes=7, no=2), language)).text
    assert re.findall(r"\d+", shown) == ["7", "2"]
