"""The wording a reader meets, one folder a language: ``texts/<language>/<room>.yaml``.

Keys are ``room.name``. Both languages hold the same keys and the same ``{placeholders}``; a test
compares them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from assistant.models import Language
from assistant.tables import read_table

_FOLDER = Path(__file__).parent


@cache
def catalogue(language: Language) -> dict[str, Any]:
    """All texts of one language under their ``room.name`` keys; values are texts or lists."""
    texts: dict[str, Any] = {}
    for file in sorted((_FOLDER / language.value).glob("*.yaml")):
        entries = read_table(file)
        texts.update({f"{file.stem}.{name}": value for name, value in entries.items()})
    return texts


def say(language: Language, key: str, **values: object) -> str:
    """One text with its placeholders filled; a missing key is a programming error."""
    text: str = catalogue(language)[key]
    return text.format(**values) if values else text


def lines(language: Language, key: str) -> tuple[str, ...]:
    """A list of texts, for examples and suggestions."""
    return tuple(catalogue(language)[key])
