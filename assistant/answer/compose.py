"""From chosen sentences to a readable answer whose little numbers are made last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer.select import Chosen
from assistant.models import AnswerSentence, Citation, Disagreement


@dataclass(frozen=True, slots=True)
class Composed:
    """The answer as Markdown, its sentences, and the citations of these and of any disagreement."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    disagreements: tuple[Disagreement, ...] = ()


def compose(chosen: Sequence[Chosen]) -> Composed:
    """Numbers the quotations in reading order; sentences of one passage make one paragraph."""
    citations = tuple(
        Citation(number, each.passage, each.sentence.start, each.sentence.end, each.sentence.text)
        for number, each in enumerate(chosen, 1)
    )
    sentences = tuple(AnswerSentence(each.quote, (each.number,)) for each in citations)
    paragraphs = (
        " ".join(f"{citation.quote} [{citation.number}]" for citation in group)
        for _, group in groupby(citations, key=lambda citation: citation.passage.id)
    )
    return Composed("\n\n".join(paragraphs), sentences, citations)
