"""Whether the facts of a claim stand together, and of the same thing, where its evidence has them.

A number that is somewhere in a passage is not enough: "47,289 names" borrows a true number for
another thing, and a true day goes with another deed. So each clause is held against the sentences
of the evidence: one of them has all of its facts, and says about as much of it as any other does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify.claim import Claim
from assistant.verify.clauses import clauses, neighbours
from assistant.verify.facts import facts_of
from assistant.verify.lexicon import meanings

_NEARLY = 0.8  # share of a clause's words from which one sentence says it
_BETTER = 0.1  # share of a clause's words by which a sentence without the fact must say more


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of the evidence, the words that it says and the facts that it states."""

    words: frozenset[str]
    facts: frozenset[str]


def unbound(claim: Claim) -> tuple[str, ...]:
    """Facts of the claim that its evidence states apart, or of something else."""
    around = facts_of(claim.around, claim.language)
    told, alone = (
        [_Told(_words(text, claim), facts_of(text, claim.language) | around) for text in texts]
        for texts in (neighbours(claim), claim.told)
    )
    lost: list[str] = []
    for clause in clauses(claim.text, claim.language):
        facts = facts_of(clause, claim.language)
        words = _words(clause, claim)
        if not any(facts <= each.facts for each in told):
            lost += sorted(facts)
        elif not any(facts <= each.facts for each in alone):
            lost += _elsewhere(facts, words, alone, around)
        else:
            lost += [
                fact for fact in sorted(facts) if _is_of_another(fact, facts, words, alone, around)
            ]
    return tuple(lost)


def _words(text: str, claim: Claim) -> frozenset[str]:
    return frozenset(meanings(text, claim.language))


def _elsewhere(
    facts: frozenset[str], words: frozenset[str], told: Sequence[_Told], around: frozenset[str]
) -> list[str]:
    """Facts for which the sentence that says nearly the whole clause has another of their kind."""
    best = max(told, key=lambda each: len(words & each.words))
    if len(words & best.words) < _NEARLY * len(words):
        return []
    kinds = {other.partition(":")[0] for other in best.facts - facts - around}
    return [fact for fact in sorted(facts - best.facts) if fact.partition(":")[0] in kinds]


def _is_of_another(
    fact: str,
    facts: frozenset[str],
    words: frozenset[str],
    told: Sequence[_Told],
    around: frozenset[str],
) -> bool:
    """Whether a sentence with a fact of this kind that is not the claim's says far more of it."""
    kind = fact.partition(":")[0] + ":"
    with_it = max((len(words & each.words) for each in told if fact in each.facts), default=0)
    rivals = [
        len(words & each.words)
        for each in told
        if fact not in each.facts
        and any(other.startswith(kind) for other in each.facts - facts - around)
    ]
    return bool(words and rivals) and (max(rivals) - with_it) / len(words) > _BETTER
