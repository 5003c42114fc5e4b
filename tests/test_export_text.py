"""An answer pasted elsewhere takes its sources, standing, dates and notices with it."""

from __future__ import annotations

import pytest
import ui_fakes

from assistant.export.text import answer_with_sources, by_passage, source_line
from assistant.models import Language, Outcome
from assistant.texts import say
from assistant.texts.dates import say_date


@pytest.mark.parametrize("language", Language)
def test_every_source_is_listed_with_title_pinpoint_standing_date_and_link(
    language: Language,
) -> None:
    answer = ui_fakes.answer(language)
    text = answer_with_sources(answer)
    assert text.startswith(answer.text)
    for group in by_passage(answer):
        passage = group[0].passage
        line = source_line(group, language)
        assert line in text.split("\n")
        assert line.startswith(" ".join(f"[{citation.number}]" for citation in group))
        dated = say_date(language, passage.source.as_of)
        for part in (passage.source.title, passage.pinpoint, dated, passage.source.url):
            assert part in line
        assert say(language, f"names.status_{passage.source.status.value}") in line


@pytest.mark.parametrize("language", Language)
def test_each_passage_is_listed_once_and_every_mark_stands_in_the_list(language: Language) -> None:
    answer = ui_fakes.answer(language)
    groups = by_passage(answer)
    assert len({group[0].passage.id for group in groups}) == len(groups)
    listed = [citation.number for group in groups for citation in group]
    assert sorted(listed) == [citation.number for citation in answer.citations]


@pytest.mark.parametrize("language", Language)
def test_notices_and_the_disclaimer_come_last(language: Language) -> None:
    answer = ui_fakes.answer(language)
    *_, notice, disclaimer = answer_with_sources(answer).split("\n\n")
    assert answer.notices[-1] in notice
    assert say(language, "answers.disclaimer") in disclaimer


@pytest.mark.parametrize("language", Language)
def test_without_citations_no_list_of_sources_is_promised(language: Language) -> None:
    text = answer_with_sources(ui_fakes.unanswered(Outcome.ABSTAINED, language))
    assert say(language, "answers.sources_heading") not in text
    assert say(language, "answers.disclaimer") in text


def test_where_sources_differ_every_side_is_pasted_with_its_marks() -> None:
    answer = ui_fakes.with_disagreement()
    text = answer_with_sources(answer)
    (point,) = answer.disagreements
    before, _, after = text.partition(say(Language.EN, "ui.disagree_heading"))
    assert before.strip() == answer.text
    assert f"**{point.about}**" in after
    for side in point.sides:
        assert f"- {side.holder}: {side.text} [{side.citations[0]}]" in after.split("\n")
