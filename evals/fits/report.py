"""What a fit says: the constants of today beside the fitted ones, and what both score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Basis:
    """What a fit was made from, so that it can be had again."""

    seed: int
    questions: str
    everyday: str
    corpus: str
    index: str


@dataclass(frozen=True, slots=True)
class Fit:
    """Constants by name, as they stand and as fitted; scores on the tuning half by rule.

    ``scores`` holds a column for today's constants, one for the fitted ones, and one where each
    question was scored by a fit that had not seen it: the only one that does not flatter.
    """

    name: str
    n: Mapping[str, int]
    today: Mapping[str, float]
    fitted: Mapping[str, float]
    scores: Mapping[str, Mapping[str, float]]
    notes: tuple[str, ...] = ()


def told(fit: Fit, basis: Basis) -> str:
    """The fit as tables for a terminal."""
    wide = max(len(name) for name in (*fit.today, *next(iter(fit.scores.values()))))
    lines = [
        fit.name,
        ", ".join(f"{count} {what}" for what, count in fit.n.items()),
        "",
        f"{'':{wide}}{'today':>10}{'fitted':>10}",
        *(
            f"{name:{wide}}{today:>10.3g}{fit.fitted[name]:>10.3g}"
            for name, today in fit.today.items()
        ),
        "",
        "SCORES ON THE TUNING HALF",
        f"{'':{wide}}" + "".join(f"{rule:>10}" for rule in fit.scores),
    ]
    for name in next(iter(fit.scores.values())):
        cells = "".join(f"{scored[name]:>10.3f}" for scored in fit.scores.values())
        lines.append(f"{name:{wide}}{cells}")
    made_from = (f"{key} {value[:16]}" for key, value in asdict(basis).items() if key != "seed")
    lines += ["", *fit.notes, f"Seed {basis.seed}; {', '.join(made_from)}."]
    return "\n".join(lines) + "\n"


def fit_file(fit: Fit, basis: Basis) -> dict[str, Any]:
    """The fit as JSON data."""
    return {**asdict(fit), "basis": asdict(basis)}
