"""all-MiniLM-L6-v2 computed with NumPy: the same vectors, ready in a third of a second.

A person waits for a question's vector, and importing torch and sentence-transformers takes longer
than answering. The forward pass of this BERT (Devlin et al., 2019; six layers, mean pooling, unit
length) is small enough to write out; a test holds it to sentence-transformers' own result.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.special import erf
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

Array = NDArray[np.float32]

_LAYERS, _HEADS, _WIDTH, _LONGEST = 6, 12, 384, 256
_EPSILON = np.float32(1e-12)
_ROOT_TWO = np.float32(2**0.5)
_SCALE = np.float32((_WIDTH / _HEADS) ** 0.5)


class MiniLM:
    """Encodes one text at a time; about ten milliseconds for a question on two cores."""

    def __init__(self, folder: Path) -> None:
        """Reads ``tokenizer.json`` and ``model.safetensors`` from a model folder."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        self._weights: dict[str, Array] = load_file(folder / "model.safetensors")
        self._threads = ThreadpoolController()

    def encode(self, text: str) -> Array:
        """A unit vector of 384 numbers for the text's first 256 word pieces."""
        ids = np.array(self._tokenizer.encode(text).ids)
        # These matrices are too small to share out: on a busy machine threads that wait for each
        # other made this forty times slower.
        with self._threads.limit(limits=1, user_api="blas"):
            hidden = self._embed(ids)
            for layer in range(_LAYERS):
                hidden = self._layer(hidden, f"encoder.layer.{layer}.")
        mean = hidden.mean(axis=0)
        unit: Array = mean / np.linalg.norm(mean)
        return unit

    def _embed(self, ids: NDArray[np.int64]) -> Array:
        weights, prefix = self._weights, "embeddings."
        summed = (
            weights[prefix + "word_embeddings.weight"][ids]
            + weights[prefix + "position_embeddings.weight"][: len(ids)]
            + weights[prefix + "token_type_embeddings.weight"][0]
        )
        return self._normalise(summed, prefix + "LayerNorm")

    def _layer(self, hidden: Array, prefix: str) -> Array:
        attended = self._linear(
            self._attend(hidden, prefix + "attention.self."), prefix + "attention.output.dense"
        )
        hidden = self._normalise(hidden + attended, prefix + "attention.output.LayerNorm")
        wide = self._linear(hidden, prefix + "intermediate.dense")
        wide = wide * (1 + erf(wide / _ROOT_TWO)) / 2  # GELU
        return self._normalise(
            hidden + self._linear(wide, prefix + "output.dense"), prefix + "output.LayerNorm"
        )

    def _attend(self, hidden: Array, prefix: str) -> Array:
        length = len(hidden)
        query, key, value = (
            self._linear(hidden, prefix + name).reshape(length, _HEADS, -1).transpose(1, 0, 2)
            for name in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / _SCALE
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed: Array = (scores @ value).transpose(1, 0, 2).reshape(length, _WIDTH)
        return mixed

    def _linear(self, hidden: Array, name: str) -> Array:
        product: Array = hidden @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return product

    def _normalise(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        scaled: Array = (
            centred / spread * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        )
        return scaled
