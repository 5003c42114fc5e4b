"""A page that is told to wait: it says so, asks again by itself, and gives the question back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route
from visit import Visit
from windows import Windows

from assistant.models import Language
from assistant.texts import say

pytestmark = pytest.mark.browser

JOIN = "**/gradio_api/queue/join*"
BUSY = {
    "status": 429,
    "headers": {"retry-after": "1"},
    "content_type": "application/json",
    "body": '{"detail": "busy"}',
}


@pytest.mark.parametrize(
    ("locale", "language", "question"),
    [
        ("en-US", Language.EN, "Did the IRS give my address to ICE?"),
        ("es-MX", Language.ES, "¿Puede ICE ver mis impuestos?"),
    ],
)
def test_who_must_wait_is_told_so_and_answered_without_doing_anything(
    windows: Windows, address: str, locale: str, language: Language, question: str
) -> None:
    refusals = [BUSY, BUSY]

    def once(route: Route) -> None:
        if refusals:
            route.fulfill(**refusals.pop())  # type: ignore[arg-type]
        else:
            route.continue_()

    with windows.open(locale=locale) as context:
        here = Visit(context, address)
        here.page.route(JOIN, once)
        here.page.locator("#question").fill(question)
        here.page.keyboard.press("Enter")
        told = here.page.locator("#ask6103-told")
        told.filter(has_text=say(language, "limits.waits", seconds=1)).wait_for()
        here.whole(1)
        assert here.page.locator(".sentence").count() > 0
        assert told.inner_text() == ""


def test_who_waited_in_vain_gets_the_question_back_and_keeps_the_page(
    windows: Windows, address: str
) -> None:
    with windows.open(locale="en-US") as context:
        here = Visit(context, address)
        here.ask("Did the IRS give my address to ICE?")
        here.page.route(JOIN, lambda route: route.fulfill(**BUSY))  # type: ignore[arg-type]
        here.page.locator("#question").fill("Is it safe to file?")
        here.page.keyboard.press("Enter")
        lost = here.page.locator("#ask6103-lost")
        lost.filter(has_text=say(Language.EN, "limits.gave_up")).wait_for()
        assert here.page.locator("#question").input_value() == "Is it safe to file?"
        assert here.page.locator(".turn").count() == 1
