"""The figures of the sharing: how many were asked about, matched, and found wrong, by whose count.

The table is ``figures.yaml``. Each figure stands on quoted sentences, and a test holds its digits,
its day and whoever says so to their words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answer.picks import Pick, pick_of
from assistant.desk.quoted import quotations
from assistant.index.opened import LanguageIndex
from assistant.models import Citation, Language
from assistant.tables import read_table
from assistant.verify.quotes import Reads

_FILE = Path(__file__).with_name("figures.yaml")


class Stage(StrEnum):
    """What a figure belongs to, in the order in which it happened."""

    ASKED = "asked"
    MATCHED = "matched"
    WRONG = "wrong"
    USED = "used"


class Certainty(StrEnum):
    """How a figure is to be read."""

    COUNTED = "counted"
    REFUSED = "refused"
    ONE_REPORT = "one_report"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; ``written`` and ``who`` are words of its quotations, ``when`` a day or a month.

    ``value`` is what is drawn. For a share it is the most that the share can mean, and the figure
    itself is the share.
    """

    name: str
    value: int
    stage: Stage
    certainty: Certainty
    when: str
    written: Mapping[Language, str]
    who: Mapping[Language, str]
    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with its quotations in one language; the first of them states it."""

    figure: Figure
    quotes: tuple[Citation, ...]


@cache
def figures() -> tuple[Figure, ...]:
    """All figures, in the order of the table."""
    table = read_table(_FILE)
    return tuple(_figure(*item) for item in table.items())


def counted(part: LanguageIndex, text_of: Reads) -> tuple[Counted, ...]:
    """Every figure whose quotations all stand in their documents at this moment."""
    found = ((each, quotations(part, each.picks, text_of)) for each in figures())
    return tuple(Counted(figure, quotes) for figure, quotes in found if quotes)


def _figure(name: str, facts: dict[str, Any]) -> Figure:
    return Figure(
        name=name,
        value=facts["value"],
        stage=Stage(facts["stage"]),
        certainty=Certainty(facts["certainty"]),
        when=str(facts["when"]),
        written={each: facts["written"][each.value] for each in Language},
        who={each: facts["who"][each.value] for each in Language},
        picks=tuple(map(pick_of, facts["quotes"])),
    )
