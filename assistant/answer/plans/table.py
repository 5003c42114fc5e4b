"""The plans as the files beside this module write them.

An aspect is a fact worth saying and the sentences of the documents that can state it; nothing
written in the files is ever shown. A plan's ``leads`` answer its questions directly, and ``after``
is what those who ask need as well, each list the most needed first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from assistant.answer.cues import folded
from assistant.answer.picks import Pick, pick_of
from assistant.models import Language
from assistant.tables import read_plain_table

_FOLDER = Path(__file__).parent
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Aspect:
    """A fact, and the entries of the sentences that can state it, the best first."""

    name: str
    entries: tuple[Mapping[str, str], ...]

    @cached_property
    def picks(self) -> tuple[Pick, ...]:
        """The sentences; there are many aspects and an answer calls for few."""
        return tuple(map(pick_of, self.entries))


@dataclass(frozen=True, slots=True)
class Plan:
    """A kind of question: examples of it, the documents that answer it, and its aspects."""

    name: str
    examples: Mapping[Language, tuple[str, ...]]
    answered_by: frozenset[str]
    leads: tuple[Aspect, ...]
    after: tuple[Aspect, ...]


@cache
def plans() -> Mapping[str, Plan]:
    """All plans by their name, by file and then in the order of the file.

    Raises:
        ValueError: Two files give the same name to an aspect or to a plan.
    """
    tables = [read_plain_table(file) for file in sorted(_FOLDER.glob("*.yaml"))]
    aspects = {
        name: Aspect(name, tuple(entries)) for name, entries in _joined(tables, "aspects").items()
    }
    return {name: _plan(name, entry, aspects) for name, entry in _joined(tables, "plans").items()}


def plan_named(name: str) -> Plan | None:
    """The plan of that name; None when there is none."""
    return plans().get(name)


def plans_of(document: str) -> tuple[str, ...]:
    """The names of the plans that a document answers."""
    return _by_document().get(document, ())


@cache
def _by_document() -> Mapping[str, tuple[str, ...]]:
    owners: dict[str, tuple[str, ...]] = {}
    for plan in plans().values():
        for document in plan.answered_by:
            owners[document] = (*owners.get(document, ()), plan.name)
    return owners


def examples() -> dict[Language, list[tuple[str, str]]]:
    """Every example of every plan with the plan's name, for an index to learn from."""
    return {
        language: [
            (plan.name, text) for plan in plans().values() for text in plan.examples[language]
        ]
        for language in Language
    }


def plan_asking(text: str, language: Language) -> Plan | None:
    """The plan that has a question for an example, word for word."""
    return _asking(language).get(_plain(text))


@cache
def _asking(language: Language) -> Mapping[str, Plan]:
    return {_plain(text): plan for plan in plans().values() for text in plan.examples[language]}


def _plain(text: str) -> str:
    """All of its words, small ones too: without them quite other questions look alike."""
    return " ".join(_WORD.findall(folded(text)))


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
