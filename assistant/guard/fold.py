"""Plain forms of a text, so that look-alike characters do not hide a number or a command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Dashes and dots that Unicode does not class as dashes, or that NFKC leaves alone.
_MARKS = {"\u2212": "-", "\u2043": "-", "\u00b7": ".", "\u2022": ".", "\u30fb": ".", "\u2024": "."}
# Letters of other scripts, under the Latin letter a reader takes them for.
# fmt: off
_LOOK_ALIKE = {
    "a": "\u0430\u03b1\u0251", "b": "\u042c\u044a", "c": "\u0441\u03f2", "d": "\u0501",
    "e": "\u0435\u0454\u1d07", "g": "\u0261", "h": "\u04bb",
    "i": "\u0456\u03b9\u0131\u0269\u026a", "j": "\u0458", "k": "\u043a\u03ba", "m": "\u043c",
    "n": "\u043f\u03b7\u0578\u0274", "o": "\u043e\u03bf\u0585\u1d0f", "p": "\u0440\u03c1",
    "q": "\u051b", "r": "\u0433\u0280", "s": "\u0455", "t": "\u0442\u03c4",
    "u": "\u03c5\u057d\u0446", "v": "\u0475\u03bd", "w": "\u051d", "x": "\u0445\u03c7",
    "y": "\u0443\u03b3", "z": "\u1d22", "A": "\u0410\u0391", "B": "\u0412\u0392", "C": "\u0421",
    "E": "\u0415\u0395", "H": "\u041d\u0397", "I": "\u0406\u0399", "J": "\u0408",
    "K": "\u041a\u039a", "M": "\u041c\u039c", "N": "\u039d", "O": "\u041e\u039f",
    "P": "\u0420\u03a1", "S": "\u0405", "T": "\u0422\u03a4", "X": "\u0425\u03a7",
    "Y": "\u0423\u03a5", "Z": "\u0396",
}
# fmt: on
# Small capitals, in the order of the letters they stand for.
_SMALL = dict(
    zip(
        "\u1d00\u0299\u1d04\u1d05\u1d07\ua730\u0262\u029c\u026a\u1d0a\u1d0b\u029f\u1d0d"
        "\u0274\u1d0f\u1d18\ua7af\u0280\ua731\u1d1b\u1d1c\u1d20\u1d21\u028f\u1d22",
        "abcdefghijklmnopqrstuvwyz",
        strict=True,
    )
)
# Letters in boxes, black or white, and those that flags are spelled with.
_BOXED = {
    chr(first + place): chr(ord("a") + place)
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
    for place in range(26)
}
_DIGITS = {"\u0417": "3", "\u0437": "3"}  # of Cyrillic, the letter that a reader takes for three
_ALIKE = (
    _MARKS
    | _DIGITS
    | _SMALL
    | _BOXED
    | {other: letter for letter, others in _LOOK_ALIKE.items() for other in others}
)
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
