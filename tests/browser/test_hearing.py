"""The hearing desk as staff use it: pick, read the sources, order, edit, drop, and save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator
from pypdf import PdfReader
from ui_page_text import parse, spoken_texts
from visit import EACH, SIZES, Visit
from windows import Windows

from assistant.desk.hearing import Body, subjects, templates
from assistant.models import Language
from assistant.texts import catalogue, say

pytestmark = [pytest.mark.browser, pytest.mark.corpus]

DESK = pytest.mark.parametrize(("locale", "width"), [("en-US", 1280)])
PICKED = ("custody", "request")


@pytest.fixture
def desk(windows: Windows, real_address: str, locale: str, width: int) -> Iterator[Visit]:
    """The hearing desk on a window of this width, in a browser of this language."""
    size = {"width": width, "height": 720}
    with windows.open(viewport=size, locale=locale, reduced_motion="reduce") as context:
        here = Visit(context, f"{real_address}hearing")
        yield here
        assert here.troubles == []


def spoken(visit: Visit) -> Language:
    return Language(visit.page.locator("html").get_attribute("lang"))


def foreign(visit: Visit) -> set[str]:
    """Wording of the desk in the other language that a reader of the page meets."""
    language = spoken(visit)
    other = next(each for each in Language if each is not language)
    html = visit.page.locator("gradio-app").evaluate("it => it.innerHTML")
    texts = set(spoken_texts(parse(html), language))
    theirs = {str(text) for key, text in catalogue(other).items() if key.startswith("hearing.")}
    ours = {str(text) for key, text in catalogue(language).items() if key.startswith("hearing.")}
    return texts & (theirs - ours)


def names() -> list[str]:
    return [
        each.name
        for subject in subjects()
        for each in templates()
        if each.subject == subject.name in PICKED and Body.DHS_ICE in each.bodies
    ]


def wording(name: str, language: Language) -> str:
    return next(each.asks[language] for each in templates() if each.name == name)


def draft(visit: Visit) -> None:
    """Pick a witness of ICE and two subjects, and wait for the questions and what is open."""
    page = visit.page
    page.locator('[name="body"][value="dhs_ice"]').check()
    for subject in PICKED:
        page.locator(f'[name="subject"][value="{subject}"]').check()
    page.locator('[data-hearing-form] [type="submit"]').click()
    page.locator(".further").wait_for()


def card(visit: Visit, number: int) -> Locator:
    return visit.page.locator(".draft").nth(number)


def order(visit: Visit) -> list[str]:
    cards = visit.page.locator(".draft")
    return [cards.nth(each).get_attribute("data-name") or "" for each in range(cards.count())]


def download(visit: Visit, kind: str, folder: Path) -> Path:
    with visit.page.expect_download() as waiting:
        visit.page.locator(f'[data-save-drafts="{kind}"]').click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def squeezed(text: str) -> str:
    return "".join(text.split())


@SIZES
def test_from_the_choice_of_subjects_to_word_and_pdf(
    desk: Visit, locale: str, tmp_path: Path
) -> None:
    page, language = desk.page, Language(locale[:2])
    assert spoken(desk) is language
    assert foreign(desk) == set()
    draft(desk)
    assert order(desk) == names()
    assert desk.has_focus("#drafted")
    assert foreign(desk) == set()
    assert not desk.scrolls_sideways

    # Order: the second question comes first.
    first, second, third, *_ = names()
    card(desk, 1).locator("[data-up]").click()
    assert order(desk)[:2] == [second, first]
    assert card(desk, 0).locator("[data-number]").inner_text() == say(
        language, "hearing.question_number", number=1
    )
    # Wording: a figure that no quotation holds is told.
    card(desk, 0).locator("[data-edit]").click()
    edited = {Language.EN: "Who counted the 77 cases?", Language.ES: "¿Quién contó los 77 casos?"}
    page.locator('[data-editing] [name="wording"]').first.fill(edited[language])
    page.locator('[data-editing] [type="submit"]').first.click()
    page.locator("[data-outside]:visible").wait_for()
    assert card(desk, 0).locator("[data-wording]").inner_text() == edited[language]
    # Choice: the third is dropped.
    card(desk, 2).locator("[data-drop]").click()
    assert order(desk) == [second, first, *names()[3:]]
    assert page.locator("[data-dropped] .asks").inner_text() == wording(third, language)
    assert not desk.scrolls_sideways

    said = [edited[language], *(wording(each, language) for each in order(desk)[1:])]
    word = Document(str(download(desk, "docx", tmp_path)))
    heads = [
        each.text
        for each in word.paragraphs
        if each.style.name.startswith("Heading") and each.text[:1].isdigit()
    ]
    assert heads[: len(said)] == [f"{place}. {text}" for place, text in enumerate(said, 1)]
    written = "\n".join(each.text for each in word.paragraphs)
    assert say(language, "hearing.outside_figures") in written
    assert wording(third, language) not in written
    pdf = PdfReader(download(desk, "pdf", tmp_path))
    printed = squeezed("".join(each.extract_text() for each in pdf.pages))
    places = [printed.find(squeezed(text)) for text in said]
    assert -1 not in places
    assert places == sorted(places)
    assert squeezed(wording(third, language)) not in printed


@EACH
def test_a_mark_opens_its_source_with_the_quotation_marked_and_escape_leads_back(
    desk: Visit,
) -> None:
    draft(desk)
    page = desk.page
    mark = card(desk, 0).locator(".cite").nth(1)
    mark.click()
    opened = page.locator(".source[open]")
    assert opened.count() == 1
    quoted = (
        card(desk, 0)
        .locator(".sentence")
        .nth(1)
        .evaluate("it => it.textContent.replace(/\\u2060.*/, '')")
    )
    assert opened.locator("mark.current").text_content() == quoted
    assert desk.has_focus(".source[open] summary")
    assert not desk.scrolls_sideways
    page.keyboard.press("Escape")
    assert page.locator(".source[open]").count() == 0
    assert mark.evaluate("it => it === document.activeElement")
    page.locator(".sessions > summary").click()
    page.locator(".sessions .cite").first.click()
    assert page.locator(".sessions .source[open] mark.current").count() == 1


@DESK
def test_the_keyboard_alone_reorders_and_the_focus_stays(desk: Visit) -> None:
    draft(desk)
    page = desk.page
    card(desk, 0).locator("[data-down]").focus()
    page.keyboard.press("Enter")
    assert order(desk)[:2] == names()[1::-1]
    assert card(desk, 1).locator("[data-down]").evaluate("it => it === document.activeElement")
    page.locator("#ask6103-said", has_text="2 of").wait_for(state="attached")
    card(desk, 1).locator("[data-up]").focus()
    page.keyboard.press("Enter")
    assert order(desk) == names()
    # At the top there is no further up, so the focus goes to the button beside it.
    assert card(desk, 0).locator("[data-down]").evaluate("it => it === document.activeElement")
    assert card(desk, 0).locator("[data-up]").is_disabled()


@DESK
def test_what_was_dropped_comes_back_to_its_place_and_an_edit_can_be_undone(desk: Visit) -> None:
    draft(desk)
    page = desk.page
    card(desk, 1).locator("[data-drop]").click()
    assert desk.has_focus(f'.draft[data-name="{names()[2]}"] h3')
    assert page.locator("#drafted").inner_text().startswith(f"{len(names()) - 1} draft questions")
    page.locator("[data-restore]").click()
    assert order(desk) == names()
    assert not page.locator("[data-dropped]").is_visible()

    card(desk, 0).locator("[data-edit]").click()
    page.locator('[data-editing] [name="wording"]').first.fill("Something else?")
    page.keyboard.press("Escape")
    assert card(desk, 0).locator("[data-wording]").inner_text() == wording(names()[0], Language.EN)
    card(desk, 0).locator("[data-edit]").click()
    page.locator('[data-editing] [name="then"]').first.fill("And then?")
    page.locator('[data-editing] [type="submit"]').first.click()
    page.locator("[data-edited]:visible").wait_for()
    assert card(desk, 0).locator("[data-then]").inner_text() == "And then?"
    card(desk, 0).locator("[data-edit]").click()
    page.locator("[data-undo]").first.click()
    assert not card(desk, 0).locator("[data-edited]").is_visible()

    for _ in names():
        card(desk, 0).locator("[data-drop]").click()
    assert page.locator("[data-none-left]").is_visible()
    assert page.locator('[data-save-drafts="docx"]').is_disabled()


@DESK
def test_order_and_choice_outlive_a_change_of_language_and_of_subjects(desk: Visit) -> None:
    draft(desk)
    page = desk.page
    card(desk, 1).locator("[data-up]").click()
    card(desk, 2).locator("[data-drop]").click()
    kept = order(desk)
    page.locator('[data-language="es"]').click()
    page.locator(".further h2", has_text=say(Language.ES, "hearing.more")).wait_for()
    assert order(desk) == kept
    assert card(desk, 0).locator("[data-wording]").inner_text() == wording(kept[0], Language.ES)
    assert page.locator('[name="body"][value="dhs_ice"]').is_checked()
    assert foreign(desk) == set()
    page.locator('[name="subject"][value="courts"]').check()
    page.locator('[data-hearing-form] [type="submit"]').click()
    page.locator('.draft[data-name="talwani_steps"]').wait_for()
    assert order(desk)[: len(kept)] == kept
    assert page.locator("[data-dropped] li").count() == 1


@DESK
def test_a_witness_without_questions_on_a_subject_cannot_be_asked_about_it(desk: Visit) -> None:
    page = desk.page
    page.locator('[data-hearing-form] [type="submit"]').click()
    assert page.locator("[data-wrong]").inner_text() == say(Language.EN, "hearing.draft_first")
    page.locator('[name="subject"][value="courts"]').check()
    page.locator('[name="body"][value="gao"]').check()
    assert page.locator('[name="subject"][value="courts"]').is_disabled()
    page.locator('[data-subjects="all"]').click()
    page.locator('[data-hearing-form] [type="submit"]').click()
    page.locator(".further").wait_for()
    assert page.locator(".draft").count() == sum(Body.GAO in each.bodies for each in templates())


@DESK
def test_a_question_is_copied_as_it_is_worded_now_with_its_sources(desk: Visit) -> None:
    draft(desk)
    page = desk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card(desk, 0).locator("[data-edit]").click()
    page.locator('[data-editing] [name="wording"]').first.fill("Which dates?")
    page.locator('[data-editing] [type="submit"]').first.click()
    page.locator("[data-edited]:visible").wait_for()
    card(desk, 0).locator("[data-copy-draft]").click()
    page.locator("#ask6103-said", has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Which dates?\n")
    assert say(Language.EN, "hearing.edited") in copied
    assert "[1]" in copied
    assert "https://" in copied


@DESK
def test_nothing_is_kept_in_the_browser_or_in_the_address(desk: Visit) -> None:
    draft(desk)
    kept = desk.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "custody" not in kept
    assert desk.page.url == desk.address
    desk.page.reload()
    desk.page.locator("body.ready").wait_for()
    assert desk.page.locator(".draft").count() == 0
