"""What a claim rests on in its evidence, and how well the evidence bears it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.models import Passage, Sentence
from assistant.verify.claim import Claim
from assistant.verify.clauses import clauses, neighbours
from assistant.verify.lexicon import meanings, spoken

Array = NDArray[np.float32]
VectorOf = Callable[[Passage, Sentence], Array]
Rests = tuple[tuple[Passage, Sentence], ...]

MOST_RESTING = 3  # sentences that one claim may rest on
_WORTH_ADDING = 0.08  # share of the claim's words that a further sentence must bring
_LIKENESS = 0.5  # what likeness of meaning counts beside the share of words, to choose them


@dataclass(frozen=True, slots=True)
class Support:
    """How well evidence bears a claim, as numbers up to 1, and the sentences it rests on.

    ``meaning`` is the cosine to these taken together. ``borne`` is the share of a clause's words
    that one sentence of the evidence has, or two that follow one another; the mean of the clauses.
    """

    meaning: float
    borne: float
    resting: Rests


def support_of(claim: Claim, vector: Array, vector_of: VectorOf) -> Support:
    """How well the evidence bears a claim whose vector is given."""
    mine = frozenset(meanings(claim.text, claim.language))
    rows = [
        _Row(
            passage,
            sentence,
            frozenset(meanings(sentence.text, claim.language)),
            vector_of(passage, sentence),
        )
        for passage, sentence in _sentences(claim.evidence)
    ]
    if not rows or not mine:
        return Support(0.0, 0.0, ())
    resting = _resting(mine, vector, rows)
    together = np.sum([row.vector for row in resting], axis=0)
    return Support(
        meaning=float(vector @ together / max(float(np.linalg.norm(together)), 1e-9)),
        borne=_borne(claim),
        resting=tuple((row.passage, row.sentence) for row in resting),
    )


def _borne(claim: Claim) -> float:
    around = frozenset(meanings(claim.around, claim.language))
    told = [frozenset(meanings(text, claim.language)) | around for text in neighbours(claim)]
    parts = [spoken(part, claim.language) for part in clauses(claim.text, claim.language)]
    shares = [
        max(sum(word in held for word in part) / len(part) for held in told)
        for part in parts
        if part
    ]
    return sum(shares) / len(shares) if shares else 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    passage: Passage
    sentence: Sentence
    words: frozenset[str]
    vector: Array


def _sentences(evidence: Sequence[Passage]) -> Iterator[tuple[Passage, Sentence]]:
    for passage in evidence:
        for sentence in passage.sentences:
            yield passage, sentence


def _resting(mine: frozenset[str], vector: Array, rows: Sequence[_Row]) -> list[_Row]:
    """The likest sentence, then those that bring most of what is not yet covered."""
    chosen: list[_Row] = []
    missing = mine

    def worth(row: _Row) -> float:
        return len(missing & row.words) / len(mine) + _LIKENESS * float(vector @ row.vector)

    while len(chosen) < min(MOST_RESTING, len(rows)):
        best = max((row for row in rows if row not in chosen), key=worth)
        if chosen and len(missing & best.words) / len(mine) < _WORTH_ADDING:
            break
        chosen.append(best)
        missing -= best.words
    return chosen
