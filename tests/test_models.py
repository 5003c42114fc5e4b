"""The words of the subject are frozen facts with fixed sets, each worded in both languages."""

from __future__ import annotations

import dataclasses
import inspect
from enum import StrEnum

import pytest
from contract import AUDIENCES, BASES, KINDS, LANGUAGES, OUTCOMES, STATUSES
from fakes import make_passage, make_source

from assistant import models
from assistant.models import Audience, Basis, Kind, Language, Outcome, Standing
from assistant.texts import catalogue

FACTS = [found for _, found in inspect.getmembers(models, dataclasses.is_dataclass)]
SETS: list[tuple[type[StrEnum], set[str]]] = [
    (Language, LANGUAGES),
    (Audience, AUDIENCES),
    (Kind, KINDS),
    (Standing, STATUSES),
    (Basis, BASES),
    (Outcome, OUTCOMES),
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_facts_are_frozen_and_slotted(fact: type) -> None:
    assert fact.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(fact)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_facts_hold_no_list(fact: type) -> None:
    assert not [
        field.name
        for field in dataclasses.fields(fact)
        if str(field.type).startswith(("list", "set"))
    ]


@pytest.mark.parametrize(("names", "expected"), SETS, ids=[names.__name__ for names, _ in SETS])
def test_a_fixed_set_is_the_one_of_the_contract(names: type[StrEnum], expected: set[str]) -> None:
    assert {name.value for name in names} == expected


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("names", "prefix"),
    [(Kind, "kind"), (Standing, "status"), (Basis, "basis"), (Audience, "audience")],
)
def test_every_name_that_a_reader_meets_has_its_wording(
    names: type[StrEnum], prefix: str, language: Language
) -> None:
    for name in names:
        wording = catalogue(language)[f"names.{prefix}_{name.value}"]
        assert isinstance(wording, str)
        assert wording.strip()


def test_a_fact_cannot_be_altered() -> None:
    passage = make_passage("One thing is known.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        passage.text = "Another thing."  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        make_source().status = Standing.REVERSED  # type: ignore[misc]


def test_equal_facts_are_equal() -> None:
    assert make_passage("One thing is known.") == make_passage("One thing is known.")
    assert hash(make_source()) == hash(make_source())
