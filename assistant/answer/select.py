"""Choose the few sentences that together answer a question, and the order they are read in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.answer.alike import answering, rarities, shared
from assistant.answer.cues import Cue
from assistant.answer.then import known_by
from assistant.index.opened import LanguageIndex
from assistant.index.words import words
from assistant.models import Passage, Sentence
from assistant.retrieve.find import Found
from assistant.status import dates_in

Array = NDArray[np.float32]

MOST_SENTENCES = 8
# Sentences taken from the best passage, the next, and so on: the first reads as prose, the last
# ones add what else answers. Of six ways to share out eight sentences this showed most key facts.
_QUOTAS = (3, 2, 1, 1, 1)
_SAME = 0.86  # cosine above which a sentence repeats one already chosen
_MOST_FIGURES = 2  # more figures than this make a sentence no better
_LONG = 330  # characters from which a sentence is hard to read on a phone

_FIGURE = re.compile(r"\d[\d,.]*\d|\b\d\b|\bpercent\b|por ciento")
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?: [A-ZÁÉÍÓÚÑ][\w.-]+)+")
_LEANING = re.compile(
    r"(?:It|This|That|These|Those|They|He|She|Such|Both|Esto|Eso|Esta|Este|Estas|Estos|Ambos|Ambas)\b"
)
_CARRYING_ON = re.compile(
    r"(?:But|So|Also|However|Therefore|Thus|Instead|Still|Then|For that reason|As a result"
    r"|Because of|Pero|Además|También|Sin embargo|Por eso|Por tanto|Por lo tanto|Así|Entonces"
    r"|En cambio|Aun así|Tampoco|Ni siquiera)\b"
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
    """What makes a sentence worth showing rather than another.

    Set from a logistic regression on the tuning half of the evaluation's questions (whether the
    sentence holds a key fact), rounded by hand; ``python -m evals fit sentences`` does it again.
    ``answers`` was tried by hand from 0 to 5: from 1 to 4 nothing changes much. The fit would have
    ``vector`` at 4; from 2 to 4 nothing changes much either.
    """

    answers: float = 2.0  # how much it answers the questions of its section that are like this one
    vector: float = 2.0  # likeness to the question
    words: float = 1.6  # the share of the question's words, rare ones counting more
    best: float = 0.25  # the sentence of its passage that is most like the question
    opening: float = 0.2  # by its place in the passage: 1, 1/2, 1/3 …
    figure: float = 0.39
    wanted: float = 0.53  # for each asked-for thing that it holds
    leaning: float = 0.3  # taken off one that leans on the sentence before
    carrying: float = 1.0  # taken off one that carries it on, and makes a poor opening
    long: float = 0.1  # taken off one that is hard to read


_TASTE = _Taste()


def choose(
    part: LanguageIndex,
    found: Found,
    text: str,
    cues: frozenset[Cue],
    most: int = MOST_SENTENCES,
    day: date | None = None,
) -> tuple[Chosen, ...]:
    """At most ``most`` sentences, no two alike, the passage that answers best first.

    With a day, only sentences that could be said by then; a passage without any makes room.
    Within a passage sentences keep their order, since each was written to follow the one before.
    """
    asked = rarities(part, words(text, part.language))
    picked: list[_Candidate] = []
    pools = (_candidates(part, hit.passage, found.vector, asked, cues, day) for hit in found.hits)
    for quota, candidates in zip(_QUOTAS, filter(None, pools), strict=False):
        new = [each for each in candidates if not _repeats(each, picked)]
        new.sort(key=lambda each: -each.chosen.score)
        best = new[: min(quota, most - len(picked))]
        picked.extend(sorted(best, key=lambda each: each.chosen.sentence.start))
    return tuple(candidate.chosen for candidate in picked)


def _candidates(
    part: LanguageIndex,
    passage: Passage,
    question: Array,
    asked: dict[str, float],
    cues: frozenset[Cue],
    day: date | None,
) -> list[_Candidate]:
    rows = part.sentence_rows(part.row_of(passage))
    vectors = part.sentence_vectors[rows.start : rows.stop]
    likeness = vectors @ question
    answers = answering(part, passage, question, asked)
    candidates = []
    for row, sentence in enumerate(passage.sentences):
        if _ABOUT_ITSELF.search(sentence.text):
            continue
        if day and not known_by(passage, sentence, day):
            continue
        score = (
            _TASTE.answers * answers[row]
            + _TASTE.vector * float(likeness[row])
            + _TASTE.best * (likeness[row] == likeness.max())
            + _TASTE.words * shared(asked, words(sentence.text, part.language))
            + _TASTE.opening / (1 + row)
            + _worth(sentence.text, row, cues)
        )
        candidates.append(_Candidate(Chosen(passage, sentence, score), vectors[row]))
    return candidates


def _repeats(candidate: _Candidate, picked: Sequence[_Candidate]) -> bool:
    return any(float(candidate.vector @ other.vector) > _SAME for other in picked)


def _worth(sentence: str, place: int, cues: frozenset[Cue]) -> float:
    """What the sentence is worth whatever the question's words are."""
    figures = min(len(_FIGURE.findall(sentence)), _MOST_FIGURES)
    worth = _TASTE.figure * figures + _TASTE.wanted * _meets(sentence, cues)
    if place > 0 and _LEANING.match(sentence):
        worth -= _TASTE.leaning
    if place > 0 and _CARRYING_ON.match(sentence):
        worth -= _TASTE.carrying
    if len(sentence) > _LONG:
        worth -= _TASTE.long
    return worth


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
