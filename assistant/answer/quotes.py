"""The quotes engine: an answer made only of sentences that stand in the documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.answer.aspects import Aspect, aspects_for
from assistant.answer.cues import Cue, cues_of
from assistant.answer.select import MOST_SENTENCES, Chosen, choose
from assistant.index.opened import Index
from assistant.models import Language, Question
from assistant.retrieve.find import Found, Retriever, Search
from assistant.status import dates_in, known_on

_MOST_ASPECTS = 3
_ASPECT_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentences an engine wants to show, in reading order, not yet checked."""

    chosen: tuple[Chosen, ...]
    cues: frozenset[Cue]


class Generator(Protocol):
    """The seam for engines; tests put a fake in its place."""

    name: str

    def draft(self, question: Question, found: Found) -> Draft:
        """What to show for a question, given what was found."""
        ...


class QuotesEngine:
    """Selects sentences for the question itself, then for the standing facts it calls for."""

    name = "quotes"

    def __init__(self, index: Index, retriever: Retriever) -> None:
        self._index = index
        self._retriever = retriever
        self._standing: dict[tuple[str, Language], tuple[Chosen, ...]] = {}

    def draft(self, question: Question, found: Found) -> Draft:
        """At most six sentences: the direct answer first, standing facts after it."""
        cues = cues_of(question.search_text, question.language)
        part = self._index.languages[question.language]
        wanted = aspects_for(cues)[:_MOST_ASPECTS]
        main = choose(part, found, question.search_text, cues, MOST_SENTENCES)
        standing = [self._standing_fact(aspect, question.language) for aspect in wanted]
        shown = {each.sentence.text for each in main}
        passages = {each.passage.id for each in main}
        added = [
            facts[0]
            for facts in standing
            if facts and facts[0].sentence.text not in shown and facts[0].passage.id not in passages
        ]
        if added:
            main = choose(part, found, question.search_text, cues, MOST_SENTENCES - len(added))
        chosen = (*main, *added)
        return Draft(tuple(each for each in chosen if _known(each, question)), cues)

    def _standing_fact(self, aspect: Aspect, language: Language) -> tuple[Chosen, ...]:
        key = (aspect.name, language)
        if key not in self._standing:
            text = aspect.searches[language]
            found = self._retriever.find(Search(text, language, _ASPECT_PASSAGES))
            part = self._index.languages[language]
            self._standing[key] = choose(part, found, text, frozenset(), 1)
        return self._standing[key]


def _known(chosen: Chosen, question: Question) -> bool:
    """Whether source and sentence are of no day after the one that is asked about."""
    if not known_on(chosen.passage.source, question.as_of):
        return False
    return all(day <= question.as_of for day in dates_in(chosen.sentence.text))
