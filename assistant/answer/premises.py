"""Claims that people believe wrongly: told from the question, put right by a quotation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.answer.cues import folded
from assistant.answer.picks import Patterns, Pick, patterns_of, pick_of
from assistant.models import Language
from assistant.tables import read_table

_FILE = Path(__file__).with_name("premises.yaml")


@dataclass(frozen=True, slots=True)
class Premise:
    """A claim, however it is put: as a statement, a question, or taken for granted.

    ``unless`` keeps off questions that only sound alike.
    """

    name: str
    claims: Patterns
    unless: Patterns
    correction: Pick


@cache
def premises() -> tuple[Premise, ...]:
    """All premises; of several in one question, the first of the file is put right."""
    table = read_table(_FILE)
    return tuple(
        Premise(
            name=name,
            claims=patterns_of(entry["claims"]),
            unless=patterns_of(entry.get("unless")),
            correction=pick_of(entry["correction"]),
        )
        for name, entry in table.items()
    )


def premises_in(text: str, language: Language) -> tuple[Premise, ...]:
    """The false premises that a question makes or asks about, in the order of the file."""
    plain = " ".join(folded(text).split())
    return tuple(
        premise
        for premise in premises()
        if premise.claims[language].search(plain) and not premise.unless[language].search(plain)
    )
