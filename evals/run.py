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

DEPTH = 10
SHOWN_PASSAGES = 5
WARM_UP = {Language.EN: "What is section 6103?", Language.ES: "¿Qué es la sección 6103?"}


class Answering(Protocol):
    """The part of ``assistant.service.Assistant`` that an evaluation uses."""

    def search(self, text: str, language: Language | None = None, k: int = 10) -> tuple[Hit, ...]:
        """Ranked passages."""

    def ask(self, request: Request) -> Answer:
        """One answer."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one question; None where the question does not measure it.

    An abstention that a question accepts is not asked for key facts.
    """

    document_rank: int | None
    pinpoint_rank: int | None
    document_at_5: float | None
    document_at_10: float | None
    pinpoint_at_5: float | None
    pinpoint_at_10: float | None
    reciprocal_rank: float | None
    facts_found: float | None
    facts_answer: float | None
    facts_shown: float | None
    citation_precision: float | None
    violation: float
    outcome: float
    held_back: float | None
    over_abstained: float | None
    milliseconds: float


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
        answered = self.answer.outcome in score.ANSWERING
        cited_well = self.scores.citation_precision is None or self.scores.citation_precision > 0
        facts_kept = not self.missing or not answered
        return bool(self.scores.outcome) and facts_kept and cited_well and not self.forbidden


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
        scores=_scores(case, hits, answer, took),
    )


def shown_text(answer: Answer, notices: bool) -> str:
    """What a reader sees of an answer: its text, both sides of a dispute, and its notices."""
    sides = [side.text for dispute in answer.disagreements for side in dispute.sides]
    return "\n".join([answer.text, *sides, *(answer.notices if notices else ())])


def _scores(case: Case, hits: Sequence[Hit], answer: Answer, took: float) -> Scores:
    document_rank = score.rank_of_first([h.passage.source.id in case.documents for h in hits])
    pinpoint_rank = score.rank_of_first([_at_pinpoint(h, case.pinpoints) for h in hits])
    documents, pinpoints = bool(case.cite), bool(case.pinpoints)
    found = "\n".join(hit.passage.text for hit in hits[:SHOWN_PASSAGES])
    cited = [citation.passage.source.id for citation in answer.citations]
    answered = answer.outcome in score.ANSWERING
    facts = case.key_facts if answered or score.must_answer(case.expect) else ()
    everything = shown_text(answer, notices=True)
    return Scores(
        document_rank=document_rank,
        pinpoint_rank=pinpoint_rank,
        document_at_5=score.found_by(document_rank, 5) if documents else None,
        document_at_10=score.found_by(document_rank, DEPTH) if documents else None,
        pinpoint_at_5=score.found_by(pinpoint_rank, 5) if pinpoints else None,
        pinpoint_at_10=score.found_by(pinpoint_rank, DEPTH) if pinpoints else None,
        reciprocal_rank=score.reciprocal_rank(document_rank) if documents else None,
        facts_found=score.facts_held(found, case.key_facts),
        facts_answer=score.facts_held(shown_text(answer, notices=False), facts),
        facts_shown=score.facts_held(everything, facts),
        citation_precision=score.citation_precision(cited, case.documents) if answered else None,
        violation=float(bool(score.violations(everything, case.must_not))),
        outcome=float(answer.outcome in case.expect),
        held_back=score.held_back(case.expect, answer.outcome),
        over_abstained=score.over_abstained(case.expect, answer.outcome),
        milliseconds=took,
    )


def _at_pinpoint(hit: Hit, pinpoints: Iterable[Target]) -> bool:
    heading = score.fold(hit.passage.pinpoint).casefold()
    return any(
        hit.passage.source.id == target.document
        and score.fold(target.heading or "").casefold() in heading
        for target in pinpoints
    )


def confusion(records: Iterable[Record]) -> dict[tuple[str, Outcome], int]:
    """How often each outcome came where each set of outcomes was acceptable."""
    counts: dict[tuple[str, Outcome], int] = {}
    for record in records:
        expected = " or ".join(outcome for outcome in Outcome if outcome in record.case.expect)
        key = (expected, record.answer.outcome)
        counts[key] = counts.get(key, 0) + 1
    return counts
