"""The letter of the law: official words, where a question asks for them and they were imported."""

from __future__ import annotations

from datetime import date

from assistant.answer.cues import Cue, cues_of
from assistant.answer.select import Chosen
from assistant.answer.then import known_by
from assistant.cites import Reference, find_references
from assistant.index.opened import LanguageIndex
from assistant.models import Passage

MOST_OF_THE_LAW = 3  # sentences; one of a statute may fill a page


def letter_of_the_law(part: LanguageIndex, text: str, day: date) -> tuple[Chosen, ...]:
    """The official sentences of the provisions whose exact words a question asks for, in order.

    None where it asks for no exact words, names no provision, or its text was not imported.
    """
    if Cue.WORDS not in cues_of(text, part.language):
        return ()
    asked = [found.reference for found in find_references(text)]
    official = [each for each in part.passages if asked and each.source.is_official]
    places = [(each, _place(each)) for each in official]
    held = [each for reference in asked for each in _held(places, reference)]
    sentences = (
        Chosen(passage, sentence, 0.0)
        for passage in dict.fromkeys(held)
        for sentence in passage.sentences
        if known_by(passage, sentence, day)
    )
    return tuple(sentences)[:MOST_OF_THE_LAW]


def _held(places: list[tuple[Passage, Reference | None]], asked: Reference) -> list[Passage]:
    """The passages at that very place, or else those inside it."""
    return [passage for passage, place in places if place == asked] or [
        passage for passage, place in places if place and asked.contains(place)
    ]


def _place(passage: Passage) -> Reference | None:
    """The place that heads a passage."""
    found = find_references(passage.pinpoint)
    return found[0].reference if found else None
