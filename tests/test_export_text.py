"""An answer pasted elsewhere takes its sources, standing, dates and notices with it."""

from __future__ import annotations

import pytest
import ui_fakes

from assistant.export.text import answer_with_sources, source_line
from assistant.models import Language, Outcome
from assistant.texts import say


@pytest.mark.parametrize("language", Language)
def test_every_source_is_listed_with_title_pinpoint_standing_date_and_link(
    language: Language,
) -> None:
    answer = ui_fakes.answer(language)
    text = answer_with_sources(answer)
    assert text.startswith(answer.text)
    for citation in answer.citations:
        source = citation.passage.source
        line = source_line(citation, language)
        assert line in text.split("\n")
        assert line.startswith(f"[{citation.number}] ")
        for part in (source.title, citation.passage.pinpoint, source.as_of, source.url):
            assert part in line
        assert say(language, f"names.status_{source.status.value}") in line


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
