"""How strong the evidence is: enough to answer, enough for a part, too weak, or off the subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.cites import find_references
from assistant.index.words import words
from assistant.models import Language, Outcome
from assistant.retrieve.find import Found

_FILE = Path(__file__).with_name("subject.yaml")
# The figures that the story is known by.
_FIGURE = re.compile(r"\b(?:47[,.]?289|47[,.]?000|42[,.]?695|1[.,]28|33[,.]?000)\b")


@dataclass(frozen=True, slots=True)
class _Bar:
    """The strength from which an answer is whole, and from which it is at least partial."""

    answered: float
    partial: float


# Set on the evaluation's questions, on a thousand of the documents' own questions with each taken
# out of the index in turn, and on eighty questions of everyday life that are not for us. The
# English-born model finds all Spanish alike, so likeness starts higher there.
_ON_SUBJECT = {Language.EN: _Bar(0.42, 0.36), Language.ES: _Bar(0.58, 0.50)}
_OFF_SUBJECT = {Language.EN: _Bar(0.60, 0.54), Language.ES: _Bar(0.75, 0.73)}


def evidence(found: Found) -> float:
    """From 0 to 1: the likeness of the nearest questions, sentences and passages."""
    peaks = found.peaks
    return (
        0.5 * peaks["question_vector"]
        + 0.25 * peaks["sentence_vector"]
        + 0.25 * peaks["passage_vector"]
    )


def on_subject(text: str, language: Language) -> bool:
    """Whether a question holds a word, a figure or a provision of the subject."""
    if find_references(text) or _FIGURE.search(text):
        return True
    return not _subject_words(language).isdisjoint(words(text, language))


def outcome_for(found: Found, text: str, language: Language) -> Outcome:
    """What an answer made from what was found may call itself."""
    subject = on_subject(text, language)
    bar = (_ON_SUBJECT if subject else _OFF_SUBJECT)[language]
    strength = evidence(found)
    if strength >= bar.answered:
        return Outcome.ANSWERED
    if strength >= bar.partial:
        return Outcome.PARTIAL
    return Outcome.ABSTAINED if subject else Outcome.OUT_OF_SCOPE


@cache
def _subject_words(language: Language) -> frozenset[str]:
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return frozenset(words(entries[language.value], language))
