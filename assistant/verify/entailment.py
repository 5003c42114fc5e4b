"""An entailment model beside our own checks: does what is quoted entail what a model wrote?

Any sentence-transformers cross-encoder that was trained to tell entailment, such as
``cross-encoder/nli-deberta-v3-small``, from a folder or from a cache on this machine.
"""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from assistant.errors import ModelError
from assistant.index.embed import stay_offline

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_LABEL = "entail"  # how the name of its label begins, whatever follows


class Entailment(Protocol):
    """The seam for entailment models; tests put a fake in its place."""

    def probability(self, premise: str, claim: str) -> float:
        """How likely the premise entails the claim, from 0 to 1."""
        ...


def entailment_named(name: str | None) -> NamedEntailment | None:
    """The model of that name; None where none is set."""
    return NamedEntailment(name) if name else None


class NamedEntailment:
    """A cross-encoder by name or folder, loaded when it is first asked; nothing is downloaded.

    Safe to share between threads: one asks at a time.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = Lock()

    def probability(self, premise: str, claim: str) -> float:
        """How likely the premise entails the claim, from 0 to 1.

        Raises:
            ModelError: It cannot be loaded, or does not tell entailment.
        """
        with self._lock:
            model, label = self._model
            told = model.predict([(premise, claim)], apply_softmax=True, show_progress_bar=False)
        return float(told[0][label])

    def load(self) -> None:
        """Loads it now, so that what is wrong with it is said before anything is asked.

        Raises:
            ModelError: It cannot be loaded, or does not tell entailment.
        """
        with self._lock:
            _ = self._model

    @cached_property
    def _model(self) -> tuple[CrossEncoder, int]:
        """The model, and the number of the label that means entailment."""
        mend = "Set ASSISTANT_ENTAILMENT to a folder that holds one, or unset it."
        try:
            from sentence_transformers import CrossEncoder

            stay_offline()
            model = CrossEncoder(self.name, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            # What the library says of it is of a hub, where nothing was looked for.
            raise ModelError(
                f"The entailment model {self.name} is not on this machine, or not whole. {mend}"
            ) from error
        labels = {str(name).lower(): number for number, name in model.config.id2label.items()}
        found = [number for name, number in labels.items() if name.startswith(_LABEL)]
        if len(found) != 1 or len(labels) < 2:
            raise ModelError(
                f"{self.name} is no entailment model: its labels are {', '.join(labels)}. {mend}"
            )
        return model, int(found[0])
