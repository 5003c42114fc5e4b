"""The one description of how a generated sentence is checked before anyone may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.models import Sentence
from assistant.verify import facts, sense
from assistant.verify.altered import altered
from assistant.verify.bound import unbound
from assistant.verify.claim import Check, Claim, Objection, Verdict
from assistant.verify.dropped import dropped
from assistant.verify.entailment import Entailment
from assistant.verify.support import Array, Rests, VectorOf, support_of
from assistant.verify.turned import turned_round

Encodes = Callable[[str], Array]

# From these on the evidence is held to bear a claim. Chosen on the tuning half of the labelled set
# (`python -m evals checks`) so that little that is wrong goes through, at the price of much that is
# right being withheld: what is withheld, quotations stand in for.
LEAST_MEANING = 0.82
LEAST_BORNE = 0.9
# What an entailment model, where one is set, must hold likelier than not.
LEAST_ENTAILED = 0.5


class Checker(Protocol):
    """The seam for checks; tests put a fake in its place."""

    def check(self, claim: Claim) -> Verdict:
        """What there is to object to a generated sentence."""
        ...


class SentenceChecker:
    """Checks facts to the letter, then the sense, then how well the evidence bears the whole.

    An entailment model, where there is one, is asked last, and only of what else would stand.
    """

    def __init__(
        self, encode: Encodes, vector_of: VectorOf, entailment: Entailment | None = None
    ) -> None:
        self._encode, self._vector_of, self._entailment = encode, vector_of, entailment

    def check(self, claim: Claim) -> Verdict:
        """Every objection to a claim; without evidence that is the only one."""
        if not claim.told:
            return Verdict(claim, (Objection(Check.CITES),))
        found = support_of(claim, self._encode(claim.text), self._vector_of)
        objections = list(_objections(claim, [sentence for _, sentence in found.resting]))
        if found.meaning < LEAST_MEANING or found.borne < LEAST_BORNE:
            objections.append(Objection(Check.SUPPORT))
        elif not (objections or self._entailed(claim, found.resting)):
            objections.append(Objection(Check.ENTAILED))
        return Verdict(claim, tuple(objections), found.meaning, found.borne, found.resting)

    def _entailed(self, claim: Claim, resting: Rests) -> bool:
        """Whether what it rests on entails the claim; without a model nothing speaks against it."""
        if self._entailment is None:
            return True
        premise = " ".join(sentence.text for _, sentence in resting)
        return self._entailment.probability(premise, claim.text) >= LEAST_ENTAILED


def _turned(claim: Claim, resting: Sequence[Sentence]) -> tuple[str, ...]:
    return sense.denied(claim, resting) + dropped(claim) + sense.opposed(claim, resting)


def _objections(claim: Claim, resting: Sequence[Sentence]) -> Iterator[Objection]:
    found = (
        (Check.FIGURES, facts.missing_figures(claim)),
        (Check.COUNTED, facts.miscounted(claim)),
        (Check.BOUND, unbound(claim)),
        (Check.STATUTES, facts.missing_provisions(claim)),
        (Check.NAMES, facts.missing_names(claim)),
        (Check.QUOTED, facts.misquoted(claim)),
        (Check.ALTERED, altered(claim)),
        (Check.OPPOSITE, _turned(claim, resting)),
        (Check.STRENGTH, sense.overstated(claim, resting)),
        (Check.DIRECTION, turned_round(claim, resting)),
        (Check.STANDING, sense.told_as_present(claim)),
        (Check.PERSONAL, sense.personal(claim)),
    )
    yield from (Objection(check, words) for check, words in found if words)
