"""An assistant that keeps what its model wrote, so that it can be held against what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.answer.engines import checker_over, model_named
from assistant.answer.generated.calling import Failure, Model
from assistant.answer.generated.prompt import Prompt
from assistant.answer.generated.reading import Written, sentences
from assistant.config import Settings
from assistant.index.build import Watch
from assistant.index.embed import open_embedder
from assistant.models import Answer, Hit, Language, Passage, Question, Request
from assistant.service import Assistant
from assistant.texts import say
from assistant.verify.claim import Check, Claim
from assistant.verify.entailment import entailment_named
from evals.generated.scripted import PROVIDER, Scripted

ALTOGETHER = "all_withheld"  # the reason where everything was withheld


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a model wrote: whether it named a source, was shown, and what spoke against.

    ``flaw`` is what a scripted model did to it. ``borne`` tells of a shown sentence whether it
    passes the checks again by the passages alone that the answer quotes for it.
    """

    text: str
    cited: bool
    shown: bool
    objections: tuple[str, ...] = ()
    flaw: str | None = None
    quotes: tuple[str, ...] = ()
    borne: bool | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a model wrote for one answer, and why the answer fell back on quotations, if so."""

    id: str | None
    asked: bool
    sentences: tuple[Sentence, ...]
    fallback: str | None


@dataclass(slots=True)
class _Kept:
    """A model that keeps its last prompt and text."""

    model: Model
    name: str = ""
    prompt: Prompt | None = None
    pieces: list[str] = field(default_factory=list)

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """What the model says, kept on the way."""
        # A list of its own, since one that was left behind may still be written to.
        pieces: list[str] = []
        self.prompt, self.pieces = prompt, pieces
        for piece in self.model.stream(prompt):
            pieces.append(piece)
            yield piece


class Listening:
    """Answers with one engine, and tells afterwards what was heard, an entry a request."""

    def __init__(self, settings: Settings, engine: str) -> None:
        self.heard: list[Heard] = []
        self._settings, self._engine = settings, engine
        self._embedder = open_embedder(settings.embedder)
        self._assistant = Assistant(settings, self._embedder, models=self._open)
        self._entailment = entailment_named(settings.entailment)
        self._kept: _Kept | None = None

    def stale(self) -> str | None:
        """Why the index must be refreshed before it is used; None when it is fit."""
        return self._assistant.stale()

    def refresh(self, watch: Watch) -> None:
        """Builds the index anew where it differs from the corpus."""
        self._assistant.refresh(watch)

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Ranked passages."""
        return self._assistant.search(text, language, k)

    def ask(self, request: Request) -> Answer:
        """One answer by this engine."""
        if self._kept:
            self._kept.prompt, self._kept.pieces = None, []
        answer = self._assistant.ask(replace(request, engine=self._engine))
        if answer.id:
            self.heard.append(self._what_was_heard(answer))
        return answer

    def _open(self, name: str) -> Model:
        own = name.startswith(f"{PROVIDER}:")
        model: Model = Scripted(name) if own else model_named(name, self._settings)
        self._kept = _Kept(model, name)
        return self._kept

    def _what_was_heard(self, answer: Answer) -> Heard:
        kept = self._kept
        prompt = kept.prompt if kept else None
        if kept is None or prompt is None:
            return Heard(answer.id, False, (), _fallback(answer))
        made = kept.model.made if isinstance(kept.model, Scripted) else {}
        told = tuple(
            self._sentence(answer, prompt, each, made.get(each.text))
            for each in sentences(list(kept.pieces))
        )
        return Heard(answer.id, True, told, _fallback(answer))

    def _sentence(
        self, answer: Answer, prompt: Prompt, written: Written, flaw: str | None
    ) -> Sentence:
        for said in answer.sentences:
            if not said.quoted and said.text == written.text:
                rests = [answer.citations[number - 1] for number in said.citations]
                evidence = tuple({each.passage.id: each.passage for each in rests}.values())
                against = self._objections(answer.question, written.text, evidence)
                quotes = tuple(each.quote for each in rests)
                return Sentence(written.text, True, True, against, flaw, quotes, not against)
        known = prompt.cited(written.keys)
        against = (
            self._objections(answer.question, written.text, known)
            if known
            else (Check.CITES.value,)
        )
        return Sentence(written.text, bool(written.keys), False, against, flaw)

    def _objections(
        self, question: Question, text: str, evidence: tuple[Passage, ...]
    ) -> tuple[str, ...]:
        checker = checker_over(self._assistant.index(), self._embedder, self._entailment)
        verdict = checker.check(Claim(text, question.language, evidence, question.as_of))
        return tuple(each.check.value for each in verdict.objections)


def _fallback(answer: Answer) -> str | None:
    """Why an answer is quotations, wholly or in part, by the notice that says so."""
    language = answer.question.language
    reasons = {
        say(language, f"model.{key}", reason=say(language, f"model.{failure.value}")): failure.value
        for failure in Failure
        for key in ("failed", "partly")
    } | {say(language, "model.all_withheld"): ALTOGETHER}
    return next((reasons[notice] for notice in answer.notices if notice in reasons), None)
