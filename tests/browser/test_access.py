"""Every page, by day and by night, in both languages: axe finds nothing serious or critical."""

from __future__ import annotations

import pytest
from access import grave_findings
from visit import Visit
from windows import Windows

from assistant.ui.pages import PAGES

pytestmark = pytest.mark.browser

READERS = pytest.mark.parametrize(
    ("locale", "width"), [("en-US", 1280), ("es-MX", 360)], ids=["desk", "phone"]
)
QUESTIONS = {"en-US": "Did the IRS give my address to ICE?", "es-MX": "¿Puede ICE ver mis datos?"}


def by_day_and_by_night(visit: Visit) -> list[str]:
    """What axe finds in both themes."""
    found = []
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {each}" for each in grave_findings(visit.page)]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.room)
@READERS
def test_a_page_as_it_opens(
    windows: Windows, address: str, page: object, locale: str, width: int
) -> None:
    path = getattr(page, "path", "")
    with windows.open(viewport={"width": width, "height": 720}, locale=locale) as context:
        here = Visit(context, address.rstrip("/") + path)
        here.page.wait_for_timeout(300)
        assert by_day_and_by_night(here) == []
        assert not here.scrolls_sideways


def test_the_open_menu_of_a_phone(phone: Visit) -> None:
    phone.page.locator("button[data-menu]").tap()
    assert by_day_and_by_night(phone) == []
    assert not phone.scrolls_sideways


@READERS
def test_the_help_of_every_page(windows: Windows, address: str, locale: str, width: int) -> None:
    with windows.open(viewport={"width": width, "height": 640}, locale=locale) as context:
        here = Visit(context, address)
        for page in PAGES:
            here.page.goto(address.rstrip("/") + page.path, wait_until="load")
            here.page.locator("body.ready").wait_for()
            if width < 500:
                here.page.locator("button[data-menu]").click()
            here.page.locator("[data-help]").click()
            here.page.locator("dialog.help[open]").wait_for()
            # It looks alike on every page, and only its first list differs; what lies behind it is
            # looked at as each page opens.
            first = page is PAGES[0]
            look = by_day_and_by_night(here) if first else grave_findings(here.page, "dialog.help")
            assert look == []
            box = here.page.locator("dialog.help").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert here.troubles == []


@READERS
def test_an_answer_with_an_open_source(
    windows: Windows, address: str, locale: str, width: int
) -> None:
    with windows.open(viewport={"width": width, "height": 720}, locale=locale) as context:
        here = Visit(context, address)
        here.ask(QUESTIONS[locale])
        here.page.locator(".cite").first.click()
        here.page.locator(".source[open]").wait_for()
        assert by_day_and_by_night(here) == []


@READERS
def test_what_the_library_found_and_a_document(
    windows: Windows, address: str, locale: str, width: int
) -> None:
    with windows.open(viewport={"width": width, "height": 720}, locale=locale) as context:
        here = Visit(context, f"{address}library")
        here.page.locator(".shelf").first.wait_for()
        here.page.locator(".narrow summary").click()
        here.page.locator("#words").fill("Talwani")
        here.page.keyboard.press("Enter")
        here.page.locator(".found").wait_for()
        assert by_day_and_by_night(here) == []
        here.page.locator(".found a.title").first.click()
        here.page.locator(".reading").wait_for()
        here.page.locator(".questions summary").first.click()
        assert by_day_and_by_night(here) == []
