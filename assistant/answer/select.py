"""Choose the few sentences that together answer a question, and the order they are read in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer.cues import Cue
from assistant.index.opened import LanguageIndex
from assistant.index.words import words
from assistant.models import Language, Passage, Sentence
from assistant.retrieve.find import Found
from assistant.status import dates_in

Array = NDArray[np.float32]

MOST_SENTENCES = 6
# Sentences taken from the best passage, the next, and so on until there are enough. A few from
# each read as prose; measured, this shows as many key facts as choosing freely among all passages.
_QUOTAS = (3, 2, 1, 1, 1, 1)
_SAME = 0.86  # cosine above which a sentence repeats one already chosen
_MOST_FIGURES = 2  # more figures than this make a sentence no better
_LONG = 330  # characters from which a sentence is hard to read on a phone

_FIGURE = re.compile(r"\d[\d,.]*\d|\b\d\b|\bpercent\b|por ciento")
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?: [A-ZÁÉÍÓÚÑ][\w.-]+)+")
_LEANING = re.compile(
    r"(?:It|This|That|These|Those|They|He|She|Such|Both|Esto|Eso|Esta|Este|Estas|Estos|Ambos|Ambas)\b"
)
# What a document says of itself and its neighbours answers no question.
_ABOUT_ITSELF = re.compile(
    r"\b(?:this|these) (?:page|guide|list|file|digest|tracker|tool|collection|summary)\b"
    r"|\best[ae] (?:página|guía|lista|archivo|resumen|registro|herramienta|colección)\b"
    r"|\b(?:the )?(?:court )?files? [\"“]?[a-z0-9]+(?:-[a-z0-9]+)+"
    r"|\barchivos? (?:de tribunales )?[\"“«]?[a-z0-9]+(?:-[a-z0-9]+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence that will be shown, with the passage it is quoted from."""

    passage: Passage
    sentence: Sentence
    score: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    chosen: Chosen
    vector: Array


@dataclass(frozen=True, slots=True)
class _Taste:
    """What makes one sentence of a passage worth showing rather than another."""

    vector: float
    words: float
    opening: float
    cue: float
    figure: float


_TASTES = {
    Language.EN: _Taste(vector=0.8, words=0.25, opening=0.15, cue=0.2, figure=0.1),
    Language.ES: _Taste(vector=0.4, words=0.3, opening=0.15, cue=0.2, figure=0.1),
}


def choose(
    part: LanguageIndex,
    found: Found,
    text: str,
    cues: frozenset[Cue],
    most: int = MOST_SENTENCES,
) -> tuple[Chosen, ...]:
    """At most ``most`` sentences, no two alike, the passage that answers best first.

    Within a passage sentences keep their order, since each was written to follow the one before.
    """
    query = frozenset(words(text, part.language))
    picked: list[_Candidate] = []
    for hit, quota in zip(found.hits, _QUOTAS, strict=False):
        candidates = _candidates(part, hit.passage, found.vector, query, cues)
        new = [each for each in candidates if not _repeats(each, picked)]
        new.sort(key=lambda each: -each.chosen.score)
        best = new[: min(quota, most - len(picked))]
        picked.extend(sorted(best, key=lambda each: each.chosen.sentence.start))
    return tuple(candidate.chosen for candidate in picked)


def _candidates(
    part: LanguageIndex,
    passage: Passage,
    question: Array,
    query: frozenset[str],
    cues: frozenset[Cue],
) -> list[_Candidate]:
    taste = _TASTES[part.language]
    rows = part.sentence_rows(part.row_of(passage))
    vectors = part.sentence_vectors[rows.start : rows.stop]
    candidates = []
    for place, (sentence, vector) in enumerate(zip(passage.sentences, vectors, strict=True)):
        if _ABOUT_ITSELF.search(sentence.text):
            continue
        score = (
            taste.vector * float(vector @ question)
            + taste.words * _shared(query, sentence.text, part.language)
            + taste.opening * (place == 0)
            + taste.cue * _meets(sentence.text, cues)
            + taste.figure * min(len(_FIGURE.findall(sentence.text)), _MOST_FIGURES)
            - _cost(sentence.text, place)
        )
        candidates.append(_Candidate(Chosen(passage, sentence, score), vector))
    return candidates


def _repeats(candidate: _Candidate, picked: Sequence[_Candidate]) -> bool:
    return any(float(candidate.vector @ other.vector) > _SAME for other in picked)


def _shared(query: frozenset[str], sentence: str, language: Language) -> float:
    """The share of the question's words that the sentence has."""
    return len(query & set(words(sentence, language))) / len(query) if query else 0.0


def _meets(sentence: str, cues: frozenset[Cue]) -> float:
    """How many of the asked-for things the sentence holds: a figure, a date, a name."""
    wanted = 0.0
    if Cue.COUNT in cues and _FIGURE.search(sentence):
        wanted += 1.0
    if Cue.DATE in cues and dates_in(sentence):
        wanted += 1.0
    if Cue.WHO in cues and _NAME.search(sentence):
        wanted += 1.0
    return wanted


def _cost(sentence: str, place: int) -> float:
    cost = 0.0
    if place > 0 and _LEANING.match(sentence):
        cost += 0.15
    if len(sentence) > _LONG:
        cost += 0.1
    return cost
