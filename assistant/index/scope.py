"""A linear map, learned while building, that tells questions of ours from those that are not.

Ridge regression (Hoerl and Kennard, 1970) learns from the questions that the documents list and the
examples of each kind against examples that no document answers; both sides count the same. How near
a question lies to the documents does not tell it: many that they do not answer speak of taxes, of
courts and of ICE too. Held out in turn, of the examples 88 in 100 were kept back with this sign
among those of ``assistant/answer/weigh.py``, and 74 without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.learned import applied, ridge, tf_idf, vocabulary_of, word_features

Array = NDArray[np.float32]

_RIDGE = 8.0
_VECTOR = 2.5  # length of a vector beside the unit length of the words
_RAREST = 2  # a word must stand in so many texts to be learned from
_UNLEARNED = 0.5  # what most questions of ours have: with nothing learned, nothing speaks against
_FILE = "scope.npz"


@dataclass(frozen=True, slots=True)
class ScopeMap:
    """``weights`` has one a known word, one a number of the vector, and one that always counts."""

    vocabulary: dict[str, int]
    idf: Array
    weights: Array

    def strength(self, words: Sequence[str], vector: Array) -> float:
        """About 1 for a question of ours and -1 for one that is not."""
        if not len(self.weights):
            return _UNLEARNED
        told = tf_idf(words, self.vocabulary, self.idf)
        return float(applied(self.weights, told, np.append(vector, np.float32(1))))

    @classmethod
    def learn(
        cls, texts: Sequence[Sequence[str]], vectors: Array, ours: Sequence[bool]
    ) -> ScopeMap:
        """Fits the map to texts (as words and as vectors, a row each) that are ours or are not."""
        vocabulary, idf = vocabulary_of(texts, _RAREST)
        side = np.array(ours)
        counts = np.where(side, side.sum(), len(side) - side.sum())
        root = np.sqrt(len(side) / (2.0 * counts))
        features = word_features(texts, vocabulary, idf).multiply(root[:, None]).tocsr()
        dense = np.hstack([vectors, np.ones((len(texts), 1))]) * _VECTOR
        aims = np.where(side, root, -root)[:, None]
        weights = ridge(features, dense * root[:, None], aims, _RIDGE).ravel()
        weights[len(vocabulary) :] *= _VECTOR
        return cls(vocabulary, idf.astype(np.float32), weights.astype(np.float32))

    @classmethod
    def none(cls) -> ScopeMap:
        """A map that has learned nothing."""
        empty = np.zeros(0, dtype=np.float32)
        return cls({}, empty, empty)

    def save(self, folder: Path) -> None:
        """Writes the map into a folder of its own."""
        folder.mkdir(parents=True)
        words = np.array(list(self.vocabulary), dtype=np.str_)
        np.savez(folder / _FILE, words=words, idf=self.idf, weights=self.weights)

    @classmethod
    def load(cls, folder: Path) -> ScopeMap:
        """Reads what ``save`` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as parts:
            vocabulary = {word: row for row, word in enumerate(parts["words"].tolist())}
            return cls(vocabulary, parts["idf"], parts["weights"])
