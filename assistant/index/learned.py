"""A linear map, learned while building, from a question to the section that answers it.

The bundled model was trained on English, and on no question of this subject. The documents list the
questions that each section answers, so ridge regression can learn from them: from a question's
words (tf-idf) and its vector to the middle of the section's sentences, for both languages in the
English twin, where the model knows best what is near what. Solved in closed form, so nothing is
random; on the evaluation's unseen questions it finds more than any single list beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_RIDGE = 1.0
_RAREST = 2  # a word must stand in so many texts to be learned from
_FILE = "map.npz"


@dataclass(frozen=True, slots=True)
class QuestionMap:
    """``weights`` has one row a known word, then one a number of the vector.

    ``sections`` has the unit direction of each section, seen from the middle of all of them.
    """

    vocabulary: dict[str, int]
    idf: Array
    weights: Array
    sections: Array

    def scores(self, words: Sequence[str], vector: Array) -> Array:
        """For each section the cosine between its direction and the one that the question has."""
        direction = applied(self.weights, tf_idf(words, self.vocabulary, self.idf), vector)
        cosines: Array = self.sections @ direction / (np.linalg.norm(direction) or 1.0)
        return cosines

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word; one never met is as rare as the rarest."""
        row = self.vocabulary.get(word)
        return float(self.idf[row]) if row is not None else float(self.idf.max(initial=1.0))

    @classmethod
    def learn(
        cls,
        texts: Sequence[Sequence[str]],
        vectors: Array,
        owners: NDArray[np.int64],
        targets: Array,
    ) -> QuestionMap:
        """Fits the map to texts (as words and as vectors, a row each) and their owners.

        ``owners`` numbers the section of each text; ``targets`` has one unit vector a section.
        """
        vocabulary, idf = vocabulary_of(texts, _RAREST)
        middle = targets[owners].mean(axis=0) if len(owners) else np.zeros(vectors.shape[1])
        features = word_features(texts, vocabulary, idf)
        weights = ridge(features, vectors, targets[owners] - middle, _RIDGE)
        away = targets - middle
        # A section that lies in the very middle has no direction, and none is made up for it.
        lengths = np.maximum(np.linalg.norm(away, axis=1, keepdims=True), np.float32(1e-6))
        sections = away / lengths
        return cls(
            vocabulary,
            idf.astype(np.float32),
            weights.astype(np.float32),
            sections.astype(np.float32),
        )

    def save(self, folder: Path) -> None:
        """Writes the map into a folder of its own."""
        folder.mkdir(parents=True)
        words = np.array(list(self.vocabulary), dtype=np.str_)
        np.savez(
            folder / _FILE,
            words=words,
            idf=self.idf,
            weights=self.weights,
            sections=self.sections,
        )

    @classmethod
    def load(cls, folder: Path) -> QuestionMap:
        """Reads what ``save`` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as parts:
            vocabulary = {word: row for row, word in enumerate(parts["words"].tolist())}
            return cls(vocabulary, parts["idf"], parts["weights"], parts["sections"])


def vocabulary_of(
    texts: Sequence[Sequence[str]], rarest: int
) -> tuple[dict[str, int], NDArray[np.floating]]:
    """The words that stand in so many texts, numbered, and how rare each is (idf)."""
    seen = Counter(word for text in texts for word in set(text))
    known = sorted(word for word, count in seen.items() if count >= rarest)
    idf = np.log(1 + len(texts) / np.array([seen[word] for word in known]))
    return {word: column for column, word in enumerate(known)}, idf


def word_features(
    texts: Sequence[Sequence[str]], vocabulary: dict[str, int], idf: NDArray[np.floating]
) -> Any:
    """A sparse row a text, as ``tf_idf`` has it, all at once."""
    from scipy.sparse import coo_matrix

    columns = [[vocabulary[word] for word in text if word in vocabulary] for text in texts]
    rows = np.repeat(np.arange(len(texts)), [len(found) for found in columns])
    cells = (rows, np.fromiter(chain.from_iterable(columns), dtype=np.int64, count=len(rows)))
    # Two of a word in one text come together in one cell, counted.
    counts = coo_matrix((np.ones(len(rows)), cells), shape=(len(texts), len(vocabulary))).tocsr()
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(lengths, np.diff(counts.indptr))
    return counts


def ridge(words: Any, vectors: Array, aims: Array, penalty: float) -> Array:
    """The weights of ridge regression (Hoerl and Kennard, 1970), in closed form.

    A text's features are its sparse words, then its dense vector. Each is multiplied in its own
    way: written as one sparse matrix, the vectors made this ten times slower. Where the texts are
    fewer than the features, what is solved has a row a text, which gives the same weights.
    """
    from scipy.linalg import cho_factor, cho_solve

    known, dense = words.shape[1], vectors.astype(np.float64)
    size = known + dense.shape[1]
    if len(dense) < size:
        alike = np.asfortranarray((words @ words.T).toarray() + dense @ dense.T)
        alike[np.diag_indices(len(dense))] += penalty
        factor = cho_factor(alike, lower=True, overwrite_a=True, check_finite=False)
        shares = cho_solve(factor, aims, check_finite=False)
        return np.vstack([words.T @ shares, dense.T @ shares])
    # Of a symmetric matrix the lower half is enough.
    gram = np.zeros((size, size), order="F")
    gram[:known, :known] = (words.T @ words).toarray()
    gram[known:, :known] = (words.T @ dense).T
    gram[known:, known:] = dense.T @ dense
    gram[np.diag_indices(size)] += penalty
    aimed = np.vstack([words.T @ aims, dense.T @ aims])
    factor = cho_factor(gram, lower=True, overwrite_a=True, check_finite=False)
    weights: Array = cho_solve(factor, aimed, overwrite_b=True, check_finite=False)
    return weights


def applied(weights: Array, words: Sequence[tuple[int, float]], vector: Array) -> Array:
    """What the weights of ``ridge`` make of a text, told by its ``tf_idf`` and its vector."""
    made: Array = vector @ weights[len(weights) - len(vector) :]
    for column, value in words:
        made = made + np.float32(value) * weights[column]
    return made


def tf_idf(
    words: Sequence[str], vocabulary: dict[str, int], idf: NDArray[np.floating]
) -> list[tuple[int, float]]:
    """(column, value) of the known words, scaled to unit length."""
    counts = Counter(word for word in words if word in vocabulary)
    values = [
        (vocabulary[word], (1 + np.log(count)) * float(idf[vocabulary[word]]))
        for word, count in counts.items()
    ]
    length = float(np.sqrt(sum(value * value for _, value in values))) or 1.0
    return [(column, value / length) for column, value in values]
