"""A brief on paper: numbered questions, every mark resolved, edits marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.desk.hearing import Body, Brief, DraftQuestion, Ground, OpenPoints, brief
from assistant.desk.hearing_edit import Kept, edited
from assistant.desk.hearing_paper import paper
from assistant.export.paper import Block, Bullets, Columns, Heading, Line, Paper, Prose, Remark
from assistant.models import Language
from assistant.service import Assistant
from assistant.texts import say
from assistant.verify.quotes import source_reader

EN, ES = Language.EN, Language.ES
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def custody(whole_assistant: Assistant) -> Brief:
    """The questions for ICE on two subjects."""
    reads = source_reader(whole_assistant.settings.corpus)
    part = whole_assistant.index().languages[EN]
    return brief(part, ["courts", "custody"], Body.DHS_ICE, TODAY, reads)


def lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Prose(found) | Remark(found):
                yield from found
            case Bullets(items):
                for item in items:
                    yield from item
            case Columns(left, right):
                yield from lines((*left, *right))


def headings(made: Paper, level: int) -> list[str]:
    return [each.text for each in made.blocks if isinstance(each, Heading) and each.level == level]


def texts(made: Paper) -> list[str]:
    return [line.text for line in lines(made.blocks)]


def test_the_questions_are_numbered_under_their_subjects(custody: Brief) -> None:
    made = paper(custody)
    assert headings(made, 2) == [
        say(EN, "hearing.subject_custody"),
        say(EN, "hearing.subject_courts"),
    ]
    assert headings(made, 3) == [
        f"{number}. {question.wording}" for number, question in enumerate(custody.questions, 1)
    ]
    assert say(EN, "hearing.body_dhs_ice") in made.title
    assert (made.language, made.as_of) == (EN, TODAY)


def test_the_marks_count_up_in_reading_order_and_each_leads_to_its_quotation(
    custody: Brief,
) -> None:
    made = paper(custody)
    marks = [number for line in lines(made.blocks) for number in line.citations]
    assert list(dict.fromkeys(marks)) == [source.number for source in made.sources]
    quotes = {source.number: source.quote for source in made.sources}
    cited = [line for line in lines(made.blocks) if line.citations]
    assert [line.text for line in cited] == [quotes[line.citations[0]] for line in cited]
    assert sorted(line.text for line in cited) == sorted(quote.quote for quote in custody.quotes())
    assert len({(source.quote, source.pinpoint) for source in made.sources}) == len(made.sources)


def test_each_question_lists_what_it_stands_on_and_what_to_ask_next(custody: Brief) -> None:
    made = texts(paper(custody))
    for name in ("basis", "unsaid", "law", "then"):
        assert made.count(f"**{say(EN, f'hearing.{name}')}**") == len(custody.questions)
    before = [each for each in custody.questions if each.quotes(Ground.BEFORE)]
    assert made.count(f"**{say(EN, 'hearing.before')}**") == len(before) > 0
    closed = [each for each in custody.questions if each.quotes(Ground.CLOSED)]
    assert made.count(f"**{say(EN, 'hearing.closed')}**") == len(closed) > 0


def test_order_edits_and_drops_are_as_the_editor_made_them(custody: Brief) -> None:
    first, second, *_ = (each.name for each in custody.questions)
    made = paper(edited(custody, [Kept(second), Kept(first, "Where are the 12 copies?")]))
    assert headings(made, 3) == [
        f"1. {question(custody, second).wording}",
        "2. Where are the 12 copies?",
    ]
    assert texts(made).count(say(EN, "hearing.edited")) == 1
    assert texts(made).count(say(EN, "hearing.outside_figures")) == 1


def test_a_subject_that_comes_again_after_another_is_headed_again(custody: Brief) -> None:
    name = {each.subject: each.name for each in custody.questions}
    last = [each.name for each in custody.questions if each.subject == "custody"][0]
    order = [Kept(name["custody"]), Kept(name["courts"]), Kept(last)]
    assert headings(paper(edited(custody, order)), 2) == [
        say(EN, f"hearing.subject_{each}") for each in ("custody", "courts", "custody")
    ]


def test_further_open_points_close_the_paper(custody: Brief) -> None:
    point = custody.questions[0].quotes(Ground.UNSAID)[0]
    made = paper(replace(custody, more=(OpenPoints("custody", (point,)),)))
    assert headings(made, 2)[-1] == say(EN, "hearing.more")
    assert isinstance(made.blocks[-1], Bullets)
    assert made.blocks[-1].items[0][0].text == point.quote


def test_a_brief_in_spanish_makes_a_spanish_paper(whole_assistant: Assistant) -> None:
    reads = source_reader(whole_assistant.settings.corpus)
    made = paper(brief(whole_assistant.index().languages[ES], ["notice"], Body.IRS, TODAY, reads))
    assert made.language is ES
    assert {source.language for source in made.sources} == {ES}
    assert made.title == say(ES, "hearing.paper_title", body="IRS")


def question(made: Brief, name: str) -> DraftQuestion:
    return next(each for each in made.questions if each.name == name)
