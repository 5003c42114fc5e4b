"""An assistant for the page's tests: fixed answers, real passages of the corpus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.config import Settings
from assistant.corpus.read import read_document
from assistant.index.split import split_document
from assistant.models import (
    Answer,
    AnswerSentence,
    Audience,
    Citation,
    Disagreement,
    Hit,
    Language,
    Outcome,
    Passage,
    Question,
    Receipt,
    Request,
    Side,
    Timings,
)

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
DAY = date(2026, 11, 22)
PAUSE = 0.0  # seconds that the fake's model takes over a sentence
# (document, section, sentence): twins share sections, so one list serves both languages.
QUOTED = (
    ("agreement/exchange-of-august-2025", 0, 0),
    ("agreement/matching-error-and-two-counts", 2, 1),
    ("agreement/matching-error-and-two-counts", 3, 1),
    ("courts/court-cedc-injunction-2026-02-05", 0, 2),
    ("agreement/mou-2025-04-07-overview", 5, 0),
    ("guides/guide-learn-if-disclosed", 0, 0),
)


@cache
def passage(language: Language, name: str, section: int) -> Passage:
    """A passage of a real document, read once."""
    path = CORPUS / language.value / f"{name}.md"
    found = [
        candidate
        for candidate in split_document(read_document(path, CORPUS))
        if candidate.section == section
    ]
    return found[0]


@cache
def passages(language: Language) -> tuple[Passage, ...]:
    """All passages of the corpus in one language, read once."""
    return tuple(
        each
        for path in sorted((CORPUS / language.value).glob("*/*.md"))
        if not path.name.startswith("official-")
        for each in split_document(read_document(path, CORPUS))
    )


@cache
def index() -> Any:
    """An index with nothing in it but the passages of each language."""
    parts = {each: SimpleNamespace(language=each, passages=passages(each)) for each in Language}
    return SimpleNamespace(languages=parts)


def citation(language: Language, number: int, name: str, section: int, sentence: int) -> Citation:
    """A sentence of a real document, cited."""
    at = passage(language, name, section)
    quoted = at.sentences[sentence]
    return Citation(number, at, quoted.start, quoted.end, quoted.text)


def answer(language: Language = Language.EN, question: str = "Did the IRS share it?") -> Answer:
    """An answer of six quoted sentences."""
    citations = tuple(
        citation(language, number, *quoted) for number, quoted in enumerate(QUOTED, start=1)
    )
    spanish = language is Language.ES
    return Answer(
        question=Question(question, question, language, Audience.PUBLIC, DAY),
        engine="quotes",
        outcome=Outcome.ANSWERED,
        text="\n\n".join(f"{cited.quote} [{cited.number}]" for cited in citations),
        sentences=tuple(AnswerSentence(cited.quote, (cited.number,)) for cited in citations),
        citations=citations,
        notices=(
            (
                "Las fuentes llegan hasta el 22 de noviembre de 2026."
                if spanish
                else "The sources reach November 22, 2026."
            ),
        ),
        follow_ups=(
            ("¿Qué hago si me mandan una carta?", "¿Dónde consigo ayuda gratis?")
            if spanish
            else ("What can I do if I get a letter?", "Where can I get free help?")
        ),
        receipt=Receipt("c" * 64, "i" * 64, "fake", "quotes", "s" * 64),
        timings=Timings(1.0, 1.0, 2.0),
    )


def unanswered(outcome: Outcome, language: Language = Language.EN) -> Answer:
    """An answer that ended in another way than answered, with a text and no source."""
    text = "No se dice aquí." if language is Language.ES else "It is not said here."
    return replace(
        answer(language), outcome=outcome, text=text, sentences=(), citations=(), follow_ups=()
    )


def with_disagreement() -> Answer:
    """An answer whose sources differ on one point."""
    whole = answer()
    sides = (
        Side("The IRS", whole.citations[1].quote, (2,)),
        Side("Judge Kollar-Kotelly", whole.citations[2].quote, (3,)),
    )
    return replace(whole, disagreements=(Disagreement("How many were wrong", sides),))


def language_of(question: str) -> Language:
    """Good enough for the fake: Spanish questions open with an inverted mark."""
    return Language.ES if "¿" in question else Language.EN


@dataclass
class FakeAssistant:
    """Answers everything from the same passages and keeps what it was asked."""

    settings: Settings = field(default_factory=Settings)
    asked: list[Request] = field(default_factory=list)
    left: bool = False  # whether an answer was left alone before it was whole

    def ask(self, request: Request) -> Answer:
        """The fixed answer; words in the question choose another outcome, or a failure."""
        self.asked.append(request)
        language = language_of(request.question)
        if "explode" in request.question:
            raise RuntimeError(request.question)
        for outcome in Outcome:
            if f"outcome {outcome.value}" in request.question:
                found = unanswered(outcome, language)
                question = replace(found.question, text=request.question)
                return replace(found, question=question)
        return answer(language, request.question)

    def answers(self, request: Request) -> Iterator[Answer]:
        """The same, at once; words in the question let it come as a model writes it."""
        whole = self.ask(request)
        if "slowly" in request.question:
            try:
                for shown in range(1, 3):
                    time.sleep(PAUSE)
                    yield replace(whole, sentences=whole.sentences[:shown], whole=False)
            except GeneratorExit:
                self.left = True
                raise
        yield whole

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        """The passages that hold every word, in their order."""
        asked = text.casefold().split()
        found = [
            each
            for each in passages(language or language_of(text))
            if all(word in each.text.casefold() for word in asked)
        ]
        return tuple(Hit(each, 1.0) for each in found[:k])

    def index(self) -> Any:
        """The same each time, as a real one's is until it is built anew."""
        return index()
