"""Split documents by meaning: a passage is a section, or runs of its paragraphs when it is long."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.corpus.sentences import sentence_spans
from assistant.models import Document, Passage, Section, Sentence

# The bundled model reads 256 word pieces; in these documents that is some 170 words of text.
LONGEST_PASSAGE = 1200  # characters


def split(documents: Iterable[Document]) -> tuple[Passage, ...]:
    """All passages, in the order of documents, sections and parts."""
    return tuple(passage for document in documents for passage in split_document(document))


def split_document(document: Document) -> Iterator[Passage]:
    """The passages of one document; every paragraph stands in exactly one of them."""
    for number, section in enumerate(document.sections):
        before = 0
        for part, paragraphs in enumerate(_runs(section.paragraphs)):
            passage = _passage(document, section, number, part, paragraphs)
            yield replace(passage, answers=_answers(section, before, len(passage.sentences)))
            before += len(passage.sentences)


def _answers(section: Section, before: int, count: int) -> tuple[tuple[int, ...], ...]:
    """For each question the answering sentences among ``count`` that follow the first ones."""
    return tuple(
        tuple(number - 1 - before for number in numbers if 0 <= number - 1 - before < count)
        for numbers in section.answers
    )


def _runs(paragraphs: tuple[tuple[int, int], ...]) -> list[list[tuple[int, int]]]:
    """Neighbouring paragraphs joined while they fit, as evenly as their number of runs allows."""
    total = sum(end - start for start, end in paragraphs)
    runs_wanted = -(-total // LONGEST_PASSAGE)
    room = total / runs_wanted if runs_wanted else 0.0
    runs: list[list[tuple[int, int]]] = []
    length = 0.0
    for start, end in paragraphs:
        # A paragraph opens a new run when most of it would lie beyond the room of this one.
        if not runs or length + (end - start) / 2 > room:
            runs.append([])
            length = 0.0
        runs[-1].append((start, end))
        length += end - start
    return runs


def _passage(
    document: Document,
    section: Section,
    number: int,
    part: int,
    paragraphs: list[tuple[int, int]],
) -> Passage:
    start, end = paragraphs[0][0], paragraphs[-1][1]
    text = document.text[start:end]
    identity = "\x1f".join((document.source.id, document.source.language, section.heading, text))
    return Passage(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        source=document.source,
        pinpoint=section.heading,
        section=number,
        part=part,
        start=start,
        end=end,
        text=text,
        sentences=tuple(
            Sentence(document.text[first + left : first + right], first + left, first + right)
            for first, last in paragraphs
            for left, right in sentence_spans(document.text[first:last])
        ),
        questions=section.questions,
    )
