"""Points on which the sources differ: when an answer touches one, every side is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from assistant.answer.compose import Composed
from assistant.answer.cues import folded
from assistant.answer.picks import Patterns, Pick, patterns_of, pick_of, picked
from assistant.answer.select import Chosen
from assistant.answer.then import known_by
from assistant.index.opened import LanguageIndex
from assistant.models import Citation, Disagreement, Question, Side
from assistant.texts import say
from assistant.verify.quotes import Reads, stands

_FILE = Path(__file__).with_name("disputes.yaml")
MOST_DISPUTES = 2


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point in dispute: what touches it, and for each holder the sentence that speaks.

    ``asked`` is held against the question, ``shown`` against the sentences of the answer.
    """

    name: str
    asked: Patterns
    shown: Patterns
    sides: tuple[tuple[str, Pick], ...]


@cache
def disputes() -> tuple[Dispute, ...]:
    """All disputes; of several that an answer touches, those earlier in the file are shown."""
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Dispute(
            name=name,
            asked=patterns_of(entry["asked"]),
            shown=patterns_of(entry["shown"]),
            sides=tuple((side["holder"], pick_of(side)) for side in entry["sides"]),
        )
        for name, entry in table.items()
    )


def touched(question: Question, shown: Sequence[str]) -> tuple[Dispute, ...]:
    """The disputes that the question touches, then those that only the shown sentences do."""
    asked, language = folded(question.search_text), question.language
    quoted = [folded(text) for text in shown]
    first = [each for each in disputes() if each.asked[language].search(asked)]
    then = [
        each
        for each in disputes()
        if each not in first and any(each.shown[language].search(text) for text in quoted)
    ]
    return (*first, *then)


def with_disputes(
    composed: Composed, question: Question, part: LanguageIndex, text_of: Reads
) -> Composed:
    """The answer with at most two disputes; their citations are numbered on after its own.

    A dispute is whole or absent: one side that is not found, not yet known on the day asked about
    or no longer in its document drops it.
    """
    citations = list(composed.citations)
    points: list[Disagreement] = []
    for dispute in touched(question, [citation.quote for citation in composed.citations]):
        if len(points) == MOST_DISPUTES:
            break
        spoken = _spoken(dispute, question, part, text_of)
        if spoken:
            points.append(_disagreement(dispute, question, spoken, citations))
    return replace(composed, citations=tuple(citations), disagreements=tuple(points))


def _spoken(
    dispute: Dispute, question: Question, part: LanguageIndex, text_of: Reads
) -> tuple[Chosen, ...]:
    """The sentence of every side, in their order; none when one is wanting."""
    found = [next(iter(picked(part, pick)), None) for _, pick in dispute.sides]
    standing = tuple(
        each
        for each in found
        if each is not None
        and known_by(each.passage, each.sentence, question.as_of)
        and stands(each.passage, each.sentence, text_of)
    )
    return standing if len(standing) == len(found) else ()


def _disagreement(
    dispute: Dispute, question: Question, spoken: Sequence[Chosen], citations: list[Citation]
) -> Disagreement:
    language = question.language
    sides = tuple(
        Side(
            holder=say(language, f"disputes.holder_{holder}"),
            text=chosen.sentence.text,
            citations=(_number(chosen, citations),),
        )
        for (holder, _), chosen in zip(dispute.sides, spoken, strict=True)
    )
    return Disagreement(say(language, f"disputes.about_{dispute.name}"), sides)


def _number(chosen: Chosen, citations: list[Citation]) -> int:
    """The number under which a quotation is cited already, or the next one."""
    passage, sentence = chosen.passage, chosen.sentence
    for citation in citations:
        if (citation.passage.id, citation.start) == (passage.id, sentence.start):
            return citation.number
    number = len(citations) + 1
    citations.append(Citation(number, passage, sentence.start, sentence.end, sentence.text))
    return number
