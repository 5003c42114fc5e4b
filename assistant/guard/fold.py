"""Plain forms of a text, so that look-alike characters do not hide a number or a command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Dashes and dots that Unicode does not class as dashes, or that NFKC leaves alone.
_MARKS = {"\u2212": "-", "\u2043": "-", "\u00b7": ".", "\u2022": ".", "\u30fb": ".", "\u2024": "."}
# Letters of other scripts that look like Latin ones; each stands over the letter it is read as.
_OTHER_LETTERS = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u043a\u043c\u043d\u0442\u0432"
    "\u0410\u0415\u041e\u0420\u0421\u0423\u0425\u0406\u0408\u0405\u041a\u041c\u041d\u0422\u0412"
    "\u03b1\u03b5\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03c5\u03c7\u0391\u0395\u039f\u03a1\u039d\u0399\u039a\u03a4\u03a5\u03a7"
    "\u0131\u0269\u026a\u0251\u0261\u1d0f\u0280\u1d07\u0274\u0578\u057d\u0585"
)
_LATIN_LETTERS = (
    "aeopcyxijshdqkmhtb" "AEOPCYXIJSKMHTB" "aeopvikrux"[:7] + "tux" "AEOPNIKTYX" "iiiagorennuo"[:9] + "nuo"
)
_ALIKE = _MARKS | dict(zip(_OTHER_LETTERS, _LATIN_LETTERS, strict=True))
_SENTENCE_END = re.compile(r"[.!?;:…\n\r]+")
_APOSTROPHES = re.compile(r"['’‘´`ʼ]")
_OTHER = re.compile(r"[^a-z0-9.]+")
_DOTS = re.compile(r"[ .]*\.[ .]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with plain characters; ``places[i]`` is where character ``i`` stands in the original.

    ``places`` has one entry more than the text, so any span can be carried back.
    """

    text: str
    places: Sequence[int]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that these folded characters came from."""
        return self.places[start], self.places[end]


def fold(text: str) -> Folded:
    """The text with plain digits, spaces and dashes and without invisible characters."""
    if text.isascii():
        return Folded(text, range(len(text) + 1))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain_character = _fold_character(character)
        if plain_character:
            characters.append(plain_character)
            places.append(place)
    places.append(len(text))
    return Folded("".join(characters), places)


def plain(text: str) -> str:
    """Lower-case words without accents, one space apart, with `` . `` between sentences."""
    lowered = _without_accents(fold(text).text.lower())
    dotted = _SENTENCE_END.sub(" . ", _APOSTROPHES.sub("", lowered))
    words = _OTHER.sub(" ", dotted)
    return _DOTS.sub(" . ", words).strip(" .")


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    split = unicodedata.normalize("NFD", text)
    return "".join(character for character in split if not unicodedata.combining(character))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One plain character, or nothing for a character that a reader cannot see."""
    if character.isascii():
        return character
    if character in _ALIKE:
        return _ALIKE[character]
    kind = unicodedata.category(character)
    if kind in {"Cf", "Me"} or "\ufe00" <= character <= "\ufe0f":
        return ""
    if kind == "Zs":
        return " "
    if kind == "Pd":
        return "-"
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    alike = unicodedata.normalize("NFKC", character)
    return alike if len(alike) == 1 else character
