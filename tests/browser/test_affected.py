"""The guided check as people walk it: choosing, skipping, going back, switching, leaving."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page
from pypdf import PdfReader
from ui_page_text import foreign_wording, parse, spoken_texts
from visit import Visit

from assistant.desk.affected import queries, room
from assistant.models import Language
from assistant.texts import say

pytestmark = pytest.mark.browser

EN, ES = Language.EN, Language.ES
NAMES = [query.name for query in queries()]
CHOSEN = {
    "filed": "itin",
    "address": "moved",
    "order": "ordered",
    "group": "mixed",
    "contact": "call",
    "helper": "nobody",
    "worry": "filing",
}
NEUTRAL = "https://www.weather.gov/"


class Check:
    """The page of the check in a tab."""

    def __init__(self, visit: Visit, language: Language) -> None:
        self.visit = visit
        self.page: Page = visit.page
        self.language = language
        visit.go(f"{visit.address}affected?lang={language.value}")

    def begin(self) -> None:
        self.page.locator('[data-step="start"] [data-forward]').click()

    def choose(self, name: str, choice: str) -> None:
        """Choose on the question that must be the one on the screen."""
        self.at(name)
        self.page.locator(f'input[name="{name}"][value="{choice}"]').check()

    def go_on(self) -> None:
        self.page.locator(".step:not([hidden]) [data-forward]").click()

    def answer(self, chosen: dict[str, str]) -> None:
        """Answer these questions in their order, and go on after each."""
        for name, choice in chosen.items():
            self.choose(name, choice)
            self.go_on()

    def at(self, name: str) -> None:
        """Wait until this step, and no other, is on the screen and its heading has the focus."""
        heading = "[data-result]" if name == "result" else f'[data-step="{name}"] h1'
        self.page.locator(heading).wait_for()
        assert self.visible_steps == ([] if name == "result" else [name])
        assert self.visit.has_focus(heading)

    @property
    def visible_steps(self) -> list[str]:
        shown = self.page.locator(".check .step:visible")
        return [str(shown.nth(n).get_attribute("data-step")) for n in range(shown.count())]

    @property
    def checked(self) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(
            "() => Object.fromEntries([...document.querySelectorAll('.check input:checked')]"
            ".map((each) => [each.name, each.value]))"
        )
        return found

    @property
    def parts(self) -> list[str]:
        """The parts of the result that are on the screen."""
        shown = self.page.locator(".found [data-part]:visible")
        return [str(shown.nth(n).get_attribute("data-part")) for n in range(shown.count())]

    def fits(self) -> None:
        """Nothing is wider than the screen, and the way out is on it."""
        assert not self.visit.scrolls_sideways
        box = self.page.locator("[data-quick-exit]").bounding_box()
        size = self.page.viewport_size
        assert box
        assert size
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size["height"]
        assert box["width"] >= 44
        assert box["height"] >= 44


@pytest.fixture
def visit(unopened: Visit) -> Visit:
    """A tab in which the check opens the page itself."""
    return unopened


@pytest.fixture(params=["unopened", "unopened_phone"])
def tab(request: pytest.FixtureRequest) -> Visit:
    """A tab at each of the two widths."""
    found: Visit = request.getfixturevalue(request.param)
    return found


in_both = pytest.mark.parametrize("language", Language)


@in_both
def test_the_whole_way_fits_the_screen_and_ends_in_quotations(
    tab: Visit, language: Language
) -> None:
    check = Check(tab, language)
    check.fits()
    check.begin()
    for number, (name, choice) in enumerate(CHOSEN.items(), 1):
        check.choose(name, choice)
        progress = say(language, "affected.progress", number=number, total=len(NAMES))
        assert check.page.locator(".progress:visible").inner_text() == progress
        check.fits()
        check.go_on()
    check.at("result")
    check.fits()
    assert check.parts == list(room())
    assert check.page.locator(".found .sentence").count() > 30
    html = check.page.locator("gradio-app").evaluate("it => it.innerHTML")
    assert foreign_wording(spoken_texts(parse(html), language), language) == []


@in_both
def test_who_skips_everything_is_helped_too(tab: Visit, language: Language) -> None:
    check = Check(tab, language)
    check.begin()
    for name in NAMES:
        check.at(name)
        check.page.locator(".step:not([hidden]) [data-skip-question]").click()
    check.at("result")
    assert check.parts == [part for part in room() if part != "first"]
    assert "justice.gov/eoir" in check.page.locator('[data-part="help"]').inner_text()


def test_the_result_can_be_had_from_any_question(visit: Visit) -> None:
    check = Check(visit, EN)
    check.begin()
    check.choose("filed", "ssn")
    check.page.locator(".step:not([hidden]) [data-to-result]").click()
    check.at("result")
    assert "does not shield a person" in check.page.locator(".found").inner_text()


def test_skipping_takes_back_what_was_chosen(visit: Visit) -> None:
    check = Check(visit, EN)
    check.begin()
    check.choose("filed", "itin")
    check.page.locator(".step:not([hidden]) [data-skip-question]").click()
    check.at("address")
    assert check.checked == {}


def test_who_never_filed_is_not_asked_for_the_address_of_a_return(visit: Visit) -> None:
    check = Check(visit, EN)
    check.begin()
    check.answer({"filed": "never"})
    check.at("order")
    assert check.page.locator(".progress:visible").inner_text() == "Question 2 of 6"
    check.page.locator(".step:not([hidden]) [data-back]").click()
    check.at("filed")


def test_going_back_keeps_the_answers_and_starting_again_clears_them(visit: Visit) -> None:
    check = Check(visit, EN)
    check.begin()
    check.answer(CHOSEN)
    check.at("result")
    check.page.locator(".found [data-back]").click()
    check.at("worry")
    for name in reversed(NAMES[:-1]):
        check.page.locator(".step:not([hidden]) [data-back]").click()
        check.at(name)
    assert check.checked == CHOSEN
    check.page.locator(".step:not([hidden]) [data-to-result]").click()
    check.at("result")
    check.page.locator("[data-again]").click()
    check.at("start")
    assert check.checked == {}
    assert check.page.locator(".found").count() == 0


def test_another_language_keeps_question_answers_and_result(visit: Visit) -> None:
    check = Check(visit, EN)
    check.begin()
    check.answer({"filed": "itin", "address": "same"})
    check.choose("order", "open")
    check.page.locator('[data-language="es"]').click()
    check.page.get_by_text(say(ES, "affected.question_order")).wait_for()
    assert check.visible_steps == ["order"]
    assert check.checked == {"filed": "itin", "address": "same", "order": "open"}
    progress = say(ES, "affected.progress", number=3, total=len(NAMES))
    assert check.page.locator(".progress:visible").inner_text() == progress
    check.page.locator(".step:not([hidden]) [data-to-result]").click()
    check.at("result")
    assert say(ES, "affected.finding_open") in check.page.locator(".found").inner_text()
    check.page.locator('[data-language="en"]').click()
    check.page.get_by_text(say(EN, "affected.finding_open"), exact=True).wait_for()
    assert check.parts[0] == "covers"


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    check = Check(visit, EN)
    keys = check.page.keyboard
    check.page.locator('[data-step="start"] h1').focus()
    keys.press("Tab")
    keys.press("Enter")
    for name in NAMES:
        check.at(name)
        keys.press("Tab")
        keys.press("Space")
        keys.press("ArrowDown")
        keys.press("Enter")
    check.at("result")
    assert visit.page.evaluate("window.scrollY") == 0
    keys.press("Tab")
    keys.press("Enter")
    assert visit.has_focus(".found h2")


def test_a_mark_opens_its_source_and_closing_returns_to_it(tab: Visit) -> None:
    check = Check(tab, EN)
    check.begin()
    check.page.locator(".step:not([hidden]) [data-to-result]").click()
    check.at("result")
    mark = check.page.locator(".found .cite").nth(1)
    mark.click()
    source = check.page.locator(".source[open]")
    source.wait_for()
    assert source.count() == 1
    quoted = source.locator("mark.current")
    quoted.wait_for()
    words = check.page.locator(".sentence").nth(1).inner_text()
    assert words.startswith(quoted.inner_text())
    assert not tab.scrolls_sideways
    source.locator("[data-close-source]").click()
    assert check.page.locator(".source[open]").count() == 0
    assert tab.has_focus(".found .cite >> nth=1")


@in_both
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_result_can_be_saved_and_opened(
    visit: Visit, language: Language, kind: str, tmp_path: Path
) -> None:
    check = Check(visit, language)
    check.begin()
    check.answer(CHOSEN)
    check.at("result")
    with check.page.expect_download() as coming:
        check.page.locator(f'[data-save="{kind}"]').click()
    name = coming.value.suggested_filename
    assert name.startswith("ask6103-")
    assert name.endswith(f".{kind}")
    file = tmp_path / name
    coming.value.save_as(file)
    if kind == "pdf":
        words = " ".join(page.extract_text() for page in PdfReader(file).pages)
    else:
        words = " ".join(each.text for each in Document(str(file)).paragraphs)
    told = " ".join(words.split())
    assert all(say(language, f"affected.part_{part}") in told for part in room())


@in_both
def test_printed_it_takes_two_pages_or_three_and_nothing_to_press(
    visit: Visit, language: Language
) -> None:
    check = Check(visit, language)
    check.begin()
    check.answer(CHOSEN)
    check.at("result")
    check.page.emulate_media(media="print")
    sentence = check.page.locator(".sentence").first
    assert sentence.evaluate("it => getComputedStyle(it).animationName") == "none"
    printed = PdfReader(io.BytesIO(check.page.pdf(format="Letter")))
    words = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    assert len(printed.pages) <= 3
    first_two = " ".join(" ".join(page.extract_text() for page in printed.pages[:2]).split())
    assert all(say(language, f"affected.part_{part}") in first_two for part in room())
    for name in ("print", "again", "change", "leave", "sources_hint"):
        assert say(language, f"affected.{name}") not in words


def test_the_way_out_clears_the_screen_and_leaves(visit: Visit) -> None:
    check = Check(visit, EN)
    check.page.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="<p>Weather</p>"))
    check.begin()
    check.answer({"filed": "itin"})
    check.page.locator("[data-quick-exit]").click()
    check.page.wait_for_url(NEUTRAL)
    assert visit.troubles == [f"left the origin: {NEUTRAL}"]
    visit.troubles.clear()


def test_who_comes_back_to_the_page_finds_nothing_of_the_answers(visit: Visit) -> None:
    check = Check(visit, EN)
    check.begin()
    check.answer(CHOSEN)
    check.at("result")
    check.page.goto(f"{visit.address}?lang=en", wait_until="load")
    check.page.go_back(wait_until="load")
    check.page.locator("body.ready").wait_for()
    assert check.visible_steps == ["start"]
    assert check.checked == {}
    assert check.page.locator(".found").count() == 0


@pytest.fixture
def unanswered(visit: Visit) -> Iterator[Check]:
    """A check whose server does not answer; what the browser says of that is no trouble."""
    check = Check(visit, EN)
    check.begin()
    check.choose("filed", "itin")
    check.page.route("**/gradio_api/**", lambda route: route.abort())
    yield check
    visit.troubles.clear()


def test_a_result_that_cannot_be_had_leaves_question_and_answers(unanswered: Check) -> None:
    page = unanswered.page
    page.locator(".step:not([hidden]) [data-to-result]").click()
    page.get_by_text(say(EN, "ui.request_failed")).wait_for()
    assert unanswered.visible_steps == ["filed"]
    assert unanswered.checked == {"filed": "itin"}
    assert page.locator('[data-step="filed"] [data-forward]').is_enabled()


def test_what_is_chosen_stands_in_no_address_and_in_no_storage(visit: Visit) -> None:
    check = Check(visit, EN)
    check.begin()
    check.answer(CHOSEN)
    check.at("result")
    check.page.locator(".found .cite").first.click()
    check.page.locator("[data-jump]").last.click()
    assert check.page.url == f"{visit.address}affected?lang=en"
    assert check.page.evaluate("history.length") <= 3
    kept = check.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert not any(choice in kept for choice in CHOSEN.values())
