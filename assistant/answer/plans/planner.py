"""Tell of which kind a question is: by what its words and vector teach, and by what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from operator import attrgetter

from assistant.answer.plans.table import Aspect, Plan, plan_asking, plan_named, plans_of
from assistant.index.kinds import told_by
from assistant.index.opened import LanguageIndex
from assistant.retrieve.find import Found

_FOUND = 0.3  # what the documents found add, where all of them are a plan's
_FOUND_DEPTH = 5  # passages whose documents tell the kind; the first counts most
_SURE = 0.5  # strength from which a plan is followed
_CLEAR = 0.4  # a weaker one is followed from here,
_AHEAD = 0.1  # where no other plan comes this near
_LIKELY = 0.3  # strength from which a plan that is not followed still has a say,
_APART = 0.05  # and the first word where no other plan comes this near
# What words and vector alone must tell for a question to be known: of 2,600 questions that are not
# ours 4 in a thousand come so far, and of 409 of everyday life none.
_KNOWN = 0.6


@dataclass(frozen=True, slots=True)
class Told:
    """The plan that a question calls for most, and how strongly."""

    plan: Plan
    strength: float
    certain: bool = False  # asked in the very words of an example
    ahead: float = 0.0  # of the next plan
    known: bool = False  # so like its examples that it is answered on any evidence

    @property
    def sure(self) -> bool:
        """Whether it is strong enough to be followed, or clear enough of all others."""
        return self.strong or (self.strength >= _CLEAR and self.ahead >= _AHEAD)

    @property
    def strong(self) -> bool:
        """Whether it is followed whatever else the question is like."""
        return self.strength >= _SURE

    @property
    def likely(self) -> bool:
        """Whether it has a say in the answer."""
        return self.strength >= _LIKELY

    @property
    def leads(self) -> tuple[Aspect, ...]:
        """What it opens an answer with.

        Of 860 fresh wordings, half of those that it is only likely for and apart from the others
        are answered by its first lead, and a fifth by the first sentence that the search chose.
        """
        if self.sure:
            return self.plan.leads
        return self.plan.leads[:1] if self.likely and self.ahead >= _APART else ()


def told(part: LanguageIndex, text: str, found: Found) -> Told | None:
    """The plan that words, vector and documents speak for most; None where the index knows none.

    A question in the very words of an example is certainly of its plan. A kind that an index of
    other code knows and no plan has is left out.
    """
    same = plan_asking(text, part.language)
    if same and same.name in part.kinds.kinds:
        return Told(same, 1.0, certain=True, known=True)
    if not part.kinds.kinds:
        return None
    spoken = part.kinds.strengths(told_by(text, part.language), found.vector)
    shares = _shares_found(found)
    kinds = [
        Told(
            plan,
            float(strength) + _FOUND * shares.get(kind, 0.0),
            known=bool(strength >= _KNOWN),
        )
        for kind, strength in zip(part.kinds.kinds, spoken, strict=True)
        if (plan := plan_named(kind))
    ]
    match nlargest(2, kinds, key=attrgetter("strength")):
        case [first, second]:
            return replace(first, ahead=first.strength - second.strength)
        case fewer:
            return next(iter(fewer), None)


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
