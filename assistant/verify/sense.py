"""What a claim makes of its evidence: opposites, strength, standing, and words to a person."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Sentence
from assistant.status import is_past
from assistant.verify.claim import Claim
from assistant.verify.lexicon import lexicon, plain, tokens, unified

_REACH = 3  # words after a denying word that it denies
_SHORT = 4  # letters from which a word is compared by its beginning


def denied(claim: Claim, resting: Sequence[Sentence]) -> tuple[str, ...]:
    """Words that the claim denies and its evidence only asserts, or the other way round.

    A sentence that has the word and denies something as the claim does, says it in other words.
    """
    mine, my_plain = _denials(claim.text)
    denies = bool(mine)
    turned: dict[str, bool] = {}
    for each in resting:
        theirs, their_plain = _denials(each.text)
        for word in (mine & their_plain) | (my_plain & theirs):
            turned[word] = turned.get(word, True) and bool(theirs) != denies
        for word in (mine & theirs) | (my_plain & their_plain):
            turned[word] = False
    return tuple(sorted(word for word, against in turned.items() if against))


def _denials(text: str) -> tuple[set[str], set[str]]:
    """The beginnings of the words that a text denies, and of those it asserts."""
    negated: set[str] = set()
    asserted: set[str] = set()
    left = 0
    for word in tokens(text):
        if word in lexicon().denying:
            left = _REACH
            continue
        if len(word) >= _SHORT:
            (negated if left else asserted).add(word[:6])
        left = max(left - 1, 0)
    return negated, asserted


def opposed(claim: Claim, resting: Sequence[Sentence]) -> tuple[str, ...]:
    """Words whose opposite the evidence has, and not they themselves."""
    mine = unified(claim.text)
    theirs = unified(" ".join(each.text for each in resting))
    found: list[str] = []
    for pair in lexicon().opposites:
        for one, other in (pair, pair[::-1]):
            said = one.within(mine)
            if said and not other.within(mine) and other.within(theirs) and not one.within(theirs):
                found.append(said[0])
    return tuple(found)


def overstated(claim: Claim, resting: Sequence[Sentence]) -> tuple[str, ...]:
    """Words that make the claim surer, wider or more binding than anything in its evidence."""
    mine = plain(claim.text)
    whole = plain(" ".join(passage.text for passage in claim.evidence))
    found = [
        said[0]
        for group in lexicon().strength.values()
        if (said := group.within(mine)) and not group.within(whole)
    ]
    if resting and not lexicon().hedges.within(mine):
        found += lexicon().hedges.within(plain(resting[0].text))[:1]
    return tuple(found)


def told_as_present(claim: Claim) -> tuple[str, ...]:
    """Words of today about what every cited source marks as past."""
    mine = plain(claim.text)
    past = claim.evidence and all(is_past(each.source.status) for each in claim.evidence)
    evidence = plain(" ".join(each.text for each in claim.evidence))
    present = lexicon().present
    if not past or lexicon().over.within(mine):
        return ()
    return tuple(word for word in present.within(mine) if word not in present.within(evidence))


def personal(claim: Claim) -> tuple[str, ...]:
    """Advice, forecasts of a person's fate and promises that the evidence does not hold itself."""
    text = claim.text.lower()
    evidence = [each.lower() for each in claim.told]
    found = []
    for patterns in lexicon().personal.values():
        for pattern in patterns:
            said = pattern.search(text)
            if said and not any(pattern.search(each) for each in evidence):
                found.append(said[0])
    return tuple(found)
