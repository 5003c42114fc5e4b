"""The quotes engine: an answer made only of sentences that stand in the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answer.cues import Cue, cues_of
from assistant.answer.plans import Aspect, Planner
from assistant.answer.select import MOST_SENTENCES, Chosen, choose
from assistant.index.opened import Index
from assistant.models import Audience, Language, Question
from assistant.retrieve.find import Found, Retriever, Search
from assistant.status import dates_in, known_on

# Standing facts come after the direct answer, which gives way to them only a little. A worried
# person needs more of them than one who works with the record.
MOST_STANDING = {Audience.PUBLIC: 2, Audience.STAFF: 1, Audience.ADVOCATE: 1}
_ASPECT_PASSAGES = 3
_MOST_KEPT = 400  # fillings kept, of all days that were asked about
_COVERED = 0.7  # cosine from which a sentence shown already says what a standing fact would


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
        main = choose(part, found, text, cues, MOST_SENTENCES)
        main = tuple(each for each in main if known_then(each, question.as_of))
        plan = self._planner.plan_for(text, found, language)
        added = list(self._standing_facts(plan.aspects if plan else (), question, main))
        return Draft((*main[: MOST_SENTENCES - len(added)], *added), cues)

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
        if key not in self._standing:
            if len(self._standing) > _MOST_KEPT:
                self._standing.clear()
            text = aspect.searches[question.language]
            found = self._retriever.find(
                Search(text, question.language, _ASPECT_PASSAGES, as_of=question.as_of)
            )
            part = self._index.languages[question.language]
            chosen = choose(part, found, text, frozenset())
            known = [each for each in chosen if known_then(each, question.as_of)]
            self._standing[key] = tuple(sorted(known, key=lambda each: -each.score)[:1])
        return self._standing[key]

    def _covered(self, fact: Chosen, shown: Sequence[Chosen]) -> bool:
        part = self._index.languages[fact.passage.source.language]
        mine = part.vector_of(fact.passage, fact.sentence)
        return any(
            float(mine @ part.vector_of(each.passage, each.sentence)) > _COVERED for each in shown
        )


def known_then(chosen: Chosen, day: date) -> bool:
    """Whether source and sentence are of no day after the one that is asked about."""
    if not known_on(chosen.passage.source, day):
        return False
    return all(named <= day for named in dates_in(chosen.sentence.text))
