"""The page as people use it: on a phone, by keyboard, in both languages, day and night."""

from __future__ import annotations

import pytest
from ui_page_text import foreign_wording, parse, spoken_texts
from visit import Visit
from windows import Windows

from assistant.models import Language

pytestmark = pytest.mark.browser

ENGLISH = "Did the IRS give my address to ICE?"
SPANISH = "¿Puede ICE ver mis impuestos?"


def spoken(visit: Visit, language: Language) -> list[str]:
    html = visit.page.locator("gradio-app").evaluate("it => it.innerHTML")
    return spoken_texts(parse(html), language)


@pytest.mark.parametrize("question", [ENGLISH, SPANISH])
def test_a_citation_opens_its_source_with_the_quotation_marked(visit: Visit, question: str) -> None:
    visit.ask(question)
    page = visit.page
    assert page.locator(".asked").inner_text() == question
    page.locator(".sentence").nth(2).locator(".cite").click()
    card = page.locator(".source[open]")
    assert card.count() == 1
    assert card.locator("mark.current").text_content() == visit.words_of(2)
    assert visit.has_focus(".source[open] summary")
    assert card.locator(".badge").inner_text().strip()
    assert card.locator(".facts dd").first.inner_text().endswith("2026")


def test_the_sources_stand_beside_the_answer_on_a_desk_and_below_it_on_a_phone(
    visit: Visit, phone: Visit
) -> None:
    for here, beside in ((visit, True), (phone, False)):
        here.ask(ENGLISH)
        text = here.page.locator(".answer-text").bounding_box()
        sources = here.page.locator(".sources").bounding_box()
        assert text is not None
        assert sources is not None
        assert (sources["x"] >= text["x"] + text["width"]) is beside
        assert (sources["y"] >= text["y"] + text["height"]) is not beside


def test_escape_and_the_close_button_lead_back_to_the_mark(visit: Visit) -> None:
    visit.ask(ENGLISH)
    mark = visit.page.locator(".cite").nth(1)
    for leave in ("Escape", None):
        mark.click()
        if leave:
            visit.page.keyboard.press(leave)
        else:
            visit.page.locator(".source[open] [data-close-source]").click()
        assert visit.page.locator(".source[open]").count() == 0
        assert mark.evaluate("it => it === document.activeElement")


def test_the_way_from_question_to_source_and_back_needs_only_a_keyboard(visit: Visit) -> None:
    page = visit.page
    for _ in range(40):
        page.keyboard.press("Tab")
        if visit.has_focus("#question"):
            break
    page.keyboard.type("first line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    assert page.locator("#question").input_value() == "first line\nsecond line"
    page.keyboard.press("Enter")
    visit.whole(1)
    assert visit.has_focus("#question")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if visit.has_focus(".cite"):
            break
    assert (
        page.locator(".cite").first.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    )
    page.keyboard.press("Enter")
    assert visit.has_focus(".source[open] summary")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.target") == "_blank"
    page.keyboard.press("Escape")
    assert visit.has_focus(".cite")


def test_the_switch_of_language_leaves_nothing_in_the_other(visit: Visit) -> None:
    page = visit.page
    assert page.locator("html").get_attribute("lang") == "en"
    assert foreign_wording(spoken(visit, Language.EN), Language.EN) == []
    visit.ask(SPANISH)
    page.locator("#question").fill("un borrador")
    page.locator('[data-language="es"]').click()
    page.locator(".sources h3", has_text="Fuentes").wait_for()
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.title() == "Pregunte al 6103"
    assert page.locator("#question").input_value() == "un borrador"
    assert foreign_wording(spoken(visit, Language.ES), Language.ES) == []
    assert visit.has_focus('[data-language="es"]')
    page.locator('[data-language="en"]').click()
    page.locator(".sources h3", has_text="Sources").wait_for()
    assert foreign_wording(spoken(visit, Language.EN), Language.EN) == []


def test_a_phone_set_to_spanish_gets_spanish_from_the_start(phone: Visit) -> None:
    assert phone.page.locator("html").get_attribute("lang") == "es"
    texts = spoken(phone, Language.ES)
    assert "Pregunte con sus propias palabras" in texts
    assert foreign_wording(texts, Language.ES) == []


def test_nothing_scrolls_sideways_on_a_small_phone(phone: Visit) -> None:
    assert not phone.scrolls_sideways
    phone.ask("¿" + "muylargapalabrasinespacios" * 8 + "?")
    assert not phone.scrolls_sideways
    phone.page.locator(".cite").first.tap()
    assert phone.page.locator(".source[open]").count() == 1
    assert not phone.scrolls_sideways
    # Twice the size on a small window is what a zoom of 200 percent makes of it.
    phone.page.set_viewport_size({"width": 320, "height": 320})
    assert not phone.scrolls_sideways


def test_the_box_never_hides_what_has_the_focus(phone: Visit) -> None:
    phone.ask(SPANISH)
    for number in range(phone.page.locator(".cite").count()):
        phone.page.locator(".cite").nth(number).tap()
        summary = phone.page.locator(".source[open] summary").bounding_box()
        box = phone.page.locator("#part-ask").bounding_box()
        assert summary is not None
        assert box is not None
        assert 0 <= summary["y"] < box["y"] - 20


def test_an_example_is_asked_by_a_tap_and_follows_the_audience(phone: Visit) -> None:
    page = phone.page
    shown = page.locator(".examples .suggestion:visible")
    public = shown.all_inner_texts()
    page.locator("label", has_text="Defensores").tap()
    advocates = shown.all_inner_texts()
    assert public
    assert advocates
    assert not set(public) & set(advocates)
    shown.first.tap()
    phone.whole(1)
    assert page.locator(".asked").inner_text() == advocates[0]
    assert not page.locator(".start").is_visible()
    page.locator(".after .suggestion").first.tap()
    phone.whole(2)
    assert page.locator(".turn").count() == 2


def test_the_button_sleeps_while_there_is_nothing_to_ask(visit: Visit) -> None:
    page = visit.page
    assert page.locator(".send").is_disabled()
    page.locator("#question").fill("   ")
    assert page.locator(".send").is_disabled()
    page.locator("#question").fill("x")
    assert page.locator(".send").is_enabled()
    page.locator(".send").click()
    visit.whole(1)
    assert page.locator("#question").input_value() == ""


def test_sentences_come_into_sight_once_and_not_with_every_redraw(visit: Visit) -> None:
    page = visit.page
    visit.ask(ENGLISH)
    assert page.locator(".turn.arriving .sentence").count() == 6
    last = page.locator(".sentence").last
    assert last.evaluate("each => getComputedStyle(each).animationDelay") == "0.55s"
    page.locator('[data-language="es"]').click()
    page.locator(".turn:not(.arriving)").wait_for()
    assert last.evaluate("each => getComputedStyle(each).animationName") == "none"


def test_an_answer_can_be_stopped(visit: Visit) -> None:
    page = visit.page
    page.locator("#question").fill(f"{ENGLISH} slowly")
    page.keyboard.press("Enter")
    page.locator(".sentence").first.wait_for()
    page.locator("[data-stop]").click()
    visit.whole(1)
    page.get_by_text("Stopped here").wait_for()
    stopped = page.locator(".sentence").count()
    assert stopped < 6
    page.wait_for_timeout(1500)
    assert page.locator(".sentence").count() == stopped
    visit.ask(ENGLISH)
    assert page.locator(".turn").last.locator(".sentence").count() == 6


def test_a_new_conversation_leaves_nothing_of_the_old(visit: Visit) -> None:
    visit.ask(ENGLISH)
    visit.page.locator("[data-new]").click()
    visit.page.locator(".start").wait_for()
    assert visit.page.locator(".turn").count() == 0
    assert visit.has_focus("#question")
    assert not visit.page.locator("[data-new]").is_visible()


def test_the_answer_is_copied_with_its_sources(visit: Visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(ENGLISH)
    page.locator(".copy").click()
    page.locator("#ask6103-said", has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".copy").get_attribute("data-copy")
    assert "[1]" in copied
    assert "https://" in copied


def test_a_failure_is_calm_and_gives_the_question_back(phone: Visit) -> None:
    phone.ask("explode")
    page = phone.page
    assert "no se pudo contestar" in page.locator(".outcome.failed").inner_text()
    assert page.locator("#question").input_value() == "explode"
    assert "Traceback" not in page.content()
    assert "RuntimeError" not in page.content()


@pytest.mark.parametrize("outcome", ["partial", "abstained", "out_of_scope", "blocked", "clarify"])
def test_other_outcomes_have_a_card_of_their_own(visit: Visit, outcome: str) -> None:
    visit.ask(f"outcome {outcome}")
    assert visit.page.locator(f".outcome.{outcome} h3").inner_text()


def test_what_an_asker_writes_stays_text(visit: Visit) -> None:
    hostile = '<img src=x onerror="alert(1)"> [a](javascript:alert(1)) ${1+1} {{1+1}}'
    visit.ask(hostile)
    assert visit.page.locator(".asked").inner_text() == hostile
    assert visit.page.locator(".turn img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_day_and_night_follow_the_system_until_the_reader_chooses(
    windows: Windows, address: str, scheme: str
) -> None:
    with windows.open(color_scheme=scheme) as context:
        here = Visit(context, address)
        ground = "getComputedStyle(document.body).backgroundColor"
        light, dark = "rgb(251, 248, 243)", "rgb(26, 23, 19)"
        assert here.page.evaluate(ground) == (dark if scheme == "dark" else light)
        switch = here.page.locator("[data-theme-switch]")
        assert switch.get_attribute("aria-pressed") == str(scheme == "dark").lower()
        switch.click()
        assert here.page.evaluate(ground) == (light if scheme == "dark" else dark)
        assert switch.get_attribute("aria-pressed") == str(scheme == "light").lower()
        assert here.troubles == []


def test_nothing_is_kept_in_the_browser(visit: Visit) -> None:
    visit.ask(ENGLISH)
    visit.page.locator("[data-theme-switch]").click()
    kept = visit.page.evaluate(
        """async () => JSON.stringify([
            {...localStorage}, {...sessionStorage}, document.cookie,
            (await indexedDB.databases()).map((found) => found.name),
            await caches.keys(),
        ])"""
    )
    assert "ICE" not in kept
    assert visit.page.url == visit.address


def test_two_tabs_do_not_share_a_conversation(windows: Windows, address: str) -> None:
    with windows.open() as context:
        first, second = Visit(context, address), Visit(context, address)
        first.ask(ENGLISH)
        second.ask("Another question?")
        assert second.page.locator(".asked").all_inner_texts() == ["Another question?"]
        assert first.page.locator(".asked").all_inner_texts() == [ENGLISH]
