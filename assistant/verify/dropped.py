"""Whether a claim that repeats a sentence of its evidence leaves out, or adds, what turns it.

"Does not stop" without its "not", "if the House adopted" without its "if": all other words stand,
so nothing else tells the two apart.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.verify.claim import Claim
from assistant.verify.lexicon import lexicon, unified

_REPEATS = 0.7  # share of a claim's words, in their order, from which it repeats a sentence
_REACH = 3  # words from a turning word to one that is repeated, up to which it bears on that
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|§|[,;:.]")


def dropped(claim: Claim) -> tuple[str, ...]:
    """Words that deny or make conditional, on one side only of what the claim repeats."""
    mine = _WORDS.findall(unified(claim.text))
    if not mine:
        return ()
    best, most = None, _REPEATS * sum(word.isalnum() for word in mine)
    for passage in claim.evidence:
        for sentence in passage.sentences:
            match = SequenceMatcher(
                None, mine, _WORDS.findall(unified(sentence.text)), autojunk=False
            )
            if match.quick_ratio() == 0:
                continue
            size = sum(
                word.isalnum()
                for block in match.get_matching_blocks()
                for word in mine[block.a : block.a + block.size]
            )
            if size > most:
                best, most = match, size
    return _turning(best) if best else ()


def _turning(match: SequenceMatcher[str]) -> tuple[str, ...]:
    found: list[str] = []
    for kind, start, end, other_start, other_end in match.get_opcodes():
        if kind == "equal":
            continue
        gone = _near(match.b[other_start:other_end], other_end < len(match.b))
        added = _near(match.a[start:end], end < len(match.a))
        if bool(gone) != bool(added):
            found += gone or added
    return tuple(found)


def _near(words: object, goes_on: bool) -> list[str]:
    """The turning words that stand close before what is repeated, with no stop between."""
    held = [str(word) for word in words] if goes_on else []  # type: ignore[attr-defined]
    near: list[str] = []
    for word in reversed(held[-_REACH - 1 :]):
        if not word.isalnum() and word in ",;:.":
            break
        if word in lexicon().denying or word in lexicon().conditional:
            near.append(word)
    return near
