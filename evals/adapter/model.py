"""The bundled model with a narrow matrix product beside each of its own (LoRA; Hu et al., 2021)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from assistant.index.adapter import EMBEDDINGS, Adapter

_LONGEST = 48  # pieces of a text that are read; few sentences have more


class _Linear(nn.Module):
    def __init__(self, base: Any, rank: int) -> None:
        super().__init__()
        self.base = base
        self.inner = nn.Parameter(torch.randn(rank, base.in_features) / base.in_features**0.5)
        self.outer = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, given: Tensor) -> Any:
        return self.base(given) + (given @ self.inner.T) @ self.outer.T


class _Embedding(nn.Module):
    def __init__(self, base: Any, rank: int) -> None:
        super().__init__()
        self.base = base
        self.inner = nn.Parameter(torch.zeros(base.num_embeddings, rank))
        self.outer = nn.Parameter(torch.randn(base.embedding_dim, rank) * 0.02)

    def forward(self, pieces: Tensor) -> Any:
        return self.base(pieces) + self.inner[pieces] @ self.outer.T


class Taught:
    """The model under training: nothing of its own changes, only what stands beside."""

    def __init__(self, folder: Path, rank: int, start: Adapter | None) -> None:
        from transformers import AutoModel, AutoTokenizer

        self._cut = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModel.from_pretrained(folder).eval()
        for parameter in self._model.parameters():
            parameter.requires_grad = False
        self._beside = dict(self._adapted(rank))
        if start:
            self._go_on(start)

    def _go_on(self, start: Adapter) -> None:
        with torch.no_grad():
            for name, module in self._beside.items():
                module.inner.copy_(torch.from_numpy(start.inner[name]))
                module.outer.copy_(torch.from_numpy(start.outer[name]))

    def _adapted(self, rank: int) -> Iterator[tuple[str, Any]]:
        for name, module in list(self._model.named_modules()):
            linear = name.startswith("encoder.") and isinstance(module, nn.Linear)
            if linear or name == EMBEDDINGS:
                parent, _, last = name.rpartition(".")
                beside = _Linear(module, rank) if linear else _Embedding(module, rank)
                setattr(self._model.get_submodule(parent), last, beside)
                yield name, beside

    @property
    def parameters(self) -> list[nn.Parameter]:
        """What is trained."""
        return [part for each in self._beside.values() for part in (each.inner, each.outer)]

    def encode(self, texts: Sequence[str]) -> Tensor:
        """Unit vectors, a row a text: the mean over its pieces."""
        cut = self._cut(
            list(texts), padding=True, truncation=True, max_length=_LONGEST, return_tensors="pt"
        )
        hidden = self._model(**cut).last_hidden_state
        kept = cut["attention_mask"].unsqueeze(-1).float()
        return nn.functional.normalize((hidden * kept).sum(1) / kept.sum(1), dim=-1)

    def matrices(self) -> dict[str, np.ndarray[Any, np.dtype[np.float16]]]:
        """The adapter's matrices, as ``Adapter.load`` reads them."""
        return {
            f"{name}.{side}": getattr(module, side).detach().numpy().astype(np.float16)
            for name, module in self._beside.items()
            for side in ("inner", "outer")
        }
