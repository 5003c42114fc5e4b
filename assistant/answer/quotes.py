"""The quotes engine: an answer made only of sentences that stand in the documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer.cues import Cue, cues_of
from assistant.answer.letter import letter_of_the_law
from assistant.answer.parts import parts_of
from assistant.answer.picks import Pick, picked
from assistant.answer.plans.planner import Told, told
from assistant.answer.plans.table import Aspect, Plan
from assistant.answer.premises import premises_in
from assistant.answer.register import in_register
from assistant.answer.select import MOST_SENTENCES, Chosen, choose
from assistant.answer.statement import Statement
from assistant.answer.then import known_by
from assistant.index.embed import Embedder
from assistant.index.opened import Index
from assistant.index.words import words
from assistant.models import Language, Question
from assistant.retrieve.find import Found

MOST_STANDING = 2  # facts that come after the direct answer, which gives way to them only a little
MOST_OPENING = 6  # facts that open an answer, so that sentences found for the question find room
_MOST_READ = 12  # parts of a question that are looked at, the last ones
_MOST_PARTS = 2  # parts of a question that call for a plan of their own, the last ones
_LEADS_OF_PART = 2  # facts that each of them opens with
MOST_URGENT = 4  # sentences that help in an emergency, before anything else
MOST_IN_NEED = 6  # sentences in all for someone who has no time to read
_COVERED = 0.7  # cosine from which a sentence shown already says what a standing fact would
_REPEATED = 0.86  # cosine from which a sentence of the direct answer repeats what opened it
# From this cosine on it repeats it too, where it brings no figure of its own and this share of its
# words was said. Of 77 such pairs in 160 answers readers called 46 the same.
_AKIN, _SAID = 0.7, 0.5
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentences an engine wants to show, in reading order, not yet held against the documents.

    ``statements`` are a model's own, shown before what is quoted; ``notices`` tell of the engine.
    One that is not ``whole`` is still being written.
    """

    chosen: tuple[Chosen, ...]
    cues: frozenset[Cue]
    statements: tuple[Statement, ...] = ()
    notices: tuple[str, ...] = ()
    whole: bool = True


def ahead(first: Draft, then: Draft) -> Draft:
    """What cannot wait, in a few sentences, ahead of the answer to what was asked."""
    urgent = first.chosen[:MOST_URGENT]
    said = {(each.passage.id, each.sentence.start) for each in urgent}
    rest = (each for each in then.chosen if (each.passage.id, each.sentence.start) not in said)
    return replace(then, chosen=(*urgent, *rest)[:MOST_IN_NEED])


class Generator(Protocol):
    """The seam for engines; tests put a fake in its place."""

    name: str

    def drafts(self, question: Question, found: Found) -> Iterator[Draft]:
        """What to show for a question, given what was found: more each time, whole at last."""
        ...


def whole_draft(engine: Generator, question: Question, found: Found) -> Draft:
    """What an engine shows in the end."""
    *_, last = engine.drafts(question, found)
    return last


class QuotesEngine:
    """Selects sentences for the question itself, then for the standing facts it calls for."""

    name = "quotes"

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder

    def drafts(self, question: Question, found: Found) -> Iterator[Draft]:
        """The one draft: quotations are there at once."""
        yield self.draft(question, found)

    def draft(self, question: Question, found: Found) -> Draft:
        """At most eight sentences: what opens the answer, the direct answer, then standing facts.

        An audience only changes the order of the direct answer.
        """
        text, language = question.search_text, question.language
        cues = cues_of(text, language)
        kind = told(self._index.languages[language], text, found)
        opening = self._opening(self._leads(kind, text, found, language), question)
        direct = choose(
            self._index.languages[language], found, text, cues, MOST_SENTENCES, question.as_of
        )
        direct = self._new(direct, opening, _REPEATED)[: max(MOST_SENTENCES - len(opening), 0)]
        # The last sentences may have to give way, so they keep no standing fact out.
        firm = direct[: max(MOST_SENTENCES - MOST_STANDING - len(opening), 0)]
        standing = self._facts(kind.after if kind else (), question)
        standing = self._new(standing, (*opening, *firm), _COVERED)[:MOST_STANDING]
        last = self._new(direct[len(firm) :], standing, _COVERED)
        room = MOST_SENTENCES - len(opening) - len(firm) - len(standing)
        direct = in_register((*firm, *last[:room]), found, question.audience)
        return Draft((*opening, *direct, *standing), cues)

    def _opening(self, leads: Sequence[Aspect], question: Question) -> tuple[Chosen, ...]:
        """Official words where they are asked for, what is put right, and the facts that lead."""
        part = self._index.languages[question.language]
        law = letter_of_the_law(part, question.search_text, question.as_of)
        facts = self._facts(leads, question)[: MOST_OPENING - len(law)]
        return (*law, *self._new((*self._put_right(question), *facts), law, _REPEATED))

    def _leads(
        self, kind: Told | None, text: str, found: Found, language: Language
    ) -> tuple[Aspect, ...]:
        """What opens the answer: the plan's facts, then those that parts of the question call for.

        Of 470 questions, 20 have such a part: four gained a fact by this, and one lost one.
        """
        followed = kind.plan if kind and kind.sure else None
        asked: list[Plan] = []
        # From the end, where a story asks; what begins a very long one is its circumstances.
        parts = parts_of(text)[-_MOST_READ:][::-1]
        for part, vector in zip(parts, self._embedder.encode(parts), strict=True):
            of_part = self._plan_of_part(part, replace(found, vector=vector), language)
            if of_part and of_part not in (followed, *asked):
                asked.append(of_part)
            if len(asked) == _MOST_PARTS:
                break
        leads = [*(kind.leads if kind else ())]
        for each in reversed(asked):
            leads += (lead for lead in each.leads[:_LEADS_OF_PART] if lead not in leads)
        return tuple(leads)

    def _plan_of_part(self, part: str, found: Found, language: Language) -> Plan | None:
        """The plan that a part alone calls for in so many words, by its own vector."""
        kind = told(self._index.languages[language], part, found)
        return kind.plan if kind and kind.sure else None

    def _put_right(self, question: Question) -> tuple[Chosen, ...]:
        """The sentence that puts a false premise right, where the question has one."""
        corrections = (
            premise.correction for premise in premises_in(question.text, question.language)
        )
        return tuple(self._quotable(corrections, question))[:1]

    def _facts(self, aspects: Sequence[Aspect], question: Question) -> tuple[Chosen, ...]:
        """The sentence that states each aspect on the day asked about, where there is one."""
        stated = (list(self._quotable(aspect.picks, question))[:1] for aspect in aspects)
        return tuple(each for fact in stated for each in fact)

    def _quotable(self, picks: Iterable[Pick], question: Question) -> Iterator[Chosen]:
        """The sentences picked that could be said on the day asked about."""
        part = self._index.languages[question.language]
        for pick in picks:
            for each in picked(part, pick):
                if known_by(each.passage, each.sentence, question.as_of):
                    yield each

    def _new(
        self, chosen: Iterable[Chosen], shown: Sequence[Chosen], above: float
    ) -> tuple[Chosen, ...]:
        """Those that repeat neither what is shown nor one another, in order."""
        new: list[Chosen] = []
        for each in chosen:
            if not self._covered(each, (*shown, *new), above):
                new.append(each)
        return tuple(new)

    def _covered(self, fact: Chosen, shown: Sequence[Chosen], above: float) -> bool:
        """Whether one of the sentences shown says what a fact would."""
        part = self._index.languages[fact.passage.source.language]
        mine = part.vector_of(fact.passage, fact.sentence)
        for each in shown:
            likeness = float(mine @ part.vector_of(each.passage, each.sentence))
            if likeness > above or (likeness > _AKIN and _says_no_more(fact, each)):
                return True
        return False


def _says_no_more(fact: Chosen, shown: Chosen) -> bool:
    """Whether a sentence has no figure, and at most half of its words, that one shown has not."""
    mine, said = (each.sentence.text for each in (fact, shown))
    if set(_FIGURE.findall(mine)) - set(_FIGURE.findall(said)):
        return False
    language = fact.passage.source.language
    own, held = set(words(mine, language)), set(words(said, language))
    return len(own & held) >= _SAID * len(own)
