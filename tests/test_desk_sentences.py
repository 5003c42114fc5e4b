"""A sentence leads to its twin by its place; where anything differs, to nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_faq_fakes import EN, ES, TEXTS, library, reader, sentences_of

from assistant.desk.sentences import Sentences
from assistant.models import Citation, Language, Passage
from assistant.verify.quotes import source_reader

CORPUS = Path(__file__).parent.parent / "corpus"


def cited(passage: Passage, place: int) -> Citation:
    sentence = passage.sentences[place]
    return Citation(7, passage, sentence.start, sentence.end, sentence.text)


def passage_of(name: str, language: Language) -> Passage:
    (found,) = (
        each for each in library() if (each.source.id, each.source.language) == (name, language)
    )
    return found


@pytest.mark.parametrize(
    ("name", "place", "twin"),
    [
        ("law", 0, "La ley guarda en privado las declaraciones."),
        ("law", 1, "Se escribió en 1976."),
        ("law", 2, "Una multa llega a $5,000."),
        ("order", 0, "Una jueza lo bloqueó el 4 de mayo de 2026."),
        ("odd", 0, None),  # another figure
        ("odd", 1, "Se pagó."),
        ("odd", 2, None),  # another count of sentences in its paragraph
    ],
)
def test_a_sentence_leads_to_the_one_in_its_place(name: str, place: int, twin: str | None) -> None:
    sentences = sentences_of(library())
    citation = cited(passage_of(name, EN), place)
    found = sentences.twin(citation)
    assert (found.quote if found else None) == twin
    if found:
        assert found.number == 7
        assert found.passage == passage_of(name, ES)
        assert sentences.twin(found) == citation


def test_parts_of_a_long_section_count_as_one() -> None:
    english, spanish = passage_of("law", EN), passage_of("law", ES)
    cut = english.text.index("A fine")
    first = replace(
        english,
        text=english.text[: cut - 2],
        end=cut - 2,
        sentences=english.sentences[:2],
    )
    second = replace(
        english,
        id="second",
        part=1,
        text=english.text[cut:],
        start=cut,
        sentences=english.sentences[2:],
    )
    sentences = Sentences.of((second, spanish, first), reader(library()))
    found = sentences.twin(cited(second, 0))
    assert found is not None
    assert found.quote == "Una multa llega a $5,000."
    back = sentences.twin(found)
    assert back is not None
    assert back.passage == second


def test_a_quotation_is_found_by_its_document_and_its_very_words() -> None:
    sentences = sentences_of(library())
    found = sentences.find(EN, "law", "It was written in 1976.")
    assert found == replace(cited(passage_of("law", EN), 1), number=0)
    for language, document, text in (
        (ES, "law", "It was written in 1976."),
        (EN, "order", "It was written in 1976."),
        (EN, "law", "It was written in 1976"),
        (EN, "law", "it was written in 1976."),
        (EN, "nowhere", "It was written in 1976."),
        (EN, "law", ""),
    ):
        assert sentences.find(language, document, text) is None


def test_what_a_document_no_longer_holds_is_not_given() -> None:
    sentences = sentences_of(library())
    altered = {**TEXTS, "law": {EN: TEXTS["law"][EN], ES: "La ley cambió. Se escribió en 1976."}}
    now = sentences.reread(reader(library(altered)))
    assert now.twin(cited(passage_of("law", EN), 0)) is None
    assert now.find(ES, "law", "La ley guarda en privado las declaraciones.") is None
    assert now.find(EN, "law", "The law keeps returns private.") is not None
    assert sentences.twin(cited(passage_of("law", EN), 0)) is not None
    gone = sentences.reread(lambda path: None)
    assert gone.find(EN, "law", "The law keeps returns private.") is None


def test_a_quotation_that_is_no_sentence_has_no_place_and_no_twin() -> None:
    sentences = sentences_of(library())
    whole = cited(passage_of("law", EN), 0)
    stranger = replace(whole, passage=passage_of("order", EN))
    for citation in (replace(whole, start=4), replace(whole, quote=whole.quote[:-2]), stranger):
        assert sentences.place(citation) is None
        assert sentences.twin(citation) is None


def test_nearly_every_sentence_of_the_documents_has_its_twin(
    whole_passages: tuple[Passage, ...],
) -> None:
    sentences = Sentences.of(whole_passages, source_reader(CORPUS))
    alone = []
    for passage in whole_passages:
        for place in range(len(passage.sentences)):
            citation = cited(passage, place)
            twin = sentences.twin(citation)
            if twin is None:
                alone.append(citation.quote)
                continue
            there = twin.passage
            assert (there.source.id, there.section) == (passage.source.id, passage.section)
            assert there.source.language is not passage.source.language
            assert there.text[twin.start - there.start : twin.end - there.start] == twin.quote
            assert sentences.twin(twin) == citation
    # Some sentences are cut differently, or quote English words in Spanish.
    assert len(alone) < 20
