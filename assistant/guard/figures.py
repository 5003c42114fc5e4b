"""A text with its numbers in figures, though they were spelled out, disguised or mistyped beside.

"Nine one two, seventy …" becomes "91270…", "9l2-7O" becomes "912-70", and "pasport" becomes
"passport", so that the finders need to know one way of writing only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.guard.fold import Folded
from assistant.guard.kinds import Reading
from assistant.guard.slips import set_right
from assistant.guard.spoken import spoken_numbers

_Change = tuple[int, int, str]

# Letters that are taken for digits inside a number, and the digits.
_LETTERS = r"OoQlIi|!ZzSsBg"
_DIGITS = str.maketrans("OoQlIi|!ZzSsBg", "00011111225589")
_GROUP = rf"(?:[{_LETTERS}]{{0,12}}\d[\d{_LETTERS}]{{0,18}}|[OoIlSBg]{{2,4}}(?=[-/.]))"
_DISGUISED = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]{1,3}(?=[OQIlZSBg]?\d))??"
    rf"(?P<number>{_GROUP}(?:[-./ _]{{1,3}}{_GROUP}){{0,8}})(?![^\W_])"
)
_MIXED = re.compile(rf"\d[{_LETTERS}]|[{_LETTERS}]\d")
_DIGIT = re.compile(r"\d")
# O is so often written for zero that it counts for neither side.
_OTHER_LETTER = re.compile(r"[^\dOo./ _-]")
# "l6 l7 l13" are lines of a form; "1040 1099" has no letter.
_LIST = re.compile(rf"[{_LETTERS}]\d+(?: [{_LETTERS}]\d+)+|[\d./ _-]+")
_FEWEST_DIGITS = 2  # of a number in which letters are read as digits
_WORD = re.compile(r"[^\W\d_]{5,16}")


def in_figures(reading: Reading) -> Folded | None:
    """The text with every number in figures; None where it is written so already."""
    text = reading.text
    changes = [(each.start, each.end, each.figures) for each in spoken_numbers(reading)]
    if reading.digits:
        changes += (*_disguised(text), *_mistyped(text))
    changes.sort()
    if not changes:
        return None
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for start, end, instead in changes:
        if start < position:
            continue
        pieces += [text[position:start], instead]
        places += range(position, start)
        # What ends inside a number that was said ends about there in the words.
        places += [start + (end - start) * step // len(instead) for step in range(len(instead))]
        position = end
    pieces.append(text[position:])
    places += range(position, len(text) + 1)
    return Folded("".join(pieces), places)


def _disguised(text: str) -> Iterator[_Change]:
    """Numbers in which letters stand for digits; most of each is digits all the same."""
    if not _MIXED.search(text):
        return
    for match in _DISGUISED.finditer(text):
        number = match["number"]
        digits = len(_DIGIT.findall(number))
        letters = len(_OTHER_LETTER.findall(number))
        if _FEWEST_DIGITS <= digits >= letters and not _LIST.fullmatch(number):
            yield *match.span("number"), number.translate(_DIGITS)


def _mistyped(text: str) -> Iterator[_Change]:
    """Words that say what a number is, with one slip in them."""
    for match in _WORD.finditer(text):
        word = match[0].lower()
        meant = set_right(word, "labels")
        if meant != word:
            yield *match.span(), meant
