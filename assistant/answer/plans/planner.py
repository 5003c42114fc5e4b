"""Tell of which kind a question is: by what its words and vector teach, and by what was found.

Ridge regression learns from the plans' examples, in closed form, which words (tf-idf) and which
direction of the vector speak for which plan. With every example held out in its turn it told more
of them right than their nearest neighbours did. The documents that were found speak too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer.plans.table import Plan, plans
from assistant.index.words import words
from assistant.models import Language
from assistant.retrieve.find import Found

Array = NDArray[np.float32]

_VECTOR = 2.5  # length of the vector beside the unit length of the words
_RIDGE = 2.0
_FOUND = 0.3
_FOUND_DEPTH = 5  # passages whose documents tell the kind; the first counts most
_SURE = 0.5  # strength from which a plan opens the answer


@dataclass(frozen=True, slots=True)
class Told:
    """The plan that a question calls for most, and how strongly."""

    plan: Plan
    strength: float

    @property
    def sure(self) -> bool:
        """Whether it is strong enough for the plan to be followed."""
        return self.strength >= _SURE


@dataclass(frozen=True, slots=True)
class _Learned:
    """``weights`` has a row a known word, then one a number of the vector; a column a plan."""

    rarity: dict[str, float]
    weights: Array
    usual: Array


class Planner:
    """Tells which plan a question calls for; learns from the examples of a language once."""

    def __init__(self, encode: Callable[[Sequence[str]], Array]) -> None:
        self._encode = encode
        self._learned: dict[Language, _Learned] = {}

    def told(self, text: str, found: Found, language: Language) -> Told | None:
        """The plan that words, vector and documents speak for most; None where there is none."""
        if not plans():
            return None
        learned = self._read(language)
        features = _features(words(text, language), found.vector, learned.rarity)
        strength = learned.usual + features @ learned.weights
        strength += _FOUND * np.array([_share_found(plan, found) for plan in plans()])
        best = int(np.argmax(strength))
        return Told(plans()[best], float(strength[best]))

    def _read(self, language: Language) -> _Learned:
        if language not in self._learned:
            examples = [(text, plan) for plan in plans() for text in plan.examples[language]]
            vectors = self._encode([text for text, _ in examples])
            self._learned[language] = _learn(examples, vectors, language)
        return self._learned[language]


def _learn(examples: Sequence[tuple[str, Plan]], vectors: Array, language: Language) -> _Learned:
    """Ridge regression (Hoerl and Kennard, 1970) in its dual form: a row of numbers an example."""
    texts = [words(text, language) for text, _ in examples]
    rarity = _rarity(texts)
    rows = np.array(
        [_features(text, vector, rarity) for text, vector in zip(texts, vectors, strict=True)]
    )
    aims = np.array([[plan is owner for plan in plans()] for _, owner in examples], dtype=float)
    usual = aims.mean(axis=0)
    gram = rows @ rows.T + _RIDGE * np.eye(len(rows))
    weights = rows.T @ np.linalg.solve(gram, aims - usual)
    return _Learned(rarity, weights.astype(np.float32), usual.astype(np.float32))


def _rarity(texts: Sequence[Sequence[str]]) -> dict[str, float]:
    """The inverse document frequency of every word of the examples, in a fixed order."""
    counts = Counter(word for text in texts for word in dict.fromkeys(text))
    return {word: math.log(1 + len(texts) / count) for word, count in counts.items()}


def _features(text: Sequence[str], vector: Array, rarity: dict[str, float]) -> Array:
    """The known words, each by its rarity, at unit length; then the vector."""
    held = set(text)
    known = np.array([value if word in held else 0.0 for word, value in rarity.items()])
    return np.concatenate([known / (np.linalg.norm(known) or 1.0), _VECTOR * vector])


def _share_found(plan: Plan, found: Found) -> float:
    """The share of the first passages, each counted by its place, that stand in its documents."""
    counts = [1 / place for place in range(1, _FOUND_DEPTH + 1)]
    held = sum(
        count
        for count, hit in zip(counts, found.hits, strict=False)
        if hit.passage.source.id in plan.answered_by
    )
    return held / sum(counts)
