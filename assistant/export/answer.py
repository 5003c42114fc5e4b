"""An answer as a paper: the question for its title, the answer's own numbers for its marks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from assistant.export.paper import Block, Bullets, Heading, Line, Paper, Prose, Remark, cited
from assistant.export.receipt import receipt_id
from assistant.models import Answer, AnswerSentence, Outcome
from assistant.texts import say


def answer_paper(answer: Answer) -> Paper:
    """The answer with where its sources differ, its notices, its sources, and its receipt's id.

    What one could ask next is left out.
    """
    return Paper(
        title=answer.question.text,
        language=answer.question.language,
        as_of=answer.question.as_of,
        blocks=tuple(_blocks(answer)),
        sources=tuple(cited(citation, citation.number) for citation in answer.citations),
        reference=receipt_id(answer),
    )


def _blocks(answer: Answer) -> Iterator[Block]:
    language = answer.question.language
    if answer.outcome is not Outcome.ANSWERED:
        yield Heading(say(language, f"names.outcome_{answer.outcome.value}"))
    yield from _prose(answer)
    if answer.disagreements:
        yield Heading(say(language, "ui.disagree_heading"))
    for point in answer.disagreements:
        yield Heading(point.about, level=3)
        yield Bullets(
            tuple(
                (Line(f"**{each.holder}:** {each.text}", each.citations),) for each in point.sides
            )
        )
    if answer.notices:
        yield Heading(say(language, "ui.notices_label"))
    for notice in answer.notices:
        yield Remark((Line(notice),))


def _prose(answer: Answer) -> Iterator[Prose]:
    """Neighbouring sentences of one passage as one paragraph; without any, the answer's text."""
    if not answer.sentences:
        paragraphs = (part for part in answer.text.split("\n\n") if part.strip())
        yield from (Prose((Line(part),)) for part in paragraphs)
        return
    passages = {citation.number: citation.passage.id for citation in answer.citations}

    def place(sentence: AnswerSentence) -> list[str | None]:
        return [passages.get(number) for number in sentence.citations]

    for _, group in groupby(answer.sentences, key=place):
        yield Prose(tuple(Line(each.text, each.citations) for each in group))
