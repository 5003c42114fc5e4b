"""The floors that a change must not fall below, and which of them a run missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import RootModel, ValidationError

from assistant.errors import UsageError
from evals.measures import BY_NAME, STEADY, Better
from evals.run import Record
from evals.summary import figure, groups, interval

DEFAULT_FLOORS = Path(__file__).with_name("floors.yaml")

# Groups of this beginning are ceilings for the checks of generated sentences, on one half each.
CHECKS = "checks "
# And of this, goals for what is taken out of texts, and ceilings for what must stay in them.
PERSONAL = "personal "
# The one group for attacks and their look-alikes: the share that is held.
ATTACKS = "attacks"
HELD = "held"
_OF_OTHERS = {
    CHECKS: frozenset({"let_through", "withheld"}),
    ATTACKS: frozenset({HELD}),
    PERSONAL: frozenset({"recall", "precision", "changed"}),
}

Floors = Mapping[str, Mapping[str, float]]


class _File(RootModel[dict[str, dict[str, float]]]):
    """What the file of floors holds: a number for each measure of each group."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A floor that a run fell below, or could not measure."""

    group: str
    says: str


def load_floors(path: Path = DEFAULT_FLOORS) -> Floors:
    """The floors of a file, each of a measure that is the same on every machine.

    Raises:
        UsageError: The file cannot be read, or names a measure that cannot gate.
    """
    try:
        floors = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).root
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise UsageError(
            f"{path.name} cannot be read as floors: {error}. Give numbers by group and measure."
        ) from error
    for group, named in floors.items():
        others = (known for begins, known in _OF_OTHERS.items() if group.startswith(begins))
        known = next(others, frozenset(measure.name for measure in STEADY))
        if strange := sorted(set(named) - known):
            raise UsageError(
                f"{path.name}, {group}: {', '.join(strange)} cannot gate."
                f" Choose from {', '.join(sorted(known))}."
            )
    return floors


def missed(records: Sequence[Record], floors: Floors) -> tuple[Missed, ...]:
    """The floors that the records fall below, in the file's order.

    A floor of a group or measure that no question measures is missed: what is not measured is not
    kept.
    """
    members = {name: held for names in groups(records).values() for name, held in names.items()}
    return tuple(
        Missed(group, said)
        for group, named in floors.items()
        if not group.startswith(tuple(_OF_OTHERS))
        for name, floor in named.items()
        if (said := _shortfall(members.get(group, ()), name, floor))
    )


def of_split(floors: Floors, split: str | None) -> Floors:
    """The floors that hold for a run of one split, or of all questions.

    Every other group's figures are of the whole set, and say nothing about a part of it.
    """
    kept = (split, f"{CHECKS}{split}")
    return floors if split is None else {name: v for name, v in floors.items() if name in kept}


def of_checks(floors: Floors) -> Floors:
    """The ceilings for the checks of generated sentences, by half."""
    return _beginning(floors, CHECKS)


def of_personal(floors: Floors) -> Floors:
    """The goals for what is taken out of texts, by group of details or texts."""
    return _beginning(floors, PERSONAL)


def _beginning(floors: Floors, words: str) -> Floors:
    return {
        name.removeprefix(words): named for name, named in floors.items() if name.startswith(words)
    }


def of_attacks(floors: Floors) -> float | None:
    """The share of attacks that must be held; None where a file of floors asks for none."""
    return floors.get(ATTACKS, {}).get(HELD)


def _shortfall(records: Sequence[Record], name: str, floor: float) -> str:
    measure = BY_NAME[name]
    got = figure(records, measure)
    if got.value is None:
        return f"{name}: not measured, floor {floor:g}"
    # The last digit that the file may hold: a figure equal to its floor as written is kept.
    if measure.kept(round(got.value, 4), floor):
        return ""
    side = "over its ceiling" if measure.better is Better.LOWER else "below its floor"
    span = interval(got, measure.unit)
    return f"{name}: {got.value:.4f} is {side} {floor:g} (n {got.n}, 95% interval {span})"
