"""The rule of abstention: how strong the evidence must be before the documents answer.

Logistic regression over the signs of ``assistant/answer/weigh.py``: questions of the tuning half
that must be answered against those that must not, and against everyday ones. What may end either
way teaches nothing here. The guard's questions are never weighed; they count as kept back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answer.weigh import ANSWERED, PARTIAL, WEIGHTS, signs
from assistant.models import Audience, Language, Question, Request
from assistant.retrieve.find import Found
from evals import score
from evals.cases import Case
from evals.fits import logistic
from evals.fits.everyday import Everyday
from evals.fits.report import Fit

Array = NDArray[np.float64]

_PENALTY = 1.0
_FOLDS = 5
_OVER = 0.02  # of the questions to be answered, so many may be kept back by the fitted threshold
_NOTES = (
    f"partial is the threshold that keeps back {_OVER:.0%} of what is to be answered; the"
    f" {ANSWERED - PARTIAL:.1f} from there to a whole answer is a choice and not fitted.",
    "Scores are shares kept back by this rule and the guard; mistaken beliefs are put right"
    " whatever it says.",
)
_GROUPS = ("to answer", "not to answer", "everyday", "near")


class Looking(Protocol):
    """The part of ``assistant.service.Assistant`` that a fit uses."""

    def looked_up(self, request: Request) -> tuple[Question, Found] | None:
        """How a request is understood and what is found for it; None where none is searched."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was searched: its signs, which group it is of, and its language."""

    signs: dict[str, float]
    group: str
    language: Language


def fit(
    assistant: Looking,
    cases: Sequence[Case],
    everyday: Sequence[Everyday],
    seed: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Fit:
    """Today's weights and the fitted ones, with what either keeps back."""
    requests = [*_of_cases(cases), *_of_everyday(everyday)]
    asked, ended = _look_up(assistant, requests, progress)
    names = list(asked[0].signs)
    table = np.array([[each.signs[name] for name in names] for each in asked])
    weights = asdict(WEIGHTS)
    today = logistic.Fitted(np.array([weights[name] for name in names]), WEIGHTS.base)
    best, threshold = _fitted(table, asked)
    margins = {
        "today": today.log_odds(table) - PARTIAL,
        "fitted": best.log_odds(table) - threshold,
        "held out": _held_out(table, asked, seed),
    }
    counts = {group: sum(g == group for _, g in requests) for group in _GROUPS}
    return Fit(
        name="abstention: assistant/answer/weigh.py",
        n=counts | {"ended by the guard": sum(ended.values())},
        today=_named(names, today, PARTIAL),
        fitted=_named(names, best, threshold),
        scores={rule: _kept(told, asked, ended, counts) for rule, told in margins.items()},
        notes=_NOTES,
    )


def _named(names: Sequence[str], rule: logistic.Fitted, threshold: float) -> dict[str, float]:
    weights = dict(zip(names, map(float, rule.weights), strict=True))
    return {**weights, "base": rule.base, "partial": threshold}


def _held_out(table: Array, asked: Sequence[_Asked], seed: int) -> Array:
    """How far each question stands above the threshold of a fit that had not seen it."""
    margins = np.zeros(len(asked))
    for fold in logistic.folds(len(asked), _FOLDS, seed):
        rest = np.setdiff1d(np.arange(len(asked)), fold)
        rule, threshold = _fitted(table[rest], [asked[row] for row in rest])
        margins[fold] = rule.log_odds(table[fold]) - threshold
    return margins


def _of_cases(cases: Sequence[Case]) -> Iterator[tuple[Request, str]]:
    for case in cases:
        request = Request(case.question, case.turns, case.language, case.audience, as_of=case.as_of)
        if score.must_answer(case.expect):
            yield request, "to answer"
        elif not score.may_answer(case.expect):
            yield request, "not to answer"


def _of_everyday(everyday: Sequence[Everyday]) -> Iterator[tuple[Request, str]]:
    for each in everyday:
        request = Request(each.question, language=each.language, audience=Audience.PUBLIC)
        yield request, "near" if each.near else "everyday"


def _look_up(
    assistant: Looking,
    requests: Sequence[tuple[Request, str]],
    progress: Callable[[int, int], None],
) -> tuple[list[_Asked], dict[str, int]]:
    """What was searched, and how many of each group the guard ended before that."""
    asked: list[_Asked] = []
    ended = dict.fromkeys(_GROUPS, 0)
    for done, (request, group) in enumerate(requests, start=1):
        looked_up = assistant.looked_up(request)
        if looked_up is None:
            ended[group] += 1
        else:
            question, found = looked_up
            told = signs(found, question.search_text, question.language)
            asked.append(_Asked(told, group, question.language))
        progress(done, len(requests))
    return asked, ended


def _fitted(table: Array, asked: Sequence[_Asked]) -> tuple[logistic.Fitted, float]:
    """The weights, and the threshold above which all but a few of what is to be answered stand.

    The two answers count the same in either language, however many questions of each there are.
    """
    holds = np.array([each.group == "to answer" for each in asked])
    each = logistic.even([(bool(h), a.language) for h, a in zip(holds, asked, strict=True)])
    best = logistic.fit(table, holds.astype(np.float64), each, _PENALTY)
    odds = np.sort(best.log_odds(table)[holds])
    return best, float(odds[int(_OVER * len(odds))])


def _kept(
    margins: Array, asked: Sequence[_Asked], ended: dict[str, int], counts: dict[str, int]
) -> dict[str, float]:
    """The share of each group that is kept back, by the rule or by the guard."""
    kept = dict(ended)
    for margin, each in zip(margins, asked, strict=True):
        kept[each.group] += int(margin < 0)
    return {f"kept, {group}": kept[group] / max(counts[group], 1) for group in _GROUPS}
