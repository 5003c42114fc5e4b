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
_PASSAGES = 8  # sentences are taken from so many of the best passages
_PER_PASSAGE = 4
_WORST = 0.5  # a sentence scoring less than this share of the best is left out
_SAME = 0.86  # cosine above which a sentence repeats one already chosen
_MOST_FIGURES = 2  # more figures than this make a sentence no better
_LONG = 330  # characters from which a sentence is hard to read on a phone

_FIGURE = re.compile(r"\d[\d,.]*\d|\b\d\b|\bpercent\b|por ciento")
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?: [A-ZÁÉÍÓÚÑ][\w.-]+)+")
_LEANING = re.compile(
    r"(?:It|This|That|These|Those|They|He|She|Such|Both|Esto|Eso|Esta|Este|Estas|Estos|Ambos|Ambas)\b"
)
_ABOUT_ITSELF = re.compile(
    r"\b(?:[Tt]his|[Tt]hese) (?:page|guide|list|file|digest|tracker|tool|collection|summary)\b"
    r"|\b(?:[Ee]sta|[Ee]ste) (?:página|guía|lista|archivo|resumen|registro|herramienta|colección)\b"
    r"|\bread for this\b|\bin this collection\b|\bde esta colección\b|\bpara esta guía\b"
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
    rank: int
    vector: Array


@dataclass(frozen=True, slots=True)
class _Taste:
    """What makes a sentence worth showing; shares of one score."""

    passage: float
    vector: float
    words: float
    opening: float
    cue: float
    figure: float
    repeat: float


_TASTES = {
    Language.EN: _Taste(
        passage=1.0, vector=0.8, words=0.4, opening=0.2, cue=0.2, figure=0.1, repeat=0.25
    ),
    Language.ES: _Taste(
        passage=1.0, vector=0.4, words=0.45, opening=0.2, cue=0.2, figure=0.1, repeat=0.25
    ),
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
    candidates = _candidates(part, found, text, cues)
    picked = _pick(candidates, most, _TASTES[part.language].repeat)
    first: dict[str, int] = {}
    for candidate in picked:
        first.setdefault(candidate.chosen.passage.id, candidate.rank)
    picked.sort(key=lambda each: (first[each.chosen.passage.id], each.chosen.sentence.start))
    return tuple(candidate.chosen for candidate in picked)


def _candidates(
    part: LanguageIndex, found: Found, text: str, cues: frozenset[Cue]
) -> list[_Candidate]:
    taste = _TASTES[part.language]
    query = set(words(text, part.language))
    top = found.hits[0].score if found.hits else 1.0
    numbers = {passage.id: number for number, passage in enumerate(part.passages)}
    candidates = []
    for rank, hit in enumerate(found.hits[:_PASSAGES]):
        rows = part.sentence_rows(numbers[hit.passage.id])
        vectors = part.sentence_vectors[rows.start : rows.stop]
        for place, (sentence, vector) in enumerate(
            zip(hit.passage.sentences, vectors, strict=True)
        ):
            score = (
                taste.passage * hit.score / top
                + taste.vector * float(vector @ found.vector)
                + taste.words * _shared(query, sentence.text, part.language)
                + taste.opening * (place == 0)
                + taste.cue * _meets(sentence.text, cues)
                + taste.figure * min(len(_FIGURE.findall(sentence.text)), _MOST_FIGURES)
                - _cost(sentence.text, place)
            )
            candidates.append(_Candidate(Chosen(hit.passage, sentence, score), rank, vector))
    return candidates


def _pick(candidates: Sequence[_Candidate], most: int, repeat: float) -> list[_Candidate]:
    """The best one by one, each worth less the more it is like one picked before it.

    This is maximal marginal relevance (Carbonell and Goldstein, 1998).
    """
    picked: list[_Candidate] = []
    left = sorted(candidates, key=lambda each: -each.chosen.score)
    worth = np.array([each.chosen.score for each in left])
    vectors = np.array([each.vector for each in left])
    likeness = np.zeros(len(left))
    while len(picked) < most and worth.size and worth.max() > 0:
        best = int(np.argmax(worth - repeat * likeness))
        candidate = left[best]
        if picked and candidate.chosen.score < _WORST * picked[0].chosen.score:
            break
        picked.append(candidate)
        likeness = np.maximum(likeness, vectors @ candidate.vector)
        worth[likeness > _SAME] = -np.inf
        if _count(picked, candidate) == _PER_PASSAGE:
            mine = [each.chosen.passage.id == candidate.chosen.passage.id for each in left]
            worth[mine] = -np.inf
    return picked


def _count(picked: Sequence[_Candidate], candidate: _Candidate) -> int:
    passage = candidate.chosen.passage.id
    return sum(each.chosen.passage.id == passage for each in picked)


def _shared(query: set[str], sentence: str, language: Language) -> float:
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
    if _ABOUT_ITSELF.search(sentence):
        cost += 0.4
    if len(sentence) > _LONG:
        cost += 0.1
    return cost
