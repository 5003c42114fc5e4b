"""What would be answered if more evidence, or less, were asked for: the curve of abstention.

A threshold that is set higher keeps back more of what must not be answered, and more of what must
be. One curve of the two shows what any threshold would cost, beside the one that stands: the
risk and coverage of selective answering (El-Yaniv and Wiener 2010), each over its own questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals import score
from evals.cases import Split
from evals.judge import answered
from evals.run import Record

_FARTHEST, _STEPS_EACH = 6, 4
# How far the threshold is moved, in log-odds; 0 is where it stands.
MOVES = tuple(
    step / _STEPS_EACH for step in range(-_FARTHEST * _STEPS_EACH, _FARTHEST * _STEPS_EACH + 1)
)


@dataclass(frozen=True, slots=True)
class Point:
    """The threshold moved so far, and what is then kept back rightly and wrongly."""

    moved: float
    kept: float
    over: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The points of one half of the questions, and how many questions of each sort it has."""

    must_abstain: int
    must_answer: int
    points: tuple[Point, ...]

    @property
    def today(self) -> Point:
        """The point of the threshold as it stands."""
        return next(point for point in self.points if point.moved == 0)


def would_answer(record: Record, moved: float) -> bool:
    """Whether a question would be answered with the threshold moved so far.

    What the guard ends was never searched, and does not hang on the threshold; nor does what is
    answered today on less evidence than that, such as a mistaken belief, or not answered on more.
    """
    today, margin = answered(record.answer), record.answer.margin
    if margin is None or today is not (margin >= 0):
        return today
    return margin >= moved


def curve(records: Sequence[Record]) -> Curve | None:
    """The curve of some records; None where they lack questions of either sort."""
    must_abstain = [each for each in records if not score.may_answer(each.case.expect)]
    must_answer = [each for each in records if score.must_answer(each.case.expect)]
    if not must_abstain or not must_answer:
        return None
    points = (
        Point(moved, 1 - _answered(must_abstain, moved), 1 - _answered(must_answer, moved))
        for moved in MOVES
    )
    return Curve(len(must_abstain), len(must_answer), tuple(points))


def _answered(records: Sequence[Record], moved: float) -> float:
    return sum(would_answer(record, moved) for record in records) / len(records)


def curves(records: Sequence[Record]) -> dict[str, Curve]:
    """The curve of each half that was asked."""
    halves = {
        split.value: curve([record for record in records if record.case.split is split])
        for split in Split
    }
    return {name: found for name, found in halves.items() if found}
