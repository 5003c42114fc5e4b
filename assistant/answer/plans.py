"""What a good answer covers beside the direct one: standing facts, quoted like any other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.index.words import words
from assistant.models import Language
from assistant.retrieve.find import Found

Array = NDArray[np.float32]

_FILE = Path(__file__).with_name("plans.yaml")
# Likeness of a question to an example, from vectors and from shared words, that makes it the kind.
_VECTOR, _WORDS, _FOUND = 0.6, 0.4, 0.4
_ALIKE = 0.55
_FOUND_DEPTH = 5  # passages whose documents tell the kind; the first counts most


@dataclass(frozen=True, slots=True)
class Aspect:
    """A standing fact: the search that finds it in each language."""

    name: str
    searches: dict[Language, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """A kind of question: examples of it, and the aspects it calls for, the most needed first."""

    name: str
    examples: dict[Language, tuple[str, ...]]
    answered_by: frozenset[str]
    aspects: tuple[Aspect, ...]


@cache
def plans() -> tuple[Plan, ...]:
    """All plans, in the order of the file."""
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    aspects = {
        name: Aspect(name, {language: entry[language.value] for language in Language})
        for name, entry in table["aspects"].items()
    }
    return tuple(
        Plan(
            name=name,
            examples={language: tuple(entry[language.value]) for language in Language},
            answered_by=frozenset(entry.get("answered_by", ())),
            aspects=tuple(aspects[aspect] for aspect in entry["aspects"]),
        )
        for name, entry in table["plans"].items()
    )


def example_texts() -> tuple[str, ...]:
    """Every example of every plan, for an index to keep their vectors ready."""
    return tuple(
        text for plan in plans() for examples in plan.examples.values() for text in examples
    )


class Planner:
    """Tells which plan a question calls for; reads the examples of a language once."""

    def __init__(self, encode: Callable[[Sequence[str]], Array]) -> None:
        self._encode = encode
        self._examples: dict[Language, tuple[Array, list[frozenset[str]], list[Plan]]] = {}

    def plan_for(self, text: str, found: Found, language: Language) -> Plan | None:
        """The plan whose examples and documents fit the question best; None when none fits."""
        vectors, stems, owners = self._read(language)
        asked = frozenset(words(text, language))
        shared = np.array([_overlap(asked, example) for example in stems])
        answering = {plan.name: _FOUND * _share_found(plan, found) for plan in plans()}
        fit = _VECTOR * (vectors @ found.vector) + _WORDS * shared
        fit += np.array([answering[plan.name] for plan in owners])
        best = int(np.argmax(fit))
        return owners[best] if fit[best] >= _ALIKE else None

    def _read(self, language: Language) -> tuple[Array, list[frozenset[str]], list[Plan]]:
        if language not in self._examples:
            pairs = [(text, plan) for plan in plans() for text in plan.examples[language]]
            self._examples[language] = (
                self._encode([text for text, _ in pairs]),
                [frozenset(words(text, language)) for text, _ in pairs],
                [plan for _, plan in pairs],
            )
        return self._examples[language]


def _share_found(plan: Plan, found: Found) -> float:
    """The share of the first passages, each counted by its place, that stand in its documents."""
    counts = [1 / place for place in range(1, _FOUND_DEPTH + 1)]
    held = sum(
        count
        for count, hit in zip(counts, found.hits, strict=False)
        if hit.passage.source.id in plan.answered_by
    )
    return held / sum(counts)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words among all words, of a question and an example (Jaccard, 1901)."""
    return len(one & other) / len(one | other) if one | other else 0.0
