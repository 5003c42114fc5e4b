"""The Federal Register's documents and CourtListener's opinions, as their services give them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from official_files import cluster, opinion, register, write

from assistant.corpus.official.facts import Wanted
from assistant.corpus.official.federal_register import read_register
from assistant.corpus.official.html_text import html_blocks
from assistant.corpus.official.importing import FileOutcome, import_files
from assistant.corpus.read import read_document
from assistant.models import Basis, Document, Kind, Standing


def imported(tmp_path: Path, *contents: Any) -> tuple[list[Document], tuple[FileOutcome, ...]]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    files = [write(tmp_path, f"{number}.x", content) for number, content in enumerate(contents)]
    outcomes = import_files(files, corpus, Wanted()).files
    written = [each.path for outcome in outcomes for each in outcome.written]
    return [read_document(corpus / path, corpus) for path in written], outcomes


def test_a_document_of_the_register_tells_summary_dates_and_action() -> None:
    (draft,) = read_register([register()]).drafts
    assert draft.id == "official-fr-2025-00001-2025-03-04"
    assert draft.citation == "90 FR 11 (FR Doc. 2025-00001, published 2025-03-04)"
    assert draft.publisher == "Treasury Department, Office of Lists"
    assert draft.sources == (register()["pdf_url"],)
    assert [(each.heading, each.paragraphs[0]) for each in draft.pinpoints] == [
        ("Summary", "We make new forms. They are short."),
        ("Dates", "Write by May 1, 2025."),
        ("Action", "Notice."),
    ]


@pytest.mark.parametrize(
    ("told", "kind", "standing"),
    [
        ({}, Kind.GUIDANCE, Standing.IN_EFFECT),
        ({"type": "Rule"}, Kind.REGULATION, Standing.IN_EFFECT),
        ({"type": "Rule", "effective_on": "2025-05-01"}, Kind.REGULATION, Standing.PENDING),
        ({"type": "Proposed Rule"}, Kind.REGULATION, Standing.PENDING),
    ],
)
def test_kind_and_standing_are_those_of_the_day_of_publication(
    told: dict[str, Any], kind: Kind, standing: Standing
) -> None:
    (draft,) = read_register([register(**told)]).drafts
    assert (draft.kind, draft.status) == (kind, standing)


def test_a_document_without_a_summary_is_left_out_and_a_foreign_address_too() -> None:
    odd = register(document_number="2025-2", html_url="https://evil.io/x", pdf_url="javascript:")
    reading = read_register([register(abstract=None), odd])
    (draft,) = reading.drafts
    assert draft.url == "https://www.federalregister.gov/d/2025-2"
    assert draft.sources == ()
    assert "left out: 2025-00001 (no summary in the file)" in reading.notices


def test_a_page_of_results_gives_a_document_each(tmp_path: Path) -> None:
    page = {"count": 2, "results": [register(), register(document_number="2025-00002")]}
    documents, _ = imported(tmp_path, page)
    assert [each.source.id for each in documents] == [
        "official-fr-2025-00001-2025-03-04",
        "official-fr-2025-00002-2025-03-04",
    ]


@pytest.mark.parametrize(
    "contents",
    [
        (opinion(), cluster()),
        (cluster(), opinion()),
        ({"cluster": cluster(), "opinion": opinion()},),
        ({"cluster": cluster(), "opinions": [opinion()]},),
        (opinion(cluster=cluster()),),
        (cluster(sub_opinions=[opinion()]),),
        ({"count": 1, "next": None, "previous": None, "results": [opinion(cluster=cluster())]},),
    ],
)
def test_an_opinion_is_joined_with_its_cluster_in_every_shape(
    tmp_path: Path, contents: tuple[Any, ...]
) -> None:
    (document,), outcomes = imported(tmp_path, *contents)
    source = document.source
    assert not any(each.problem for each in outcomes)
    assert source.id == "official-opinion-77-clerk-v-list"
    assert source.title == "Clerk v. List: Lead opinion (Doe)"
    assert source.citation == "9 F.4th 12 (2025-11-21)"
    assert source.publisher == "Court of Lists"
    assert (source.published, source.status) == ("2025-11-21", Standing.IN_EFFECT)
    assert source.url == "https://www.courtlistener.com/opinion/70/clerk-v-list/"
    assert source.sources[1] == "https://www.cadc.uscourts.gov/70.pdf"
    assert [each.heading for each in document.sections] == ["Lead opinion (Doe), paragraphs 1 to 2"]


def test_an_opinion_without_its_cluster_tells_where_to_get_it(tmp_path: Path) -> None:
    documents, (outcome,) = imported(tmp_path, opinion())
    assert documents == []
    assert "/api/rest/v4/clusters/70/" in outcome.problem


def test_a_dissent_is_shown_as_a_dissent(tmp_path: Path) -> None:
    dissent = opinion(id=78, type="040dissent", author_str="Roe", cluster=cluster())
    (document,), (outcome,) = imported(tmp_path, dissent)
    source = document.source
    assert source.title == "Clerk v. List: Dissenting opinion (Roe)"
    assert source.citation == "9 F.4th 12 (dissenting opinion, 2025-11-21)"
    assert (source.status, source.basis) == (Standing.HISTORICAL, Basis.BACKGROUND)
    assert document.sections[0].heading.startswith("Dissenting opinion (Roe)")
    assert any("not the court's" in each for each in outcome.notices)


@pytest.mark.parametrize(
    ("told", "warning"),
    [
        ({"extracted_by_ocr": True}, "read by OCR"),
        ({"type": "010combined"}, "a dissent within it is not told apart"),
        ({"type": "999new"}, "does not tell what sort"),
    ],
)
def test_what_is_doubtful_in_an_opinion_is_told(
    tmp_path: Path, told: dict[str, Any], warning: str
) -> None:
    _, (outcome,) = imported(tmp_path, opinion(cluster=cluster(), **told))
    assert any(warning in each for each in outcome.notices)


def test_plain_text_is_joined_from_lines_and_pages(tmp_path: Path) -> None:
    text = (
        "                 Clerk v. List\n\n     A surety or inter-\nnational office may see the "
        "list, and it\n\f          2\nmay copy it.\n\n     An international office is one.\n"
    )
    told = opinion(html_with_citations="", plain_text=text, cluster=cluster())
    (document,), _ = imported(tmp_path, told)
    assert [
        (each.heading, [document.text[slice(*span)] for span in each.paragraphs])
        for each in document.sections
    ] == [
        (
            "Lead opinion (Doe), page 1",
            [
                "Clerk v. List",
                "A surety or international office may see the list, and it may copy it.",
            ],
        ),
        ("Lead opinion (Doe), page 2", ["An international office is one."]),
    ]


def test_an_opinion_without_text_is_told(tmp_path: Path) -> None:
    _, (outcome,) = imported(tmp_path, opinion(html_with_citations="", cluster=cluster()))
    assert "the opinion has no text" in outcome.problem


def test_html_is_read_as_a_browser_shows_it() -> None:
    html = (
        "<style>p{}</style><script>alert(1)</script><p>One &amp; <i>two</i>.</p><p hidden>No.</p>"
        '<p style="display: none">No.</p><span class="star-pagination">*12</span><p>On twelve '
        '<span class="star-pagination">*13</span>and on.</p></div><p>On thirteen.'
    )
    assert [(each.text, each.page) for each in html_blocks(html)] == [
        ("One & two.", ""),
        ("On twelve and on.", "12"),
        ("On thirteen.", "13"),
    ]


def test_pages_of_the_reporter_are_the_places(tmp_path: Path) -> None:
    html = '<page-number label="5">*5</page-number><p>On five.</p>'
    (document,), _ = imported(tmp_path, opinion(html_with_citations=html, cluster=cluster()))
    assert [each.heading for each in document.sections] == ["Lead opinion (Doe), page *5"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"caseName": "A v. B", "opinions": [{"snippet": "…"}]}, "search result of CourtListener"),
        ([{"model": "search.opinion", "fields": {}, "pk": 1}], "dump of a database"),
        ({"provisions": []}, "an object with provisions"),
        ([], "a list"),
        ([1, 2], "a list"),
    ],
)
def test_other_json_is_told_by_what_it_holds(tmp_path: Path, content: Any, said: str) -> None:
    _, (outcome,) = imported(tmp_path, content)
    assert said in outcome.problem
