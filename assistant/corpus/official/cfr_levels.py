"""Which place in a section each paragraph of the C.F.R. has, told where it is sure.

The files are flat: "(a)", "(1)", "(i)" stand at the beginning of paragraphs, and "(i)" after "(h)"
may be the ninth letter or the first roman number. All readings of a section that follow the order
of the code, (a)(1)(i)(A) and then in italics (1)(i), are kept side by side; a paragraph's place is
what they agree on. Where they differ, and in a section that nothing fits, it is cited by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_READINGS = 64
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An enumerator as printed, without its parentheses."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the marks so far: the number open at each level, and each mark's place."""

    open: tuple[int, ...]
    places: tuple[Path, ...]
    printed: Path


def places(marks: Sequence[Mark]) -> tuple[Path | None, ...] | None:
    """The place of each mark, None where it is not sure; None for all when they fit no order."""
    readings = [_Reading((), (), ())]
    for mark in marks:
        readings = [after for before in readings for after in _next(before, mark)]
        if not readings or len(readings) > _MOST_READINGS:
            return None
    return tuple(
        found[0] if len(set(found)) == 1 else None
        for found in zip(*(reading.places for reading in readings), strict=True)
    )


def _next(before: _Reading, mark: Mark) -> list[_Reading]:
    found = []
    for level in range(min(len(before.open) + 1, len(_LEVELS))):
        expected = before.open[level] + 1 if level < len(before.open) else 1
        if mark.italic == (level >= _FIRST_ITALIC) and _LEVELS[level](expected) == mark.text:
            printed = (*before.printed[:level], mark.text)
            found.append(
                _Reading((*before.open[:level], expected), (*before.places, printed), printed)
            )
    return found


def _letter(number: int) -> str:
    """The letters in order, then each of them twice, and so on."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


def _capital(number: int) -> str:
    return _letter(number).upper()


_LEVELS = (_letter, str, _roman, _capital, str, _roman)
_FIRST_ITALIC = 4
