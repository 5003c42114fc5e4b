"""What else the record leaves open: sentences that say that something is not known.

They are found by searching, so a new document adds to them by itself. What tells such a sentence
stands in ``hearing.yaml`` (``gaps`` and ``not_gaps``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.answer.picks import Patterns, patterns_of
from assistant.answer.then import known_by
from assistant.index.opened import LanguageIndex
from assistant.index.words import words
from assistant.models import Audience, Citation, Hit, Language, Passage, Sentence
from assistant.tables import read_table
from assistant.verify.quotes import Reads, stands

_FILE = Path(__file__).with_name("hearing.yaml")
MOST_POINTS = 5  # of one subject
_DEPTH = 8  # passages looked through for each search
_SAME = 0.76  # cosine above which a sentence says again what is shown already
_ENOUGH = 0.4  # the share of a search's words, by rarity, that makes a sentence concern it


class Finds(Protocol):
    """How passages are found: the service's search."""

    def __call__(self, text: str, language: Language | None = None, k: int = 10) -> Sequence[Hit]:
        """The ``k`` best passages for a text, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Look:
    """One language of the documents, as they could be read on a day."""

    part: LanguageIndex
    day: date
    text_of: Reads


def tells_a_gap(text: str, language: Language) -> bool:
    """Whether a sentence says that something is not known or not public."""
    gaps, limits = _patterns()
    return bool(gaps[language].search(text)) and not limits[language].search(text)


def open_points(
    searches: Sequence[str], shown: Sequence[Citation], look: Look, find: Finds
) -> tuple[Citation, ...]:
    """At most five open points, the best found first, none that says again what is shown.

    Only documents for those who work with the record are looked through.
    """
    told = [look.part.vector_of(each.passage, _sentence(each)) for each in shown]
    asked = [_rarities(text, look.part) for text in searches]
    points: list[Citation] = []
    for passage, sentence in _candidates(searches, look, find):
        if len(points) == MOST_POINTS:
            break
        if not tells_a_gap(sentence.text, look.part.language):
            continue
        vector = look.part.vector_of(passage, sentence)
        known = told and float((np.array(told) @ vector).max()) > _SAME
        if not known and _concerns(asked, f"{passage.pinpoint} {sentence.text}", look.part):
            told.append(vector)
            points.append(Citation(0, passage, sentence.start, sentence.end, sentence.text))
    return tuple(points)


def _candidates(
    searches: Sequence[str], look: Look, find: Finds
) -> Iterator[tuple[Passage, Sentence]]:
    """Every sentence of the passages found, the best passage of all searches first."""
    best: dict[str, Hit] = {}
    for text in searches:
        for hit in find(text, look.part.language, _DEPTH):
            before = best.get(hit.passage.id)
            if before is None or hit.score > before.score:
                best[hit.passage.id] = hit
    for hit in sorted(best.values(), key=lambda each: -each.score):
        passage = hit.passage
        if Audience.STAFF not in passage.source.audiences:
            continue
        for sentence in passage.sentences:
            if known_by(passage, sentence, look.day) and stands(passage, sentence, look.text_of):
                yield passage, sentence


def _rarities(text: str, part: LanguageIndex) -> dict[str, float]:
    """How rare each word of a search is in the documents."""
    return {word: part.question_map.rarity(word) for word in words(text, part.language)}


def _concerns(asked: Sequence[dict[str, float]], text: str, part: LanguageIndex) -> bool:
    """Whether the sentence under its heading has enough of the rarer words of one search."""
    held = set(words(text, part.language))
    return any(
        sum(rarity for word, rarity in each.items() if word in held) >= _ENOUGH * sum(each.values())
        for each in asked
    )


def _sentence(citation: Citation) -> Sentence:
    return Sentence(citation.quote, citation.start, citation.end)


@cache
def _patterns() -> tuple[Patterns, Patterns]:
    table = read_table(_FILE)
    return patterns_of(table["gaps"]), patterns_of(table["not_gaps"])
