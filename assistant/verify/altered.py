"""Whether a claim that repeats a sentence of its evidence has changed a word of it on the way.

A model that means to repeat a sentence and gets one word wrong is the hardest to catch by meaning:
the two are as alike as can be. So what differs is looked at: a word in place of another, or one
that has moved, where everything around it is the same.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from assistant.verify.claim import Claim
from assistant.verify.clauses import neighbours
from assistant.verify.lexicon import spoken

_REPEATS = 0.75  # share of a claim's words, in their order, from which it repeats a sentence


def altered(claim: Claim) -> tuple[str, ...]:
    """Words of the claim that stand in place of others in the sentence it repeats, or elsewhere."""
    mine = spoken(claim.text, claim.language)
    texts = [text for each in neighbours(claim) if (text := spoken(each, claim.language))]
    matches = [SequenceMatcher(None, mine, text, autojunk=False) for text in texts]
    if not mine or not matches:
        return ()
    shares = [sum(block.size for block in each.get_matching_blocks()) for each in matches]
    most = max(shares)
    if most / len(mine) < _REPEATS:
        return ()
    best = matches[shares.index(most)]
    theirs = set(texts[shares.index(most)])
    known = set().union(*texts, spoken(claim.around, claim.language))
    changed: list[str] = []
    for kind, start, end, _, _ in best.get_opcodes():
        words = mine[start:end]
        if kind == "replace":
            changed += words
        elif kind == "delete":
            changed += [word for word in words if word in theirs or word not in known]
    return tuple(changed)
