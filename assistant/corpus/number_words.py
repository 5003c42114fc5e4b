"""Numbers written as words, turned into figures so that twin sentences can be compared."""

from __future__ import annotations

import re
from itertools import chain

from assistant.models import Language


def _count(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * place for place, word in enumerate(words.split())}


# One, two, first and second are not read alone: they are articles, "both" and moments as often
# as numbers, and the two languages use them differently.
_LOW = {"one": 1, "two": 2, "un": 1, "uno": 1, "una": 1, "dos": 2}
_UNITS = {
    Language.EN: _count("three four five six seven eight nine", 3),
    Language.ES: _count("tres cuatro cinco seis siete ocho nueve", 3),
}
_TENS = {
    Language.EN: _count("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    Language.ES: _count(
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 20, 10
    ),
}
_ES_ORDINAL_STEMS = _count("tercer cuart quint sext séptim octav noven décim undécim duodécim", 3)
_SIMPLE = {
    Language.EN: _count(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10
    )
    | _count("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 3),
    Language.ES: _count(
        "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve", 10
    )
    | _count(
        "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
        "veintiocho veintinueve",
        21,
    )
    | {
        stem + ending: value
        for stem, value in _ES_ORDINAL_STEMS.items()
        for ending in ("o", "a", "os", "as")
    }
    | {"tercer": 3},
}
_JOINT = {Language.EN: "-", Language.ES: " y "}


def _pattern(language: Language) -> re.Pattern[str]:
    units = "|".join(chain(_UNITS[language], _LOW))
    tens = "|".join(_TENS[language])
    alone = "|".join(chain(_UNITS[language], _SIMPLE[language]))
    return re.compile(
        rf"\b(?:(?P<tens>{tens})(?:{_JOINT[language]}(?P<unit>{units}))?|(?P<alone>{alone}))\b",
        re.IGNORECASE,
    )


_PATTERNS = {language: _pattern(language) for language in Language}


def digits_for_words(text: str, language: Language) -> str:
    """The text with number words from three to ninety-nine, and ordinals to twelfth, as digits."""

    def digits(word: re.Match[str]) -> str:
        if word["alone"]:
            return str((_UNITS[language] | _SIMPLE[language])[word["alone"].lower()])
        unit = (_UNITS[language] | _LOW)[word["unit"].lower()] if word["unit"] else 0
        return str(_TENS[language][word["tens"].lower()] + unit)

    return _PATTERNS[language].sub(digits, text)
