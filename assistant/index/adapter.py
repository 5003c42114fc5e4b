"""What the bundled model was taught of this subject: a low-rank adapter (LoRA; Hu et al., 2021).

all-MiniLM-L6-v2 was trained on English, and on no question of this subject. To each of its matrices
the product of two narrow ones is added, once, when it is opened; so an encoding takes no longer.
``python -m evals adapter`` trains them, on the kinds of question, their wordings, the questions of
the documents and the two languages of their sentences; no question of the judging half of the
evaluation is among these. These were trained so in 1,200 steps (rank 24, seed 1) on lessons of the
hash 90d7ed857e50ecfa, then in 420 more (``--from``, rate 5e-4, 32 minutes on two busy cores) on
those of the hash ad6e1aabe21635db, with thirteen more guides and some 160 more plans, and in 500
more (seed 2) on those of the hash 1ae2a56c57cdee26, with 67 more plans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

Array = NDArray[np.float32]

ADAPTER_FILE = Path(__file__).with_name("adapter.safetensors")
ADAPTER_SHA256 = "5ba22e4fd730e6ddc50ef273b446b71016d03aecd2df5a2f969e825ffd7a4eb5"
EMBEDDINGS = "embeddings.word_embeddings"


@dataclass(frozen=True, slots=True)
class Adapter:
    """Two narrow matrices for each adapted module of the model, by the module's name.

    Of a linear module ``outer`` (outputs by rank) times ``inner`` (rank by inputs) is added to the
    weights; of the embeddings ``inner`` (words by rank) times ``outer`` transposed.
    """

    inner: Mapping[str, Array]
    outer: Mapping[str, Array]

    @classmethod
    def load(cls, file: Path = ADAPTER_FILE) -> Adapter:
        """Reads an adapter, kept in half precision."""
        parts = {name: part.astype(np.float32) for name, part in load_file(file).items()}
        return cls(
            {name.removesuffix(".inner"): parts[name] for name in parts if name.endswith(".inner")},
            {name.removesuffix(".outer"): parts[name] for name in parts if name.endswith(".outer")},
        )

    def additions(self) -> Iterator[tuple[str, Array]]:
        """The name of each adapted matrix of weights, and what is added to it."""
        for name, inner in self.inner.items():
            outer = self.outer[name]
            added: Array = inner @ outer.T if name == EMBEDDINGS else outer @ inner
            yield f"{name}.weight", added
