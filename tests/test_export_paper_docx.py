"""A Word file, opened again: every mark resolves, and language, dates and disclaimer are there."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import docx
import papers
import pytest
from docx.oxml.ns import qn
from lxml import etree

from assistant.export import look
from assistant.export.docx import as_docx
from assistant.export.paper import Columns, Line, Paper, Prose, lines_of
from assistant.export.wording import clean, entry, fronts
from assistant.models import Language
from assistant.texts import say
from assistant.texts.dates import say_date

PAPERS = {
    "en": papers.paper(Language.EN),
    "es": papers.paper(Language.ES),
    "en beside es": papers.side_by_side(Language.EN),
    "es beside en": papers.side_by_side(Language.ES),
    "hostile": papers.hostile(),
}
every_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
written = cache(as_docx)


@cache
def opened(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(written(paper)))


def text_of(element: Any) -> str:
    """All text of an element, line breaks as such."""
    parts = []
    for each in element.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        parts.append(each.text or "" if each.tag == qn("w:t") else "\n")
    return "".join(parts)


def paragraphs(document: Any) -> list[str]:
    return [text_of(each) for each in document.element.body.iter(qn("w:p"))]


def bookmarks(document: Any) -> dict[str, str]:
    """The text of the paragraph that each bookmark stands in."""
    found = document.element.body.iter(qn("w:bookmarkStart"))
    return {each.get(qn("w:name")): text_of(each.getparent()) for each in found}


@every_paper
def test_every_mark_leads_to_the_source_of_its_number(paper: Paper) -> None:
    document = opened(paper)
    places = bookmarks(document)
    marks = []
    for link in document.element.body.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        if anchor is None:
            continue
        shown = re.fullmatch(r"\xa0?\[(\d+)\]", text_of(link))
        assert shown is not None
        assert places[anchor].startswith(f"[{shown[1]}]\n")
        marks.append(int(shown[1]))
    assert Counter(marks) == Counter(papers.marks_of(paper))


@pytest.mark.parametrize("name", PAPERS)
def test_with_footnotes_every_line_calls_a_note_of_its_own_that_leads_to_all_its_sources(
    name: str,
) -> None:
    paper = replace(PAPERS[name], footnotes=True)
    document = opened(paper)
    with zipfile.ZipFile(io.BytesIO(written(paper))) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        settings = etree.fromstring(package.read("word/settings.xml"))
        kinds = package.read("[Content_Types].xml").decode()
    own = {note.get(qn("w:id")): note for note in notes if not note.get(qn("w:type"))}
    calls = [each.get(qn("w:id")) for each in document.element.body.iter(qn("w:footnoteReference"))]
    assert calls == list(own)
    assert '"/word/footnotes.xml"' in kinds
    drawn = {each.get(qn("w:id")) for each in settings.iter(qn("w:footnote"))}
    assert drawn == {each.get(qn("w:id")) for each in notes if each.get(qn("w:type"))}
    places = bookmarks(document)
    led = []
    for note in own.values():
        links = list(note.iter(qn("w:hyperlink")))
        shown = [int(text_of(link).strip("[]\xa0")) for link in links]
        for number, link in zip(shown, links, strict=True):
            assert places[link.get(qn("w:anchor"))].startswith(f"[{number}]\n")
        led.append(tuple(shown))
    assert led == [line.citations for line in lines_of(paper) if line.citations]


@pytest.mark.parametrize("language", Language)
def test_a_note_names_source_place_standing_and_day_and_a_second_one_beside_it_is_short(
    language: Language,
) -> None:
    paper = replace(papers.paper(language), footnotes=True)
    with zipfile.ZipFile(io.BytesIO(written(paper))) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    _, _, lead, first, *_ = (text_of(note) for note in notes)
    source = paper.sources[0]
    day = say_date(language, source.as_of)
    for part in (source.citation, source.pinpoint, day, "[1]"):
        assert part in lead
    assert lead == first
    assert any(
        say(language, "paper.note_again", mark="\xa0[1]").replace(" \xa0", " ") in text_of(note)
        for note in notes
    )


def test_a_paper_without_footnotes_has_no_part_for_them() -> None:
    with zipfile.ZipFile(io.BytesIO(written(PAPERS["en"]))) as package:
        assert "word/footnotes.xml" not in package.namelist()


@every_paper
def test_every_source_is_listed_whole(paper: Paper) -> None:
    document = opened(paper)
    texts = paragraphs(document)
    for source in paper.sources:
        lines = entry(source)
        title = texts.index(f"[{source.number}]\n{lines.title}")
        quotation, about = texts[title + 1 : title + 3]
        assert quotation == "".join(span.text for span in lines.quotation)
        assert about == "\n".join(
            (lines.cite_as, lines.under, f"{lines.standing} · {lines.facts}", lines.shown_address)
        )


@every_paper
def test_only_web_addresses_lead_outside(paper: Paper) -> None:
    document = opened(paper)
    outside = [each for each in document.part.rels.values() if each.is_external]
    safe = [entry(source).address for source in paper.sources]
    assert {each.target_ref for each in outside} == set(filter(None, safe))
    linked = [
        document.part.rels[link.get(qn("r:id"))].target_ref
        for link in document.element.body.iter(qn("w:hyperlink"))
        if link.get(qn("r:id"))
    ]
    assert linked == [address for address in safe if address]


@every_paper
def test_day_reach_disclaimer_and_reference_are_there(paper: Paper) -> None:
    texts = paragraphs(opened(paper))
    assert texts[0] == clean(paper.title)
    for front in fronts(paper):
        place = texts.index(front.dates)
        assert texts[place + 1] == front.disclaimer
    if paper.reference:
        reference = clean(paper.reference)
        assert texts[-1] == say(paper.language, "paper.reference", reference=reference)


@every_paper
def test_the_file_names_title_language_and_the_papers_own_day(paper: Paper) -> None:
    document = opened(paper)
    about = document.core_properties
    assert about.title == clean(paper.title)[:255]
    assert about.language == paper.language.value
    assert about.created == about.modified == datetime(2026, 11, 22, tzinfo=UTC)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == look.LOCALE[paper.language]


@every_paper
def test_every_run_has_a_language_and_columns_have_their_own(paper: Paper) -> None:
    document = opened(paper)
    for run in document.element.body.iter(qn("w:r")):
        (language,) = {each.get(qn("w:val")) for each in run.iter(qn("w:lang"))}
        assert language in look.LOCALE.values()
    for table in document.tables:
        for row in table.rows:
            for cell, language in zip(row.cells, (Language.EN, Language.ES), strict=True):
                spoken = {each.get(qn("w:val")) for each in cell._tc.iter(qn("w:lang"))}
                assert spoken == {look.LOCALE[language]}


def test_columns_are_a_table_whose_head_names_the_languages_on_every_page() -> None:
    tables = opened(papers.side_by_side()).tables
    assert len(tables) == 2
    for table in tables:
        assert [cell.text for cell in table.rows[0].cells] == ["English", "Español"]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.paragraphs[0].text for row in table.rows for cell in row.cells)


def test_headings_are_headings_and_each_numbered_list_begins_at_one() -> None:
    document = opened(papers.paper())
    styled = [(each.style.name, each.text) for each in document.paragraphs]
    assert ("Title", papers.TITLE[Language.EN]) in styled
    assert ("Heading 1", "Part") in styled
    assert ("Heading 2", "Within it") in styled
    assert ("Heading 1", say(Language.EN, "paper.sources")) in styled
    numberings = [
        each._p.pPr.numPr.numId.val
        for each in document.paragraphs
        if each.style.name == "List Number"
    ]
    assert len(numberings) == 3
    assert numberings[0] == numberings[1] != numberings[2]
    numbering = document.part.numbering_part.element
    for used in set(numberings):
        (override,) = numbering.num_having_numId(used).iter(qn("w:startOverride"))
        assert override.get(qn("w:val")) == "1"


@pytest.mark.parametrize("language", Language)
def test_every_page_shows_its_number_and_their_count(language: Language) -> None:
    footer = opened(papers.paper(language)).sections[0].footer._element
    fields = [each.get(qn("w:instr")) for each in footer.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert text_of(footer).endswith(say(language, "paper.page", page=1, pages=1))


@every_paper
def test_nothing_in_it_can_act_and_every_part_is_sound(paper: Paper) -> None:
    with zipfile.ZipFile(io.BytesIO(written(paper))) as package:
        assert package.testzip() is None
        for name in package.namelist():
            assert not name.endswith((".bin", ".jpeg"))
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(package.read(name))
            assert not [each for each in root.iter(qn("w:instrText"), qn("w:object"))]
            for field in root.iter(qn("w:fldSimple")):
                assert field.get(qn("w:instr")) in {"PAGE", "NUMPAGES"}


@every_paper
def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert as_docx(paper) == written(paper)


@pytest.mark.parametrize(
    ("properties", "order"),
    [
        (
            "pPr",
            "keepNext keepLines numPr pBdr shd tabs spacing ind contextualSpacing outlineLvl",
        ),
        ("rPr", "rStyle rFonts b bCs i iCs color spacing kern sz szCs lang"),
        ("tblPr", "tblStyle tblW jc tblBorders shd tblLayout tblCellMar tblLook"),
        ("pBdr", "top left bottom right"),
    ],
)
def test_properties_stand_in_the_order_that_word_insists_on(properties: str, order: str) -> None:
    document = opened(PAPERS["en beside es"])
    for part in (document.styles.element, document.element):
        for element in part.iter(qn(f"w:{properties}")):
            names = [etree.QName(each).localname for each in element]
            places = [order.split().index(name) for name in names if name in order.split()]
            assert places == sorted(places), names


def test_columns_within_columns_are_written_too() -> None:
    inner = Columns((Prose((Line("one"),)),), (Prose((Line("two"),)),))
    whole = Paper("t", Language.EN, papers.DAY, (), (Columns((inner,), ()),))
    texts = paragraphs(opened(whole))
    assert texts.index("one") < texts.index("two")
    assert opened(whole).tables[0].cell(1, 0).tables[0].cell(1, 1).text == "two"
