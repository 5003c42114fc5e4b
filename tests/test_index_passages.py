"""Passages come back from disk as they went, and nothing else is taken for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.passages import load_passages, save_passages
from assistant.models import Audience, Kind, Language, Passage, Standing

TEXT = st.text(min_size=1, max_size=80)
PASSAGES = st.lists(
    st.builds(
        make_passage,
        TEXT,
        st.builds(
            make_source,
            st.sampled_from(["one", "two"]),
            st.sampled_from(Language),
            kind=st.just(Kind.COURT),
            status=st.just(Standing.BLOCKED),
            audiences=st.just((Audience.STAFF, Audience.ADVOCATE)),
        ),
        pinpoint=TEXT,
        section=st.integers(0, 9),
        part=st.integers(0, 3),
        start=st.integers(0, 10_000),
        questions=st.lists(TEXT, max_size=2).map(tuple),
        answers=st.lists(st.lists(st.integers(0, 9), max_size=3).map(tuple), max_size=2).map(tuple),
    ),
    max_size=6,
)


@given(PASSAGES)
def test_what_was_saved_is_loaded_the_same(
    tmp_path_factory: pytest.TempPathFactory, passages: list[Passage]
) -> None:
    file = tmp_path_factory.mktemp("passages") / "passages.jsonl"
    save_passages(file, passages)
    assert load_passages(file) == tuple(passages)


@pytest.mark.parametrize("answers", [(), ((),), ((0,), ()), ((2, 0), (1,))])
def test_the_sentences_that_answer_come_back_with_their_questions(
    answers: tuple[tuple[int, ...], ...], tmp_path: Path
) -> None:
    asked = ("Who?", "When?")[: len(answers)]
    passage = make_passage("One. Two. Three.", questions=asked, answers=answers)
    save_passages(tmp_path / "file", [passage])
    (loaded,) = load_passages(tmp_path / "file")
    assert (loaded.questions, loaded.answers) == (asked, answers)


def test_the_whole_corpus_is_loaded_the_same(
    whole_passages: tuple[Passage, ...], tmp_path: Path
) -> None:
    save_passages(tmp_path / "all", whole_passages)
    assert load_passages(tmp_path / "all") == whole_passages


def test_the_facts_of_a_document_are_written_once(tmp_path: Path) -> None:
    save_passages(tmp_path / "file", [make_passage("One."), make_passage("Two.")])
    lines = (tmp_path / "file").read_text(encoding="utf-8").splitlines()
    assert [line.startswith('{"source"') for line in lines] == [True, False, False]


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "7",
        '{"passage": {}}',
        '{"source": {}}',
        '{"source": {"kind": "rumour"}}',
        "\x00",
    ],
)
def test_what_holds_no_passages_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text(content, encoding="utf-8")
    with pytest.raises((ValueError, KeyError, TypeError)):
        load_passages(tmp_path / "file")
