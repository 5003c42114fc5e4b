"""The one description of the pipeline: a request in, an answer out.

Read ``answers`` from top to bottom to follow a question: personal details go, the language is told,
what is no question for us ends with a kind word; then passages are found, sentences drafted, every
sentence is checked against its document, and what remains is composed with its notices.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.answer.compose import Composed, compose
from assistant.answer.cues import Cue, cues_of
from assistant.answer.disputes import with_disputes
from assistant.answer.engines import Engines, Models
from assistant.answer.enough import SHOWN, is_well_known, outcome_of, says_too_little
from assistant.answer.generated.opening import check_name
from assistant.answer.generated.prompt import prompt_hash
from assistant.answer.lessons import examples
from assistant.answer.notices import Circumstances, notices_for, outcome_text
from assistant.answer.parts import parts_of
from assistant.answer.plans.planner import asks_besides, told
from assistant.answer.quotes import Draft, Generator, ahead, whole_draft
from assistant.answer.suggest import follow_ups
from assistant.answer.weigh import margin
from assistant.cites import near_miss
from assistant.config import QUOTES_ENGINE, Settings
from assistant.dialogue.day import asked_day
from assistant.dialogue.language import detect_language, requested_language
from assistant.errors import SearchIndexError
from assistant.guard.cleaned import cleaned
from assistant.guard.ending import Ending, ending_of
from assistant.guard.heard import heard_after
from assistant.guard.length import check_length
from assistant.guard.notices import in_need, removed_notice, understood_notice, urgent_notice
from assistant.guard.personal import without_details
from assistant.index.build import Watch, build_index, stale_reason
from assistant.index.embed import Embedder, open_embedder
from assistant.index.manifest import Manifest, current_build
from assistant.index.opened import Index, LanguageIndex, open_index
from assistant.models import (
    Answer,
    Hit,
    Language,
    Outcome,
    Question,
    Receipt,
    Request,
    Timings,
    Turn,
)
from assistant.retrieve.find import Finder, Found, Search
from assistant.texts import say
from assistant.verify.quotes import source_reader, stands

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

_DEPTH = 12  # passages an answer is made from


@dataclass(frozen=True, slots=True)
class _Opened:
    """One index with what reads it."""

    index: Index
    finder: Finder


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that is searched, what was found for it, and by whom it is answered.

    ``started`` and ``retrieved`` are moments of `perf_counter`, in seconds.
    """

    request: Request
    question: Question
    notices: tuple[str, ...]
    opened: _Opened
    engine: Generator
    found: Found
    started: float
    retrieved: float

    @property
    def part(self) -> LanguageIndex:
        """The index of the question's language."""
        return self.opened.index.languages[self.question.language]


class Assistant:
    """Answers requests from one corpus and one index; safe to share between threads.

    A newer index that another process has swapped in is taken up at the next question.
    """

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder | None = None,
        today: Callable[[], date] = date.today,
        models: Models | None = None,
    ) -> None:
        self.settings = settings
        self._embedder = embedder
        self._today = today
        self._engines = Engines(settings, models)
        self._opened: _Opened | None = None
        self._lock = Lock()

    def ask(self, request: Request) -> Answer:
        """One answer; its outcome says how the question ended.

        Raises:
            UsageError: The engine does not exist or the question is too long.
            SearchIndexError: There is no index that can be read.
            ModelError: The embedding model is missing or altered.
        """
        *_, answer = self.answers(request)
        return answer

    def answers(self, request: Request) -> Iterator[Answer]:
        """The answer as it grows: the sentences a model has written that stand, then all of it.

        What can be quoted is there at once. To close the iterator stops the model. Raises as `ask`.
        """
        started = perf_counter()
        self._check(request)
        question, notices = self._receive(request)
        ending = ending_of(question)
        if ending is None or (ending.yields and self._is_well_known(question)):
            yield from self._answers(request, question, notices, started)
        else:
            yield self._decline(request, question, ending, notices, started)

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Ranked passages for a text, best first; personal details are removed from it first."""
        plain = cleaned(text).text
        return self._open().finder.find(Search(plain, language or detect_language(plain), k)).hits

    def looked_up(self, request: Request) -> tuple[Question, Found] | None:
        """How a request is understood and what is found for it; None where nothing is searched."""
        question, _ = self._receive(request)
        if ending_of(question):
            return None
        return self._searched(question, self._open())

    def as_retriever(self, language: Language | None = None, k: int = 10) -> BaseRetriever:
        """The finder for a LangChain chain; told no language, it tells it from each query."""
        from assistant.retrieve.langchain import PassageRetriever

        return PassageRetriever(find=lambda text: self.search(text, language, k))

    def index(self) -> Index:
        """The opened index that questions are answered from."""
        return self._open().index

    def check_engine(self, name: str) -> None:
        """Raises what `ask` would for this engine, before there is an index to ask from."""
        self._engines.check(name)

    def stale(self) -> str | None:
        """Why the index must be refreshed before it is used, in a few words; None when it is fit.

        A damaged or foreign index counts as unfit: the corpus holds all that is needed.
        """
        reason = stale_reason(self.settings, examples())
        if reason is None:
            try:
                self._open()
            except SearchIndexError as error:
                return str(error)
        return reason

    def refresh(self, watch: Watch, rebuild: bool = False) -> Manifest:
        """Builds the index anew where it differs from the corpus, and takes it up."""
        return build_index(self.settings, self._model(), watch, rebuild, examples())

    def _check(self, request: Request) -> None:
        if self._engine_name(request) != QUOTES_ENGINE:
            check_name(self._engine_name(request))
        check_length(request)

    def _engine_name(self, request: Request) -> str:
        return request.engine or self.settings.engine

    def _receive(self, request: Request) -> tuple[Question, tuple[str, ...]]:
        """The question without personal details, and the notices about how it was read."""
        redacted = cleaned(request.question)
        text = redacted.text
        turns = tuple(Turn(turn.role, cleaned(turn.text).text) for turn in request.turns)
        language = (
            request.language
            or requested_language(text)
            or detect_language(text, request.page_language)
        )
        asked = without_details(text)
        heard = heard_after(asked, turns, language)
        today = request.asked_on or self._today()
        question = Question(
            text=text,
            search_text=heard.text,
            language=language,
            audience=request.audience,
            as_of=request.as_of or asked_day(text, today) or today,
            context=heard.answer,
            turns=turns,
            removed=redacted.kinds,
            asked_on=today,
        )
        return question, (
            *urgent_notice(text, language),
            *removed_notice(redacted.kinds, language),
            *understood_notice(question, asked),
        )

    def _is_well_known(self, question: Question) -> bool:
        opened = self._open()
        found = opened.finder.find(self._search_for(question))
        return is_well_known(question, found, opened.index.languages[question.language])

    def _searched(self, question: Question, opened: _Opened) -> tuple[Question, Found]:
        """The question as it is understood, and what is found for it.

        Where it says too little it is read with the one before it, or by the last part of it that
        says enough: a story's circumstances may hide what it asks.
        """
        find, part = opened.finder.find, opened.index.languages[question.language]
        found = find(self._search_for(question))
        if not says_too_little(question, found, part):
            return question, found
        if question.turns and question.search_text == without_details(question.text):
            text, language = question.search_text, question.language
            heard = heard_after(text, question.turns, language, follows=True)
            whole = replace(question, search_text=heard.text, context=heard.answer)
            return whole, find(self._search_for(whole))
        for text in reversed(parts_of(question.search_text)):
            whole = replace(question, search_text=text)
            of_part = find(self._search_for(whole))
            if not says_too_little(whole, of_part, part):
                return whole, of_part
        return question, found

    def _search_for(self, question: Question) -> Search:
        text = question.search_text
        meant = near_miss(text)
        parts = (question.stressed, text, question.stressed, f"§ {meant}" if meant else "")
        return Search(
            text=" ".join(filter(None, (*parts, question.context))),
            language=question.language,
            k=_DEPTH,
            spoken=detect_language(text, question.language),
            as_of=question.as_of if question.earlier_day else None,
            past=question.earlier_day or Cue.PAST in cues_of(text, question.language),
        )

    def _answers(
        self, request: Request, question: Question, notices: tuple[str, ...], started: float
    ) -> Iterator[Answer]:
        opened, alone = self._open(), question.search_text
        question, found = self._searched(question, opened)
        if question.search_text != alone:
            notices = (*notices, *understood_notice(question, alone))
        engine = self._engine(request, question, opened)
        asked = _Asked(request, question, notices, opened, engine, found, started, perf_counter())
        for draft, outcome in self._drafted(asked):
            answer = self._answer(asked, draft, outcome)
            if answer.sentences or answer.whole:
                yield answer

    def _answer(self, asked: _Asked, draft: Draft, outcome: Outcome) -> Answer:
        """The answer that a draft makes, with what is to be said of it."""
        question, found = asked.question, asked.found
        composed, all_stand = self._checked(asked, draft)
        if outcome in SHOWN and not composed.sentences:
            outcome = Outcome.ABSTAINED
        about = Circumstances(
            question=question,
            outcome=outcome,
            citations=composed.citations,
            cues=draft.cues,
            all_stand=all_stand,
            earlier_day=question.earlier_day,
            not_held=found.not_held,
        )
        return Answer(
            id=asked.request.id,
            question=question,
            engine=asked.engine.name,
            outcome=outcome,
            text=composed.text or outcome_text(outcome, question.language),
            sentences=composed.sentences,
            citations=composed.citations,
            notices=(*asked.notices, *draft.notices, *notices_for(about, asked.part)),
            follow_ups=follow_ups(found.hits, composed.citations, question),
            disagreements=composed.disagreements,
            receipt=self._receipt(asked.opened, asked.engine.name),
            timings=Timings.between(asked.started, asked.retrieved, perf_counter()),
            margin=margin(found, question.search_text, question.language),
            whole=draft.whole,
        )

    def _engine(self, request: Request, question: Question, opened: _Opened) -> Generator:
        """Who writes this answer; an emergency waits for no model."""
        name = QUOTES_ENGINE if in_need(question) else self._engine_name(request)
        return self._engines.engine(name, opened.index, self._model())

    def _drafted(self, asked: _Asked) -> Iterator[tuple[Draft, Outcome]]:
        """What to show, and how the question ends; in an emergency what helps comes first."""
        question, found, engine = asked.question, asked.found, asked.engine
        if need := in_need(question):
            helping = asked.opened.finder.find(self._search_for(need))
            kind = told(asked.part, question.search_text, found)
            besides = asks_besides(kind, told(asked.part, need.search_text, helping))
            then = whole_draft(engine, question, found) if besides else _NOTHING
            yield ahead(whole_draft(engine, need, helping), then), Outcome.ANSWERED
            return
        outcome = outcome_of(question, found, asked.part)
        drafts = engine.drafts(question, found) if outcome in SHOWN else (_NOTHING,)
        for draft in drafts:
            yield draft, outcome

    def _checked(self, asked: _Asked, draft: Draft) -> tuple[Composed, bool]:
        """What stands in the documents this moment, composed; and whether that was everything.

        Where the sources differ on what is shown or asked, every side is quoted beside it.
        """
        text_of = source_reader(self.settings.corpus)
        standing = [each for each in draft.chosen if stands(each.passage, each.sentence, text_of)]
        said = [
            each for each in draft.statements if all(stands(*it, text_of) for it in each.resting)
        ]
        if (composed := compose(standing, said)).sentences:
            composed = with_disputes(composed, asked.question, asked.part, text_of)
        return composed, len(standing) + len(said) == len(draft.chosen) + len(draft.statements)

    def _decline(
        self,
        request: Request,
        question: Question,
        ending: Ending,
        notices: tuple[str, ...],
        started: float,
    ) -> Answer:
        """The answer to what is no question for us: a kind word and no sources."""
        ended = perf_counter()
        return Answer(
            id=request.id,
            question=question,
            engine=QUOTES_ENGINE,
            outcome=ending.outcome,
            text=say(question.language, ending.text),
            sentences=(),
            citations=(),
            notices=notices,
            follow_ups=(),
            receipt=self._receipt(None),
            timings=Timings.between(started, ended, ended),
        )

    def _open(self) -> _Opened:
        build = current_build(self.settings.index)
        with self._lock:
            if self._opened is None or self._opened.index.build != build:
                index = open_index(self.settings.index, self.settings.chroma_url)
                finder = Finder(index, self._model())
                self._opened = _Opened(index, finder)
            return self._opened

    def _model(self) -> Embedder:
        if self._embedder is None:
            self._embedder = open_embedder(self.settings.embedder)
        return self._embedder

    def _receipt(self, opened: _Opened | None, engine: str = QUOTES_ENGINE) -> Receipt:
        manifest = opened.index.manifest if opened else None
        embedder, prompt, entailment = self.settings.embedder, "", ""
        if engine != QUOTES_ENGINE:
            prompt, entailment = prompt_hash(), self.settings.entailment or ""
        facts = "|".join(filter(None, (embedder, engine, str(_DEPTH), prompt, entailment)))
        return Receipt(
            corpus=manifest.corpus if manifest else "",
            index=manifest.id if manifest else "",
            embedder=embedder,
            engine=engine,
            settings=hashlib.sha256(facts.encode()).hexdigest()[:16],
            prompt=prompt,
            entailment=entailment,
        )


_NOTHING = Draft((), frozenset())
