"""Ways in which people write a number: with marks, with letters for digits, in words, broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from assistant.models import Language
from evals.personal.cases import Way

_WORDS = {
    Language.EN: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    Language.ES: [
        "cero",
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
    ],
}
_ALIKE = {"0": "Oo", "1": "lI", "5": "S", "8": "B"}
_MOST_ALIKE = 3  # digits of a number that are disguised
_WIDE = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}

Groups = Sequence[str]
_Writer = Callable[[Groups, Language, Random], str]


def write(groups: Groups, way: Way, language: Language, chance: Random) -> str:
    """A number in groups of digits, written in a way; letters before the digits stay letters."""
    return _WRITERS[way](groups, language, chance)


def _joined(mark: str) -> _Writer:
    return lambda groups, language, chance: mark.join(groups)


def _odd(groups: Groups, language: Language, chance: Random) -> str:
    return chance.choice(["/", "_", " - ", "\u2013", "\u00a0", "~", "  "]).join(groups)


def _alike(groups: Groups, language: Language, chance: Random) -> str:
    """Full width, or a few digits as the letters they look like."""
    text = "-".join(groups)
    if chance.random() < 0.25:
        return text.translate(_WIDE)
    places = [place for place, character in enumerate(text) if character in _ALIKE]
    chosen = chance.sample(places, min(_MOST_ALIKE, len(places)))
    return "".join(
        chance.choice(_ALIKE[character]) if place in chosen else character
        for place, character in enumerate(text)
    )


def _in_words(groups: Groups, language: Language, chance: Random) -> str:
    between = chance.choice([", ", " ", " - "])
    words = _WORDS[language]
    return between.join(
        " ".join(words[int(each)] if each.isdigit() else each for each in group) for group in groups
    )


def _broken(groups: Groups, language: Language, chance: Random) -> str:
    place = chance.randrange(1, len(groups)) if len(groups) > 1 else 1
    mark = chance.choice(["-\n", "\n", "\n-"])
    return mark.join(part for part in ("-".join(groups[:place]), "-".join(groups[place:])) if part)


_WRITERS: dict[Way, _Writer] = {
    Way.PLAIN: _joined(""),
    Way.DASHED: _joined("-"),
    Way.SPACED: _joined(" "),
    Way.DOTTED: _joined("."),
    Way.ODD_MARK: _odd,
    Way.LOOK_ALIKE: _alike,
    Way.WORDS: _in_words,
    Way.LINES: _broken,
}
