"""Figures over many questions: by group, each with its interval, and the gap of languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.models import Language
from evals import score
from evals.measures import MEASURES, Measure, Unit
from evals.run import Record

ALL = "all"
INTERVALS = f"95% bootstrap intervals (percentile, {score.ROUNDS:,} rounds, seed {score.SEED})."
BY: dict[str, Callable[[Record], str]] = {
    "language": lambda record: record.case.language,
    "audience": lambda record: record.case.audience,
    "split": lambda record: record.case.split,
    "type": lambda record: record.case.type,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over one group: how many questions measure it, its value and interval."""

    n: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Spanish less English in one measure, with its interval."""

    difference: float
    low: float
    high: float


Figures = dict[str, Figure]


def groups(records: Sequence[Record]) -> dict[str, dict[str, tuple[Record, ...]]]:
    """The records of every group, by what they are grouped by: none, then each of ``BY``."""
    found: dict[str, dict[str, tuple[Record, ...]]] = {ALL: {ALL: tuple(records)}}
    for by, name_of in BY.items():
        names = sorted({name_of(record) for record in records})
        found[by] = {
            name: tuple(record for record in records if name_of(record) == name) for name in names
        }
    return found


def figure(records: Sequence[Record], measure: Measure) -> Figure:
    """A measure over some records."""
    values = [value for value in measure.values(records) if value is not None]
    interval = score.bootstrap(values, statistic=measure.statistic)
    if interval is None:
        return Figure(0, None, None, None)
    value = measure.statistic(values) if measure.statistic else score.mean(values)
    return Figure(len(values), value, *interval)


def figures(records: Sequence[Record]) -> Figures:
    """Every measure over some records."""
    return {measure.name: figure(records, measure) for measure in MEASURES}


def summary(records: Sequence[Record]) -> dict[str, dict[str, Figures]]:
    """Every figure of the tables, unrounded: by what is grouped, by group, by measure."""
    return {
        by: {name: figures(members) for name, members in names.items()}
        for by, names in groups(records).items()
    }


def gaps(records: Sequence[Record]) -> dict[str, Gap]:
    """Spanish less English in every measure that both languages have; empty in one language."""
    spanish, english = (
        tuple(record for record in records if record.case.language is language)
        for language in (Language.ES, Language.EN)
    )
    found = {}
    for measure in MEASURES:
        if measure.statistic:
            continue
        gap = score.gap(measure.values(spanish), measure.values(english))
        if gap:
            found[measure.name] = Gap(*gap)
    return found


_PLACES = {Unit.SHARE: 2, Unit.NUMBER: 1, Unit.MILLISECONDS: 0}


def written(value: float | None, unit: Unit) -> str:
    """A figure as tables show it."""
    return "–" if value is None else f"{value:.{_PLACES[unit]}f}"


def interval(figure: Figure, unit: Unit) -> str:
    """An interval as tables show it; empty where nothing was measured."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{written(figure.low, unit)}–{written(figure.high, unit)}"


def signed(value: float, unit: Unit) -> str:
    """A difference with its sign; what rounds to nothing has no minus."""
    places = _PLACES[unit]
    return f"{round(value, places) + 0.0:+.{places}f}"
