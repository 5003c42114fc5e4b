"""What one answer earned: every score of a question, from what was found and what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import Answer, Hit, Language
from evals import citing, ranking, reading, score
from evals.cases import Case, CaseType

DEPTH = 10
SHOWN_PASSAGES = 5

Facts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """How well the search did; None where the question names no document or section."""

    document_rank: int | None
    pinpoint_rank: int | None
    document_at_5: float | None
    document_at_10: float | None
    pinpoint_at_5: float | None
    pinpoint_at_10: float | None
    reciprocal_rank: float | None
    ndcg_at_10: float | None
    recall_at_10: float | None
    facts_found: float | None


@dataclass(frozen=True, slots=True)
class Answering:
    """What the answer said and what it stood on.

    An abstention that a question accepts is not asked for key facts or for the section.
    """

    facts_answer: float | None
    facts_shown: float | None
    citation_precision: float | None
    quote_precision: float | None
    facts_cited: float | None
    verbatim: float | None
    pinpoint_cited: float | None
    violation: float


@dataclass(frozen=True, slots=True)
class Ending:
    """Whether the question ended as it should; ``passed`` is the sum of all that matters."""

    passed: float
    outcome: float
    held_back: float | None
    over_abstained: float | None
    premise_first: float | None
    premise_answer: float | None
    dated: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How long an answer is, how hard to read, and how long it took; length only if answered."""

    words: float | None
    sentences: float | None
    grade: float | None
    ease: float | None
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one question, by family."""

    finding: Finding
    answering: Answering
    ending: Ending
    reading: Reading


def judge(case: Case, hits: Sequence[Hit], answer: Answer, took: float) -> Scores:
    """Every score of one answer; ``took`` is in milliseconds."""
    answering = _answering(case, answer)
    return Scores(
        finding=finding(case, hits),
        answering=answering,
        ending=_ending(case, answer, answering),
        reading=_reading(answer, took),
    )


def shown_text(answer: Answer, notices: bool) -> str:
    """What a reader sees of an answer: its text, both sides of a dispute, and its notices."""
    sides = [side.text for dispute in answer.disagreements for side in dispute.sides]
    return "\n".join([answer.text, *sides, *(answer.notices if notices else ())])


def answered(answer: Answer) -> bool:
    """Whether the answer answers, wholly or in part."""
    return answer.outcome in score.ANSWERING


def _asked(case: Case, answer: Answer) -> bool:
    """Whether this answer is held to the question's facts: it answers, or had to."""
    return answered(answer) or score.must_answer(case.expect)


def finding(case: Case, hits: Sequence[Hit]) -> Finding:
    """The scores of what was found for a question, best first."""
    document_rank = score.rank_of_first([h.passage.source.id in case.documents for h in hits])
    pinpoint_rank = score.rank_of_first(
        [citing.at_pinpoint(hit.passage, case.pinpoints) for hit in hits]
    )
    graded = ranking.graded([hit.passage.source.id for hit in hits], case.cite, DEPTH)
    documents, pinpoints = bool(case.cite), bool(case.pinpoints)
    found = "\n".join(hit.passage.text for hit in hits[:SHOWN_PASSAGES])
    return Finding(
        document_rank=document_rank,
        pinpoint_rank=pinpoint_rank,
        document_at_5=score.found_by(document_rank, 5) if documents else None,
        document_at_10=score.found_by(document_rank, DEPTH) if documents else None,
        pinpoint_at_5=score.found_by(pinpoint_rank, 5) if pinpoints else None,
        pinpoint_at_10=score.found_by(pinpoint_rank, DEPTH) if pinpoints else None,
        reciprocal_rank=score.reciprocal_rank(document_rank) if documents else None,
        ndcg_at_10=graded.ndcg if graded else None,
        recall_at_10=graded.recall if graded else None,
        facts_found=score.facts_held(found, case.key_facts),
    )


def _answering(case: Case, answer: Answer) -> Answering:
    answers = answered(answer)
    facts = case.key_facts if _asked(case, answer) else ()
    everything = shown_text(answer, notices=True)
    cited = [citation.passage.source.id for citation in answer.citations]
    at_pinpoint = citing.pinpoint_cited(answer.citations, case.pinpoints)
    return Answering(
        facts_answer=score.facts_held(shown_text(answer, notices=False), facts),
        facts_shown=score.facts_held(everything, facts),
        citation_precision=score.citation_precision(cited, case.documents) if answers else None,
        quote_precision=citing.quote_precision(answer.citations, facts) if answers else None,
        facts_cited=citing.facts_cited(answer, everything, facts) if answers else None,
        verbatim=citing.verbatim(answer),
        pinpoint_cited=float(at_pinpoint) if case.pinpoints and _asked(case, answer) else None,
        violation=float(bool(score.violations(everything, case.must_not))),
    )


def _ending(case: Case, answer: Answer, earned: Answering) -> Ending:
    right = answer.outcome in case.expect
    # No fact asked for is no fact missing: an accepted abstention has kept them all.
    said_all = earned.facts_shown in (None, 1.0)
    cited_well = earned.citation_precision is None or earned.citation_precision > 0
    clean = not earned.violation
    first = answer.sentences[0].text if answer.sentences else ""
    corrects = case.type is CaseType.FALSE_PREMISE and _asked(case, answer)
    is_dated = (case.type is CaseType.STATUS or case.as_of is not None) and _asked(case, answer)
    return Ending(
        passed=float(right and said_all and cited_well and clean),
        outcome=float(right),
        held_back=score.held_back(case.expect, answer.outcome),
        over_abstained=score.over_abstained(case.expect, answer.outcome),
        premise_first=score.corrected(first, case.key_facts) if corrects else None,
        premise_answer=(
            score.corrected(shown_text(answer, notices=False), case.key_facts) if corrects else None
        ),
        dated=float(said_all and clean) if is_dated else None,
    )


def _reading(answer: Answer, took: float) -> Reading:
    sentences = [sentence.text for sentence in answer.sentences]
    spanish = answer.question.language is Language.ES
    counted = sum(len(reading.words(sentence)) for sentence in sentences)
    return Reading(
        words=float(counted) if sentences else None,
        sentences=float(len(sentences)) if sentences else None,
        grade=None if spanish else reading.grade(sentences),
        ease=reading.ease(sentences) if spanish else None,
        milliseconds=took,
    )
