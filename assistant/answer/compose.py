"""From chosen sentences to a readable answer whose little numbers are made last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer.select import Chosen
from assistant.answer.statement import Statement
from assistant.models import AnswerSentence, Citation, Disagreement, Passage, Sentence


@dataclass(frozen=True, slots=True)
class Composed:
    """The answer as Markdown, its sentences, and the citations of these and of any disagreement."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    disagreements: tuple[Disagreement, ...] = ()


def compose(chosen: Sequence[Chosen], statements: Sequence[Statement] = ()) -> Composed:
    """Numbers the quotations in reading order; sentences of one passage make one paragraph.

    A model's statements come first, as a paragraph of their own, each with what it rests on.
    """
    said, citations = _numbered(statements)
    for each in chosen:
        number = len(citations) + 1
        citations.append(_citation(number, each.passage, each.sentence))
        said.append(AnswerSentence(each.sentence.text, (number,)))
    return Composed(_markdown(said, citations), tuple(said), tuple(citations))


def _numbered(statements: Sequence[Statement]) -> tuple[list[AnswerSentence], list[Citation]]:
    """A model's statements with what they rest on; a sentence that two rest on has one number."""
    numbers: dict[tuple[str, int], int] = {}
    citations: list[Citation] = []
    said: list[AnswerSentence] = []
    for statement in statements:
        for passage, sentence in statement.resting:
            if (passage.id, sentence.start) not in numbers:
                numbers[passage.id, sentence.start] = len(citations) + 1
                citations.append(_citation(len(citations) + 1, passage, sentence))
        marks = tuple(
            numbers[passage.id, sentence.start] for passage, sentence in statement.resting
        )
        said.append(AnswerSentence(statement.text, marks, quoted=False))
    return said, citations


def _citation(number: int, passage: Passage, sentence: Sentence) -> Citation:
    return Citation(number, passage, sentence.start, sentence.end, sentence.text)


def _markdown(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> str:
    def place(sentence: AnswerSentence) -> str:
        passage = citations[sentence.citations[0] - 1].passage.id
        return passage if sentence.quoted else ""

    return "\n\n".join(
        " ".join(f"{each.text} {_marks(each)}" for each in group)
        for _, group in groupby(sentences, key=place)
    )


def _marks(sentence: AnswerSentence) -> str:
    return "".join(f"[{number}]" for number in sentence.citations)
