"""What a question asks for, told from its words: a count, a date, a name, exact words."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from assistant.models import Language

_FILE = Path(__file__).with_name("cues.yaml")


class Cue(StrEnum):
    """A kind of thing that a question asks for; the patterns stand in ``cues.yaml``."""

    COUNT = "count"
    DATE = "date"
    WHO = "who"
    PAST = "past"
    NOW = "now"
    AGREEMENT = "agreement"
    WORDS = "words"


def cues_of(text: str, language: Language) -> frozenset[Cue]:
    """The cues whose patterns meet the text."""
    plain = folded(text)
    return frozenset(cue for cue, pattern in _patterns(language).items() if pattern.search(plain))


def folded(text: str) -> str:
    """Lower case without accents, as people type on a phone."""
    marks = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


@cache
def _patterns(language: Language) -> dict[Cue, re.Pattern[str]]:
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {Cue(name): re.compile("|".join(by[language.value])) for name, by in entries.items()}
