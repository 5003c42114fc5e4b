"""Word lists of the guard, kept as data in ``words.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.tables import read_table

_FILE = Path(__file__).parent / "words.yaml"


def word_list(name: str, between: str | None = None) -> frozenset[str]:
    """The words of one list, as written; ``between`` parts entries of several words."""
    return frozenset(entry.strip() for entry in _lists()[name].split(between) if entry.strip())


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = read_table(_FILE)
    return lists
