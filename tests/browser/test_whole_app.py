"""The page with everything behind it: the command, the corpus, the index, the engine."""

from __future__ import annotations

import pytest
from visit import Visit
from windows import Windows

pytestmark = [pytest.mark.browser, pytest.mark.corpus]


@pytest.mark.parametrize(
    ("question", "locale", "width"),
    [
        ("Did the IRS give my address to ICE?", "en-US", 1280),
        ("¿Puede ICE ver mis impuestos?", "es-MX", 360),
    ],
)
def test_a_question_ends_at_the_very_words_of_its_sources(
    windows: Windows, real_address: str, question: str, locale: str, width: int
) -> None:
    with windows.open(viewport={"width": width, "height": 640}, locale=locale) as context:
        here = Visit(context, real_address)
        here.ask(question)
        page = here.page
        assert page.locator(".asked").inner_text() == question
        sentences = page.locator(".sentence")
        assert sentences.count() >= 2
        for number in range(sentences.count()):
            sentences.nth(number).locator(".cite").first.click()
            marked = page.locator(".source[open] mark.current").text_content()
            assert marked == here.words_of(number)
            assert here.has_focus(".source[open] summary")
        assert page.locator(".notices li").count() >= 1
        assert not here.scrolls_sideways
        assert here.troubles == []
