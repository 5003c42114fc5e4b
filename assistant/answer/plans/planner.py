"""Tell of which kind a question is: by what its words and vector teach, and by what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer.plans.table import Aspect, Plan, plan_asking, plan_named, plans_of
from assistant.index.kinds import told_by
from assistant.index.opened import LanguageIndex
from assistant.retrieve.find import Found

# What tells a plan, and how much each counts: what words and vector teach, the nearest of its
# examples, all of them on average, and its documents among those found. A softmax over all plans,
# fitted to 2,400 of the fresh wordings.
_MAP, _NEAREST, _MIDDLE, _FOUND = 6.72, 10.73, 9.42, 2.28
# What no plan scores: of 300 fresh wordings one in fifteen has no plan above it, of 409 questions
# of everyday life three in ten. And how far from ours a question is that is of none: one in a
# hundred of those wordings is, and half of the 409.
_NO_PLAN, _FOREIGN = 7.0, -0.6
_FOUND_DEPTH = 5  # passages whose documents tell the plan; the first counts most
_SURE = 0.6  # chance from which a plan is followed
_LEADS = 0.3  # from which one that is not followed still has the first word,
_LIKELY = 0.2  # and from which it has a say
# What words and vector alone must tell for a question to be known: of 2,600 questions that are not
# ours 4 in a thousand come so far, and of 409 of everyday life none. Or how near an example of its
# plan is, where the plan is clear; less will do if the question is rather ours. Of those 409 again
# none.
_KNOWN = 0.6
_OURS, _ALIKE, _SAME, _CLEAR = 0.0, 0.65, 0.8, 0.8


@dataclass(frozen=True, slots=True)
class Told:
    """The plan that a question calls for most, and the chance that it is the right one.

    Of the 2,400 fresh wordings that its weights were fitted to, those told with a chance of .4 to
    .5 have the lead that they ask for in 43 of 100, of .5 to .6 in 50, of .7 to .8 in 66, above in
    80.
    """

    plan: Plan
    chance: float
    certain: bool = False  # asked in the very words of an example
    known: bool = False  # so like its examples that it is answered on any evidence

    @property
    def sure(self) -> bool:
        """Whether it is followed."""
        return self.chance >= _SURE

    @property
    def likely(self) -> bool:
        """Whether it has a say in the answer."""
        return self.chance >= _LIKELY

    @property
    def leads(self) -> tuple[Aspect, ...]:
        """What it opens an answer with.

        Where it is not sure, its first lead is still right more often than the first sentence that
        the search chose, which is right for a fifth of the fresh wordings.
        """
        if self.sure:
            return self.plan.leads
        return self.plan.leads[:1] if self.chance >= _LEADS else ()


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
    strengths = part.kinds.strengths(told_by(text, part.language), found.vector)
    nearest, middle = part.kinds.likeness(found.vector)
    shares = _shares_found(found)
    found_in = np.array([shares.get(kind, 0.0) for kind in part.kinds.kinds])
    scores = _MAP * strengths + _NEAREST * nearest + _MIDDLE * middle + _FOUND * found_in
    best = int(np.argmax(scores))
    plan = plan_named(part.kinds.kinds[best])
    chance = _chance(scores, found.ours) if any(map(str.isalnum, text)) else 0.0
    enough = _ALIKE if found.ours > _OURS else _SAME
    alike = nearest[best] >= enough and chance >= _CLEAR
    known = bool(strengths[best] >= _KNOWN or alike)
    return Told(plan, chance, known=known) if plan else None


def _chance(scores: NDArray[np.floating], ours: float) -> float:
    """That of the best, by a softmax among all plans and none."""
    if ours < _FOREIGN:
        return 0.0
    powers = np.exp(np.append(scores, _NO_PLAN))
    return float(powers[:-1].max() / powers.sum())


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
