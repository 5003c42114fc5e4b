"""The library as people use it: browse, search, read, and change the language in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from ui_page_text import foreign_wording, parse, spoken_texts
from visit import EACH, SIZES, Visit
from windows import Windows

from assistant.models import Language

pytestmark = pytest.mark.browser

NAME = "court-cedc-injunction-2026-02-05"


@pytest.fixture
def library(windows: Windows, address: str, locale: str, width: int) -> Iterator[Visit]:
    """The library on a window of this width, in a browser of this language."""
    size = {"width": width, "height": 720}
    with windows.open(viewport=size, locale=locale, reduced_motion="reduce") as context:
        here = Visit(context, f"{address}library")
        here.page.locator(".shelf").first.wait_for()
        yield here
        assert here.troubles == []


def spoken(visit: Visit) -> list[str]:
    language = Language(visit.page.locator("html").get_attribute("lang"))
    html = visit.page.locator("gradio-app").evaluate("it => it.innerHTML")
    texts = spoken_texts(parse(html), language)
    return foreign_wording(texts, language)


@SIZES
def test_from_the_shelves_through_a_search_to_a_section_and_its_twin(library: Visit) -> None:
    page = library.page
    assert spoken(library) == []
    page.locator(".shelf summary").nth(1).click()
    assert page.locator(".shelf[open] a.title").count() > 1
    page.locator("#words").fill("Talwani")
    page.keyboard.press("Enter")
    page.locator(".found").wait_for()
    assert not library.scrolls_sideways
    assert "Talwani" not in page.url
    link = page.locator(f'.within a[data-doc="{NAME}"]').first
    heading = link.inner_text()
    link.click()
    page.locator(".reading").wait_for()
    section = re.search(r"#(section-\d+)$", page.url)
    assert section is not None
    assert page.locator(f"#{section[1]} h2").inner_text().startswith(heading)
    assert library.has_focus(f"#{section[1]}")
    assert not library.scrolls_sideways
    assert spoken(library) == []
    before = page.title()
    language = page.locator("html").get_attribute("lang")
    page.locator(f"#{section[1]} [data-twin]").click()
    page.locator(f'.reading [data-twin="{language}"]').first.wait_for()
    assert page.locator("html").get_attribute("lang") != language
    assert page.title() != before
    assert page.locator(f"#{section[1]}").evaluate("it => it.getBoundingClientRect().top") < 100
    assert spoken(library) == []


@EACH
def test_back_leads_to_the_list_as_it_was(library: Visit) -> None:
    page = library.page
    page.locator("#words").fill("Talwani")
    page.keyboard.press("Enter")
    page.locator(".found").wait_for()
    titles = page.locator("a.title").all_inner_texts()
    page.locator("a.title").first.click()
    page.locator(".reading").wait_for()
    page.go_back()
    page.locator(".found").wait_for()
    assert page.locator("a.title").all_inner_texts() == titles
    assert page.locator("#words").input_value() == "Talwani"


@pytest.mark.parametrize(("locale", "width"), [("en-US", 1280)])
def test_choices_stand_in_the_address_and_can_all_be_let_go(library: Visit) -> None:
    page = library.page
    everything = page.locator("a.title").count()
    page.locator(".narrow summary").click()
    page.locator('[name="standing"]').select_option("blocked")
    page.locator(".found").wait_for()
    assert "standing=blocked" in page.url
    assert 0 < page.locator("a.title").count() < everything
    page.reload()
    page.locator(".found").wait_for()
    assert page.locator('[name="standing"]').input_value() == "blocked"
    page.locator("[data-all]").click()
    page.locator(".shelf").first.wait_for()
    assert "standing" not in page.url
    assert page.locator("a.title").count() == everything


@pytest.mark.parametrize(("locale", "width"), [("en-US", 360)])
def test_an_address_opens_a_document_at_its_section_in_its_language(library: Visit) -> None:
    page = library.page
    page.goto(f"{library.address}?doc={NAME}&lang=es#section-3")
    page.locator(".reading").wait_for()
    page.wait_for_function("document.activeElement.id === 'section-3'")
    assert page.locator("html").get_attribute("lang") == "es"
    assert spoken(library) == []
    page.goto(f"{library.address}?doc=%3Cimg%20src%3Dx%3E")
    page.locator(".reading").wait_for()
    assert page.locator(".reading img").count() == 0


@pytest.mark.parametrize(("locale", "width"), [("en-US", 1280)])
def test_the_link_of_a_section_is_copied_whole(library: Visit) -> None:
    page = library.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{library.address}?doc={NAME}")
    page.locator("#section-2 .anchor").click()
    page.locator("#ask6103-said", has_text="link").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{library.address}?doc={NAME}&lang=en#section-2"
