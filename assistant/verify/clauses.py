"""A claim cut into clauses, and its evidence into the sentences that may bear one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.models import Language
from assistant.verify.claim import Claim
from assistant.verify.lexicon import meanings

# The comma of "February 5, 2026" parts nothing.
_CLAUSE = re.compile(
    r"[,;:]\s+(?!(?:19|20)\d\d\b)|\s(?:while|and|but|whereas|mientras|y|pero|e)\s|\s[–—]\s"
)
_LEAST = 4  # words that mean something which a clause needs to be held against a sentence


def clauses(text: str, language: Language) -> list[str]:
    """The clauses of a sentence, each long enough to say something; short ones go together."""
    parts: list[str] = []
    for part in filter(str.strip, _CLAUSE.split(text)):
        short = parts and min(len(meanings(each, language)) for each in (part, parts[-1])) < _LEAST
        if short:
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def neighbours(claim: Claim) -> Iterator[str]:
    """Each sentence of the evidence, and each two that follow one another in a passage."""
    for passage in claim.evidence:
        texts = [sentence.text for sentence in passage.sentences]
        yield from texts
        yield from (f"{one} {other}" for one, other in zip(texts, texts[1:], strict=False))
