"""What an editor changes in a brief, and what no edit can change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fakes import make_passage

from assistant.desk.hearing import Body, Brief, DraftQuestion, Ground
from assistant.desk.hearing_edit import LONGEST_WORDING, Kept, edited, outside_figures, unquoted
from assistant.models import Citation, Language

EN, ES = Language.EN, Language.ES


def quote(text: str) -> Citation:
    passage = make_passage(text)
    return Citation(0, passage, passage.start, passage.end, text)


def question(name: str, wording: str = "What was sent?") -> DraftQuestion:
    basis = quote("The IRS sent 47,289 addresses on August 7, 2025 under § 6103(i)(2)(A).")
    return DraftQuestion(name, "exchange", wording, "To whom?", {Ground.BASIS: (basis,)})


def a_brief(*names: str) -> Brief:
    return Brief(
        language=EN,
        body=Body.IRS,
        subjects=("exchange",),
        as_of=date(2026, 11, 22),
        questions=tuple(map(question, names)),
        sessions=(),
        more=(),
        whole=True,
    )


def names(brief: Brief) -> list[str]:
    return [each.name for each in brief.questions]


def test_the_order_is_the_editors_and_what_is_not_named_is_dropped() -> None:
    assert names(edited(a_brief("a", "b", "c"), [Kept("c"), Kept("a")])) == ["c", "a"]
    assert names(edited(a_brief("a"), [])) == []


def test_a_name_that_is_foreign_or_comes_again_changes_nothing() -> None:
    assert names(edited(a_brief("a", "b"), [Kept("b"), Kept("x"), Kept("b")])) == ["b"]


def test_an_edited_wording_says_so_and_its_quotations_stay() -> None:
    before = a_brief("a")
    (after,) = edited(before, [Kept("a", "Who  sent\nit?")]).questions
    assert (after.wording, after.follow_up, after.edited) == ("Who sent it?", "To whom?", True)
    assert after.grounds == before.questions[0].grounds
    (after,) = edited(before, [Kept("a", follow_up="And when?")]).questions
    assert (after.wording, after.follow_up, after.edited) == ("What was sent?", "And when?", True)


@pytest.mark.parametrize("wording", ["", "  ", "What was sent?", " What  was sent? "])
def test_the_same_or_no_wording_is_no_edit(wording: str) -> None:
    assert edited(a_brief("a"), [Kept("a", wording)]) == a_brief("a")


def test_a_persons_number_is_taken_out_of_a_wording_and_a_name_or_an_office_is_not() -> None:
    (after,) = edited(a_brief("a"), [Kept("a", "Did you send 123-45-6789 to ICE?")]).questions
    assert after.wording == "Did you send […] to ICE?"
    asked = "Did Dottie Romo sign at 1111 Constitution Avenue, and who answers 800-366-4484?"
    (after,) = edited(a_brief("a"), [Kept("a", asked)]).questions
    assert after.wording == asked


def test_a_wording_is_cut_where_no_question_is_so_long() -> None:
    (after,) = edited(a_brief("a"), [Kept("a", "why " * 1000)]).questions
    assert len(after.wording) == LONGEST_WORDING


@pytest.mark.parametrize(
    ("wording", "outside"),
    [
        ("How many of the 47,289 addresses were wrong?", False),
        ("What left the IRS on August 7, 2025?", False),
        ("What left the IRS in August 2025?", False),
        ("What does § 6103(i)(2) ask?", False),
        ("Why were 42,695 wrong?", True),
        ("What left the IRS on August 8, 2025?", True),
        ("What left the IRS in June 2025?", True),
        ("What does § 6103(i)(1) ask?", True),
    ],
)
def test_a_figure_that_no_quotation_holds_is_noticed(wording: str, outside: bool) -> None:
    assert outside_figures(question("a", wording), EN) is outside
    follow = replace(question("a"), follow_up=wording)
    assert outside_figures(follow, EN) is outside


def test_what_is_not_quoted_is_named() -> None:
    quotes = question("a").quotes(Ground.BASIS)
    assert unquoted("¿Se enviaron 47,289 o 12?", quotes, ES) == {"12"}
