"""What tells the plan of a question: how much each sign counts.

A softmax over all plans and none, fitted to fresh wordings, each of which was written for one plan;
plans that lead with the same fact count as one (``assistant/answer/plans/planner.py``). What no
plan scores is a choice and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.answer.plans.planner import WEIGHTS, first_leads, signs
from assistant.index.opened import Index
from assistant.models import Request
from evals.fits import logistic
from evals.fits.abstention import Looking
from evals.fits.report import Fit
from evals.wordings.cases import Wording

Array = NDArray[np.float64]

_FOLDS = 5
_PENALTY = 1e-3
_NOTES = ("Scores are shares of the wordings whose likeliest plan leads with the right fact.",)


@dataclass(frozen=True, slots=True)
class _Told:
    """A wording: its signs (a row a sign, a column a plan), and the fact of each plan and its own.

    ``none`` is what no plan scores.
    """

    signs: Array
    leads: NDArray[np.int64]
    right: int

    def shares(self, weights: Array) -> tuple[float, Array]:
        """The chance of the right fact, and how it changes with each weight, as a logarithm."""
        scores = np.append(weights @ self.signs, WEIGHTS.none)
        powers = np.exp(scores - scores.max())
        chances = powers / powers.sum()
        mine = np.append(self.leads == self.right, False) * chances
        held = max(mine.sum(), 1e-12)
        wide = np.pad(self.signs, ((0, 0), (0, 1)))
        return float(np.log(held)), wide @ (mine / held) - wide @ chances

    def is_right(self, weights: Array) -> bool:
        """Whether the likeliest fact is its own."""
        powers = np.exp(weights @ self.signs - (weights @ self.signs).max())
        return int(np.argmax(np.bincount(self.leads, weights=powers))) == self.right


def fit(
    assistant: Looking,
    index: Index,
    wordings: Sequence[Wording],
    seed: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Fit:
    """Today's weights and the fitted ones, and how often either tells the right fact."""
    names, told = _look_up(assistant, index, wordings, progress)
    today = np.array([asdict(WEIGHTS)[name] for name in names])
    best = _fitted(told, today)
    return Fit(
        name="plans: assistant/answer/plans/planner.py",
        n={"wordings": len(told), "ended by the guard": len(wordings) - len(told)},
        today=dict(zip(names, map(float, today), strict=True)),
        fitted=dict(zip(names, map(float, best), strict=True)),
        scores={
            "today": {"right": _share(told, today)},
            "fitted": {"right": _share(told, best)},
            "held out": {"right": _held_out(told, today, seed)},
        },
        notes=_NOTES,
    )


def _look_up(
    assistant: Looking,
    index: Index,
    wordings: Sequence[Wording],
    progress: Callable[[int, int], None],
) -> tuple[tuple[str, ...], list[_Told]]:
    """The names of the signs, and what was searched."""
    told: list[_Told] = []
    names: tuple[str, ...] = ()
    for done, each in enumerate(wordings, start=1):
        looked_up = assistant.looked_up(Request(each.question, language=each.language))
        if looked_up:
            question, found = looked_up
            part = index.languages[question.language]
            seen = signs(part, question.search_text, found)
            names = tuple(seen)
            leads = first_leads(part.kinds.kinds)
            right = int(leads[part.kinds.kinds.index(each.plan)])
            told.append(_Told(np.array(list(seen.values())), leads, right))
        progress(done, len(wordings))
    return names, told


def _held_out(told: Sequence[_Told], start: Array, seed: int) -> float:
    """The share told right by a fit that had not seen it."""
    right = 0
    for fold in logistic.folds(len(told), _FOLDS, seed):
        rest = np.setdiff1d(np.arange(len(told)), fold)
        rule = _fitted([told[row] for row in rest], start)
        right += sum(told[row].is_right(rule) for row in fold)
    return right / len(told)


def _share(told: Sequence[_Told], weights: Array) -> float:
    return sum(each.is_right(weights) for each in told) / len(told)


def _fitted(told: Sequence[_Told], start: Array) -> Array:
    """The weights that make the right facts likeliest, with a small penalty on their size."""

    def loss(weights: Array) -> tuple[float, Array]:
        each = [one.shares(weights) for one in told]
        value = -np.mean([held for held, _ in each]) + _PENALTY / 2 * weights @ weights
        slope = -np.mean([change for _, change in each], axis=0) + _PENALTY * weights
        return float(value), slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)
