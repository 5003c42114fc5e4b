"""What all pages share: the ways between them, and what a reader chose, carried along."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Route
from ui_page_text import foreign_wording, parse, spoken_texts
from visit import Visit
from windows import Windows

from assistant.models import Language
from assistant.texts import say
from assistant.ui.pages import PAGES

pytestmark = pytest.mark.browser

QUESTION = "Did the IRS give my address to ICE?"
GROUND = "getComputedStyle(document.body).backgroundColor"
NIGHT = "rgb(26, 23, 19)"
READERS = pytest.mark.parametrize(
    ("locale", "width"), [("en-US", 1280), ("es-MX", 360)], ids=["desk", "phone"]
)


def arrive(visit: Visit) -> None:
    visit.page.wait_for_load_state("load")
    visit.page.locator("body.ready").wait_for()


def go(visit: Visit, path: str) -> None:
    """Follow the link of the navigation, opening the menu first where there is one."""
    menu = visit.page.locator("button[data-menu]")
    if menu.is_visible():
        menu.click()
    visit.page.locator(f'.ways a[href^="{path}?"]').click()
    visit.page.wait_for_url(re.compile(rf"{re.escape(path)}\?"))
    arrive(visit)


@READERS
def test_every_page_is_reached_by_its_link_and_speaks_the_readers_language(
    windows: Windows, address: str, locale: str, width: int
) -> None:
    language = Language(locale[:2])
    with windows.open(viewport={"width": width, "height": 720}, locale=locale) as context:
        here = Visit(context, address)
        for page in (*PAGES[1:], PAGES[0]):
            go(here, page.path)
            marked = here.page.locator(".ways a[aria-current=page]")
            assert marked.text_content() == say(language, f"{page.room}.nav")
            assert here.page.locator("h1:visible").count() == 1
            assert here.page.locator("html").get_attribute("lang") == language.value
            assert say(language, "ui.product") in here.page.title()
            masthead = here.page.locator("#part-masthead").evaluate("it => it.innerHTML")
            assert foreign_wording(spoken_texts(parse(masthead), language), language) == []
            assert not here.scrolls_sideways
        assert here.troubles == []


@pytest.mark.parametrize("locale", ["en-US", "es-MX"])
def test_at_four_times_its_size_no_page_scrolls_sideways_and_nothing_overlaps(
    windows: Windows, address: str, locale: str
) -> None:
    """Which leaves 320 pixels of 1280 (WCAG 2.2, 1.4.10)."""
    with windows.open(viewport={"width": 320, "height": 640}, locale=locale) as context:
        here = Visit(context, address)
        for page in (*PAGES[1:], PAGES[0]):
            go(here, page.path)
            assert not here.scrolls_sideways
        name = here.page.locator(".masthead .name a").bounding_box()
        menu = here.page.locator("button.menu").bounding_box()
        assert name
        assert menu
        assert name["x"] + name["width"] <= menu["x"]
        assert here.troubles == []


def test_language_theme_and_audience_go_along_from_page_to_page(visit: Visit) -> None:
    page = visit.page
    page.locator("label", has_text="Advocates").click()
    page.locator("[data-theme-switch]").click()
    page.locator('[data-language="es"]').click()
    assert page.evaluate(GROUND) == NIGHT
    go(visit, "/about")
    assert page.evaluate(GROUND) == NIGHT
    assert page.locator("[data-theme-switch]").get_attribute("aria-pressed") == "true"
    assert page.locator("h1").inner_text() == say(Language.ES, "about.title")
    go(visit, "/")
    assert page.locator('input[value="advocate"]').is_checked()
    assert page.locator("html").get_attribute("lang") == "es"
    kept = page.evaluate("[{...localStorage}, document.cookie, {...sessionStorage}]")
    assert kept == [{}, "", {"ask6103-audience": "advocate", "ask6103-theme": "dark"}]


def test_the_language_in_the_address_wins_over_the_browsers_and_stays_after_a_reload(
    windows: Windows, address: str
) -> None:
    with windows.open(locale="en-US") as context:
        here = Visit(context, f"{address}about?lang=es")
        assert here.page.locator("h1").inner_text() == say(Language.ES, "about.title")
        here.page.locator('[data-language="en"]').click()
        here.page.reload()
        arrive(here)
        assert here.page.locator("html").get_attribute("lang") == "en"
        assert here.page.locator("h1").inner_text() == say(Language.EN, "about.title")
        assert here.troubles == []


def test_the_menu_of_a_phone_opens_closes_and_lets_everything_else_be_pressed(
    phone: Visit,
) -> None:
    page = phone.page
    menu, ways = page.locator("button[data-menu]"), page.locator(".ways")
    assert not ways.is_visible()
    menu.tap()
    assert menu.get_attribute("aria-expanded") == "true"
    assert ways.is_visible()
    page.keyboard.press("Escape")
    assert not ways.is_visible()
    assert phone.has_focus("button[data-menu]")
    page.locator("label", has_text="Defensores").tap()
    assert menu.get_attribute("aria-expanded") == "false"
    assert page.locator('input[value="advocate"]').is_checked()


def test_the_first_tab_skips_to_what_the_page_is_about(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    assert visit.has_focus("[data-skip]")
    box = page.locator("[data-skip]").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "part-talk"


def test_the_help_opens_and_closes_with_the_keyboard_and_leads_to_a_question(visit: Visit) -> None:
    page = visit.page
    button, window = page.locator("[data-help]"), page.locator("dialog.help")
    button.focus()
    page.keyboard.press("Enter")
    assert window.is_visible()
    assert window.evaluate("it => it.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not window.is_visible()
    assert visit.has_focus("[data-help]")
    button.click()
    page.mouse.click(4, 4)
    assert not window.is_visible()
    button.click()
    page.locator("[data-help-close]").click()
    assert not window.is_visible()
    button.click()
    window.locator("a").first.click()
    page.locator(".send:enabled").wait_for()
    assert not page.locator("dialog[open]").count()
    assert page.locator("#question").input_value() == say(Language.EN, "ui.help_question")
    assert visit.troubles == []


def test_a_conversation_is_not_lost_by_looking_at_another_page(visit: Visit) -> None:
    page = visit.page
    assert page.locator('.ways a[target="_blank"]').count() == 0
    visit.ask(QUESTION)
    link = page.locator('.ways a[href^="/about"]')
    assert say(Language.EN, "ui.new_tab") in str(link.text_content())
    with page.context.expect_page() as opened:
        link.click()
    opened.value.locator("body.ready").wait_for()
    assert "/about" in opened.value.url
    assert page.locator(".asked").inner_text() == QUESTION


def test_a_lead_to_a_source_opens_the_whole_document_at_its_section(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    page.locator(".cite").first.click()
    pinpoint = page.locator(".source[open] .pinpoint").inner_text()
    with page.context.expect_page() as opened:
        page.locator('.source[open] a[href^="/library"]').click()
    opened.value.locator(".reading").wait_for()
    section = opened.value.url.partition("#")[2]
    assert opened.value.locator(f"#{section} h2").inner_text().startswith(pinpoint)


@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        (".docx", r"ask-6103-answer-2026-11-22\.docx"),
        (".pdf", r"ask-6103-answer-2026-11-22\.pdf"),
        (".md", r"ask-6103-answer-2026-11-22\.md"),
        (".json", r"ask-6103-receipt-r-[0-9a-f]{16}\.json"),
    ],
)
def test_an_answer_is_downloaded_whole_and_named(visit: Visit, suffix: str, name: str) -> None:
    page = visit.page
    visit.ask(QUESTION)
    for _ in range(2):
        with page.expect_download() as saved:
            page.locator(f'[data-paper="{suffix}"]').click()
        assert re.fullmatch(name, saved.value.suggested_filename)
        assert saved.value.path().stat().st_size > 1000


def test_a_shared_link_fills_the_box_and_sends_nothing(visit: Visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(f"{QUESTION} ¿á&b#c?")
    page.locator("[data-share]").click()
    page.locator("#ask6103-said", has_text="copied").wait_for(state="attached")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.partition("#")[0] == f"{visit.address}?lang=en"
    other = Visit(page.context, link)
    assert other.page.locator("#question").input_value() == f"{QUESTION} ¿á&b#c?"
    assert other.page.locator(".turn").count() == 0
    assert "#" not in other.page.url
    assert other.page.locator(".send").is_enabled()
    assert other.troubles == []


@pytest.mark.parametrize("fragment", ["#q=%E0%A4%A", "#q=", "#other", "#q=" + "x" * 5000])
def test_a_strange_link_does_no_harm(windows: Windows, address: str, fragment: str) -> None:
    with windows.open() as context:
        here = Visit(context, address + fragment)
        assert len(here.page.locator("#question").input_value()) <= 2000
        assert here.troubles == []


def test_a_mark_is_counted_once_and_can_be_taken_back(visit: Visit) -> None:
    page = visit.page

    def counted() -> list[int]:
        about = page.context.new_page()
        about.goto(f"{visit.address}about?lang=en")
        about.locator("body.ready").wait_for()
        about.wait_for_timeout(400)
        text = about.locator(".counted").inner_text()
        about.close()
        return [int(number) for number in re.findall(r"\d+", text)]

    yes, no = counted()
    visit.ask(QUESTION)
    page.locator('[data-helpful="yes"]').click()
    page.locator('[data-helpful="yes"][aria-pressed="true"]').wait_for()
    page.wait_for_timeout(300)
    assert counted() == [yes + 1, no]
    page.locator('[data-helpful="no"]').click()
    page.wait_for_timeout(300)
    assert counted() == [yes, no + 1]
    page.locator('[data-helpful="no"]').click()
    page.wait_for_timeout(300)
    assert counted() == [yes, no]


def test_the_same_is_asked_again(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.page.locator("[data-again]").click()
    visit.whole(2)
    assert visit.page.locator(".asked").all_inner_texts() == [QUESTION, QUESTION]
    assert visit.page.locator("[data-again]").count() == 1


@pytest.mark.parametrize("way", ["press", "escape"])
def test_the_quick_exit_clears_the_screen_in_every_tab_and_leaves(
    browser: Browser, address: str, way: str
) -> None:
    with browser.new_context(locale="en-US") as context:
        left: list[str] = []

        def elsewhere(route: Route) -> None:
            left.append(route.request.url)
            route.fulfill(body="<title>elsewhere</title>", content_type="text/html")

        context.route("https://www.weather.gov/**", elsewhere)
        other, here = Visit(context, address), Visit(context, f"{address}affected")
        assert left == []
        if way == "press":
            here.page.locator("[data-quick-exit]:visible").first.click()
        else:
            for _ in range(3):
                here.page.keyboard.press("Escape")
        for visit in (here, other):
            visit.page.wait_for_url("https://www.weather.gov/**")
        here.page.go_back()
        assert "affected" not in here.page.url
        assert set(left) == {"https://www.weather.gov/"}


def test_three_escapes_leave_only_a_page_that_has_a_quick_exit(visit: Visit) -> None:
    for _ in range(4):
        visit.page.keyboard.press("Escape")
    assert visit.page.url == visit.address
    assert visit.page.locator("#question").is_visible()


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_paper_has_nothing_to_press(unopened: Visit, path: str) -> None:
    page = unopened.page
    unopened.go(unopened.address.rstrip("/") + path)
    page.emulate_media(media="print")
    assert page.locator(".masthead .name").is_visible()
    for pressed in (".ways", ".switches", ".skip", "#part-ask"):
        assert page.locator(f"{pressed}:visible").count() == 0
    assert page.locator("button:visible").count() == 0


def test_paper_shows_the_sources_open_and_their_addresses_and_the_screen_goes_back(
    visit: Visit,
) -> None:
    page = visit.page
    visit.ask(QUESTION)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".source[open]").count() == page.locator(".source").count() > 0
    link = page.locator('.source-links a[href^="http"]').first
    told = link.evaluate("it => getComputedStyle(it, '::after').content")
    assert str(link.get_attribute("href")) in told
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".source[open]").count() == 0


def test_a_phone_can_keep_the_app_and_its_sign(visit: Visit) -> None:
    page = visit.page
    link = page.locator('link[rel="manifest"]')
    assert link.count() == 1
    told = page.request.get(visit.address.rstrip("/") + str(link.get_attribute("href")))
    assert told.headers["content-type"].startswith("application/manifest+json")
    icon = page.request.get(visit.address.rstrip("/") + told.json()["icons"][0]["src"])
    assert icon.ok
    assert "svg" in icon.headers["content-type"]
