"""Running the questions through the assistant, one record each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Protocol

from assistant.models import Answer, Hit, Language, Outcome, Request
from evals import score
from evals.cases import Case, Target
from evals.judge import DEPTH, Scores, judge, shown_text

WARM_UP = {Language.EN: "What is section 6103?", Language.ES: "¿Qué es la sección 6103?"}


class Answering(Protocol):
    """The part of ``assistant.service.Assistant`` that an evaluation uses."""

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Ranked passages."""

    def ask(self, request: Request) -> Answer:
        """One answer."""


@dataclass(frozen=True, slots=True)
class Record:
    """One question with what was found, what was shown, and its scores."""

    case: Case
    found: tuple[Target, ...]
    answer: Answer
    missing: tuple[str, ...]
    forbidden: tuple[str, ...]
    scores: Scores

    @property
    def passed(self) -> bool:
        """Right outcome, every key fact shown, nothing forbidden, an acceptable citation if any."""
        return bool(self.scores.ending.passed)


def run_cases(
    assistant: Answering,
    cases: Sequence[Case],
    as_of: date | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Record, ...]:
    """A record for every case, in order; the assistant is warm before the first is timed.

    ``as_of`` is the day asked about by cases that name none.
    """
    for language in sorted({case.language for case in cases}):
        assistant.ask(Request(WARM_UP[language], language=language))
    records = []
    for done, case in enumerate(cases, start=1):
        records.append(_run(assistant, case, as_of))
        progress(done, len(cases))
    return tuple(records)


def _run(assistant: Answering, case: Case, as_of: date | None) -> Record:
    hits = assistant.search(case.search_text, case.language, DEPTH)
    request = Request(
        question=case.question,
        turns=case.turns,
        language=case.language,
        audience=case.audience,
        as_of=case.as_of or as_of,
        id=case.id,
    )
    started = perf_counter()
    answer = assistant.ask(request)
    took = (perf_counter() - started) * 1000
    everything = shown_text(answer, notices=True)
    return Record(
        case=case,
        found=tuple(Target(hit.passage.source.id, hit.passage.pinpoint) for hit in hits),
        answer=answer,
        missing=score.facts_missing(everything, case.key_facts),
        forbidden=score.violations(everything, case.must_not),
        scores=judge(case, hits, answer, took),
    )


def confusion(records: Iterable[Record]) -> dict[tuple[str, Outcome], int]:
    """How often each outcome came where each set of outcomes was acceptable."""
    counts: dict[tuple[str, Outcome], int] = {}
    for record in records:
        expected = " or ".join(outcome for outcome in Outcome if outcome in record.case.expect)
        key = (expected, record.answer.outcome)
        counts[key] = counts.get(key, 0) + 1
    return counts
