"""The plans as the files beside this module write them.

An aspect is a fact worth saying and the sentences of the documents that can state it; nothing
written in the files is ever shown. A plan's ``leads`` answer its questions directly, and ``after``
is what those who ask need as well, each list the most needed first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.answer.picks import Pick, pick_of
from assistant.models import Language

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Aspect:
    """A fact, and the sentences that can state it, the best first."""

    name: str
    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A kind of question: examples of it, the documents that answer it, and its aspects."""

    name: str
    examples: dict[Language, tuple[str, ...]]
    answered_by: frozenset[str]
    leads: tuple[Aspect, ...]
    after: tuple[Aspect, ...]


@cache
def plans() -> tuple[Plan, ...]:
    """All plans, by file and then in the order of the file.

    Raises:
        ValueError: Two files give the same name to an aspect or to a plan.
    """
    tables = [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(_FOLDER.glob("*.yaml"))
    ]
    aspects = {
        name: Aspect(name, tuple(map(pick_of, picks)))
        for name, picks in _joined(tables, "aspects").items()
    }
    return tuple(_plan(name, entry, aspects) for name, entry in _joined(tables, "plans").items())


def example_texts() -> tuple[str, ...]:
    """Every example of every plan, for an index to keep their vectors ready."""
    return tuple(
        text for plan in plans() for examples in plan.examples.values() for text in examples
    )


def _joined(tables: list[dict[str, Any]], key: str) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for table in tables:
        for name, entry in table.get(key, {}).items():
            if name in joined:
                raise ValueError(f"Two entries of {key} are called {name!r}: rename one of them.")
            joined[name] = entry
    return joined


def _plan(name: str, entry: dict[str, Any], aspects: dict[str, Aspect]) -> Plan:
    return Plan(
        name=name,
        examples={language: tuple(entry[language.value]) for language in Language},
        answered_by=frozenset(entry.get("answered_by", ())),
        leads=tuple(aspects[aspect] for aspect in entry.get("leads", ())),
        after=tuple(aspects[aspect] for aspect in entry.get("after", ())),
    )
