"""Recall, right names and precision of the guard, by kind, language and way of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.personal.cases import Case, Detail, Kind
from evals.personal.run import Judged

RECALL, PRECISION = "recall", "precision"

# The groups that have a goal of their own; a kind that is not named here is a number.
_GROUPS = {
    Kind.EMAIL: "e-mails",
    Kind.BIRTH: "births",
    Kind.ADDRESS: "addresses",
    Kind.NAME: "names",
}
NUMBERS = "numbers"

BY: Mapping[str, Callable[[Case, Detail], str]] = {
    "group": lambda case, detail: group_of(detail.kind),
    "kind": lambda case, detail: f"{detail.kind} {case.language}",
    "way": lambda case, detail: f"written: {case.way}",
    "split": lambda case, detail: f"{case.split}: {group_of(detail.kind)}",
}


@dataclass(frozen=True, slots=True)
class Rates:
    """The figures of so many details.

    ``precision`` is the share of the letters and digits taken out of their cases that belong to
    a detail, and ``named`` the share of details of which the asker is told the right kind.
    """

    details: int
    recall: float
    named: float
    precision: float | None


def group_of(kind: Kind) -> str:
    """The group whose goal a kind is held to."""
    return _GROUPS.get(kind, NUMBERS)


def rates(judged: Sequence[Judged]) -> dict[str, dict[str, Rates]]:
    """The figures of every group of details, by what they are grouped by."""
    return {by: _by(judged, name_of) for by, name_of in BY.items()}


def missed(judged: Iterable[Judged]) -> tuple[tuple[Case, Detail], ...]:
    """The details of which something stayed."""
    return tuple(
        (each.case, detail)
        for each in judged
        for detail, gone in zip(each.case.details, each.gone, strict=True)
        if not gone
    )


def _by(judged: Sequence[Judged], name_of: Callable[[Case, Detail], str]) -> dict[str, Rates]:
    held: dict[str, list[tuple[Judged, int]]] = {}
    for each in judged:
        for place, detail in enumerate(each.case.details):
            held.setdefault(name_of(each.case, detail), []).append((each, place))
    return {name: _rates(details) for name, details in sorted(held.items())}


def _rates(details: Sequence[tuple[Judged, int]]) -> Rates:
    cases = {each.case.id: each for each, _ in details}.values()
    taken = sum(each.taken for each in cases)
    return Rates(
        details=len(details),
        recall=sum(each.gone[place] for each, place in details) / len(details),
        named=sum(each.named[place] for each, place in details) / len(details),
        precision=1 - sum(each.astray for each in cases) / taken if taken else None,
    )
