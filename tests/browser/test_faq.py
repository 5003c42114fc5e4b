"""The FAQ page as an advocate uses it: choose, paste, answer, edit, order, save, and compare."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from access import grave_findings
from playwright.sync_api import Download, Locator
from pypdf import PdfReader
from ui_fakes import answer
from ui_page_text import foreign_wording, parse, spoken_texts
from visit import EACH, SIZES, Visit
from windows import Windows

from assistant.desk.faq_earlier import LARGEST_MB, read_earlier
from assistant.desk.faq_suggested import themes
from assistant.models import Language
from assistant.texts import say

pytestmark = pytest.mark.browser

ENGLISH = "Did the IRS give my address to ICE, or not?"
SPANISH = "¿El IRS ya le dio mi dirección a la migra?"
OWN = "Call our clinic on Mondays."
WIDE = pytest.mark.parametrize(("locale", "width"), [("en-US", 1280)])
SMALL = pytest.mark.parametrize(("locale", "width"), [("es-MX", 360)])


@pytest.fixture
def desk(windows: Windows, address: str, locale: str, width: int) -> Iterator[Visit]:
    """The FAQ page on a window of this width, in a browser of this language."""
    size = {"width": width, "height": 720}
    with windows.open(viewport=size, locale=locale, reduced_motion="reduce") as context:
        here = Visit(context, f"{address}faq")
        yield here
        assert here.troubles == []


def language(visit: Visit) -> Language:
    return Language(visit.page.locator("html").get_attribute("lang"))


def answered(visit: Visit, *questions: str) -> Locator:
    """The entries once every question is answered."""
    visit.page.locator("#faq-list").fill("\n".join(questions))
    visit.page.locator(".faq-form [type=submit]").click()
    return finished(visit, len(questions))


def finished(visit: Visit, count: int) -> Locator:
    entries = visit.page.locator("[data-entry]")
    entries.nth(count - 1).wait_for()
    visit.page.locator("[data-saving]").wait_for()
    assert entries.count() == count
    return entries


def side(entry: Locator, spoken: str) -> Locator:
    return entry.locator(f'[data-side="{spoken}"]')


def edit(visit: Visit, entry: Locator, spoken: str, answer: str) -> None:
    here = side(entry, spoken)
    here.locator("[data-faq-edit]").click()
    here.locator("textarea").fill(answer)
    here.locator("[type=submit]").click()
    here.locator("[data-faq-edit]").wait_for()


def saved(visit: Visit, kind: str) -> Download:
    with visit.page.expect_download() as download:
        visit.page.locator(f'[data-faq-save="{kind}"]').click()
    return download.value


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


@SIZES
def test_a_list_is_answered_side_by_side_or_one_below_the_other(desk: Visit, width: int) -> None:
    entries = answered(desk, f"1. {ENGLISH}", f"- {SPANISH}")
    for number in range(2):
        entry = entries.nth(number)
        first, second = entry.locator(".faq-side").all()
        assert first.get_attribute("lang") == language(desk).value
        left, right = first.bounding_box(), second.bounding_box()
        assert left is not None
        assert right is not None
        assert (right["x"] >= left["x"] + left["width"]) is (width > 1000)
        assert (right["y"] >= left["y"] + left["height"]) is (width < 1000)
        assert entry.locator(".sentence").count() == 12
        # The wording of the other language was not given, and its column says so.
        assert entry.locator(".faq-flag.one_wording").count() == 1
    assert not desk.scrolls_sideways
    html = desk.page.locator("gradio-app").evaluate("it => it.innerHTML")
    assert foreign_wording(spoken_texts(parse(html), language(desk)), language(desk)) == []


@EACH
def test_what_is_saved_opens_in_word_with_its_marks_edits_and_record(
    desk: Visit, locale: str
) -> None:
    entries = answered(desk, ENGLISH, SPANISH)
    kept = first_sentence(Language.EN)
    edit(desk, entries.first, "en", f"{kept}\n{OWN}")
    english = side(entries.first, "en")
    assert english.locator(".sentence").count() == 2
    assert english.locator(".sentence.own").inner_text() == OWN
    assert english.locator(".sentence.own .cite").count() == 0
    assert say(Language.EN, "faq.flag_edited") in english.locator(".faq-flags").inner_text()
    download = saved(desk, "docx")
    assert download.suggested_filename.endswith(".docx")
    written = docx.Document(io.BytesIO(content(download)))
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    whole = "\n".join((*cells, *(each.text for each in written.paragraphs)))
    for words in (kept, OWN, f"1. {ENGLISH}", f"2. {SPANISH}", "[1]"):
        assert words in whole
    assert say(Language.EN, "faq.flag_edited") in whole
    assert say(Language.EN, "paper.disclaimer") in whole
    assert say(Language.ES, "paper.disclaimer") in whole
    record = read_earlier(download.suggested_filename, content(download))
    assert len(record.entries) == 2
    assert record.entries[0].sides[Language.EN].said == (kept, OWN)


def first_sentence(spoken: Language) -> str:
    """The first sentence that the fake assistant quotes."""
    return answer(spoken).sentences[0].text


@WIDE
@pytest.mark.parametrize("kind", ["docx", "html", "md"])
def test_an_earlier_list_is_opened_its_questions_asked_and_its_changes_told(
    desk: Visit, tmp_path: Path, kind: str
) -> None:
    entries = answered(desk, ENGLISH, SPANISH)
    edit(desk, entries.first, "en", f"{first_sentence(Language.EN)}\n{OWN}")
    download = saved(desk, kind)
    file = tmp_path / download.suggested_filename
    file.write_bytes(content(download))
    desk.page.reload()
    desk.page.locator("body.ready").wait_for()
    desk.page.locator(".faq-earlier summary").click()
    desk.page.locator("#faq-earlier").set_input_files(file)
    desk.page.locator("#faq-opened", has_text="2 ").wait_for()
    assert desk.page.locator("#faq-list").input_value() == f"{ENGLISH}\n{SPANISH}"
    again = answered(desk, ENGLISH, "And what does the law say now?")
    desk.page.locator(".faq-changes").wait_for()
    assert desk.page.locator(".faq-changes h4").all_inner_texts() == [
        "And what does the law say now?",
        SPANISH,
    ]
    assert desk.page.locator(".faq-changes li").all_inner_texts() == [
        say(Language.EN, "faq.change_question_came"),
        say(Language.EN, "faq.change_question_went"),
    ]
    # The edit of the earlier list still fits, so it is back.
    assert side(again.first, "en").locator(".sentence.own").inner_text() == OWN
    text = content(saved(desk, "md")).decode()
    assert "What changed since" in text
    assert "This question is no longer asked" in text


@SMALL
def test_a_file_without_a_list_is_refused_in_plain_words(desk: Visit, tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_bytes(b"x")
    desk.page.locator(".faq-earlier summary").click()
    desk.page.locator("#faq-earlier").set_input_files(file)
    opened = desk.page.locator("#faq-opened.wrong")
    opened.wait_for()
    assert opened.inner_text() == say(Language.ES, "faq.earlier_kind", suffix=".png")
    file.with_suffix(".md").write_bytes(b"x" * (LARGEST_MB * 1024 * 1024 + 1))
    desk.page.locator("#faq-earlier").set_input_files(file.with_suffix(".md"))
    desk.page.locator("#faq-opened.wrong", has_text="5 MB").wait_for()


@EACH
def test_questions_can_be_ticked_and_leave_again(desk: Visit) -> None:
    page, spoken = desk.page, language(desk)
    theme = themes()[0]
    page.locator(f'[data-theme="{theme.name}"] summary').click()
    boxes = page.locator(f'[data-theme="{theme.name}"] input')
    boxes.nth(0).check()
    boxes.nth(1).check()
    both = f"{theme.questions[0][spoken]}\n{theme.questions[1][spoken]}"
    assert page.locator("#faq-list").input_value() == both
    boxes.nth(0).uncheck()
    assert page.locator("#faq-list").input_value() == theme.questions[1][spoken]
    page.locator(".faq-form [type=submit]").click()
    entry = finished(desk, 1).first
    # Ours is in both languages, so no column lacks its wording.
    assert entry.locator(".faq-question").all_inner_texts() == [
        theme.questions[1][each.get_attribute("lang")]  # type: ignore[index]
        for each in entry.locator(".faq-side").all()
    ]
    assert entry.locator(".faq-flag.one_wording").count() == 0


@EACH
def test_a_list_that_cannot_be_taken_says_why_beside_it(desk: Visit) -> None:
    page = desk.page
    page.locator("#faq-list").fill(f"{ENGLISH}\n{'Why? ' * 200}")
    page.locator(".faq-form [type=submit]").click()
    page.locator("#faq-wrong", has_text="2").wait_for()
    assert page.locator("#faq-wrong").inner_text() == say(
        language(desk), "faq.fault_too_long", line=2, most=500
    )
    assert desk.has_focus("#faq-list")
    assert page.locator("[data-entry]").count() == 0
    answered(desk, ENGLISH)
    assert page.locator("#faq-wrong").inner_text() == ""


@WIDE
def test_questions_are_moved_and_taken_out_with_the_keyboard(desk: Visit) -> None:
    page = desk.page
    entries = answered(desk, ENGLISH, "What is the second thing?", "What is the third thing?")

    def order() -> list[str]:
        return [
            each.locator('[data-side="en"] .faq-question').inner_text() for each in entries.all()
        ]

    before = order()
    entries.nth(2).locator("[data-faq-up]").focus()
    page.keyboard.press("Enter")
    assert order() == [before[0], before[2], before[1]]
    assert entries.nth(1).locator(".faq-number").inner_text() == "Question 2"
    page.keyboard.press("Enter")
    assert order() == [before[2], before[0], before[1]]
    # At the top there is no further up, and the focus stays with the question.
    assert entries.nth(0).locator("[data-faq-up]").is_disabled()
    assert page.evaluate("document.activeElement.textContent") == "Question 1"
    entries.nth(1).locator("[data-faq-drop]").click()
    assert order() == [before[2], before[1]]
    assert page.evaluate("document.activeElement.textContent") == "Question 2"
    text = content(saved(desk, "md")).decode()
    assert text.index("third") < text.index("second")
    assert ENGLISH not in text.partition("<!--")[0]


@WIDE
def test_the_answers_of_one_language_are_one_column(desk: Visit) -> None:
    desk.page.locator(".faq-languages label", has_text="Spanish").last.click()
    entry = answered(desk, ENGLISH).first
    assert entry.locator(".faq-side").count() == 1
    assert entry.locator(".faq-side").get_attribute("lang") == "es"
    first = entry.locator(".sentence").first.inner_text()
    assert first_sentence(Language.ES) in first


@EACH
def test_a_mark_opens_its_source_and_escape_leads_back(desk: Visit) -> None:
    page = desk.page
    entry = answered(desk, ENGLISH).first
    mark = entry.locator('[data-side="es"] .cite').nth(3)
    mark.click()
    card = page.locator(".source[open]")
    assert card.count() == 1
    assert desk.has_focus(".source[open] summary")
    words = entry.locator('[data-side="es"] .sentence').nth(3).inner_text()
    marked = card.locator("mark.current").inner_text()
    assert words.startswith(marked)
    assert not desk.scrolls_sideways
    page.keyboard.press("Escape")
    assert page.locator(".source[open]").count() == 0
    assert mark.evaluate("it => it === document.activeElement")


@WIDE
def test_a_long_run_can_be_stopped_and_taken_up_again(desk: Visit) -> None:
    page = desk.page
    page.locator("#faq-list").fill("\n".join(f"What is thing number {n}?" for n in range(40)))
    page.locator(".faq-form [type=submit]").click()
    page.locator("[data-entry]").nth(1).wait_for()
    page.locator("[data-faq-stop]").click()
    page.locator("[data-faq-on]").wait_for()
    page.locator("[data-saving]").wait_for()
    page.wait_for_timeout(1500)
    stopped = page.locator("[data-entry]").count()
    assert 2 <= stopped < 40
    page.wait_for_timeout(1500)
    assert page.locator("[data-entry]").count() == stopped
    assert str(40 - stopped) in page.locator("[data-left]").inner_text()
    page.locator("[data-faq-on]").click()
    finished(desk, 40)
    keys = [each.get_attribute("data-entry") for each in page.locator("[data-entry]").all()]
    assert len(set(keys)) == 40


@WIDE
def test_another_language_keeps_the_list_the_answers_and_what_is_being_edited(desk: Visit) -> None:
    page = desk.page
    entry = answered(desk, ENGLISH).first
    side(entry, "es").locator("[data-faq-edit]").click()
    side(entry, "es").locator("textarea").fill("Llame los lunes.")
    page.locator('[data-language="es"]').click()
    page.locator("h1", has_text=say(Language.ES, "faq.title")).wait_for()
    page.locator(".faq-number", has_text="Pregunta 1").wait_for()
    assert page.locator("#faq-list").input_value() == ENGLISH
    assert side(entry, "es").locator("textarea").input_value() == "Llame los lunes."
    assert side(entry, "en").locator(".sentence").count() == 6
    html = page.locator("gradio-app").evaluate("it => it.innerHTML")
    assert foreign_wording(spoken_texts(parse(html), Language.ES), Language.ES) == []
    # What stands in an open form is in the file too.
    text = content(saved(desk, "md")).decode()
    assert "Llame los lunes." in text


def test_a_failing_question_stops_the_run_and_loses_nothing(windows: Windows, address: str) -> None:
    with windows.open(viewport={"width": 1280, "height": 720}) as context:
        here = Visit(context, f"{address}faq")
        page = here.page
        page.locator("#faq-list").fill(f"{ENGLISH}\nWhat would explode here?")
        page.locator(".faq-form [type=submit]").click()
        page.locator("[data-faq-on]").wait_for()
        assert page.locator("[data-entry]").count() == 1
        page.locator("#ask6103-told", has_text="Please try again").wait_for()
        assert saved(here, "md").suggested_filename.endswith(".md")
        assert here.troubles == []


@SIZES
def test_axe_finds_nothing_grave_in_form_answers_sources_edits_and_changes(
    desk: Visit, tmp_path: Path
) -> None:
    page = desk.page
    entries = answered(desk, ENGLISH, SPANISH)
    edit(desk, entries.first, "en", OWN)
    download = saved(desk, "html")
    file = tmp_path / download.suggested_filename
    file.write_bytes(content(download))
    page.locator(".faq-earlier summary").click()
    page.locator("#faq-earlier").set_input_files(file)
    page.locator("#faq-opened:not(:empty)").wait_for()
    page.locator("#faq-list").fill(f"{ENGLISH}\nWhat <b>else</b>?")
    page.locator(".faq-form [type=submit]").click()
    page.locator(".faq-changes").wait_for()
    page.locator("[data-theme] summary").first.click()
    page.locator("[data-suggested]").first.check()
    side(entries.first, "es").locator(".cite").first.click()
    side(entries.last, "es").locator("[data-faq-edit]").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert grave_findings(page) == []
    assert not desk.scrolls_sideways


@WIDE
def test_the_pdf_holds_both_columns(desk: Visit) -> None:
    answered(desk, ENGLISH)
    read = PdfReader(io.BytesIO(content(saved(desk, "pdf"))))
    text = " ".join(" ".join(page.extract_text().split()) for page in read.pages)
    assert ENGLISH in text
    assert "47,289" in text
    assert say(Language.ES, "paper.disclaimer")[:40] in text


@WIDE
def test_nothing_of_the_list_is_kept_in_the_browser(desk: Visit) -> None:
    answered(desk, "My SSN is 123-45-6789, did ICE get my address?")
    assert "6789" not in desk.page.locator("[data-results]").inner_html()
    kept = desk.page.evaluate(
        """async () => JSON.stringify([
            {...localStorage}, {...sessionStorage}, document.cookie,
            (await indexedDB.databases()).map((found) => found.name),
            await caches.keys(),
        ])"""
    )
    assert "ICE" not in kept
    assert "SSN" not in desk.page.url
    assert "6789" not in content(saved(desk, "md")).decode()
