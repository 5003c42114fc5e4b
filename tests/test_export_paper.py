"""A paper holds together, and what all writers say alike is said rightly."""

from __future__ import annotations

import re
from dataclasses import replace

import papers
import pytest
import ui_fakes
from hypothesis import given
from hypothesis import strategies as st

from assistant.export import look
from assistant.export.answer import answer_paper
from assistant.export.paper import (
    Bullets,
    Columns,
    Heading,
    Line,
    Paper,
    Prose,
    Remark,
    cited,
    lines_of,
)
from assistant.export.wording import (
    Span,
    clean,
    entry,
    fronts,
    line_spans,
    page_words,
    reference_line,
    spans,
    web_address,
)
from assistant.models import Language, Outcome, Standing
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.ui import theme
from assistant.ui.badge import badge

LOST = Line("Nobody says so.", (9,))


# --- a paper


@pytest.mark.parametrize(
    "block",
    [
        Prose((LOST,)),
        Remark((LOST,)),
        Bullets(((Line("One."),), (LOST,))),
        Columns((), (Columns((Prose((LOST,)),), ()),)),
    ],
    ids=lambda block: type(block).__name__,
)
def test_a_mark_without_its_source_makes_no_paper(block: Prose) -> None:
    with pytest.raises(ValueError, match=r"\[9\]"):
        replace(papers.paper(), blocks=(block,))


def test_a_mark_of_the_lead_needs_its_source_too() -> None:
    with pytest.raises(ValueError, match=r"\[9\]"):
        replace(papers.paper(), lead=(LOST,))


def test_two_sources_of_one_number_make_no_paper() -> None:
    whole = papers.paper()
    with pytest.raises(ValueError, match="number 1"):
        replace(whole, sources=(*whole.sources, whole.sources[0]))


def test_lines_come_in_reading_order() -> None:
    block = Columns((Prose((Line("b"), Line("c"))),), (Bullets(((Line("d"),), (Line("e"),))),))
    whole = Paper(
        "t", Language.EN, papers.DAY, (Line("a"),), (Heading("h"), block, Remark((Line("f"),)))
    )
    assert [line.text for line in lines_of(whole)] == list("abcdef")


@pytest.mark.parametrize("language", Language)
def test_a_source_says_all_that_its_citation_says(language: Language) -> None:
    citation = ui_fakes.answer(language).citations[3]
    source = citation.passage.source
    made = cited(citation, 12)
    assert (made.number, made.language, made.quote) == (12, language, citation.quote)
    assert made.pinpoint == citation.passage.pinpoint
    for name in ("title", "citation", "url", "status", "basis", "as_of", "published"):
        assert getattr(made, name) == getattr(source, name)


# --- text made safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  a \t b\r\nc  ", "a b c"),
        ("four things:\n\n- one;\n- two.", "four things:\n– one;\n– two."),
        ("a -\nb", "a - b"),
        (papers.UNPRINTABLE, "abc[0mdefghi"),
        ("§ 6103(i)(2) “señal” — 5 %…", "§ 6103(i)(2) “señal” — 5 %…"),
        ("नि\u200dर", "नि\u200dर"),
    ],
)
def test_text_keeps_its_letters_and_loses_what_misleads(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_nothing_unprintable(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert all(letter.isprintable() or letter in "\n\u200c\u200d" for letter in once)
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("plain", [Span("plain")]),
        ("**Judge** said", [Span("Judge", strong=True), Span(" said")]),
        ("in *Doe v. IRS*.", [Span("in "), Span("Doe v. IRS", emphasis=True), Span(".")]),
        (
            "**in *Doe* too**",
            [
                Span("in ", strong=True),
                Span("Doe", strong=True, emphasis=True),
                Span(" too", strong=True),
            ],
        ),
        ("2 * 3 * 4", [Span("2 * 3 * 4")]),
        ("", []),
    ],
)
def test_emphasis_is_cut_out_and_lone_stars_stay(text: str, cut: list[Span]) -> None:
    assert list(spans(text)) == cut


def test_marks_follow_the_text_and_only_numbers_asked_for_are_marks_within_it() -> None:
    line = Line("See [2] and [3].", (1, 2))
    assert line_spans(line, frozenset({1, 2})) == (
        Span("See "),
        Span("[2]", mark=2),
        Span(" and [3]."),
        Span("[1]", mark=1),
        Span("[2]", mark=2),
    )
    assert line_spans(line)[0] == Span("See [2] and [3].")


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://irs.gov/node/34061", True),
        ("http://example.org/?p=1&q=á", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[bad", False),
        ("https://example.org/a b", False),
        ("https://example.org/<x>", False),
        ('https://example.org/"x', False),
        ("https://example.org/\u202ex", False),
        ("", False),
    ],
)
def test_only_a_web_address_can_be_followed(url: str, safe: bool) -> None:
    assert web_address(url) == (url if safe else None)


# --- front lines and sources


@pytest.mark.parametrize("language", Language)
def test_the_front_tells_the_day_the_reach_of_the_sources_and_the_disclaimer(
    language: Language,
) -> None:
    (front,) = fronts(papers.paper(language))
    assert front.language is language
    assert say(language, "paper.as_of", day=say_date(language, "2026-11-22")) in front.dates
    for day in ("2026-07-21", "2026-11-22"):
        assert say_date(language, day) in front.dates
    assert front.disclaimer == say(language, "paper.disclaimer")


@pytest.mark.parametrize("language", Language)
def test_one_day_of_checking_is_told_as_one(language: Language) -> None:
    whole = papers.paper(language)
    alike = tuple(replace(source, as_of="2026-08-03") for source in whole.sources)
    (front,) = fronts(replace(whole, sources=alike))
    day = say_date(language, "2026-08-03")
    assert say(language, "paper.reach", newest=day) in front.dates


@pytest.mark.parametrize("language", Language)
def test_a_paper_without_sources_says_so_and_promises_no_numbers(language: Language) -> None:
    (front,) = fronts(Paper("t", language, papers.DAY))
    assert say(language, "paper.reach_none") in front.dates
    assert say(language, "paper.marks") not in front.dates


@pytest.mark.parametrize("language", Language)
def test_side_by_side_the_front_speaks_both_languages_the_papers_own_first(
    language: Language,
) -> None:
    spoken = [front.language for front in fronts(papers.side_by_side(language))]
    assert spoken == [language, papers.OTHER[language]]


@pytest.mark.parametrize("language", Language)
def test_a_source_is_told_in_its_own_language(language: Language) -> None:
    source = papers.sources(language)[3]
    lines = entry(source)
    assert lines.title == source.title
    assert source.citation in lines.cite_as
    assert source.pinpoint in lines.under
    status = say(language, f"names.status_{source.status.value}")
    assert status.lower() in lines.standing.lower()
    assert say_date(language, source.as_of) in lines.standing
    assert say(language, f"names.basis_{source.basis.value}") in lines.facts
    assert say_date(language, source.published) in lines.facts
    assert source.quote in "".join(span.text for span in lines.quotation)
    assert lines.address == lines.shown_address == source.url


@pytest.mark.parametrize("language", Language)
def test_the_reference_line_stands_only_where_a_receipt_was_kept(language: Language) -> None:
    whole = papers.paper(language)
    assert "r-0123456789" in str(reference_line(whole))
    assert reference_line(replace(whole, reference=None)) is None


@pytest.mark.parametrize("language", Language)
def test_page_words_stand_around_the_two_numbers(language: Language) -> None:
    before, between, after = page_words(language)
    assert f"{before}2{between}9{after}" == say(language, "paper.page", page=2, pages=9)


# --- the look


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, value in vars(look).items()
        if isinstance(value, str) and re.fullmatch(r"#[0-9a-f]{6}", value)
    ],
)
def test_colours_are_those_of_the_page_by_day(name: str) -> None:
    assert getattr(look, name) == theme.LIGHT[name.lower().replace("_", "-")]


@pytest.mark.parametrize("standing", Standing)
def test_a_standing_has_the_colour_that_it_has_on_the_page(standing: Standing) -> None:
    (family,) = re.findall(r'"badge (\w+)"', badge(standing, "2026-11-22", Language.EN))
    assert look.STANDING_COLOUR[standing] == theme.LIGHT[family]


# --- an answer as a paper


@pytest.mark.parametrize("language", Language)
def test_an_answer_keeps_its_sentences_marks_notices_and_sources(language: Language) -> None:
    answer = ui_fakes.answer(language)
    made = answer_paper(answer)
    assert (made.title, made.language, made.as_of) == (
        answer.question.text,
        language,
        answer.question.as_of,
    )
    prose = [line for block in made.blocks if isinstance(block, Prose) for line in block.lines]
    assert [(line.text, line.citations) for line in prose] == [
        (sentence.text, sentence.citations) for sentence in answer.sentences
    ]
    remarks = [line.text for each in made.blocks if isinstance(each, Remark) for line in each.lines]
    assert remarks == list(answer.notices)
    assert [(each.number, each.quote) for each in made.sources] == [
        (citation.number, citation.quote) for citation in answer.citations
    ]


def test_neighbouring_sentences_of_one_passage_are_one_paragraph() -> None:
    answer = ui_fakes.answer()
    twice = replace(answer, sentences=(*answer.sentences[:2], answer.sentences[1]))
    paragraphs = [each for each in answer_paper(twice).blocks if isinstance(each, Prose)]
    assert [len(each.lines) for each in paragraphs] == [1, 2]


def test_where_sources_differ_each_side_stands_with_its_marks() -> None:
    answer = ui_fakes.with_disagreement()
    (point,) = answer.disagreements
    blocks = answer_paper(answer).blocks
    place = blocks.index(Heading(point.about, level=3))
    assert blocks[place - 1] == Heading(say(Language.EN, "ui.disagree_heading"))
    sides = blocks[place + 1]
    assert isinstance(sides, Bullets)
    for side, (line,) in zip(point.sides, sides.items, strict=True):
        assert side.holder in line.text
        assert line.text.endswith(side.text)
        assert line.citations == side.citations


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.ANSWERED])
def test_an_answer_that_is_none_says_how_it_ended(outcome: Outcome, language: Language) -> None:
    answer = ui_fakes.unanswered(outcome, language)
    heading, prose, *_ = answer_paper(answer).blocks
    assert heading == Heading(say(language, f"names.outcome_{outcome.value}"))
    assert prose == Prose((Line(answer.text),))
