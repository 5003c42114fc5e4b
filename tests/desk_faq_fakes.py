"""A small library of twins and an assistant that quotes it, for the tests of the FAQ desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from fakes import make_passage, make_source

from assistant.desk.faq import Brief, Entry, answered
from assistant.desk.faq_list import read_questions
from assistant.desk.sentences import Sentences
from assistant.models import (
    Answer,
    AnswerSentence,
    Audience,
    Citation,
    Disagreement,
    Kind,
    Language,
    Outcome,
    Passage,
    Question,
    Receipt,
    Request,
    Side,
    Standing,
    Timings,
)
from assistant.texts import say

TODAY = date(2026, 11, 29)
EN, ES = Language.EN, Language.ES
BOTH = Brief((EN, ES), TODAY)

TEXTS = {
    "law": {
        EN: "The law keeps returns private. It was written in 1976.\n\nA fine is up to $5,000.",
        ES: "La ley guarda en privado las declaraciones. Se escribió en 1976.\n\n"
        "Una multa llega a $5,000.",
    },
    "order": {
        EN: "A judge blocked it on May 4, 2026. The block holds.",
        ES: "Una jueza lo bloqueó el 4 de mayo de 2026. El bloqueo sigue.",
    },
    # Figures differ in the first sentence; the second paragraph has one more in English.
    "odd": {
        EN: "It cost 10 dollars. It was paid.\n\nOne. Two.",
        ES: "Costó 12 dólares. Se pagó.\n\nUno y dos.",
    },
}
KINDS = {"law": Kind.STATUTE, "order": Kind.COURT, "odd": Kind.NEWS}


def library(
    texts: dict[str, dict[Language, str]] = TEXTS, **changed: Standing | str
) -> tuple[Passage, ...]:
    """The passages; ``law="superseded"`` gives a document another standing."""
    return tuple(
        make_passage(
            text,
            make_source(
                name,
                language,
                kind=KINDS.get(name, Kind.GUIDE),
                status=Standing(changed.get(name, Standing.IN_EFFECT)),
            ),
        )
        for name, twins in texts.items()
        for language, text in twins.items()
    )


def sentences_of(passages: Sequence[Passage]) -> Sentences:
    """The sentences, whose documents are the passages' own texts."""
    return Sentences.of(passages, reader(passages))


def reader(passages: Sequence[Passage]) -> Callable[[str], str | None]:
    """Documents that hold exactly these passages."""
    held = {passage.source.path: passage.text for passage in passages}
    return held.get


@dataclass
class FakeAsk:
    """Answers with chosen sentences of the library; words of a question choose another end."""

    passages: tuple[Passage, ...] = field(default_factory=library)
    quoted: tuple[tuple[str, int], ...] = (("law", 0), ("law", 2), ("order", 0))
    points: bool = False
    notices: dict[Language, tuple[str, ...]] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        assert request.language is not None
        outcome = next(
            (each for each in Outcome if f"<{each.value}>" in request.question), Outcome.ANSWERED
        )
        shown = outcome in {Outcome.ANSWERED, Outcome.PARTIAL}
        citations = self._citations(request.language) if shown else ()
        return Answer(
            question=Question(
                request.question,
                request.question,
                request.language,
                request.audience,
                request.as_of or TODAY,
            ),
            engine="quotes",
            outcome=outcome,
            text="",
            sentences=tuple(AnswerSentence(each.quote, (each.number,)) for each in citations),
            citations=citations,
            notices=self.notices.get(request.language, ()),
            follow_ups=(),
            receipt=Receipt("corpus", "index", "fake", "quotes", "settings"),
            timings=Timings(0, 0, 0),
            disagreements=self._points(citations, request.language)
            if self.points and shown
            else (),
        )

    def _citations(self, language: Language) -> tuple[Citation, ...]:
        by_name = {
            each.source.id: each for each in self.passages if each.source.language is language
        }
        found = [(by_name[name], by_name[name].sentences[place]) for name, place in self.quoted]
        return tuple(
            Citation(number, passage, each.start, each.end, each.text)
            for number, (passage, each) in enumerate(found, 1)
        )

    def _points(
        self, citations: Sequence[Citation], language: Language
    ) -> tuple[Disagreement, ...]:
        holders = ("disputes.holder_tigta", "disputes.holder_government")
        sides = tuple(
            Side(say(language, holder), each.quote, (each.number,))
            for holder, each in zip(holders, citations, strict=False)
        )
        return (Disagreement(say(language, "disputes.about_error_count"), sides),)


def entries_of(text: str, ask: FakeAsk | None = None, brief: Brief = BOTH) -> tuple[Entry, ...]:
    """The entries of a list of questions."""
    asks = ask or FakeAsk()
    listed = read_questions(text)
    return tuple(answered(listed.questions, brief, asks, sentences_of(asks.passages)))


def one_entry(text: str, ask: FakeAsk | None = None, brief: Brief = BOTH) -> Entry:
    """The entry of one question."""
    (entry,) = entries_of(text, ask, brief)
    return entry


def public(*languages: Language, day: date = TODAY) -> Brief:
    """A brief for anyone in these languages."""
    return Brief(languages, day, Audience.PUBLIC)
