"""Logistic regression with a small penalty, solved to the same figures every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What each sign adds to the log-odds, and what they start from."""

    weights: Array
    base: float

    def log_odds(self, signs: Array) -> Array:
        """The log-odds of every row."""
        return np.asarray(signs @ self.weights + self.base)


def fit(signs: Array, holds: Array, each: Array, penalty: float) -> Fitted:
    """The most likely weights, where a row counts ``each``; the base is never penalised.

    Signs are brought to one spread before the penalty (Hastie, Tibshirani and Friedman 2009, 4.4),
    so that their units do not matter; the weights returned are for the signs as given.
    """
    middle = np.average(signs, axis=0, weights=each)
    spread = np.sqrt(np.average((signs - middle) ** 2, axis=0, weights=each))
    spread[spread == 0] = 1.0
    scaled = (signs - middle) / spread

    def loss(point: Array) -> tuple[float, Array]:
        odds = scaled @ point[1:] + point[0]
        off = each * (expit(odds) - holds)
        value = each @ np.logaddexp(0, odds) - each @ (holds * odds)
        value += penalty / 2 * point[1:] @ point[1:]
        return float(value), np.concatenate([[off.sum()], scaled.T @ off + penalty * point[1:]])

    start = np.zeros(signs.shape[1] + 1)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    weights = best[1:] / spread
    return Fitted(weights, float(best[0] - weights @ middle))


def folds(size: int, count: int, seed: int) -> tuple[NDArray[np.int64], ...]:
    """Which rows each fold holds out, drawn by the seed; every row is held out once."""
    order = np.random.default_rng(seed).permutation(size)
    return tuple(np.sort(part) for part in np.array_split(order, count))


def even(groups: Sequence[object]) -> Array:
    """How much a row counts when every group counts the same, one on average."""
    names, place, sizes = np.unique(
        np.array([str(group) for group in groups]), return_inverse=True, return_counts=True
    )
    return np.asarray(len(groups) / (len(names) * sizes[place]), dtype=np.float64)
