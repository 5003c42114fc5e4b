"""Scores, as pure functions, each with its definition and where the definition comes from."""

from __future__ import annotations

import math
import random
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from statistics import fmean

from assistant.models import Outcome

ANSWERING = frozenset({Outcome.ANSWERED, Outcome.PARTIAL})

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
    rounds: int = 2000,
    seed: int = 6103,
    statistic: Callable[[Sequence[float]], float] = fmean,
) -> tuple[float, float] | None:
    """The 95% percentile bootstrap interval of a mean (Efron 1979); same seed, same interval."""
    present = [value for value in values if value is not None]
    if not present:
        return None
    draw = random.Random(seed)
    means = sorted(statistic(draw.choices(present, k=len(present))) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[math.ceil(0.975 * rounds) - 1]


def _matches(pattern: str, folded: str) -> bool:
    return re.search(pattern, folded, re.IGNORECASE) is not None
