"""A PDF, opened again: every mark resolves, it is tagged, and dates and disclaimer are there."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import papers
import pypdf
import pytest

from assistant.export.paper import Line, Prose, lines_of
from assistant.export.pdf import as_pdf
from assistant.export.wording import clean, entry, fronts
from assistant.models import Language
from assistant.texts import say

PAPERS = {
    "en": papers.paper(Language.EN),
    "es": papers.paper(Language.ES),
    "en beside es": papers.side_by_side(Language.EN),
    "es beside en": papers.side_by_side(Language.ES),
    "hostile": papers.hostile(),
    "en noted": replace(papers.paper(Language.EN), footnotes=True),
    "es beside en noted": replace(papers.side_by_side(Language.ES), footnotes=True),
}
NOTED = [name for name in PAPERS if name.endswith("noted")]
every_paper = pytest.mark.parametrize("name", PAPERS)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text as it stands on a page."""

    text: str
    left: float
    foot: float


@cache
def opened(name: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(as_pdf(PAPERS[name])))


def words(text: str) -> str:
    """Text without its spaces: a line may break at any of them, and a long word anywhere."""
    return re.sub(r"[\s\u00a0\u202f]+", "", text)


@cache
def text_of(name: str) -> str:
    # The foot of a page would stand between two halves of a sentence.
    pages = [page.extract_text() for page in opened(name).pages]
    return words("".join(page.rpartition(foot(name))[0] for page in pages))


def foot(name: str) -> str:
    return say(PAPERS[name].language, "ui.product") + " ·"


@cache
def pieces(name: str, page: int) -> list[Piece]:
    found: list[Piece] = []

    def keep(text: str, matrix: list[float], place: list[float], *_: object) -> None:
        if text.strip():
            found.append(
                Piece(text.strip(), place[4] + matrix[4], place[5] * matrix[3] + matrix[5])
            )

    opened(name).pages[page].extract_text(visitor_text=keep)
    return found


def links(name: str) -> Iterator[tuple[int, Any]]:
    """Each link with the page it is on."""
    for number, page in enumerate(opened(name).pages):
        for reference in page.get("/Annots", ()):
            link = reference.get_object()
            assert link["/Subtype"] == "/Link"
            yield number, link


def shown_in(name: str, page: int, rectangle: list[float]) -> str:
    """The text that a link's rectangle covers."""
    left, foot, right, head = map(float, rectangle)
    inside = (
        piece.text
        for piece in pieces(name, page)
        if left - 1 <= piece.left < right and foot - 1 <= piece.foot <= head
    )
    return "".join(inside)


def label_at(name: str, page: int, left: float, head: float) -> str:
    """The first text of the page at the left of that place or below it, in its own line."""
    below = [piece for piece in pieces(name, page) if piece.foot < head and piece.left < left]
    return max(below, key=lambda piece: piece.foot).text


@every_paper
def test_every_mark_leads_to_the_source_of_its_number(name: str) -> None:
    references = [page.indirect_reference for page in opened(name).pages]
    marks = []
    for page, link in links(name):
        if "/Dest" not in link:
            continue
        mark = shown_in(name, page, link["/Rect"])
        there, _, left, head, _ = link["/Dest"]
        target = references.index(there)
        if name in NOTED and mark.isdigit():
            continue  # to the foot of the page, or back
        assert re.fullmatch(r"\[\d+\]", mark)
        assert label_at(name, target, float(left), float(head)) == mark
        marks.append(int(mark[1:-1]))
    assert Counter(marks) == Counter(papers.marks_of(PAPERS[name]))


@pytest.mark.parametrize("name", NOTED)
def test_every_note_is_tagged_and_called_once(name: str) -> None:
    tags = Counter(tags_below(opened(name).root_object["/StructTreeRoot"]))
    cited = sum(bool(line.citations) for line in lines_of(PAPERS[name]))
    assert tags["/Note"] == cited


@every_paper
def test_only_web_addresses_lead_outside(name: str) -> None:
    outside = {link["/A"]["/URI"] for _, link in links(name) if "/A" in link}
    safe = {entry(source).address for source in PAPERS[name].sources} - {None}
    assert outside == safe
    assert {link["/A"]["/S"] for _, link in links(name) if "/A" in link} <= {"/URI"}


@pytest.mark.parametrize("name", [name for name in PAPERS if name != "hostile"])
def test_every_source_is_listed_whole(name: str) -> None:
    text = text_of(name)
    for source in PAPERS[name].sources:
        lines = entry(source)
        quotation = "".join(span.text for span in lines.quotation)
        listed = (
            f"[{lines.number}]",
            lines.title,
            quotation,
            lines.cite_as,
            lines.under,
            f"{lines.standing} · {lines.facts}",
            lines.shown_address,
        )
        assert words("".join(listed)) in text


@every_paper
def test_title_day_reach_disclaimer_and_reference_are_there(name: str) -> None:
    paper, text = PAPERS[name], text_of(name)
    assert text.startswith(words(clean(paper.title)))
    for front in fronts(paper, pages=True):
        assert words(front.dates + front.disclaimer) in text
    if paper.reference:
        reference = clean(paper.reference)
        assert text.endswith(words(say(paper.language, "paper.reference", reference=reference)))


@every_paper
def test_it_is_an_accessible_pdf_of_its_title_language_and_day(name: str) -> None:
    paper, file = PAPERS[name], opened(name)
    root: Any = file.root_object
    assert root["/Lang"] == f"{paper.language.value}-US"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.metadata is not None
    assert file.metadata.title == clean(paper.title)
    assert f"{file.metadata.creation_date:%Y-%m-%d}" == "2026-11-22"
    described = root["/Metadata"].get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in described


@pytest.mark.parametrize("name", ["en", "es beside en"])
def test_tags_tell_headings_lists_tables_and_links(name: str) -> None:
    tags = Counter(tags_below(opened(name).root_object["/StructTreeRoot"]))
    own = PAPERS[name]
    assert tags["/Link"] >= len(papers.marks_of(own))
    assert tags["/H1"] and tags["/H2"] and tags["/L"] and tags["/LBody"]
    assert tags["/TH"] == (0 if name == "en" else 4)


def tags_below(element: Any) -> Iterator[str]:
    if isinstance(element, pypdf.generic.IndirectObject):
        element = element.get_object()
    if isinstance(element, list):
        for each in element:
            yield from tags_below(each)
    elif isinstance(element, dict):
        if "/S" in element:
            yield str(element["/S"])
        yield from tags_below(element.get("/K", []))


@pytest.mark.parametrize("name", ["en", "es"])
def test_every_page_shows_its_number_and_their_count(name: str) -> None:
    pages = opened(name).pages
    for number, page in enumerate(pages, start=1):
        told = say(PAPERS[name].language, "paper.page", page=number, pages=len(pages))
        assert words(page.extract_text()).endswith(words(told))


@every_paper
def test_letters_are_inside_and_nothing_can_act(name: str) -> None:
    content = as_pdf(PAPERS[name])
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/AA", b"/OpenAction"):
        assert word not in content
    for page in opened(name).pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            described = inner.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_a_hostile_text_is_shown_and_not_obeyed() -> None:
    text = text_of("hostile")
    assert len(opened("hostile").pages) < 40
    for hostile in papers.HOSTILE:
        assert text.count(words(clean(hostile))) >= 3


def test_a_sign_that_no_font_inside_holds_spoils_nothing_else() -> None:
    paper = replace(papers.paper(), blocks=(Prose((Line("Yes 😀 ✓ → 汉.", (1,)),)),))
    file = pypdf.PdfReader(io.BytesIO(as_pdf(paper)))
    root: Any = file.root_object
    assert "✓ →" in file.pages[0].extract_text()
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" not in root["/Metadata"].get_data().decode("utf-8")


@every_paper
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    assert as_pdf(PAPERS[name]) == as_pdf(PAPERS[name])
