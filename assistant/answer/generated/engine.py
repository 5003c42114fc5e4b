"""The engine that lets a model write, shows what stands, and quotes where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer.generated.calling import Caller, Failed, Failure
from assistant.answer.generated.prompt import Prompt, prompt_for
from assistant.answer.generated.reading import Written, says_nothing, sentences
from assistant.answer.quotes import Draft, Generator, whole_draft
from assistant.answer.select import MOST_SENTENCES, Chosen
from assistant.answer.statement import Statement
from assistant.answer.then import known_by
from assistant.models import Passage, Question
from assistant.retrieve.find import Found
from assistant.texts import say
from assistant.verify.check import Checker
from assistant.verify.claim import Claim, Verdict

MOST_WRITTEN = 6  # sentences of a model in one answer
_ENOUGH = 3  # of these, all well, need no quotation beside them
_REMEMBERED = 400  # characters of a model's text by which a refusal is told
_REFUSAL = re.compile(
    r"\b(?:i(?:['’]m| am) (?:sorry|unable|not able)|i (?:can(?:['’]t|not)|won['’]t|will not)"
    r"|as an ai|lo siento|no puedo|no me es posible)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Reading:
    """What came of one model's text."""

    statements: list[Statement]
    withheld: int = 0
    cited: int = 0
    beginning: str = ""


class ModelEngine:
    """Sentences of a language model, each shown only once its checks are passed."""

    def __init__(self, quotes: Generator, caller: Caller, checker: Checker, tokens: int) -> None:
        self.name = caller.model.name
        self._quotes, self._caller, self._checker = quotes, caller, checker
        self._tokens = tokens

    def drafts(self, question: Question, found: Found) -> Iterator[Draft]:
        """The model's sentences as they pass, then quotations for what is missing, and a notice."""
        quoted = whole_draft(self._quotes, question, found)
        whole = _evidence(quoted, found)
        prompt = prompt_for(question, list(_as_known(whole.values(), question)), self._tokens)
        ended = Failed(None if prompt.passages else Failure.TOO_LONG)
        read = _Reading([])
        if prompt.passages:
            pieces = _remembering(self._caller.stream(prompt, ended), read)
            for _ in self._read(question, prompt, whole, sentences(pieces), read):
                yield Draft((), quoted.cues, tuple(read.statements), whole=False)
        failure = ended.failure or _failure_of(read)
        well = len(read.statements) >= _ENOUGH and not (failure or read.withheld)
        rest = () if well else _unsaid(quoted.chosen, read.statements)
        yield replace(
            quoted,
            chosen=rest[: MOST_SENTENCES - len(read.statements)],
            statements=tuple(read.statements),
            notices=_notices(question, self.name, failure, read),
        )

    def _read(
        self,
        question: Question,
        prompt: Prompt,
        whole: Mapping[str, Passage],
        written: Iterable[Written],
        read: _Reading,
    ) -> Iterator[None]:
        """Checks each sentence as it comes, until there are enough; pauses after each."""
        for each in written:
            read.cited += bool(each.keys)
            verdict = self._verdict(question, prompt, each)
            if verdict is None or not verdict.stands:
                read.withheld += 1
            elif each.text not in {said.text for said in read.statements}:
                resting = tuple((whole[passage.id], it) for passage, it in verdict.resting)
                read.statements.append(Statement(each.text, resting))
            yield
            if len(read.statements) == MOST_WRITTEN:
                return

    def _verdict(self, question: Question, prompt: Prompt, written: Written) -> Verdict | None:
        """What is to be said against a sentence; None where it cites what it was not given.

        It must stand on the passages that are quoted for it alone, so that a receipt can tell it.
        """
        known = prompt.cited(written.keys)
        if not known:
            return None
        claim = Claim(written.text, question.language, known, question.as_of)
        verdict = self._checker.check(claim)
        quoted = {passage.id: passage for passage, _ in verdict.resting}
        if verdict.stands and len(quoted) < len(known):
            verdict = self._checker.check(replace(claim, evidence=tuple(quoted.values())))
        return verdict


def _evidence(quoted: Draft, found: Found) -> dict[str, Passage]:
    """The passages that are quoted, then the others that were found, by their ids."""
    passages = (*(each.passage for each in quoted.chosen), *(hit.passage for hit in found.hits))
    return {passage.id: passage for passage in passages}


def _as_known(passages: Iterable[Passage], question: Question) -> Iterator[Passage]:
    """Passages without the sentences that speak of a later day than is asked about."""
    for passage in passages:
        kept = tuple(it for it in passage.sentences if known_by(passage, it, question.as_of))
        if len(kept) == len(passage.sentences):
            yield passage
        elif kept:
            text = " ".join(each.text for each in kept)
            yield replace(passage, sentences=kept, text=text)


def _unsaid(chosen: Sequence[Chosen], said: Sequence[Statement]) -> tuple[Chosen, ...]:
    """The quotations that no statement rests on."""
    used = {(passage.id, sentence.start) for each in said for passage, sentence in each.resting}
    return tuple(each for each in chosen if (each.passage.id, each.sentence.start) not in used)


def _remembering(pieces: Iterator[str], read: _Reading) -> Iterator[str]:
    for piece in pieces:
        read.beginning = (read.beginning + piece)[:_REMEMBERED]
        yield piece


def _failure_of(read: _Reading) -> Failure | None:
    """What was wrong with a text that came whole."""
    if read.statements:
        return None
    if not read.beginning.strip() or says_nothing(read.beginning):
        return Failure.EMPTY
    if _REFUSAL.search(read.beginning):
        return Failure.REFUSED
    return None if read.cited else Failure.UNCITED


def _notices(
    question: Question, engine: str, failure: Failure | None, read: _Reading
) -> tuple[str, ...]:
    language = question.language
    written = (say(language, "model.written", engine=engine),) if read.statements else ()
    if failure is not None:
        reason = say(language, f"model.{failure.value}")
        key = "model.partly" if read.statements else "model.failed"
        return (*written, say(language, key, reason=reason))
    if not read.statements:
        return (say(language, "model.all_withheld"),)
    return (*written, say(language, "model.withheld")) if read.withheld else written
