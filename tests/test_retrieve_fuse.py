"""Rankings are joined by how clearly each prefers its best, and by what whole documents hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assistant.models import Language
from assistant.retrieve.fuse import WEIGHTS, best_of, document_credit, scaled

SCORES = arrays(np.float64, st.integers(0, 250), elements=st.floats(-10, 1000, width=32))

SCALED = [
    ([], []),
    ([0.0, 0.0], [0.0, 0.0]),
    ([5.0], [1.0]),
    ([2.0, 1.0, 0.0], [1.0, 0.5, 0.0]),
    ([3.0, 3.0, 0.0], [1.0, 1.0, 0.0]),
    ([-1.0, -0.5], [0.0, 0.0]),
    ([-1.0, 0.5], [0.0, 1.0]),
]


@pytest.mark.parametrize(("scores", "expected"), SCALED)
def test_scores_are_scaled_from_no_match_to_the_best(
    scores: list[float], expected: list[float]
) -> None:
    assert list(scaled(np.array(scores))) == expected


def test_in_a_long_list_only_the_first_hundred_places_count() -> None:
    result = scaled(np.arange(1.0, 151.0))
    assert result[-1] == 1.0
    assert np.count_nonzero(result) == 99
    assert list(result[:51]) == [0.0] * 51


@given(SCORES)
def test_scaling_keeps_the_order_and_stays_between_nought_and_one(
    scores: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> None:
    result = scaled(scores)
    assert len(result) == len(scores)
    assert ((result >= 0) & (result <= 1)).all()
    order = np.argsort(scores, kind="stable")
    assert (np.diff(result[order]) >= 0).all()


BEST = [
    ([1.0, 3.0, 2.0], [0, 0, 1], 2, [3.0, 2.0]),
    ([1.0], [2], 4, [0.0, 0.0, 1.0, 0.0]),
    ([], [], 2, [0.0, 0.0]),
    ([-1.0], [0], 1, [0.0]),
]


@pytest.mark.parametrize(("values", "owners", "count", "expected"), BEST)
def test_an_owner_has_the_highest_of_its_values(
    values: list[float], owners: list[int], count: int, expected: list[float]
) -> None:
    found = best_of(np.array(values), np.array(owners, dtype=np.int64), count)
    assert list(found) == expected


class TestTheCreditOfADocument:
    def test_a_document_that_holds_most_of_the_best_places_has_all_of_it(self) -> None:
        fused = np.arange(100.0, 0.0, -1.0)
        owners = np.array([0, 0, 1] + [2 + row for row in range(97)], dtype=np.int64)
        credit = document_credit(fused, owners)
        assert credit[0] == credit[1] == 1.0
        assert 0 < credit[2] < 1
        assert credit[-1] == 0

    def test_among_few_passages_every_document_stands_alone(self) -> None:
        assert not document_credit(np.arange(40.0), np.zeros(40, dtype=np.int64)).any()

    def test_where_nothing_was_found_no_document_has_any(self) -> None:
        assert not document_credit(np.zeros(80), np.zeros(80, dtype=np.int64)).any()


@pytest.mark.parametrize("language", Language)
def test_every_list_counts_in_every_language(language: Language) -> None:
    weights = WEIGHTS[language]
    assert min(weights.question_vector, weights.text_words, weights.question_words) > 0
    assert min(weights.passage_vector, weights.sentence_vector, weights.document) > 0
