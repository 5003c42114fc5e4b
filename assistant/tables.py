"""The tables of data that stand beside the code, in YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# Written in C, ten times as fast as the ones in Python, which stand in where it was not built.
_Typed = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Plain = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_table(file: Path) -> Any:
    """A file's values: mappings, lists, texts, numbers, dates and truth values."""
    return _values(file, _Typed)


def read_plain_table(file: Path) -> Any:
    """A file's values, every one of them a text: ``no`` and ``2026`` stay the words they are."""
    return _values(file, _Plain)


def _values(file: Path, loader: Any) -> Any:
    reading = loader(file.read_text(encoding="utf-8"))
    try:
        return reading.get_single_data()
    finally:
        reading.dispose()
