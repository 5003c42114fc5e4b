"""How strong the evidence is: enough to answer, enough for a part, too weak, or off the subject."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.cites import find_references
from assistant.index.words import words
from assistant.models import Language, Outcome
from assistant.retrieve.find import Found

_FILE = Path(__file__).with_name("subject.yaml")
# The figures that the story is known by.
_FIGURE = re.compile(
    r"\b(?:47[,.]?289|47[,.]?489|47[,.]?000|47k|42[,.]?695|1[.,]28|33[,.]?000|7\.[36] mill\w+"
    r"|3[.,]7 ?(?:%|percent\b|por ciento\b))"
    r"(?!\w)"
)
_MOST_WORDS = 3  # more core words than this make a question no more ours


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds that a question is one the documents answer.

    Fitted by ``python -m evals fit abstention``: logistic regression on the tuning half of the
    evaluation's questions and on 409 of everyday life and of neighbouring subjects, in both
    languages, then rounded. Word scores are divided by the square root of the number of words.
    """

    question_vector: float = 10.1
    question_map: float = 6.76
    ours: float = 4.14
    question_words: float = 0.63
    text_words: float = 0.39
    core: float = 2.03
    each_core_word: float = 0.63
    wider: float = 0.76
    spanish: float = 0.51
    length: float = 2.21
    base: float = -16.9


WEIGHTS = Weights()
# What is known by its plan is answered on less. Of the tuning half 1 in 100 questions that must be
# answered are kept back so, and 94 of 100 of neighbouring subjects.
ANSWERED, PARTIAL = 2.7, 1.6


@dataclass(frozen=True, slots=True)
class _Subject:
    """The subject's words of one language, as stems."""

    core: frozenset[str]
    wider: frozenset[str]


def signs(found: Found, text: str, language: Language) -> dict[str, float]:
    """What tells that the documents answer a question, named as the weights are; no base."""
    asked = words(text, language)
    root = math.sqrt(max(len(asked), 1))
    core = _core_words(text, language)
    return {
        "question_vector": found.peaks["question_vector"],
        "question_map": found.peaks["question_map"],
        "ours": found.ours,
        "question_words": found.peaks["question_words"] / root,
        "text_words": found.peaks["text_words"] / root,
        "core": float(core > 0),
        "each_core_word": float(min(core, _MOST_WORDS)),
        "wider": float(not _subject(language).wider.isdisjoint(asked)),
        "spanish": float(language is Language.ES),
        "length": math.log(max(len(asked), 1)),
    }


def evidence(found: Found, text: str, language: Language) -> float:
    """Log-odds that the documents answer a question, from what was found and from its words."""
    weights: dict[str, float] = asdict(WEIGHTS)
    told = signs(found, text, language)
    return WEIGHTS.base + sum(weights[name] * value for name, value in told.items())


def margin(found: Found, text: str, language: Language) -> float:
    """How far the evidence stands above the least that is answered; negative where it is less."""
    return evidence(found, text, language) - PARTIAL


def on_subject(text: str, language: Language) -> bool:
    """Whether a question holds a word, a figure or a provision of the subject."""
    wider = _subject(language).wider
    return _core_words(text, language) > 0 or not wider.isdisjoint(words(text, language))


def outcome_for(found: Found, text: str, language: Language) -> Outcome:
    """What an answer made from what was found may call itself."""
    strength = evidence(found, text, language)
    if strength >= ANSWERED:
        return Outcome.ANSWERED
    if strength >= PARTIAL:
        return Outcome.PARTIAL
    return Outcome.ABSTAINED if on_subject(text, language) else Outcome.OUT_OF_SCOPE


def _core_words(text: str, language: Language) -> int:
    """How many core words a question holds; a figure or provision of the subject is one."""
    named = bool(find_references(text) or _FIGURE.search(text))
    return len(_subject(language).core & set(words(text, language))) or int(named)


@cache
def _subject(language: Language) -> _Subject:
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    core = frozenset(words(table["core"][language.value], language))
    wider = frozenset(words(table["wider"][language.value], language))
    return _Subject(core, wider - core)
