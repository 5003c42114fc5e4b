"""The library: what a reader finds, and a document with its facts, anchors and twin."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from ui_fakes import CORPUS, FakeAssistant, passages
from ui_page_text import Element, foreign_wording, parse, spoken_texts

from assistant.config import Settings
from assistant.corpus.read import read_document
from assistant.corpus.shape import Shelf
from assistant.models import Document, Hit, Kind, Language, Source, Standing
from assistant.texts import say
from assistant.ui.frame import Sent
from assistant.ui.pages import library
from assistant.ui.pages.library_list import document_list, search_form
from assistant.ui.pages.library_reading import document_page, missing_page
from assistant.ui.pages.library_shelves import (
    EARLIER,
    Found,
    Wanted,
    chosen,
    found_among,
    shelf_of,
    sources_of,
    years,
)

BOTH = pytest.mark.parametrize("language", list(Language), ids=str)
NAME = "court-cedc-injunction-2026-02-05"


def held(language: Language = Language.EN) -> dict[str, Source]:
    return sources_of(passages(language))


def document(language: Language = Language.EN, name: str = NAME) -> Document:
    return read_document(CORPUS / held(language)[name].path, CORPUS)


def reading(language: Language = Language.EN, twin: bool = True) -> Element:
    return parse(document_page(document(language), held(language), twin))


def look(**sent: str) -> Element:
    reply = library.look(FakeAssistant(), Sent.read(sent))
    assert isinstance(reply.html, str)
    return parse(reply.html)


def titles(page: Element) -> list[str]:
    return [each.text for each in page.find("a", class_="title")]


# --- Finding


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(shelf=Shelf.COURTS), lambda source: "/courts/" in source.path),
        (Wanted(kind=Kind.GUIDE), lambda source: source.kind is Kind.GUIDE),
        (Wanted(standing=Standing.BLOCKED), lambda source: source.status is Standing.BLOCKED),
        (Wanted(year="2026"), lambda source: source.published.startswith("2026")),
        (Wanted(year=EARLIER), lambda source: source.published < "2025"),
        (
            Wanted(shelf=Shelf.COURTS, kind=Kind.GUIDE),
            lambda source: "/courts/" in source.path and source.kind is Kind.GUIDE,
        ),
    ],
    ids=["shelf", "kind", "standing", "year", "earlier", "two at once"],
)
def test_a_choice_keeps_what_fits_and_nothing_else(wanted: Wanted, fits: object) -> None:
    sources = tuple(held().values())
    assert callable(fits)
    found = chosen(sources, wanted)
    assert found
    assert len(found) < len(sources)
    assert set(found) == {source for source in sources if fits(source)}


def test_the_newest_come_first() -> None:
    dates = [source.published for source in chosen(tuple(held().values()), Wanted())]
    assert dates == sorted(dates, reverse=True)


def test_few_years_are_all_named_and_many_share_a_last_choice() -> None:
    sources = list(held().values())
    assert years(sources) == ("2026", "2025", EARLIER)
    assert years([source for source in sources if source.published > "2026"]) == ("2026",)


def test_words_in_a_title_come_before_words_in_a_text_and_a_document_comes_once() -> None:
    sources = tuple(held().values())
    in_text = [each for each in passages(Language.EN) if each.source.id == NAME][:2]
    hits = [Hit(each, 1.0) for each in in_text]
    found = found_among(sources, hits, "TIMELINE november")
    assert "timeline" in found[0].source.title.casefold()
    assert found[-1] == Found(held()[NAME], tuple(in_text))
    assert len({each.source.id for each in found}) == len(found)


def test_a_search_keeps_to_what_was_chosen() -> None:
    hits = [Hit(each, 1.0) for each in passages(Language.EN)[:50]]
    courts = chosen(tuple(held().values()), Wanted(shelf=Shelf.COURTS))
    assert {shelf_of(each.source) for each in found_among(courts, hits, "x")} <= {Shelf.COURTS}


@BOTH
def test_with_nothing_chosen_all_shelves_are_shown_closed_with_their_numbers(
    language: Language,
) -> None:
    page = look(language=language.value)
    shelves = page.find("details", class_="shelf")
    assert [each.attributes.get("open") for each in shelves] == [None] * len(shelves)
    numbers = [int(each.find("span", class_="many")[0].text) for each in shelves]
    assert sum(numbers) == len(titles(page)) == len(held(language))


def test_a_search_shows_the_sections_that_hold_the_words() -> None:
    page = look(words="naturalized citizen")
    assert page.find("p", class_="within")
    for link in page.find("p", class_="within"):
        assert re.search(r"doc=[\w-]+&lang=en#section-\d+$", link.find("a")[0].attributes["href"])


@BOTH
def test_where_nothing_fits_the_page_says_so_and_what_to_do(language: Language) -> None:
    page = look(words="zzzz", language=language.value)
    assert titles(page) == []
    assert say(language, "library.nothing") in page.text


@pytest.mark.parametrize("sent", [{"shelf": "attic"}, {"kind": "<b>"}, {"standing": "x"}])
def test_a_choice_that_does_not_exist_is_none(sent: dict[str, str]) -> None:
    assert len(titles(look(**sent))) == len(held())


def test_one_document_is_counted_in_the_singular() -> None:
    one = Found(held()[NAME])
    page = document_list((one.source,), (one,), Wanted(words="x"), Language.ES)
    assert say(Language.ES, "library.count_one") in page


# --- Reading


@BOTH
def test_a_document_shows_every_word_of_its_paragraphs_under_its_headings(
    language: Language,
) -> None:
    whole = document(language)
    sections = [each for each in reading(language).find("section") if "id" in each.attributes]
    assert [each.attributes["id"] for each in sections] == [
        f"section-{number}" for number in range(1, len(whole.sections) + 1)
    ]
    for shown, section in zip(sections, whole.sections, strict=True):
        assert shown.find("h2")[0].text.startswith(section.heading)
        for start, end in section.paragraphs:
            plain = whole.text[start:end].replace("*", "")
            assert plain in shown.text
        assert [each.text for each in shown.find("ul")[0].find("li")] == list(section.questions)


def test_a_list_inside_a_paragraph_is_a_list() -> None:
    whole = document()
    text = "Four things:\n\n- one *thing*\n- two\n  and more"
    changed = replace(
        whole,
        text=text,
        sections=(replace(whole.sections[0], questions=(), paragraphs=((0, len(text)),)),),
    )
    shown = parse(document_page(changed, held(), twin=False)).find("section")[0]
    assert [each.text for each in shown.find("li")] == ["one thing", "two and more"]
    assert shown.find("p")[0].text == "Four things:"


@BOTH
def test_the_facts_stand_beside_the_text_and_the_badge_has_its_day(language: Language) -> None:
    page, source = reading(language), document(language).source
    assert page.find("span", class_="badge")[0].text == say(
        language, f"names.status_{source.status.value}"
    )
    assert "2026" in page.find("span", class_="as-of")[0].text
    facts = page.find("dl", class_="facts")[0].text
    for fact in (source.publisher, source.citation, say(language, "names.basis_secondary")):
        assert fact in facts
    link = page.find("p", class_="official")[0].find("a")[0]
    assert link.attributes["href"] == source.url
    assert link.attributes["rel"] == "noopener noreferrer"


@BOTH
def test_the_twin_is_one_link_away_at_the_same_anchor(language: Language) -> None:
    other = next(each for each in Language if each is not language)
    links = [each for each in reading(language).find("a") if "data-twin" in each.attributes]
    assert links[0].attributes["href"] == f"/library?doc={NAME}&lang={other.value}"
    assert [each.attributes["href"].partition("#")[2] for each in links[1:]] == [
        f"section-{number}" for number in range(1, len(document(language).sections) + 1)
    ]
    alone = reading(language, twin=False)
    assert [each for each in alone.find("a") if "data-twin" in each.attributes] == []


def test_related_documents_are_those_that_are_held() -> None:
    related = reading().find("section", class_="related")[0].find("a")
    assert [each.attributes["data-doc"] for each in related] == [
        name for name in document().source.related if name in held()
    ]


@BOTH
def test_every_document_of_the_fake_library_can_be_read(language: Language) -> None:
    sources = held(language)
    for name in sources:
        page = parse(document_page(document(language, name), sources, twin=True))
        levels = [int(each.tag[1]) for each in page.find() if re.fullmatch("h[1-6]", each.tag)]
        assert levels.count(1) == 1
        ids = [each.attributes["id"] for each in page.find() if "id" in each.attributes]
        assert len(ids) == len(set(ids))


@BOTH
@pytest.mark.parametrize("name", ["no-such", "../../etc/passwd", "<script>alert(1)</script>"])
def test_what_is_not_there_is_said_without_repeating_it(language: Language, name: str) -> None:
    page = look(doc=name, language=language.value)
    assert page.find("h1")[0].text == say(language, "library.missing")
    assert name not in page.text


def test_a_document_removed_since_the_index_was_made_is_not_there(tmp_path: Path) -> None:
    away = FakeAssistant(settings=Settings(corpus=tmp_path))
    reply = library.look(away, Sent.read({"doc": NAME}))
    assert reply.data == {"title": ""}
    assert say(Language.EN, "library.missing") in str(reply.html)


def test_nothing_of_a_document_is_taken_for_html() -> None:
    foul = "<img src=x onerror=alert(1)> ${1} {{1}}"
    whole = document()
    source = replace(
        whole.source, title=foul, citation=foul, publisher=foul, url="javascript:alert(1)"
    )
    section = replace(whole.sections[0], heading=foul, questions=(foul,), paragraphs=((0, 39),))
    changed = replace(whole, source=source, text=foul, sections=(section,))
    html = document_page(changed, {**held(), "court-status-today": source}, twin=True)
    assert "<img" not in html
    assert "javascript:" not in html
    assert foul in parse(html).find("h1")[0].text


# --- Both


@BOTH
def test_the_library_speaks_one_language(language: Language) -> None:
    sources = tuple(held(language).values())
    found = tuple(map(Found, sources))
    for html in (
        search_form(sources, language),
        document_list(sources, found, Wanted(), language),
        document_list(sources, found, Wanted(words="x"), language),
        document_page(document(language), held(language), twin=True),
        missing_page(language),
    ):
        assert foreign_wording(spoken_texts(parse(html), language), language) == []
