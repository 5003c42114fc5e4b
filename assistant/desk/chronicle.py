"""The timeline with its proof: each entry beside the sentence that states it.

An entry whose sentence is no longer in its document is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.answer.picks import Pick
from assistant.desk.quoted import quotation
from assistant.index.opened import LanguageIndex
from assistant.models import Citation
from assistant.timeline import Entry, entries, in_force_on
from assistant.verify.quotes import Reads


@dataclass(frozen=True, slots=True)
class Told:
    """An entry and its quotation; ``number`` is its place in the whole table, from 1."""

    number: int
    entry: Entry
    quote: Citation


@dataclass(frozen=True, slots=True)
class Span:
    """The names of what is in force from a day on, until the next span begins."""

    starts: date
    names: tuple[str, ...]


def chronicle(part: LanguageIndex, text_of: Reads) -> tuple[Told, ...]:
    """Every entry that can be shown with its sentence, the earliest first."""
    found = (
        (number, entry, quotation(part, pick_for(entry), text_of))
        for number, entry in enumerate(entries(), 1)
    )
    return tuple(Told(number, entry, quote) for number, entry, quote in found if quote)


def pick_for(entry: Entry) -> Pick:
    """The sentence that states an entry, as a pick."""
    (document,) = {each.document for each in entry.stated.values()}
    return Pick(document, {language: each.sentence for language, each in entry.stated.items()})


def spans() -> tuple[Span, ...]:
    """What is in force when: from the first entry on, one span for each change."""
    days = sorted(
        {each.starts for each in entries()} | {each.ends for each in entries() if each.ends}
    )
    found: list[Span] = []
    for day in days:
        names = tuple(each.id for each in in_force_on(day))
        if not found or found[-1].names != names:
            found.append(Span(day, names))
    return tuple(found)
