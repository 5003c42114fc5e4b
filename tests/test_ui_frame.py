"""The frame: one masthead for all pages, safe reading of what a browser sends, safe answers."""

from __future__ import annotations

import base64
import logging
from dataclasses import replace

import pytest
from ui_fakes import FakeAssistant
from ui_page_text import foreign_wording, parse, spoken_texts

from assistant.models import Audience, Kind, Language
from assistant.texts import catalogue, lines, say
from assistant.ui.frame import File, Page, Reply, Sent, address, heard
from assistant.ui.masthead import masthead
from assistant.ui.page import build
from assistant.ui.pages import PAGES

BOTH = pytest.mark.parametrize("language", list(Language), ids=str)
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.room)
TWO = (PAGES[0], replace(PAGES[0], path="/second", audience=False))


@BOTH
def test_the_masthead_marks_the_page_that_is_open(language: Language) -> None:
    top = parse(masthead(TWO[1], TWO, language))
    links = top.find("nav")[0].find("a")
    assert [link.attributes["href"] for link in links] == [
        f"{page.path}?lang={language.value}" for page in TWO
    ]
    assert [link.attributes.get("aria-current") for link in links] == [None, "page"]


def test_only_the_first_page_has_the_name_as_its_heading_and_only_some_ask_for_the_audience() -> (
    None
):
    first, second = (parse(masthead(page, TWO, Language.EN)) for page in TWO)
    assert len(first.find("h1")) == 1
    assert second.find("h1") == []
    assert first.find("fieldset")
    assert second.find("fieldset") == []


@EACH_PAGE
@BOTH
def test_the_help_of_a_page_says_what_can_be_done_there_and_where_to_go_on(
    page: Page, language: Language
) -> None:
    (window,) = parse(masthead(page, PAGES, language)).find("dialog")
    for said in lines(language, f"{page.room}.help"):
        assert said in window.text
    assert [sign.text for sign in window.find("span", class_="badge")] == [
        say(language, f"ui.help_sign_{family}") for family in ("holds", "halted", "waits", "past")
    ]
    leads = [link.attributes["href"] for link in window.find("a")]
    assert [lead.partition("?")[0] for lead in leads] == ["/", "/affected", "/about"]
    assert foreign_wording(spoken_texts(window, language), language) == []


def test_a_single_page_has_no_navigation() -> None:
    top = parse(masthead(PAGES[0], PAGES[:1], Language.EN))
    assert top.find("nav") == []
    assert top.find("button", class_="menu") == []


@EACH_PAGE
def test_every_page_is_named_in_both_languages(page: Page) -> None:
    for language in Language:
        named = [f"{page.room}.{part}" for part in ("nav", "description", "help")]
        named += page.words
        if page.path != "/":
            named.append(f"{page.room}.title")
        assert [key for key in named if key not in catalogue(language)] == []


def test_no_two_pages_share_an_address() -> None:
    assert len({page.path for page in PAGES}) == len(PAGES)
    assert PAGES[0].path == "/"


@EACH_PAGE
def test_every_page_has_one_masthead(page: Page) -> None:
    built = build(FakeAssistant())
    mine = [block for block in built.blocks.values() if block.page == page.path.strip("/")]
    assert [block.elem_id for block in mine].count("part-masthead") == 1


@EACH_PAGE
def test_the_files_a_page_names_are_there(page: Page) -> None:
    from importlib.resources import files

    folder = files("assistant.ui") / "static"
    assert [name for name in (*page.scripts, *page.styles) if not (folder / name).is_file()] == []


@pytest.mark.parametrize("sent", [None, [], "x", 7, {"text": 7, "language": "fr", "kind": []}])
def test_what_has_the_wrong_shape_is_read_as_nothing(sent: object) -> None:
    read = Sent.read(sent)
    assert read.text("text", 10) == ""
    assert read.texts("text", 10) == ()
    assert read.language is Language.EN
    assert read.audience is Audience.PUBLIC
    assert read.choice(Kind, "kind") is None
    assert read.yes("text") is False
    assert read.number("text", 0, 5) is None


def test_what_has_the_right_shape_is_read_within_bounds() -> None:
    read = Sent.read(
        {
            "language": "es",
            "audience": "staff",
            "kind": "court",
            "text": "  abcdef  ",
            "list": ["one", 2, " two ", "three"],
            "ticked": True,
            "three": 3,
        }
    )
    assert read.language is Language.ES
    assert read.audience is Audience.STAFF
    assert read.choice(Kind, "kind") is Kind.COURT
    assert read.text("text", 3) == "abc"
    assert read.texts("list", 4, most=3) == ("one", "two")
    assert read.yes("ticked") is True
    assert read.number("three", 1, 3) == 3
    assert read.number("three", 1, 2) is None
    assert read.number("ticked", 0, 5) is None


def test_an_answer_carries_html_by_language_data_and_a_file_in_its_own_bytes() -> None:
    reply = Reply(
        html={Language.EN: "<p>a</p>", Language.ES: "<p>b</p>"},
        data={"pages": 2},
        file=File("plan.docx", b"\x00\xffbytes"),
    )
    parcel = heard({"event": "paper"}, {"paper": lambda sent: reply})
    assert parcel["html"] == {"en": "<p>a</p>", "es": "<p>b</p>"}
    assert parcel["data"] == {"pages": 2}
    assert parcel["file"] == {
        "name": "plan.docx",
        "content": base64.b64encode(b"\x00\xffbytes").decode(),
    }


def test_html_alone_is_in_the_language_that_was_sent() -> None:
    parcel = heard({"event": "x", "language": "es"}, {"x": lambda sent: Reply(html="<p>a</p>")})
    assert parcel == {"data": {}, "html": {"es": "<p>a</p>"}}


@pytest.mark.parametrize("event", ["", "unknown", None, "explode"])
def test_a_failure_tells_the_script_no_more_than_that(
    event: object, caplog: pytest.LogCaptureFixture
) -> None:
    def explode(sent: Sent) -> Reply:
        raise ValueError(sent.text("secret", 20))

    with caplog.at_level(logging.DEBUG):
        parcel = heard({"event": event, "secret": "123-45-6789"}, {"explode": explode})
    assert parcel == {"failed": True}
    assert "6789" not in caplog.text


def test_an_address_is_escaped_and_keeps_the_language() -> None:
    assert address("/library", Language.ES) == "/library?lang=es"
    assert address("/library", Language.EN, section="a-b", doc="x&y") == (
        "/library?doc=x%26y&lang=en#a-b"
    )


@BOTH
def test_the_frame_speaks_one_language(language: Language) -> None:
    other = next(each for each in Language if each is not language)
    top = masthead(TWO[0], TWO, language)
    for name in ("skip", "menu", "ways_label", "theme_dark", "nav", "description"):
        assert say(language, f"ui.{name}") in top
    assert say(other, "ui.description") not in top
