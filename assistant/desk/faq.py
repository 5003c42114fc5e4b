"""A list of questions with their answers, in one language or side by side in both.

One question has one answer. It is found with the question's own wording; the other language shows
the twin of each of its sentences, so that both columns say the same, from the same passages, under
the same dates. Nothing is translated: a sentence that has no twin is left out, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer.picks import picked
from assistant.answer.then import known_by
from assistant.config import QUOTES_ENGINE
from assistant.desk.again import notes_again, said_again
from assistant.desk.faq_list import Asked
from assistant.desk.faq_suggested import orders_picks
from assistant.desk.sentences import Sentences
from assistant.guard.kinds import PersonalKind
from assistant.index.opened import LanguageIndex
from assistant.models import (
    Answer,
    Audience,
    Citation,
    Disagreement,
    Kind,
    Language,
    Outcome,
    Request,
)

Asks = Callable[[Request], Answer]

# From the best end of a question to the worst, where two wordings of it end differently.
_RANK = (
    Outcome.ANSWERED,
    Outcome.PARTIAL,
    Outcome.ABSTAINED,
    Outcome.CLARIFY,
    Outcome.OUT_OF_SCOPE,
    Outcome.BLOCKED,
)
_ABOUT_ORDERS = frozenset({Kind.COURT, Kind.AGREEMENT})


@dataclass(frozen=True, slots=True)
class Brief:
    """For whom a list is answered, in which languages, and as of which day.

    The first language is that of whoever made the list.
    ``earlier_day`` says that the day lies before the one on which the list was made.
    """

    languages: tuple[Language, ...]
    as_of: date
    audience: Audience = Audience.PUBLIC
    earlier_day: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer and what it quotes; without a quotation it is the editor's own."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """What one holder says where the sources differ."""

    holder: str
    said: Said


@dataclass(frozen=True, slots=True)
class Point:
    """A point on which the sources differ, every side with what it says."""

    about: str
    sides: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """An entry in one language.

    ``asked_in`` is the language of ``question``: another one where it was given in that one only.
    ``quoted`` is the answer as it was found and ``said`` as it stands now, perhaps edited.
    ``untwinned`` counts the sentences of the answer that this language lacks; ``reworded`` says
    that the question is no longer the one that was asked.
    """

    language: Language
    question: str
    asked_in: Language
    quoted: tuple[Said, ...] = ()
    said: tuple[Said, ...] = ()
    points: tuple[Point, ...] = ()
    notes: tuple[str, ...] = ()
    untwinned: int = 0
    reworded: bool = False

    @property
    def edited(self) -> bool:
        """Whether a sentence is the editor's own."""
        return any(not each.citations for each in self.said)

    @property
    def left_out(self) -> int:
        """How many sentences of the answer the editor left out or rewrote."""
        return sum(each not in self.said for each in self.quoted)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer in every language wanted.

    ``lead`` is the language of the wording with which the answer was found.
    """

    asked: Asked
    lead: Language
    outcome: Outcome
    sides: tuple[Side, ...]
    corpus: str = ""

    @property
    def removed(self) -> tuple[PersonalKind, ...]:
        """The kinds of personal detail that were taken out of the question."""
        return self.asked.removed

    def side(self, language: Language) -> Side | None:
        """The entry in that language, where it was wanted."""
        return next((side for side in self.sides if side.language is language), None)


@dataclass(frozen=True, slots=True)
class Faq:
    """Questions and answers in their order, and where the court orders stood on that day."""

    brief: Brief
    entries: tuple[Entry, ...]
    orders: dict[Language, tuple[Said, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the list, that of its maker first."""
        return self.brief.languages


def answered(
    questions: tuple[Asked, ...], brief: Brief, ask: Asks, sentences: Sentences
) -> Iterator[Entry]:
    """One entry after the other, each as soon as its answer is there."""
    for asked in questions:
        yield entry_for(asked, brief, ask, sentences)


def entry_for(
    asked: Asked, brief: Brief, ask: Asks, sentences: Sentences, lead: Language | None = None
) -> Entry:
    """A question's entry, found with its wording in ``lead`` or else with the one that serves best.

    That is the one that was written first, unless it is not answered in full and the other is.
    """
    answers = _answers(asked, brief, ask, lead)
    found, answer = min(answers, key=lambda pair: _RANK.index(pair[1].outcome))
    sides = tuple(_side(asked, language, found, answer, sentences) for language in brief.languages)
    return Entry(asked, found, answer.outcome, sides, answer.receipt.corpus)


def faq_of(
    entries: Sequence[Entry],
    brief: Brief,
    parts: Mapping[Language, LanguageIndex],
    sentences: Sentences,
) -> Faq:
    """The entries as one list, with the state of the court orders where an answer touches them."""
    touched = any(_touches_orders(entry) for entry in entries)
    orders = _orders(brief, parts, sentences) if touched else {}
    return Faq(brief, tuple(entries), orders)


def _touches_orders(entry: Entry) -> bool:
    """Whether an answer rests on a court or on the agreement, so that their state matters to it."""
    return any(
        citation.passage.source.kind in _ABOUT_ORDERS
        for side in entry.sides
        for said in side.said
        for citation in said.citations
    )


def _orders(
    brief: Brief, parts: Mapping[Language, LanguageIndex], sentences: Sentences
) -> dict[Language, tuple[Said, ...]]:
    """Where the orders stand, whole in every language; nothing on a day before that was known."""
    orders = {}
    for language in brief.languages:
        found = [next(iter(picked(parts[language], pick)), None) for pick in orders_picks()]
        known = [
            sentences.find(language, each.passage.source.id, each.sentence.text)
            for each in found
            if each and known_by(each.passage, each.sentence, brief.as_of)
        ]
        quoted = tuple(Said(each.quote, (each,)) for each in known if each)
        if len(quoted) < len(orders_picks()):
            return {}
        orders[language] = quoted
    return orders


def _answers(
    asked: Asked, brief: Brief, ask: Asks, lead: Language | None
) -> list[tuple[Language, Answer]]:
    """The answer to the first wording, and to the second where that one falls short."""
    answers: list[tuple[Language, Answer]] = []
    for language in (lead,) if lead else dict.fromkeys((asked.lead, *asked.wordings)):
        request = Request(
            question=asked.wordings[language],
            language=language,
            audience=brief.audience,
            as_of=brief.as_of,
            # What is published is quoted, sentence by sentence with its twin; and no list of
            # questions leaves the machine.
            engine=QUOTES_ENGINE,
        )
        answers.append((language, ask(request)))
        if answers[-1][1].outcome is Outcome.ANSWERED:
            break
    return answers


def _side(
    asked: Asked, language: Language, found: Language, answer: Answer, sentences: Sentences
) -> Side:
    """The entry in one language: the answer itself, or the twins of its sentences."""
    asked_in = language if language in asked.wordings else found
    as_found = _said(answer)
    quoted = as_found if language is found else tuple(_twinned(as_found, sentences))
    return Side(
        language=language,
        question=asked.wordings[asked_in],
        asked_in=asked_in,
        quoted=quoted,
        said=quoted,
        points=tuple(_points(answer, language, found, sentences)),
        notes=notes_again(answer.notices, found, language),
        untwinned=len(as_found) - len(quoted),
    )


def _said(answer: Answer) -> tuple[Said, ...]:
    by_number = {citation.number: citation for citation in answer.citations}
    return tuple(
        Said(each.text, tuple(by_number[number] for number in each.citations))
        for each in answer.sentences
    )


def _twinned(said: tuple[Said, ...], sentences: Sentences) -> Iterator[Said]:
    """The twin of each sentence that has one; no other words are ever put in its place."""
    for each in said:
        twin = sentences.twin(each.citations[0]) if len(each.citations) == 1 else None
        if twin is not None and each.text == each.citations[0].quote:
            yield Said(twin.quote, (twin,))


def _points(
    answer: Answer, language: Language, found: Language, sentences: Sentences
) -> Iterator[Point]:
    """Where the sources differ: a point is whole in a language, or absent."""
    by_number = {citation.number: citation for citation in answer.citations}
    for point in answer.disagreements:
        held = tuple(_holdings(point, by_number, language, found, sentences))
        about = said_again(point.about, found, language)
        if about and len(held) == len(point.sides):
            yield Point(about, held)


def _holdings(
    point: Disagreement,
    by_number: dict[int, Citation],
    language: Language,
    found: Language,
    sentences: Sentences,
) -> Iterator[Holding]:
    for side in point.sides:
        said = Said(side.text, tuple(by_number[number] for number in side.citations))
        sides = (said,) if language is found else tuple(_twinned((said,), sentences))
        holder = said_again(side.holder, found, language)
        if holder and sides:
            yield Holding(holder, sides[0])


def with_side(entry: Entry, side: Side) -> Entry:
    """The entry with that side in the place of the one in its language."""
    sides = tuple(side if each.language is side.language else each for each in entry.sides)
    return replace(entry, sides=sides)
