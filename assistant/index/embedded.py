"""Vectors by text: what was embedded once is found again by the hash of its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embed import Embedder, Progress

Array = NDArray[np.float32]

_KEYS, _VECTORS = "keys.npy", "vectors.npy"


def text_key(text: str) -> bytes:
    """Sixteen bytes that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16].encode()


class Embedded:
    """The vectors of a set of texts, looked up by text."""

    def __init__(self, keys: Sequence[bytes], vectors: Array) -> None:
        self._rows = {key: row for row, key in enumerate(keys)}
        self._vectors = vectors

    def __contains__(self, text: str) -> bool:
        return text_key(text) in self._rows

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._vectors.shape[1])

    def rows(self, texts: Iterable[str]) -> Array:
        """Vectors of known texts, one row each, in the order given."""
        rows = [self._rows[text_key(text)] for text in texts]
        return self._vectors[np.array(rows, dtype=np.int64)]

    @classmethod
    def of(
        cls, texts: Iterable[str], known: Embedded | None, embedder: Embedder, progress: Progress
    ) -> Embedded:
        """Vectors of all texts; only those not known before are computed."""
        wanted = {text_key(text): text for text in texts}
        rows = known._rows if known else {}
        old = [key for key in wanted if key in rows]
        new = [key for key in wanted if key not in rows]
        progress(len(old))
        vectors = np.zeros((len(wanted), embedder.dimension), dtype=np.float32)
        if known and old:
            vectors[: len(old)] = known._vectors[[rows[key] for key in old]]
        vectors[len(old) :] = embedder.encode([wanted[key] for key in new], progress)
        return cls(old + new, vectors)

    def save(self, folder: Path) -> None:
        """Writes keys and vectors into a folder."""
        folder.mkdir(parents=True)
        np.save(folder / _KEYS, np.array(list(self._rows), dtype="S16"))
        np.save(folder / _VECTORS, self._vectors)

    @classmethod
    def load(cls, folder: Path) -> Embedded:
        """Reads what ``save`` wrote; vectors stay on disk until they are used."""
        keys = np.load(folder / _KEYS, allow_pickle=False)
        vectors = np.load(folder / _VECTORS, mmap_mode="r", allow_pickle=False)
        return cls(keys.tolist(), vectors)
