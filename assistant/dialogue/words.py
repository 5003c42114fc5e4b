"""Words of a text, and the word lists of ``words.yaml``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from assistant.tables import read_table

_FOLDER = Path(__file__).parent
_TOKEN = re.compile(r"[a-z0-9]+(?:['’][a-z]+)*")
# "W-7" and "A-number" are one word each.
_LETTER_HYPHEN = re.compile(r"\b([a-z])-(?=[a-z0-9])")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without accents and apostrophes."""
    lowered = _INVISIBLE.sub("", text).lower()
    if not lowered.isascii():
        split = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(character for character in split if not unicodedata.combining(character))
    found: list[str] = _TOKEN.findall(_LETTER_HYPHEN.sub(r"\1", lowered))
    return tuple(word.replace("'", "").replace("’", "") for word in found)


@cache
def word_file(name: str) -> Any:
    """One file of word lists, as written."""
    return read_table(_FOLDER / name)
