"""Tell of which kind a question is: by what its words and vector teach, and by what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.answer.plans.table import Aspect, Plan, plan_asking, plan_named, plans_of
from assistant.index.opened import LanguageIndex
from assistant.index.words import words
from assistant.retrieve.find import Found

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign of a plan counts, in a softmax over all plans and none.

    What words and vector teach, the nearest of its examples, all of them on average, and its
    documents among those found; ``none`` is what no plan scores. Fitted to fresh wordings
    (``python -m evals fit plans``) but for ``none``, which is a choice.
    """

    taught: float = 5.95
    nearest: float = 12.5
    middle: float = 6.98
    found: float = 2.12
    none: float = 7.0


WEIGHTS = Weights()
# How far from ours a question is that is of no plan, unless it is the same as an example.
_FOREIGN, _SAME = -0.6, 0.8
_FOUND_DEPTH = 5  # passages whose documents tell the plan; the first counts most
_SURE = 0.5  # chance from which a plan is followed
_LEADS = 0.3  # and from which one that is not followed still has the first word
# Where none is followed, the plans share a say. How likely a fact must be, all plans that open with
# it together, to open an answer; how many may; and how likely to come after, of all that have it.
# Of the tuning half's key facts .846 were shown with this and .840 without, of the judging half's
# .804 and .782, of 440 fresh questions' .760 and .747.
_SHARED, _MOST_SHARED, _AFTER = 0.2, 2, 0.1
_LEAST_CHANCE = 0.02  # a plan that is less likely has no share
# What words and vector alone must tell for a question that may be ours to be known.
_KNOWN = 0.8
# Or how near an example of its plan it is, and how likely the plan, where it is so far ours. Chosen
# on 409 questions that are not ours (eight are answered) and 560 that are (seven are not), and on
# honest ones that only sound like attacks, which are all answered.
_ENOUGH = (
    (0.6, 0.4, 0.25),
    (0.3, 0.62, 0.4),
    (0.2, 0.65, 0.45),
    (0.2, 0.45, 0.8),
    (0.0, 0.7, 0.55),
    (0.0, 0.6, 0.85),
    (-0.4, 0.75, 0.4),
    (-0.6, 0.75, 0.9),
    (-1.0, _SAME, 0.9),
)


@dataclass(frozen=True, slots=True)
class Shared:
    """Facts that the likely plans have in common, the likeliest first: to open with, and after."""

    opening: tuple[Aspect, ...] = ()
    after: tuple[Aspect, ...] = ()


NOTHING_SHARED = Shared()


@dataclass(frozen=True, slots=True)
class Told:
    """The plan that a question calls for most, and the chance that it leads with the right fact.

    When there were 361 plans, of 1,340 wordings that nothing was fitted to, those of .2 to .3 had
    the fact that they ask for in 44 of 100, of .4 to .5 in 64, of .6 to .7 in 72, above .9 in 95.
    """

    plan: Plan
    chance: float
    certain: bool = False  # asked in the very words of an example
    known: bool = False  # so like its examples that it is answered on any evidence
    shared: Shared = NOTHING_SHARED

    @property
    def sure(self) -> bool:
        """Whether it is followed."""
        return self.chance >= _SURE

    @property
    def leads(self) -> tuple[Aspect, ...]:
        """What it opens an answer with.

        Where it is not sure, its first lead is still right more often than the first sentence that
        the search chose; then come the facts that the likely plans together open with.
        """
        if self.sure:
            return self.plan.leads
        first = self.plan.leads[:1] if self.chance >= _LEADS else ()
        return (*first, *[fact for fact in self.shared.opening if fact not in first])

    @property
    def after(self) -> tuple[Aspect, ...]:
        """What those who ask need as well; the most likely first where no plan is followed."""
        return self.plan.after if self.sure else self.shared.after


def told(part: LanguageIndex, text: str, found: Found) -> Told | None:
    """The plan that words, vector and documents speak for most; None where the index knows none.

    A question in the very words of an example is certainly of its plan. Where an index of other
    code tells a kind that no plan has, nothing is told.
    """
    same = plan_asking(text, part.language)
    if same and same.name in part.kinds.kinds:
        return Told(same, 1.0, certain=True, known=True)
    if not part.kinds.kinds:
        return None
    seen = signs(part, text, found)
    scores = scored(seen)
    best, chance = best_of(scores, part.kinds.kinds)
    nearest = float(seen["nearest"][best])
    if (found.ours < _FOREIGN and nearest < _SAME) or not any(map(str.isalnum, text)):
        chance = 0.0
    plan = plan_named(part.kinds.kinds[best])
    alike = _is_alike(found.ours, nearest, chance)
    known = bool((chance and seen["taught"][best] >= _KNOWN) or alike)
    shared = shared_by(scores, part.kinds.kinds) if 0 < chance < _SURE else NOTHING_SHARED
    return Told(plan, chance, known=known, shared=shared) if plan else None


def _is_alike(ours: float, nearest: float, chance: float) -> bool:
    """Whether a question is enough like an example of its plan to be known."""
    return any(ours > a and nearest >= b and chance >= c for a, b, c in _ENOUGH)


def signs(part: LanguageIndex, text: str, found: Found) -> dict[str, Array]:
    """What tells each plan, named as the weights are."""
    nearest, middle = part.kinds.likeness(found.vector)
    shares = _shares_found(found)
    return {
        "taught": part.kinds.strengths(words(text, part.language), found.vector),
        "nearest": nearest,
        "middle": middle,
        "found": np.array([shares.get(kind, 0.0) for kind in part.kinds.kinds]),
    }


def scored(seen: Mapping[str, Array]) -> Array:
    """What each plan scores by its signs."""
    weights = asdict(WEIGHTS)
    total: Array = np.sum([weights[name] * of_plans for name, of_plans in seen.items()], axis=0)
    return total


def best_of(scores: Array, kinds: tuple[str, ...]) -> tuple[int, float]:
    """The likeliest of the plans that lead with the likeliest fact, and the chance of that fact.

    Plans that lead with the same fact stand together against the others and against none.
    """
    chances, leads = _chances(scores), first_leads(kinds)
    shares = np.bincount(leads, weights=chances)
    likeliest = int(np.argmax(shares))
    best = int(np.argmax(np.where(leads == likeliest, chances, 0.0)))
    return best, float(shares[likeliest])


def _chances(scores: Array) -> Array:
    """Each plan's own chance: a softmax over all plans and none."""
    most = max(float(scores.max()), WEIGHTS.none)
    powers = np.exp(scores - most)
    chances: Array = powers / (powers.sum() + np.exp(WEIGHTS.none - most))
    return chances


def shared_by(scores: Array, kinds: tuple[str, ...]) -> Shared:
    """The facts that the plans have in common, each as likely as its plans together."""
    facts: dict[str, Aspect] = {}
    opening: dict[str, float] = defaultdict(float)
    held: dict[str, float] = defaultdict(float)
    chances = _chances(scores)
    for row in np.argsort(-chances)[: int((chances >= _LEAST_CHANCE).sum())]:
        plan, chance = plan_named(kinds[row]), float(chances[row])
        for fact in (*plan.leads, *plan.after) if plan else ():
            facts[fact.name] = fact
            held[fact.name] += chance
        for fact in plan.leads if plan else ():
            opening[fact.name] += chance
    first, after = _from(opening, _SHARED)[:_MOST_SHARED], _from(held, _AFTER)
    return Shared(tuple(map(facts.__getitem__, first)), tuple(map(facts.__getitem__, after)))


def _from(chances: Mapping[str, float], least: float) -> list[str]:
    """The names of the facts that are so likely, the likeliest first."""
    likely = [name for name, chance in chances.items() if chance >= least]
    return sorted(likely, key=lambda name: -chances[name])


@cache
def first_leads(kinds: tuple[str, ...]) -> NDArray[np.int64]:
    """For each plan the number of the fact that it leads with; a plan without any has its own."""
    plans = map(plan_named, kinds)
    names = [
        plan.leads[0].name if plan and plan.leads else f"none of {kind}"
        for kind, plan in zip(kinds, plans, strict=True)
    ]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def asks_besides(kind: Told | None, help_kind: Told | None) -> bool:
    """Whether someone in need clearly asks for more than the help that they are given."""
    same = kind and help_kind and kind.plan.name == help_kind.plan.name
    return bool(kind and kind.sure and not same)


def _shares_found(found: Found) -> Mapping[str, float]:
    """By plan, the share of the first passages, each counted by its place, in its documents."""
    counts = [1 / place for place in range(1, _FOUND_DEPTH + 1)]
    held: dict[str, float] = defaultdict(float)
    for count, hit in zip(counts, found.hits, strict=False):
        for plan in plans_of(hit.passage.source.id):
            held[plan] += count / sum(counts)
    return held
