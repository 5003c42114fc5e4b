"""The taste in sentences: which of a found passage's are worth showing.

Logistic regression over the marks that ``assistant/answer/select.py`` gives a sentence: does it
hold a key fact of the question? Only the weights' proportions matter there, so the fitted ones are
scaled until that of the words shared is today's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from assistant.answer import select
from assistant.answer.cues import Cue, cues_of
from assistant.index.opened import LanguageIndex
from assistant.models import Question, Request
from assistant.retrieve.find import Found
from assistant.service import Assistant
from evals import score
from evals.cases import Case
from evals.fits import logistic
from evals.fits.report import Fit

Array = NDArray[np.float64]

_PENALTY = 1.0
_FOLDS = 5
_FEW = 30  # sentences that must have a mark for its weight to be fitted, else it stays as it is
_ALL = 1000  # sentences: more than any passage has
NAMES = tuple(field.name for field in fields(select._Taste))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was found for it, and where that stands."""

    case: Case
    question: Question
    found: Found
    part: LanguageIndex

    @property
    def cues(self) -> frozenset[Cue]:
        """What the question asks for."""
        return cues_of(self.question.search_text, self.question.language)


@contextmanager
def chooser(values: Array, everything: bool = False) -> Iterator[None]:
    """The chooser with these weights for its own, until the end of the block.

    With ``everything`` it takes every sentence of the passages that it looks at, repeated or not.
    """
    own: dict[str, object] = {
        name: getattr(select, name) for name in ("_TASTE", "_QUOTAS", "_SAME")
    }
    change: dict[str, object] = {"_TASTE": select._Taste(*map(float, values))}
    if everything:
        change |= {"_QUOTAS": (_ALL,) * len(select._QUOTAS), "_SAME": float("inf")}
    vars(select).update(change)
    try:
        yield
    finally:
        vars(select).update(own)


def marks(asked: Asked) -> tuple[Array, Array]:
    """The marks of every sentence that may be shown, a row each, and whether it holds a key fact.

    A mark is what a sentence scores when that weight is 1 and all others are 0: so the chooser
    itself says what it sees, and the fit cannot see anything else.
    """
    columns = []
    texts: list[str] = []
    for place in range(len(NAMES)):
        with chooser(np.eye(len(NAMES))[place], everything=True):
            candidates = {_place(each): each for each in _chosen(asked, _ALL)}
        columns.append([candidates[key].score for key in sorted(candidates)])
        texts = [candidates[key].sentence.text for key in sorted(candidates)]
    holds = [bool(score.facts_held(text, asked.case.key_facts)) for text in texts]
    return np.array(columns, dtype=np.float64).T, np.array(holds, dtype=np.float64)


def _place(chosen: select.Chosen) -> tuple[str, int]:
    return chosen.passage.id, chosen.sentence.start


def _chosen(asked: Asked, most: int) -> tuple[select.Chosen, ...]:
    text, day = asked.question.search_text, asked.question.as_of
    return select.choose(asked.part, asked.found, text, asked.cues, most, day)


def fit(
    assistant: Assistant,
    cases: Sequence[Case],
    seed: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Fit:
    """Today's taste and the fitted one, with what either shows of the key facts."""
    asked = list(_asked(assistant, cases, progress))
    read = [marks(each) for each in asked]
    today = np.array([getattr(select._TASTE, name) for name in NAMES])
    best = _fitted(read, today)
    return Fit(
        name="sentences: assistant/answer/select.py",
        n={
            "questions": len(asked),
            "sentences": sum(len(holds) for _, holds in read),
            "of them with a key fact": int(sum(holds.sum() for _, holds in read)),
        },
        today=dict(zip(NAMES, map(float, today), strict=True)),
        fitted=dict(zip(NAMES, map(float, best), strict=True)),
        scores={
            "today": _scores(asked, [today] * len(asked)),
            "fitted": _scores(asked, [best] * len(asked)),
            "held out": _scores(asked, _held_out(read, today, seed)),
        },
        notes=(
            "Scores are of the sentences chosen, before premises, plans and disputes.",
            *(
                f"Fewer than {_FEW} sentences have {name}: it stays as it is."
                for name, seen in zip(NAMES, _seen(read), strict=True)
                if not seen
            ),
        ),
    )


def _held_out(read: Sequence[tuple[Array, Array]], today: Array, seed: int) -> list[Array]:
    """For each question a taste fitted without it."""
    tastes = [today] * len(read)
    for fold in logistic.folds(len(read), _FOLDS, seed):
        rest = [read[row] for row in range(len(read)) if row not in set(fold)]
        unseen = _fitted(rest, today)
        for row in fold:
            tastes[row] = unseen
    return tastes


def _asked(
    assistant: Assistant, cases: Sequence[Case], progress: Callable[[int, int], None]
) -> Iterator[Asked]:
    """Every question that is to be answered, with what is found for it."""
    wanted = [case for case in cases if score.must_answer(case.expect)]
    for done, case in enumerate(wanted, start=1):
        request = Request(case.question, case.turns, case.language, case.audience, as_of=case.as_of)
        if looked_up := assistant.looked_up(request):
            question, found = looked_up
            yield Asked(case, question, found, assistant.index().languages[question.language])
        progress(done, len(wanted))


def _fitted(read: Sequence[tuple[Array, Array]], today: Array) -> Array:
    """Weights scaled to today's for the words shared; every question counts the same."""
    table = np.concatenate([each for each, _ in read])
    holds = np.concatenate([each for _, each in read])
    counts = logistic.even([row for row, (_, held) in enumerate(read) for _ in held])
    seen = _seen(read)
    weights = np.zeros(len(NAMES))
    weights[seen] = logistic.fit(table[:, seen], holds, counts, _PENALTY).weights
    place = NAMES.index("words")
    return np.where(seen, weights * today[place] / (weights[place] or 1.0), today)


def _seen(read: Sequence[tuple[Array, Array]]) -> NDArray[np.bool_]:
    """Which marks enough sentences have."""
    held = np.sum([np.count_nonzero(table, axis=0) for table, _ in read], axis=0)
    return np.asarray(held >= _FEW)


def _scores(asked: Sequence[Asked], tastes: Sequence[Array]) -> dict[str, float]:
    shown = [_shown(each, values) for each, values in zip(asked, tastes, strict=True)]
    facts = [each.case.key_facts for each in asked]
    return {
        "key facts": fmean(
            score.facts_held(" ".join(texts), wanted) or 0.0
            for texts, wanted in zip(shown, facts, strict=True)
        ),
        "first sentence": fmean(
            float(bool(texts and score.facts_held(texts[0], wanted)))
            for texts, wanted in zip(shown, facts, strict=True)
        ),
        "with a key fact": fmean(
            fmean(bool(score.facts_held(text, wanted)) for text in texts) if texts else 0.0
            for texts, wanted in zip(shown, facts, strict=True)
        ),
    }


def _shown(asked: Asked, values: Array) -> list[str]:
    with chooser(values):
        return [each.sentence.text for each in _chosen(asked, select.MOST_SENTENCES)]
