"""What the checker lets through and withholds: by group, and as its thresholds move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.verify.check import LEAST_BORNE, LEAST_MEANING
from evals.checks.claims import Label
from evals.checks.run import Checked
from evals.score import bootstrap, mean

LET_THROUGH, WITHHELD = "let_through", "withheld"
ALL = "all"
BY: Mapping[str, Callable[[Checked], str]] = {
    ALL: lambda each: ALL,
    "split": lambda each: each.claim.split,
    "language": lambda each: each.claim.language,
    "label": lambda each: each.claim.label,
    "kind": lambda each: f"{each.claim.label}: {each.claim.kind}",
}
STEPS = tuple(step / 100 for step in range(-90, 21, 2))  # what is added to both thresholds


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of so many claims with its 95% bootstrap interval."""

    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rates:
    """How many of a group's claims are shown, and the shares of what is wrong in that."""

    claims: int
    shown: int
    let_through: Rate | None
    withheld: Rate | None


@dataclass(frozen=True, slots=True)
class Point:
    """Both shares with the thresholds moved."""

    moved: float
    let_through: float
    withheld: float


def rates(checked: Sequence[Checked]) -> dict[str, dict[str, Rates]]:
    """The figures of every group, by what they are grouped by."""
    found: dict[str, dict[str, Rates]] = {}
    for by, name_of in BY.items():
        names = sorted({name_of(each) for each in checked})
        found[by] = {name: _rates([c for c in checked if name_of(c) == name]) for name in names}
    return found


def _rates(checked: Sequence[Checked]) -> Rates:
    return Rates(
        claims=len(checked),
        shown=sum(each.verdict.stands for each in checked),
        let_through=_rate([each.let_through for each in checked]),
        withheld=_rate([each.withheld for each in checked]),
    )


def _rate(values: Sequence[bool | None]) -> Rate | None:
    present = [float(value) for value in values if value is not None]
    interval, value = bootstrap(present), mean(present)
    return None if interval is None or value is None else Rate(len(present), value, *interval)


def by_check(checked: Sequence[Checked]) -> dict[str, tuple[int, int]]:
    """How often each check objects: to claims that may be shown, and to those that must not be."""
    counts = Counter(
        (each.claim.label is Label.SUPPORTED, objection.check.value)
        for each in checked
        for objection in each.verdict.objections
    )
    names = sorted({name for _, name in counts}, key=lambda name: -counts[False, name])
    return {name: (counts[True, name], counts[False, name]) for name in names}


def wrongly_shown(checked: Sequence[Checked]) -> tuple[Checked, ...]:
    """The claims that are shown and must not be."""
    return tuple(each for each in checked if each.let_through)


def curves(checked: Sequence[Checked]) -> dict[str, tuple[Point, ...]]:
    """Both shares of each half, and the thresholds moved together from very low to very high."""
    found = {}
    for split in sorted({each.claim.split for each in checked}):
        half = [each for each in checked if each.claim.split is split]
        good = [each for each in half if each.claim.label is Label.SUPPORTED]
        bad = [each for each in half if each.claim.label is not Label.SUPPORTED]
        if good and bad:
            found[str(split)] = tuple(
                Point(step, _shown(bad, step), 1 - _shown(good, step)) for step in STEPS
            )
    return found


def _shown(checked: Sequence[Checked], step: float) -> float:
    meaning, borne = LEAST_MEANING + step, LEAST_BORNE + step
    return sum(each.stands_at(meaning, borne) for each in checked) / len(checked)
