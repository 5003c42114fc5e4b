"""Whether a claim that repeats a sentence of its evidence leaves out, or adds, what turns it.

"Does not stop" without its "not", "if the House adopted" without its "if": all other words stand,
so nothing else tells the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.verify.claim import Claim
from assistant.verify.lexicon import lexicon, unified

_REPEATS = 0.7  # share of a claim's words, in their order, from which it repeats a sentence
_REACH = 3  # words from a turning word to one that is repeated, up to which it bears on that
_LISTING = frozenset({"ni", "nor"})  # "neither A nor B" may lose its B
_MODALS = frozenset(
    {"can", "could", "may", "might", "must", "shall", "should"}
    | {"puede", "pueden", "podria", "debe", "deben"}
)
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|§|[,;:.]")


def dropped(claim: Claim) -> tuple[str, ...]:
    """Words that deny or make conditional, on one side only of what the claim repeats."""
    mine = _words(claim.text)
    best: tuple[SequenceMatcher[str], tuple[str, ...]] | None = None
    most: float = _REPEATS * sum(word.isalnum() for word in mine)
    for theirs in map(_words, claim.told):
        if len(set(mine) & set(theirs)) < _REPEATS * len(set(mine)):
            continue
        match = SequenceMatcher(None, mine, theirs, autojunk=False)
        size = sum(
            word.isalnum()
            for block in match.get_matching_blocks()
            for word in mine[block.a : block.a + block.size]
        )
        if size > most:
            best, most = (match, theirs), size
    if best is None:
        return ()
    return _turning(best[0], mine, best[1]) + _moved(mine, best[1])


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(unified(text)))


def _moved(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """What may not be done here, where it may be left undone there: the denial has moved."""
    denied = _denied_modals(mine)
    if not denied or _denied_modals(theirs) or not set(theirs) & _MODALS:
        return ()
    return denied


def _denied_modals(words: Sequence[str]) -> tuple[str, ...]:
    denying = lexicon().denying
    return tuple(
        f"{one} {other}"
        for one, other in zip(words, words[1:], strict=False)
        if (one in denying and other in _MODALS) or (one in _MODALS and other in denying)
    )


def _turning(
    match: SequenceMatcher[str], mine: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...]:
    found: list[str] = []
    for kind, start, end, other_start, other_end in match.get_opcodes():
        if kind == "equal":
            continue
        # What stands in place of something else may say the same condition in other words.
        words = lexicon().denying - _LISTING
        if kind != "replace":
            words |= lexicon().conditional
        gone = _near(theirs[other_start:other_end], other_end < len(theirs), words)
        added = _near(mine[start:end], end < len(mine), words)
        if bool(gone) != bool(added):
            found += gone or added
    return tuple(found)


def _near(part: Sequence[str], goes_on: bool, turning: frozenset[str]) -> list[str]:
    """The turning words that stand close before what is repeated, with no stop between."""
    held = part if goes_on else ()
    near: list[str] = []
    for word in reversed(held[-_REACH - 1 :]):
        if not word.isalnum() and word in ",;:.":
            break
        if word in turning:
            near.append(word)
    return near
