"""Cases put together from seeds: the same on every machine, and others for each half."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from assistant.models import Language
from assistant.tables import read_table
from evals.cases import Split
from evals.personal.cases import Case, Kind, Way, case_of
from evals.personal.details import NUMBERS, TEXTS
from evals.personal.writing import write

PARTS_FILE = Path(__file__).with_name("parts.yaml")
EACH = 24  # cases of each kind in each language and half

_WAYS = (
    Way.PLAIN,
    Way.DASHED,
    Way.SPACED,
    Way.DOTTED,
    Way.ODD_MARK,
    Way.LOOK_ALIKE,
    Way.WORDS,
    Way.LINES,
)
# A passport has one group of digits, and an account is written without marks.
_WHOLE = frozenset({Kind.PASSPORT, Kind.BANK})


def made_cases() -> tuple[Case, ...]:
    """Every made case, by half, language and kind."""
    parts = read_table(PARTS_FILE)
    return tuple(
        case
        for split in Split
        if split in parts["sentences"]
        for language in Language
        for kind in Kind
        for case in _cases(parts, split, language, kind)
    )


def _cases(parts: Any, split: Split, language: Language, kind: Kind) -> Iterator[Case]:
    sentences = parts["sentences"][split][language][kind]
    for number in range(EACH):
        name = f"{language}-{split}-{kind}-{number:02}"
        chance = Random(name)
        way, written = _detail(parts, split, language, kind, chance)
        marked = chance.choice(sentences).replace("{}", f"{{{kind}|{written}}}")
        yield case_of(name, language, split, way, marked)


def _detail(
    parts: Any, split: Split, language: Language, kind: Kind, chance: Random
) -> tuple[Way, str]:
    if kind in NUMBERS:
        ways = [way for way in _WAYS if kind not in _WHOLE or way in (Way.PLAIN, Way.LOOK_ALIKE)]
        way = chance.choice(ways)
        return way, write(NUMBERS[kind](chance), way, language, chance)
    group, text = TEXTS[kind]
    return Way.PLAIN, text(parts[group][split] if group else None, language, chance)
