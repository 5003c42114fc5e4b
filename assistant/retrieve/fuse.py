"""Join several rankings into one: each list scaled to its own range, then weighed and summed.

On the documents' own questions, left out one at a time, weighed sums of scaled scores found more
than reciprocal rank fusion did: how clearly a list prefers its first is evidence too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.models import Language

Scores = NDArray[np.float64]

_DEPTH = 100  # places of a list that count
_BEST = 40  # places that tell which documents are about the question


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each list counts, named as in ``Hit.ranks``; then what the whole document adds."""

    passage_vector: float
    sentence_vector: float
    question_vector: float
    text_words: float
    question_words: float
    question_map: float
    document: float


# Means of the best twelve of four hundred drawn at random, scored on the tuning half of the
# evaluation's questions, brought to the sum that they had before, since a named provision and a
# standing are weighed against it: ``python -m evals fit fusion`` does it again.
WEIGHTS = {
    Language.EN: Weights(0.5, 0.97, 1.68, 1.14, 1.13, 1.36, 0.67),
    Language.ES: Weights(0.54, 0.51, 1.37, 1.45, 1.14, 1.32, 1.08),
}


def scaled(scores: Scores) -> Scores:
    """Scores from 0 (the place after the last that counts, or no match) to 1 (the best)."""
    if len(scores) == 0:
        return scores
    floor = max(float(np.partition(scores, -_DEPTH)[-_DEPTH]) if len(scores) > _DEPTH else 0.0, 0.0)
    top = float(scores.max())
    if top <= floor:
        return np.zeros_like(scores)
    return (np.maximum(scores, floor) - floor) / (top - floor)


def document_credit(fused: Scores, owners: NDArray[np.int64]) -> Scores:
    """From 0 to 1: how much of the best places each passage's document holds.

    A document of which several sections answer is the more likely to be about the question.
    """
    if len(fused) <= _BEST:
        return np.zeros_like(fused)
    order = np.argsort(-fused, kind="stable")[:_BEST]
    held = np.zeros(int(owners.max()) + 1)
    np.add.at(held, owners[order], fused[order] - fused[order[-1]])
    top = float(held.max())
    return held[owners] / top if top > 0 else np.zeros_like(fused)


def best_of(values: Scores, owners: NDArray[np.int64], count: int) -> Scores:
    """For each of ``count`` owners the highest of its values, 0 where it has none."""
    best = np.zeros(count)
    np.maximum.at(best, owners, values)
    return best
