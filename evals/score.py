"""Scores, as pure functions, each with its definition and where the definition comes from."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from assistant.models import Outcome

ANSWERING = frozenset({Outcome.ANSWERED, Outcome.PARTIAL})
ROUNDS, SEED = 2000, 6103

_MARKS = re.compile(r"\s*\[\d+\]|[*_`]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def fold(text: str) -> str:
    """Text without accents, with plain quotation marks and single spaces.

    People write Spanish with and without accents; a fact must not hang on one.
    """
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", "".join(bare)).translate(_QUOTES)


def plain(text: str) -> str:
    """Folded text without citation marks and Markdown emphasis: what a reader reads."""
    return fold(_MARKS.sub("", text))


def rank_of_first(found: Sequence[bool]) -> int | None:
    """The place, from 1, of the first acceptable result; None when there is none."""
    return next((place for place, good in enumerate(found, start=1) if good), None)


def found_by(rank: int | None, k: int) -> float:
    """1 when an acceptable result stands among the first k, else 0.

    The listed documents are alternatives, so one is enough: the success at k of open-domain
    question answering (Karpukhin et al. 2020), often reported as recall at k.
    """
    return 1.0 if rank is not None and rank <= k else 0.0


def reciprocal_rank(rank: int | None) -> float:
    """1 over the rank of the first acceptable result, 0 when there is none (Voorhees 1999)."""
    return 0.0 if rank is None else 1.0 / rank


def facts_held(text: str, facts: Sequence[Sequence[str]]) -> float | None:
    """The share of key facts of which some pattern matches the text; None without facts.

    Nugget recall (Voorhees 2003), with patterns in place of an assessor.
    """
    if not facts:
        return None
    held = plain(text)
    return fmean(any(_matches(pattern, held) for pattern in fact) for fact in facts)


def facts_missing(text: str, facts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The first pattern of every key fact that the text does not hold."""
    held = plain(text)
    return tuple(f[0] for f in facts if not any(_matches(pattern, held) for pattern in f))


def citation_precision(cited: Collection[str], acceptable: Collection[str]) -> float | None:
    """The share of distinct cited documents that are acceptable; None when none is cited.

    Counted only where acceptable documents are listed: a case without them judges no citation.
    """
    if not cited or not acceptable:
        return None
    return len(set(cited) & set(acceptable)) / len(set(cited))


def violations(text: str, patterns: Sequence[str]) -> tuple[str, ...]:
    """The forbidden patterns that the text matches."""
    held = plain(text)
    return tuple(pattern for pattern in patterns if _matches(pattern, held))


def corrected(text: str, facts: Sequence[Sequence[str]]) -> float | None:
    """1 when the text holds some key fact of a question that assumes what is false; None without.

    A question with a false premise is answered by denying it (CREPE: Yu et al. 2023); its key facts
    are what denies. Asked of the first sentence it tells whether a hurried reader is put right.
    """
    held = facts_held(text, facts)
    return None if held is None else float(held > 0)


def may_answer(expect: Collection[Outcome]) -> bool:
    """Whether any acceptable outcome answers."""
    return bool(set(expect) & ANSWERING)


def must_answer(expect: Collection[Outcome]) -> bool:
    """Whether every acceptable outcome answers."""
    return set(expect) <= ANSWERING


def held_back(expect: Collection[Outcome], got: Outcome) -> float | None:
    """1 when a question that must not be answered was not; None for other questions.

    The recall of abstention in selective question answering (Rajpurkar et al. 2018).
    """
    return None if may_answer(expect) else float(got not in ANSWERING)


def over_abstained(expect: Collection[Outcome], got: Outcome) -> float | None:
    """1 when a question that must be answered was not; None for other questions."""
    return float(got not in ANSWERING) if must_answer(expect) else None


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of the values that are there; None when none is."""
    present = [value for value in values if value is not None]
    return fmean(present) if present else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile: the smallest value that ``share`` of them do not exceed."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def bootstrap(
    values: Sequence[float | None],
    rounds: int = ROUNDS,
    seed: int = SEED,
    statistic: Callable[[Sequence[float]], float] | None = None,
) -> tuple[float, float] | None:
    """The 95% percentile bootstrap interval of a mean (Efron 1979); same seed, same interval.

    Another statistic may be given, such as a percentile; it is then taken of every round's draw.
    """
    present = np.array([value for value in values if value is not None], dtype=np.float64)
    if present.size == 0:
        return None
    return _interval(_resampled(present, rounds, np.random.default_rng(seed), statistic))


def gap(
    values: Sequence[float | None],
    others: Sequence[float | None],
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> tuple[float, float, float] | None:
    """The mean of the values less the mean of the others, with its 95% bootstrap interval.

    The two-sample bootstrap: each side is drawn anew by itself (Efron and Tibshirani 1993,
    chapter 8), as the questions in one language are no translations of those in the other.
    """
    left = np.array([value for value in values if value is not None], dtype=np.float64)
    right = np.array([value for value in others if value is not None], dtype=np.float64)
    if not left.size or not right.size:
        return None
    draw = np.random.default_rng(seed)
    differences = _resampled(left, rounds, draw) - _resampled(right, rounds, draw)
    return float(left.mean() - right.mean()), *_interval(differences)


def _resampled(
    present: NDArray[np.float64],
    rounds: int,
    draw: np.random.Generator,
    statistic: Callable[[Sequence[float]], float] | None = None,
) -> NDArray[np.float64]:
    """The statistic of as many draws with replacement as there are rounds."""
    drawn = present[draw.integers(0, present.size, (rounds, present.size))]
    if statistic is None:
        return np.asarray(drawn.mean(axis=1))
    return np.array([statistic(each.tolist()) for each in drawn])


def _interval(statistics: NDArray[np.float64]) -> tuple[float, float]:
    ordered = np.sort(statistics)
    rounds = ordered.size
    return float(ordered[int(0.025 * rounds)]), float(ordered[math.ceil(0.975 * rounds) - 1])


def _matches(pattern: str, folded: str) -> bool:
    return re.search(pattern, folded, re.IGNORECASE) is not None
