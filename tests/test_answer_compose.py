"""Every mark has its citation, every citation its mark, numbered as they are read."""

from __future__ import annotations

import re

from fakes import chosen_from, make_passage, make_source
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.compose import compose
from assistant.answer.select import Chosen

ONE = make_passage("First thing. Second thing. Third thing.", make_source("one"), start=100)
TWO = make_passage("Fourth thing. Fifth thing.", make_source("two"), start=7)

CHOICES = st.lists(
    st.sampled_from([*chosen_from(ONE, 0, 1, 2), *chosen_from(TWO, 0, 1)]), max_size=8
)


def test_nothing_chosen_gives_an_empty_answer() -> None:
    composed = compose(())
    assert (composed.text, composed.sentences, composed.citations) == ("", (), ())


def test_sentences_of_one_passage_make_one_paragraph() -> None:
    composed = compose((*chosen_from(ONE, 0, 2), *chosen_from(TWO, 1)))
    assert composed.text == "First thing. [1] Third thing. [2]\n\nFifth thing. [3]"


def test_a_citation_is_the_sentence_at_its_place() -> None:
    (citation,) = compose(chosen_from(ONE, 1)).citations
    assert citation.passage is ONE
    assert (citation.start, citation.end) == (113, 126)
    assert citation.quote == "Second thing." == ONE.text[citation.start - 100 : citation.end - 100]


@given(CHOICES)
def test_numbers_count_from_one_in_reading_order(chosen: list[Chosen]) -> None:
    composed = compose(chosen)
    numbers = list(range(1, len(chosen) + 1))
    assert [citation.number for citation in composed.citations] == numbers
    assert [sentence.citations for sentence in composed.sentences] == [(n,) for n in numbers]
    assert [int(mark) for mark in re.findall(r"\[(\d+)\]", composed.text)] == numbers


@given(CHOICES)
def test_the_text_holds_quotations_and_marks_and_nothing_else(chosen: list[Chosen]) -> None:
    composed = compose(chosen)
    left = composed.text
    for citation, sentence in zip(composed.citations, composed.sentences, strict=True):
        assert citation.quote == sentence.text
        marked = f"{citation.quote} [{citation.number}]"
        assert left.lstrip().startswith(marked)
        left = left.lstrip()[len(marked) :]
    assert left == ""
