"""all-MiniLM-L6-v2 computed with NumPy: the same vectors, ready in a third of a second.

A person waits for a question's vector, and importing torch and sentence-transformers takes longer
than answering. The forward pass of this BERT (Devlin et al., 2019; six layers, mean pooling, unit
length) is small enough to write out; a test holds it to sentence-transformers' own result.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.special import ndtr
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from assistant.index.adapter import Adapter

Array = NDArray[np.float32]

_LAYERS, _HEADS, _WIDTH, _LONGEST = 6, 12, 384, 256
_EPSILON = np.float32(1e-12)
_ATTENDING, _JOINED = ("query", "key", "value"), "query_key_value"
_SCALE = np.float32((_WIDTH / _HEADS) ** 0.5)


class MiniLM:
    """Encodes a few texts, side by side: what the weights cost to read, they cost once."""

    def __init__(self, folder: Path, adapter: Adapter | None = None) -> None:
        """Reads ``tokenizer.json`` and ``model.safetensors`` from a model folder."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        self._weights: dict[str, Array] = load_file(folder / "model.safetensors")
        for name, added in adapter.additions() if adapter else ():
            self._weights[name] += added
        for layer in range(_LAYERS):
            self._join_heads(f"encoder.layer.{layer}.attention.self.")
        self._threads = ThreadpoolController()

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit vectors, a row of 384 numbers a text, of its first 256 pieces; one or more."""
        pieces = [np.array(self._tokenizer.encode(text).ids) for text in texts]
        ends = np.cumsum([len(ids) for ids in pieces])
        spans = [slice(end - len(ids), end) for end, ids in zip(ends, pieces, strict=True)]
        # These matrices are too small to share out: on a busy machine threads that wait for each
        # other made this forty times slower.
        with self._threads.limit(limits=1, user_api="blas"):
            hidden = self._embed(pieces)
            for layer in range(_LAYERS):
                hidden = self._layer(hidden, spans, f"encoder.layer.{layer}.")
        means = np.array([hidden[span].mean(axis=0) for span in spans])
        units: Array = means / np.linalg.norm(means, axis=1, keepdims=True)
        return units

    def _join_heads(self, prefix: str) -> None:
        """Makes one matrix of three: what is asked, what is told and what is passed on."""
        for kind in (".weight", ".bias"):
            parts = [self._weights.pop(prefix + name + kind) for name in _ATTENDING]
            self._weights[prefix + _JOINED + kind] = np.concatenate(parts)

    def _embed(self, pieces: Sequence[NDArray[np.int64]]) -> Array:
        weights, prefix = self._weights, "embeddings."
        places = np.concatenate([np.arange(len(ids)) for ids in pieces])
        summed = (
            weights[prefix + "word_embeddings.weight"][np.concatenate(pieces)]
            + weights[prefix + "position_embeddings.weight"][places]
            + weights[prefix + "token_type_embeddings.weight"][0]
        )
        return self._normalise(summed, prefix + "LayerNorm")

    def _layer(self, hidden: Array, spans: Sequence[slice], prefix: str) -> Array:
        joined = self._linear(hidden, prefix + "attention.self." + _JOINED)
        mixed = np.concatenate([_attended(joined[span]) for span in spans])
        attended = self._linear(mixed, prefix + "attention.output.dense")
        hidden = self._normalise(hidden + attended, prefix + "attention.output.LayerNorm")
        wide = self._linear(hidden, prefix + "intermediate.dense")
        wide = wide * ndtr(wide)  # GELU
        return self._normalise(
            hidden + self._linear(wide, prefix + "output.dense"), prefix + "output.LayerNorm"
        )

    def _linear(self, hidden: Array, name: str) -> Array:
        product: Array = hidden @ self._weights[name + ".weight"].T
        product += self._weights[name + ".bias"]
        return product

    def _normalise(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        scaled: Array = (
            centred / spread * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        )
        return scaled


def _attended(joined: Array) -> Array:
    """What each piece of one text takes from the others."""
    length = len(joined)
    query, key, value = joined.reshape(length, 3, _HEADS, -1).transpose(1, 2, 0, 3)
    scores = query @ key.transpose(0, 2, 1) / _SCALE
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    mixed: Array = (scores @ value).transpose(1, 0, 2).reshape(length, _WIDTH)
    return mixed
