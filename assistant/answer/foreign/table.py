"""The examples of questions that the documents do not answer, in ``<language>.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assistant.models import Language
from assistant.tables import read_plain_table

_FOLDER = Path(__file__).parent


@cache
def foreign(language: Language) -> Mapping[str, tuple[str, ...]]:
    """The examples of one language by why the documents do not answer them, in order."""
    table = read_plain_table(_FOLDER / f"{language.value}.yaml")
    return {why: tuple(texts) for why, texts in table.items()}
