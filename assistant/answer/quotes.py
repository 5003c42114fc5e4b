"""The quotes engine: an answer made only of sentences that stand in the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answer.cues import Cue, cues_of
from assistant.answer.picks import picked
from assistant.answer.plans import Aspect, Planner
from assistant.answer.premises import premises_in
from assistant.answer.select import MOST_SENTENCES, Chosen, choose
from assistant.answer.then import known_by, said_by
from assistant.index.opened import Index
from assistant.models import Audience, Language, Question
from assistant.retrieve.find import Found, Retriever, Search

# Standing facts come after the direct answer, which gives way to them only a little. A worried
# person needs more of them than one who works with the record.
MOST_STANDING = {Audience.PUBLIC: 2, Audience.STAFF: 1, Audience.ADVOCATE: 1}
_ASPECT_PASSAGES = 3
# Score from which a sentence fills an aspect. Today's fillings reach 1.9 and more; what comes up
# for a day before there was anything to fill it with stays below 1.8.
_FILLS = 1.8
_MOST_KEPT = 400  # fillings kept, of all days that were asked about
_COVERED = 0.7  # cosine from which a sentence shown already says what a standing fact would
_REPEATED = 0.86  # cosine from which a sentence says again what puts a false premise right


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
        self._planner = Planner(retriever.vectors)
        self._standing: dict[tuple[str, Language, date | None], tuple[Chosen, ...]] = {}

    def draft(self, question: Question, found: Found) -> Draft:
        """At most eight sentences: the direct answer first, standing facts after it."""
        text, language = question.search_text, question.language
        cues = cues_of(text, language)
        part = self._index.languages[language]
        main = choose(part, found, text, cues, MOST_SENTENCES, question.as_of)
        main = self._put_right(question, main)
        plan = self._planner.plan_for(text, found, language)
        # The last sentences may have to give way, so they keep no standing fact out.
        firm = main[: MOST_SENTENCES - MOST_STANDING[question.audience]]
        added = list(self._standing_facts(plan.aspects if plan else (), question, firm))
        last = [each for each in main[len(firm) :] if not self._covered(each, added)]
        room = MOST_SENTENCES - len(firm) - len(added)
        return Draft((*firm, *last[:room], *added), cues)

    def _put_right(self, question: Question, main: tuple[Chosen, ...]) -> tuple[Chosen, ...]:
        """The direct answer, opened by the sentence that puts a false premise right, if any."""
        part = self._index.languages[question.language]
        for premise in premises_in(question.text, question.language):
            for first in picked(part, premise.correction):
                if known_by(first.passage, first.sentence, question.as_of):
                    rest = [each for each in main if not self._covered(each, [first], _REPEATED)]
                    return (first, *rest)[:MOST_SENTENCES]
        return main

    def _standing_facts(
        self, aspects: Sequence[Aspect], question: Question, main: tuple[Chosen, ...]
    ) -> Iterator[Chosen]:
        """The first aspects that the direct answer leaves open, each with its quotation."""
        shown = list(main)
        added = 0
        for aspect in aspects:
            for fact in self._facts(aspect, question):
                if not self._covered(fact, shown):
                    shown.append(fact)
                    added += 1
                    yield fact
            if added == MOST_STANDING[question.audience]:
                return

    def _facts(self, aspect: Aspect, question: Question) -> tuple[Chosen, ...]:
        """The sentence that fills an aspect on the day asked about; found once, then kept."""
        key = (aspect.name, question.language, question.as_of)
        facts = self._standing.get(key)
        if facts is None:
            facts = self._found_facts(aspect, question)
            if len(self._standing) >= _MOST_KEPT:
                self._standing.clear()
            self._standing[key] = facts
        return facts

    def _found_facts(self, aspect: Aspect, question: Question) -> tuple[Chosen, ...]:
        text, language = aspect.searches[question.language], question.language
        day = question.as_of
        if not said_by(text, language, day):
            return ()  # it was no fact yet
        found = self._retriever.find(Search(text, language, _ASPECT_PASSAGES, as_of=day))
        chosen = choose(self._index.languages[language], found, text, frozenset(), day=day)
        fitting = [each for each in chosen if each.score >= _FILLS]
        return tuple(sorted(fitting, key=lambda each: -each.score)[:1])

    def _covered(self, fact: Chosen, shown: Sequence[Chosen], above: float = _COVERED) -> bool:
        """Whether one of the sentences shown says what a fact would."""
        part = self._index.languages[fact.passage.source.language]
        mine = part.vector_of(fact.passage, fact.sentence)
        return any(
            float(mine @ part.vector_of(each.passage, each.sentence)) > above for each in shown
        )
