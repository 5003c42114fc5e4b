"""What the model is taught from: kinds of question, questions with answers, twin sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer.lessons import examples
from assistant.corpus.sentences import sentence_spans
from assistant.index.kinds import NO_KIND
from assistant.index.split import split
from assistant.models import Document, Language, Section

_ANSWERS = 2  # of the sentences that answer a question, those that it is taught with
_FIRST = 3  # and where a document does not say which, its first


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a document lists, and the sentences that answer it."""

    question: str
    answers: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """Everything that is taught: (kind, question), questions with answers, (English, Spanish)."""

    kinds: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    pairs: tuple[tuple[str, str], ...]

    @property
    def hash(self) -> str:
        """A hash that changes with any of it."""
        return hashlib.sha256(repr((self.kinds, self.asked, self.pairs)).encode()).hexdigest()


def lessons(documents: Sequence[Document]) -> Lessons:
    """What these documents and today's plans have to teach."""
    kinds = (each for told in examples().values() for each in told if each[0] != NO_KIND)
    return Lessons(tuple(kinds), tuple(_asked(documents)), tuple(_pairs(documents)))


def _asked(documents: Sequence[Document]) -> Iterator[Asked]:
    for passage in split(documents):
        sentences = [sentence.text for sentence in passage.sentences]
        answers = passage.answers or ((),) * len(passage.questions)
        for question, numbers in zip(passage.questions, answers, strict=True):
            told = [sentences[number] for number in numbers[:_ANSWERS]] or sentences[:_FIRST]
            yield Asked(question, tuple(told), passage.source.id)


def _pairs(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """Headings and sentences of twins; a paragraph that is cut differently teaches nothing."""
    by_name = sorted(documents, key=lambda each: (each.source.id, each.source.language.value))
    for _, twins in groupby(by_name, key=lambda each: each.source.id):
        match list(twins):
            case [english, spanish] if english.source.language is Language.EN:
                for here, there in zip(english.sections, spanish.sections, strict=True):
                    yield here.heading, there.heading
                    yield from _sentences(english, here, spanish, there)


def _sentences(
    english: Document, here: Section, spanish: Document, there: Section
) -> Iterator[tuple[str, str]]:
    for one, other in zip(here.paragraphs, there.paragraphs, strict=True):
        ours, theirs = _cut(english, one), _cut(spanish, other)
        if len(ours) == len(theirs):
            yield from zip(ours, theirs, strict=True)


def _cut(document: Document, span: tuple[int, int]) -> list[str]:
    text = document.text[slice(*span)]
    return [text[start:end] for start, end in sentence_spans(text)]
