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


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each list counts; the names are those in ``Hit.ranks``."""

    passage_vector: float
    sentence_vector: float
    question_vector: float
    text_words: float
    question_words: float


# The bundled model was trained on English; in Spanish, words tell more than vectors.
WEIGHTS = {
    Language.EN: Weights(1.0, 1.0, 1.0, 1.0, 0.7),
    Language.ES: Weights(0.3, 0.3, 0.5, 1.2, 1.0),
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


def best_of(values: Scores, owners: NDArray[np.int64], count: int) -> Scores:
    """For each of ``count`` owners the highest of its values, 0 where it has none."""
    best = np.zeros(count)
    np.maximum.at(best, owners, values)
    return best
