"""Word lists of the guard, kept as data in ``words.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.tables import read_table

_FILE = Path(__file__).parent / "words.yaml"


def word_list(name: str) -> frozenset[str]:
    """The words of one list, as written."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = read_table(_FILE)
    return lists
