"""What was in force when: the agreement, the orders and rulings, the appeals, and what was found.

The table stands in ``timeline.yaml``. It is derived from the documents: each entry names the one
sentence that states it, in both languages, and a test holds every entry to its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from assistant.models import Language, Standing
from assistant.tables import read_table

_FILE = Path(__file__).with_name("timeline.yaml")


class EntryKind(StrEnum):
    """What sort of thing an entry is; events and reports are moments, the others last."""

    AGREEMENT = "agreement"
    ORDER = "order"
    RULING = "ruling"
    APPEAL = "appeal"
    EVENT = "event"
    REPORT = "report"


class Limit(StrEnum):
    """What an order keeps from happening."""

    SHARING = "sharing"
    USE = "use"


_MOMENTS = frozenset({EntryKind.EVENT, EntryKind.REPORT})


@dataclass(frozen=True, slots=True)
class Stated:
    """The document and the pattern of its one sentence that states an entry."""

    document: str
    sentence: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that began, and perhaps ended, on a known day.

    ``ends`` is the first day on which it no longer held; None means: not ended as far as is
    confirmed. ``confirmed`` is the last day for which the documents confirm it. ``written`` is the
    day as its sentence gives it, ``starts`` where they do not differ. ``standings`` tells how it
    leaves documents that are about it.
    """

    id: str
    kind: EntryKind
    starts: date
    ends: date | None
    confirmed: date
    written: date
    limits: Limit | None
    standings: Mapping[str, Standing]
    stated: Mapping[Language, Stated]
    names: Mapping[Language, tuple[str, ...]]

    @property
    def lasts(self) -> bool:
        """Whether it holds for a time; events and reports are moments."""
        return self.kind not in _MOMENTS


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry, the earliest first."""
    table = read_table(_FILE)
    return tuple(sorted((_entry(*item) for item in table.items()), key=lambda each: each.starts))


def entries_before(day: date) -> tuple[Entry, ...]:
    """What had begun or happened by that day, the earliest first."""
    return tuple(each for each in entries() if each.starts <= day)


def next_after(day: date) -> Entry | None:
    """The first thing that had not happened yet on that day; None when nothing more is known."""
    return next((each for each in entries() if each.starts > day), None)


@cache
def horizon() -> date:
    """The last day for which the documents confirm anything."""
    return max(each.confirmed for each in entries())


def in_force_on(day: date) -> tuple[Entry, ...]:
    """What had begun and not ended on that day, the earliest first; moments are never in force."""
    return tuple(
        each
        for each in entries_before(day)
        if each.lasts and (each.ends is None or each.ends > day)
    )


def standing_on(document: str, day: date) -> Standing | None:
    """How a document stood on that day; None when the table does not know it."""
    told = [each.standings[document] for each in entries_before(day) if document in each.standings]
    return told[-1] if told else None


def names_later(text: str, language: Language, day: date) -> bool:
    """Whether a text names, without a date, something that had not happened yet on that day."""
    known = len(entries_before(day))
    pattern = _telling(language, known)
    return pattern is not None and pattern.search(text) is not None


@cache
def _telling(language: Language, known: int) -> re.Pattern[str] | None:
    """The telling words of all entries but the first ones, which are known."""
    words = [name for entry in entries()[known:] for name in entry.names[language]]
    return re.compile("|".join(words), re.IGNORECASE) if words else None


def _entry(name: str, facts: dict[str, Any]) -> Entry:
    names = facts.get("names", {})
    return Entry(
        id=name,
        kind=EntryKind(facts["kind"]),
        starts=facts["starts"],
        ends=facts.get("ends"),
        confirmed=facts["confirmed"],
        written=facts.get("written", facts["starts"]),
        limits=Limit(facts["limits"]) if "limits" in facts else None,
        standings={each: Standing(how) for each, how in facts.get("standings", {}).items()},
        stated={
            language: Stated(facts["document"], re.compile(facts["says"][language.value]))
            for language in Language
        },
        names={language: tuple(names.get(language.value, ())) for language in Language},
    )
