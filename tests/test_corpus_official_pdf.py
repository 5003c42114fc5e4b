"""Opinions and reports as PDF: pages, notes and broken lines, and what the paper does not tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_files import pdf, write
from pypdf import PdfReader, PdfWriter

from assistant.corpus.official.courts import issuer_of
from assistant.corpus.official.facts import Draft, UnreadableFile, Wanted
from assistant.corpus.official.pages import page_pinpoints
from assistant.corpus.official.pdf import read_pdf
from assistant.models import Kind

FIRST = [
    "Case 1:25-cv-00999-XYZ Document 5 Filed 11/21/25 Page 1 of 2",
    "UNITED STATES DISTRICT COURT",
    "FOR THE DISTRICT OF COLUMBIA",
    "CLERKS OF LISTS, Plaintiffs, v. OFFICE OF LISTS, Defendant.",
    "Civil Action No. 25-999",
    "The clerks ask for an order, and the whole court has read their papers (all",
    "of them) with care.",
]
SECOND = [
    "Case 1:25-cv-00999-XYZ Document 5 Filed 11/21/25 Page 2 of 2",
    "The order is granted.",
]


def read(tmp_path: Path, content: bytes, **told: str) -> Draft:
    (draft,) = read_pdf(write(tmp_path, "paper", content), Wanted(**told)).drafts
    return draft


def test_a_paper_tells_court_parties_day_and_number_itself(tmp_path: Path) -> None:
    draft = read(tmp_path, pdf([FIRST, SECOND]))
    assert draft.title == "CLERKS OF LISTS v. OFFICE OF LISTS"
    assert draft.publisher == "United States District Court for the District of Columbia"
    assert draft.url == "https://www.dcd.uscourts.gov/"
    assert (draft.published, draft.kind) == ("2025-11-21", Kind.COURT)
    assert [each.heading for each in draft.pinpoints] == ["Page 1", "Page 2"]
    assert draft.pinpoints[1].paragraphs == ("The order is granted.",)
    assert "read their papers (all of them) with care." in draft.pinpoints[0].paragraphs[-1]


def test_the_user_can_say_what_the_paper_does_not(tmp_path: Path) -> None:
    bare = pdf([["A paper of an office that is not known, on the use of lists by clerks."]])
    with pytest.raises(UnreadableFile) as error:
        read(tmp_path, bare)
    for option in ("--published YYYY-MM-DD", "--url ADDRESS", "--publisher NAME"):
        assert option in str(error.value)
    told = {
        "published": "2026-02-03",
        "url": "https://lists.example/paper",
        "publisher": "Office of Lists",
        "title": "On lists",
        "citation": "OL-26-1",
    }
    draft = read(tmp_path, bare, **told)
    assert (draft.title, draft.citation) == ("On lists", "OL-26-1 (2026-02-03)")
    assert (draft.publisher, draft.url) == ("Office of Lists", "https://lists.example/paper")
    assert draft.id == "official-pdf-ol-26-1-2026-02-03"


@pytest.mark.parametrize(
    ("first", "site"),
    [
        ("United States Court of Appeals\n FOR THE DISTRICT OF COLUMBIA CIRCUIT", "cadc.uscourts"),
        ("United States Court of Appeals for the First Circuit", "ca1.uscourts"),
        ("UNITED STATES DISTRICT COURT\nDISTRICT OF MASSACHUSETTS", "mad.uscourts"),
        ("SUPREME COURT OF THE UNITED STATES", "supremecourt"),
        ("T.C. Memo. 2020-1 UNITED STATES TAX COURT", "ustaxcourt"),
        ("TREASURY INSPECTOR GENERAL FOR TAX ADMINISTRATION", "tigta"),
        ("An office of lists", ""),
    ],
)
def test_issuers_are_known_by_their_first_page(first: str, site: str) -> None:
    issuer = issuer_of(first)
    assert (issuer is None) if not site else (issuer is not None and site in issuer.site)


def test_a_pdf_of_pictures_names_ocr_as_the_mend(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="pictures of pages and no text.*OCR.*ocrmypdf"):
        read(tmp_path, pdf([[], []]))


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    reading = read_pdf(write(tmp_path, "paper", pdf([FIRST, [], SECOND])), Wanted())
    assert any("pages without text, perhaps pictures: 2" in each for each in reading.notices)
    assert [each.heading for each in reading.drafts[0].pinpoints] == ["Page 1", "Page 3"]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + bytes(range(256)) * 50,
        pdf([FIRST])[:300],
        pdf([FIRST]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
        pdf([FIRST]).replace(b"/Type /Pages", b"/Type /Rages"),
        b"%PDF-1.7\ntrailer\n<< /Root 9 0 R >>\nstartxref\n999999999\n%%EOF",
    ],
)
def test_a_damaged_pdf_is_a_plain_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(tmp_path, content)


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    file = write(tmp_path, "open", pdf([FIRST]))
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.encrypt("secret", algorithm="RC4-128")
    with (tmp_path / "locked").open("wb") as stream:
        writer.write(stream)
    with pytest.raises(UnreadableFile, match="locked with a password"):
        read_pdf(tmp_path / "locked", Wanted())


def test_notes_stand_under_places_of_their_own() -> None:
    pages = [
        "The clerk, who had seen the list when it was made in the winter of that year,1 and who\n"
        "kept a copy of it, told nobody\n1He was a clerk of lists.",
        "of it.\nThe second clerk2 told all.\n2She too.",
    ]
    assert [(each.heading, each.paragraphs) for each in page_pinpoints(pages)] == [
        (
            "Page 1",
            (
                "The clerk, who had seen the list when it was made in the winter of that year,1 "
                "and who kept a copy of it, told nobody of it.",
            ),
        ),
        ("Page 1, note 1", ("He was a clerk of lists.",)),
        ("Page 2", ("The second clerk2 told all.",)),
        ("Page 2, note 2", ("She too.",)),
    ]


def test_heads_that_pages_repeat_are_no_text() -> None:
    words = ("first", "second", "third", "fourth")
    pages = [
        f"Clerks v. List\n- {number} -\nThe {word} page says so."
        for number, word in enumerate(words, start=1)
    ]
    assert [each.paragraphs for each in page_pinpoints(pages)] == [
        (f"The {word} page says so.",) for word in words
    ]


def test_a_word_broken_by_a_hyphen_is_joined_only_where_the_text_has_it_whole() -> None:
    text = "The confiden-\ntial list is confidential, and a cross-\nreference stays one."
    (place,) = page_pinpoints([text])
    assert place.paragraphs == (
        "The confidential list is confidential, and a cross-reference stays one.",
    )
