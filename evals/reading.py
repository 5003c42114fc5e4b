"""How long an answer is and how hard to read, by published formulas and rules of our own.

A library was looked for and not taken: textstat fetches a dictionary when it first counts English
syllables, and the smaller ones are under licences that do not suit ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Language
from evals.score import fold

_WORD = re.compile(r"[^\W_]+(?:['\u2019.,-][^\W_]+)*")
_INITIALS = re.compile(r"[B-DF-HJ-NP-TV-Z]{2,}")
_VOWELS = re.compile(r"[aeiouy]+")
# Endings that are written with a vowel and spoken without, and pairs spoken as two.
_SILENT = re.compile(
    r"(?:[^aeiouylrtd]|[aeiouy][lrtd]|[a-z]r)e$"
    r"|[^aeiouytd]ed$|(?:[^aeiouyscgxzhl]|[aeiouy]l)es$|(?<=[^aeioul])ement"
)
_APART = re.compile(
    r"(?<![ct])ia|i(?:o(?!us|n)|um|et)|(?<![tscgxln])i(?:on|ous)|eo(?!p)|ua(?!r[dy])"
    r"|[aeouy]ing|[aeiouy]y[aeo]"
)

_OPEN = frozenset("aeoáéó")
_CLOSED = frozenset("iuü")
_STRESSED = frozenset("íú")  # closed, but parted from an open neighbour by its accent
_SPANISH_VOWELS = _OPEN | _CLOSED | _STRESSED
_UNSPOKEN_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
_UNSPOKEN_H = re.compile(r"(?<!c)h")
_FINAL_Y = re.compile(r"y(?![aeiouáéíóú])")


def words(text: str) -> tuple[str, ...]:
    """The words and figures of a text, in order."""
    return tuple(_WORD.findall(text))


def syllables(word: str, language: Language) -> int:
    """The syllables of a word, at least one; a figure counts as one, initials one a letter.

    Spanish follows the rules of spelling (Real Academia Española, Ortografia 2010: what makes a
    diphthong and what a hiatus). English counts groups of vowels and corrects for silent and
    parted ones, the usual estimate since Fang (1968).
    """
    if _INITIALS.fullmatch(word):
        return len(word)
    spoken = word.casefold()
    return max(1, _spanish(spoken) if language is Language.ES else _english(fold(spoken)))


def _english(word: str) -> int:
    return len(_VOWELS.findall(word)) - len(_SILENT.findall(word)) + len(_APART.findall(word))


def _spanish(word: str) -> int:
    spoken = _FINAL_Y.sub("i", _UNSPOKEN_H.sub("", _UNSPOKEN_U.sub("", word)))
    count, before, has_open = 0, "", False
    for letter in spoken:
        if letter not in _SPANISH_VOWELS:
            before = ""
            continue
        if not before or _parted(before, letter) or (letter in _OPEN and has_open):
            count, has_open = count + 1, False
        before, has_open = letter, has_open or letter in _OPEN
    return count


def _parted(first: str, second: str) -> bool:
    """Whether two vowels side by side are a hiatus, whatever came before them."""
    return (
        first == second
        or (first in _OPEN and second in _OPEN)
        or (first in _STRESSED and second in _OPEN)
        or (first in _OPEN and second in _STRESSED)
    )


def grade(sentences: Sequence[str]) -> float | None:
    """The U.S. school grade of English sentences (Flesch-Kincaid: Kincaid et al. 1975).

    0.39 words a sentence + 11.8 syllables a word - 15.59; None when there is no word.
    """
    counted = _counted(sentences, Language.EN)
    if counted is None:
        return None
    per_sentence, per_word = counted
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def ease(sentences: Sequence[str]) -> float | None:
    """The ease of Spanish sentences, 0 to 100 (Szigriszt Pazos 1993), higher being easier.

    206.835 - 62.3 syllables a word - words a sentence. From 55 it is called normal, from 65 fairly
    easy (INFLESZ: Barrio-Cantalejo et al. 2008). None when there is no word.
    """
    counted = _counted(sentences, Language.ES)
    if counted is None:
        return None
    per_sentence, per_word = counted
    return 206.835 - 62.3 * per_word - per_sentence


def _counted(sentences: Sequence[str], language: Language) -> tuple[float, float] | None:
    """Words a sentence and syllables a word; the sentences are given, never guessed at."""
    found = [word for sentence in sentences for word in words(sentence)]
    if not found:
        return None
    spoken = sum(syllables(word, language) for word in found)
    return len(found) / len(sentences), spoken / len(found)
