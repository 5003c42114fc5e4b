"""What the model is taught from: kinds of question, questions with answers, twin sentences.

A wording of a plan's question teaches twice: which plan it is of, and which sentence answers it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from assistant.answer.foreign.table import foreign
from assistant.answer.lessons import examples
from assistant.answer.plans.table import Aspect, plans
from assistant.answer.plans.wordings import wordings
from assistant.corpus.sentences import sentence_spans
from assistant.index.kinds import NO_KIND
from assistant.index.split import split
from assistant.models import Document, Language, Passage, Section, Source

_ANSWERS = 2  # of the sentences that answer a question, those that it is taught with
_FIRST = 3  # and where a document does not say which, its first


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the sentences that answer it, their document, and the folder that it is in."""

    question: str
    answers: tuple[str, ...]
    document: str
    folder: str


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
    """What these documents, today's plans and the wordings have to teach."""
    kinds = [each for told in examples().values() for each in told if each[0] != NO_KIND]
    kinds += _foreign()
    passages = split(documents)
    asked = (*_listed(passages), *_worded(passages))
    return Lessons(tuple(kinds), asked, tuple(_pairs(documents)))


def _foreign() -> Iterator[tuple[str, str]]:
    """What no document answers, each reason a kind of its own."""
    for language in Language:
        for why, texts in foreign(language).items():
            yield from ((f"not ours: {why}", text) for text in texts)


def _listed(passages: Sequence[Passage]) -> Iterator[Asked]:
    """The questions that documents list, with the sentences that they say answer them."""
    for passage in passages:
        sentences = [sentence.text for sentence in passage.sentences]
        answers = passage.answers or ((),) * len(passage.questions)
        for question, numbers in zip(passage.questions, answers, strict=True):
            told = [sentences[number] for number in numbers[:_ANSWERS]] or sentences[:_FIRST]
            yield Asked(question, tuple(told), passage.source.id, _folder(passage.source))


def _worded(passages: Sequence[Passage]) -> Iterator[Asked]:
    """The wordings, with the sentence that states what their plan leads with."""
    by_document: dict[tuple[str, Language], list[Passage]] = {}
    for passage in passages:
        by_document.setdefault((passage.source.id, passage.source.language), []).append(passage)
    for language, told in wordings().items():
        for plan, question in told:
            stated = _stated(plans()[plan].leads[0], language, by_document)
            if stated:
                source, sentence = stated
                yield Asked(question, (sentence,), source.id, _folder(source))


def _stated(
    aspect: Aspect, language: Language, of: Mapping[tuple[str, Language], Sequence[Passage]]
) -> tuple[Source, str] | None:
    """The sentence that states a fact best, with its document."""
    for pick in aspect.picks:
        for passage in of.get((pick.document, language), ()):
            for sentence in passage.sentences:
                if pick.patterns[language].search(sentence.text):
                    return passage.source, sentence.text
    return None


def _folder(source: Source) -> str:
    return PurePosixPath(source.path).parent.name


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
