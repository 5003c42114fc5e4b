"""A sentence stands only where its document holds it to the letter, at this moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Passage, Sentence
from assistant.verify.quotes import source_reader, stands

SOURCE = make_source("doc")
BEFORE = "---\nid: doc\n---\n\n## Heading\n\n"
TEXT = "La dirección está protegida. Nobody may tell."
WHOLE = f"{BEFORE}{TEXT}\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / SOURCE.path
    file.parent.mkdir(parents=True)
    file.write_text(WHOLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def passage() -> Passage:
    return make_passage(TEXT, SOURCE, start=len(BEFORE))


def standing(passage: Passage, corpus: Path) -> list[bool]:
    text_of = source_reader(corpus)
    return [stands(passage, sentence, text_of) for sentence in passage.sentences]


def test_sentences_of_the_document_stand(passage: Passage, corpus: Path) -> None:
    assert standing(passage, corpus) == [True, True]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("may tell", "can tell", [True, False]),
        ("protegida", "Protegida", [False, True]),
        ("dirección", "direccion", [False, True]),
        ("ó", "o\u0301", [False, False]),
        ("id: doc", "id: document", [False, False]),
        ("tell.", "tell.  ", [True, True]),
        (TEXT, "", [False, False]),
    ],
)
def test_an_altered_document_lets_fall_what_it_no_longer_says(
    old: str, new: str, expected: list[bool], passage: Passage, corpus: Path
) -> None:
    file = corpus / SOURCE.path
    file.write_text(WHOLE.replace(old, new), encoding="utf-8")
    assert standing(passage, corpus) == expected


def test_nothing_stands_in_a_document_that_is_gone(passage: Passage, corpus: Path) -> None:
    (corpus / SOURCE.path).unlink()
    assert standing(passage, corpus) == [False, False]


def test_nothing_stands_in_a_file_that_is_no_text(passage: Passage, corpus: Path) -> None:
    (corpus / SOURCE.path).write_bytes(b"\xff\xfe" * 200)
    assert standing(passage, corpus) == [False, False]


def test_nothing_stands_in_a_folder(passage: Passage, corpus: Path) -> None:
    (corpus / SOURCE.path).unlink()
    (corpus / SOURCE.path).mkdir()
    assert standing(passage, corpus) == [False, False]


def test_a_document_is_read_once_for_an_answer(passage: Passage, corpus: Path) -> None:
    text_of = source_reader(corpus)
    assert stands(passage, passage.sentences[0], text_of)
    (corpus / SOURCE.path).unlink()
    assert stands(passage, passage.sentences[1], text_of)


@given(st.text(min_size=1, max_size=60), st.integers(0, 90), st.integers(0, 90))
def test_nonsense_never_stands(text: str, start: int, end: int) -> None:
    passage = make_passage(TEXT, SOURCE, start=len(BEFORE))
    said = stands(passage, Sentence(text, start, end), lambda path: WHOLE)
    assert said == (WHOLE[start:end] == text)


@given(st.data())
def test_a_true_sentence_moved_by_any_step_falls(data: st.DataObject) -> None:
    passage = make_passage(TEXT, SOURCE, start=len(BEFORE))
    sentence = data.draw(st.sampled_from(passage.sentences))
    step = data.draw(st.integers(-20, 20).filter(bool))
    moved = replace(sentence, start=sentence.start + step, end=sentence.end + step)
    assert not stands(passage, moved, lambda path: WHOLE)
