"""Whether a claim that repeats a sentence of its evidence has changed a word of it on the way.

A model that means to repeat a sentence and gets one word wrong is the hardest to catch by meaning:
the two are as alike as can be. So what differs is looked at: a word in place of another, one that
has moved or is new, or a beginning left out, where everything around it is the same.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from assistant.verify.claim import Claim
from assistant.verify.clauses import neighbours
from assistant.verify.lexicon import spoken

_REPEATS = 0.75  # share of a claim's words, in their order, from which it repeats a sentence
_SUBJECT = 2  # words left out at its beginning, from which it no longer tells what it speaks of


def altered(claim: Claim) -> tuple[str, ...]:
    """Words exchanged, moved or added in a sentence that the claim repeats, or left out first."""
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
    repeated = texts[shares.index(most)]
    theirs = set(repeated)
    known = set().union(*texts, spoken(claim.around, claim.language))
    first = best.get_matching_blocks()[0]
    left_out = repeated[: first.b] if first.a == 0 and first.b >= _SUBJECT else ()
    changed = list(left_out)
    for kind, start, end, _, _ in best.get_opcodes():
        words = mine[start:end]
        if kind == "replace":
            changed += words
        elif kind == "delete":
            changed += [word for word in words if word in theirs or word not in known]
    return tuple(changed)
