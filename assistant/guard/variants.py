"""Other readings of a text in which letters were disguised: "1gn0re", "i-g-n-o-r-e", "ignroe"."""

from __future__ import annotations

import re

from assistant.guard.fold import fold, plain
from assistant.guard.slips import set_right

_DISGUISED = re.compile(r"(?<![a-z0-9@$|])(?=[0-9@$|]{0,3}[a-z])[a-z0-9@$|]{4,20}(?![a-z0-9@$|])")
_LIKE_LETTERS = str.maketrans("0134578@$|", "oieastbasi")
# Single letters set apart; two spaces or more part the words.
_APART = re.compile(r"(?<![^\W_])[a-z]([ ._*-])(?:[a-z]\1){1,23}[a-z](?![^\W_])")
_BETWEEN = re.compile(r"[ ._*-]")
# A line that goes on in the next, in the middle of a word or after one.
_BROKEN = re.compile(r"(?<=\w)(?:-[ \t]?)?\n(?=\w)")
_FEWEST_LETTERS = 2


def readings(text: str) -> tuple[str, ...]:
    """The plain text, and where something in it is disguised, the text that was meant."""
    as_written = plain(text)
    meant = _meant(text)
    return (as_written,) if meant == as_written else (as_written, meant)


def _meant(text: str) -> str:
    lines = _BROKEN.sub(lambda match: "" if match[0][0] == "-" else " ", fold(text).text)
    joined = _APART.sub(lambda match: _BETWEEN.sub("", match[0]), lines.lower())
    lettered = _DISGUISED.sub(lambda match: _in_letters(match[0]), joined)
    return " ".join(set_right(word, "attack_words") for word in plain(lettered).split(" "))


def _in_letters(word: str) -> str:
    """A word of letters and look-alikes in letters only; "8821s" and "w2" stay as they are."""
    letters = sum(character.isalpha() for character in word)
    if word.isalpha() or letters < max(_FEWEST_LETTERS, len(word) / 2):
        return word
    return word.translate(_LIKE_LETTERS)
