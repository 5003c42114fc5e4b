"""The weights of the finder's lists, drawn at random and kept where they find most.

Random search (Bergstra and Bengio 2012): no gradient is needed, any score will do, and every draw
can be scored alone. The mean of the best few draws is taken, as the best one owes most to luck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields

import numpy as np
from numpy.typing import NDArray

from assistant.guard.personal import remove_personal
from assistant.index.embed import Embedder, Progress
from assistant.index.opened import Index, LanguageIndex
from assistant.models import Language
from assistant.retrieve.find import Finder, Search
from assistant.retrieve.fuse import WEIGHTS, Scores, Weights
from evals.cases import Case
from evals.fits import logistic
from evals.fits.report import Fit
from evals.judge import DEPTH, finding

Array = NDArray[np.float64]

DRAWS = 400
_BEST = 12  # of the draws; their mean is the fit
_HIGHEST = 2.5  # a weight is drawn evenly from nothing to this
_FOLDS = 2
NAMES = tuple(field.name for field in fields(Weights))
SCORES = ("document_at_5", "pinpoint_at_5", "reciprocal_rank", "facts_found")


class _Remembered:
    """An embedder that encodes a text once."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """Unit vectors, one row a text."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._embedder.encode([text])[0]
        return np.array([self._known[text] for text in texts], dtype=np.float32)


class _Finder(Finder):
    """A finder that scores its lists once a question, whatever weighs them afterwards."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        super().__init__(index, _Remembered(embedder))
        self._scored: dict[Search, dict[str, Scores]] = {}

    def _lists(
        self, part: LanguageIndex, search: Search, vector: NDArray[np.float32]
    ) -> dict[str, Scores]:
        if search not in self._scored:
            self._scored[search] = super()._lists(part, search, vector)
        return self._scored[search]


@contextmanager
def weighing(language: Language, values: Array) -> Iterator[None]:
    """The finder with these weights for a language's own, until the end of the block."""
    own = WEIGHTS[language]
    WEIGHTS[language] = Weights(*map(float, values))
    try:
        yield
    finally:
        WEIGHTS[language] = own


def fit(
    index: Index,
    embedder: Embedder,
    cases: Sequence[Case],
    seed: int,
    draws: int = DRAWS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Fit:
    """Today's weights and the fitted ones of each language, with what either finds."""
    finder = _Finder(index, embedder)
    listed = [case for case in cases if case.cite]
    today: dict[str, float] = {}
    fitted: dict[str, float] = {}
    scores: dict[str, dict[str, float]] = {"today": {}, "fitted": {}, "held out": {}}
    n = {f"questions in {language}": _count(listed, language) for language in Language}
    for place, language in enumerate(Language):
        own = [case for case in listed if case.language is language]
        drawn = np.random.default_rng([seed, place]).uniform(0, _HIGHEST, (draws, len(NAMES)))
        found = []
        for done, values in enumerate(drawn, start=place * draws + 1):
            found.append(_found(finder, own, values))
            progress(done, len(Language) * draws)
        now, best = np.array(astuple(WEIGHTS[language])), _best(drawn, np.array(found))
        today |= _named(language, NAMES, now)
        fitted |= _named(language, NAMES, best)
        for rule, table in {
            "today": _found(finder, own, now),
            "fitted": _found(finder, own, best),
            "held out": _held_out(finder, own, drawn, np.array(found), seed),
        }.items():
            scores[rule] |= _named(language, SCORES, _means(table))
    name = "fusion: assistant/retrieve/fuse.py"
    note = f"The mean of the best {_BEST} of {draws} draws a language, by the mean of the scores."
    return Fit(name, n | {"draws": draws}, today, fitted, scores, (note,))


def _count(cases: Sequence[Case], language: Language) -> int:
    return sum(case.language is language for case in cases)


def _named(language: Language, names: Sequence[str], values: Array) -> dict[str, float]:
    return {f"{language} {name}": float(v) for name, v in zip(names, values, strict=True)}


def _found(finder: Finder, cases: Sequence[Case], values: Array) -> Array:
    """The scores of every question, a row each, where these weights weigh the lists."""
    table = np.full((len(cases), len(SCORES)), np.nan)
    for row, case in enumerate(cases):
        search = Search(remove_personal(case.search_text).text, case.language, DEPTH)
        with weighing(case.language, values):
            told = finding(case, finder.find(search).hits)
        measured = [getattr(told, name) for name in SCORES]
        table[row] = [np.nan if each is None else each for each in measured]
    return table


def _means(table: Array) -> Array:
    """The mean of every column, over the rows that measure it; 0 where none does."""
    measured = ~np.isnan(table)
    return np.asarray(np.nansum(table, axis=0) / np.maximum(measured.sum(axis=0), 1))


def _best(drawn: Array, found: Array) -> Array:
    """The mean of the best draws, by the mean over questions of the mean of their scores."""
    worth = np.array([_means(table.T).mean() for table in found])
    order = np.argsort(-worth, kind="stable")[:_BEST]
    return np.asarray(drawn[order].mean(axis=0))


def _held_out(
    finder: Finder, cases: Sequence[Case], drawn: Array, found: Array, seed: int
) -> Array:
    """The scores of every question by weights that were chosen without it."""
    table = np.full((len(cases), len(SCORES)), np.nan)
    for fold in logistic.folds(len(cases), _FOLDS, seed):
        rest = np.setdiff1d(np.arange(len(cases)), fold)
        table[fold] = _found(finder, [cases[row] for row in fold], _best(drawn, found[:, rest]))
    return table
