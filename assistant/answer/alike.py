"""Which sentences answer the questions that the documents say they answer, if a question is alike.

Each section lists questions in askers' words, each with the sentences that answer it. A new
question is answered as those are that it is most like.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.index.opened import LanguageIndex
from assistant.index.words import words
from assistant.models import Passage

Array = NDArray[np.float32]

_VECTOR, _WORDS = 0.6, 0.4  # what makes two questions alike
_SHARPNESS = 0.08  # the less, the more the likest question decides alone
_LESS = 0.5  # how much less the second answering sentence counts than the first, and so on


def answering(
    part: LanguageIndex, passage: Passage, question: Array, asked: dict[str, float]
) -> Array:
    """For each sentence how much it answers what is like the question: a number of 0 or more.

    ``asked`` has the question's words with their rarity. All are 0 where the document does not
    say which sentences answer.
    """
    votes = np.zeros(len(passage.sentences), dtype=np.float32)
    if not any(passage.answers):
        return votes
    rows = part.question_rows(part.row_of(passage))
    likeness = _VECTOR * (part.question_vectors[rows.start : rows.stop] @ question)
    likeness += _WORDS * np.array(
        [shared(asked, words(each, part.language)) for each in passage.questions]
    )
    weights = np.exp((likeness - likeness.max()) / _SHARPNESS)
    for weight, numbers in zip(weights / weights.sum(), passage.answers, strict=True):
        for place, number in enumerate(numbers):
            votes[number] += weight / (1 + _LESS * place)
    return votes


def rarities(part: LanguageIndex, asked: Sequence[str]) -> dict[str, float]:
    """How rare each word of a question is in the documents."""
    return {word: part.question_map.rarity(word) for word in asked}


def shared(asked: dict[str, float], held: Sequence[str]) -> float:
    """The share of the question's words that a text has, by their rarity."""
    both = asked.keys() & set(held)
    return sum(asked[word] for word in both) / sum(asked.values()) if both else 0.0
