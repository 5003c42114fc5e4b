"""Timeline and numbers as readers use it: charts, sources, a day, the tables and the files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from access import grave_findings
from playwright.sync_api import Browser
from ui_page_text import parse, spoken_texts
from visit import EACH, SIZES, Visit
from windows import Windows

from assistant.desk.figures import figures
from assistant.models import Language
from assistant.texts import catalogue, say
from assistant.texts.dates import say_date
from assistant.timeline import entries, horizon, in_force_on

pytestmark = pytest.mark.browser

DESK = pytest.mark.parametrize(("locale", "width"), [("en-US", 1280)])
PHONE = pytest.mark.parametrize(("locale", "width"), [("es-MX", 360)])
PATIENCE = 120_000  # milliseconds: the script is large, and a busy machine slow


@pytest.fixture
def here(windows: Windows, address: str, locale: str, width: int) -> Iterator[Visit]:
    """The page on a window of this width, in a browser of this language, with both charts drawn."""
    size = {"width": width, "height": 720}
    with windows.open(viewport=size, locale=locale, reduced_motion="reduce") as context:
        context.set_default_timeout(PATIENCE)
        visit = Visit(context, f"{address}timeline")
        drawn(visit)
        yield visit
        assert visit.troubles == []


def drawn(visit: Visit) -> None:
    for name in ("time", "numbers"):
        visit.page.locator(f'[data-chart="{name}"]').scroll_into_view_if_needed()
        visit.page.locator(f'[data-chart="{name}"][data-ready]').wait_for()


def spoken(visit: Visit) -> Language:
    return Language(visit.page.locator("html").get_attribute("lang"))


def word(visit: Visit, name: str, **values: object) -> str:
    return say(spoken(visit), f"timeline_page.{name}", **values)


def press(visit: Visit, chart: str, kind: str, number: int) -> None:
    """Press a bar or a point where it is drawn."""
    shape = visit.page.locator(f'[data-chart="{chart}"] .{kind} path').nth(number)
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def picked(visit: Visit, chart: str) -> str:
    visit.page.locator(f'[data-picked="{chart}"] blockquote').first.wait_for()
    return visit.page.locator(f'[data-picked="{chart}"]').inner_text()


def held(visit: Visit) -> list[str]:
    shown = visit.page.locator("[data-held]:visible")
    return [shown.nth(each).get_attribute("data-held") or "" for each in range(shown.count())]


def foreign(visit: Visit) -> set[str]:
    language = spoken(visit)
    other = next(each for each in Language if each is not language)
    html = visit.page.locator("#part-timeline").evaluate("it => it.innerHTML")
    told = {key for key in catalogue(language) if key.startswith("timeline_page.")}
    theirs, ours = ({str(catalogue(each)[key]) for key in told} for each in (other, language))
    return set(spoken_texts(parse(html), language)) & (theirs - ours)


@SIZES
def test_the_main_path(here: Visit, tmp_path: Path) -> None:
    page, language = here.page, spoken(here)
    assert not here.scrolls_sideways

    # A point and a bar open the sentence that states them, with the document and its standing.
    press(here, "time", "scatterlayer .points", 3)
    fourth = [each for each in entries() if each.kind == "event"][3]
    assert word(here, f"entry_{fourth.id}") in picked(here, "time")
    assert fourth.stated[language].sentence.search(
        page.locator('[data-picked="time"] blockquote').inner_text()
    )
    assert here.has_focus('[data-picked="time"] h3')
    press(here, "numbers", "barlayer .point", 2)
    assert figures()[2].written[language] in picked(here, "numbers")
    link = page.locator('[data-picked="numbers"] a.source-title').first.get_attribute("href")
    assert (link or "").startswith(f"/library?doc={figures()[2].picks[0].document}")

    # The table holds everything, and what is shown fits.
    for name, count in (("time", len(entries())), ("numbers", len(figures()))):
        page.locator(f'[data-table="{name}"] summary').click()
        assert page.locator(f'[data-table="{name}"] tbody tr:visible').count() == count
    assert not here.scrolls_sideways
    assert foreign(here) == set()
    assert grave_findings(page) == []

    with page.expect_download() as waiting:
        page.locator('[data-save-time="csv"]').click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.DictReader(opened))
    assert [each[word(here, "csv_starts")] for each in lines] == [
        each.starts.isoformat() for each in entries()
    ]
    assert fourth.stated[language].sentence.search(
        next(
            each[word(here, "csv_quote")]
            for each in lines
            if each[word(here, "csv_entry")] == word(here, f"entry_{fourth.id}")
        )
    )


@EACH
def test_what_was_in_force_on_a_day(here: Visit) -> None:
    page, language = here.page, spoken(here)
    assert held(here) == [each.id for each in in_force_on(horizon())]
    page.locator("#chosen-day").fill("2025-12-15")
    page.locator('[data-held="stay"]:visible').wait_for()
    assert held(here) == [each.id for each in in_force_on(date(2025, 12, 15))]
    assert say_date(language, "2025-12-15") in page.locator("[data-said]").inner_text()
    assert page.locator('[data-held="stay"] [data-doubt]').is_hidden()
    page.locator("[data-day-before]").click()
    assert page.locator("#chosen-day").input_value() == "2025-11-21"
    page.locator("[data-slider]").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#chosen-day").input_value() == "2025-11-20"
    assert "stay" not in held(here)
    page.keyboard.press("Home")
    assert held(here) == []
    assert page.locator("[data-none]").is_visible()
    assert page.locator("[data-day-before]").is_disabled()
    page.locator("#chosen-day").fill("2024-01-01")
    page.locator("#chosen-day").blur()
    assert say_date(language, horizon().isoformat()) in page.locator("[data-wrong]").inner_text()
    assert page.locator("[data-slider]").input_value() == "0"


@DESK
def test_everything_can_be_done_with_the_keyboard(here: Visit) -> None:
    page = here.page
    page.locator(".key summary").focus()
    page.keyboard.press("Enter")
    page.locator('[data-open="injunction"]').focus()
    page.keyboard.press("Enter")
    assert word(here, "entry_injunction") in picked(here, "time")
    assert here.has_focus('[data-picked="time"] h3')
    page.keyboard.press("Tab")
    assert here.has_focus('[data-picked="time"] a.source-title')
    page.locator("[data-close-picked]").focus()
    page.keyboard.press("Enter")
    assert page.locator('[data-picked="time"] blockquote').count() == 0
    assert here.has_focus(".key summary")


@PHONE
def test_another_language_and_theme_draw_again_and_keep_what_is_open(here: Visit) -> None:
    page = here.page
    page.locator("#chosen-day").fill("2025-06-01")
    press(here, "time", "scatterlayer .points", 0)
    picked(here, "time")
    page.locator('[data-language="en"]').click()
    drawn(here)
    assert say(Language.EN, "timeline_page.entry_ctr-suit") in picked(here, "time")
    assert held(here) == [each.id for each in in_force_on(date(2025, 6, 1))]
    assert foreign(here) == set()
    page.emulate_media(color_scheme="dark")
    page.locator('[data-chart="time"][data-ready="dark"]').wait_for()
    ground = page.locator('[data-chart="time"] .main-svg').first.evaluate(
        "it => getComputedStyle(it).backgroundColor"
    )
    assert ground == "rgb(26, 23, 19)"
    press(here, "time", "scatterlayer .points", 1)
    page.locator('[data-picked="time"] h3', has_text="Centro").wait_for()
    assert grave_findings(page) == []


@DESK
@pytest.mark.parametrize("name", ["time", "numbers"])
def test_the_charts_are_saved_as_pictures_and_drawings(
    here: Visit, name: str, tmp_path: Path
) -> None:
    page = here.page
    for kind, begins in (("png", b"\x89PNG"), ("svg", b"<svg")):
        with page.expect_download() as waiting:
            page.locator(f'[data-save-{name}="{kind}"]').click()
        assert waiting.value.suggested_filename == f"{word(here, f'file_{name}')}.{kind}"
        file = tmp_path / f"chart.{kind}"
        waiting.value.save_as(file)
        assert file.read_bytes().startswith(begins)
    drawing = file.read_text(encoding="utf-8")
    assert word(here, f"{name}_heading") in drawing
    reach = say_date(Language.EN, horizon().isoformat())
    assert word(here, "export_foot", date=reach, product=say(Language.EN, "ui.product")) in drawing
    assert name == "numbers" or word(here, "entry_hres-1097") in drawing


def test_where_the_script_does_not_come_the_tables_say_it_all(
    browser: Browser, address: str
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 640}, locale="en-US") as context:
        context.set_default_timeout(PATIENCE)
        context.route("**/plotly.min.js*", lambda route: route.abort())
        visit = Visit(context, f"{address}timeline")
        visit.page.locator('[data-chart="time"]').scroll_into_view_if_needed()
        told = say(Language.EN, "timeline_page.not_drawn")
        visit.page.locator("[data-drawn-not]", has_text=told).first.wait_for()
        visit.page.locator('[data-table="time"] summary').click()
        assert visit.page.locator('[data-table="time"] blockquote:visible').count() == len(
            entries()
        )


def test_no_other_page_fetches_the_script(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.reload(wait_until="load")
    visit.page.locator("body.ready").wait_for()
    visit.page.goto(f"{visit.address}about", wait_until="load")
    visit.page.locator("body.ready").wait_for()
    assert asked
    assert [each for each in asked if "plotly" in each] == []
