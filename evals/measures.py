"""The catalogue of measures: what each is called, means, and which way is better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from evals import score
from evals.run import Record


class Family(StrEnum):
    """What a measure is about; the scores of a record are kept by family."""

    FINDING = "finding"
    ANSWERING = "answering"
    ENDING = "ending"
    READING = "reading"


TITLES = {
    Family.ENDING: "How questions ended",
    Family.FINDING: "What the search found",
    Family.ANSWERING: "What answers said and stood on",
    Family.READING: "Length, reading and time",
}


class Better(StrEnum):
    """Which way a measure improves; some only describe."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Unit(StrEnum):
    """How a figure is written: a share from 0 to 1, a plain number, or milliseconds."""

    SHARE = "share"
    NUMBER = "number"
    MILLISECONDS = "ms"


def _median(values: Sequence[float]) -> float:
    return score.percentile(values, 0.5) or 0.0


def _p95(values: Sequence[float]) -> float:
    return score.percentile(values, 0.95) or 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the tables: a statistic of one score over many questions."""

    name: str
    head: str
    family: Family
    says: str
    better: Better = Better.HIGHER
    unit: Unit = Unit.SHARE
    field: str | None = None
    statistic: Callable[[Sequence[float]], float] | None = None

    def of(self, record: Record) -> float | None:
        """The score of one question; None where the question does not measure it."""
        scores = getattr(record.scores, self.family)
        value = getattr(scores, self.field or self.name)
        return None if value is None else float(value)

    def values(self, records: Iterable[Record]) -> tuple[float | None, ...]:
        """The score of every question, in order."""
        return tuple(self.of(record) for record in records)

    def kept(self, value: float, floor: float) -> bool:
        """Whether a figure is no worse than its floor; where lower is better it is a ceiling."""
        return value <= floor if self.better is Better.LOWER else value >= floor


_finding = partial(Measure, family=Family.FINDING)
_answering = partial(Measure, family=Family.ANSWERING)
_ending = partial(Measure, family=Family.ENDING)
_reading = partial(Measure, family=Family.READING, better=Better.NEITHER, unit=Unit.NUMBER)
_lower = Better.LOWER

MEASURES: tuple[Measure, ...] = (
    _ending(
        "passed",
        "passed",
        says="Right outcome, every key fact shown, an acceptable citation, nothing forbidden.",
    ),
    _ending("outcome", "outcome", says="The outcome is an acceptable one."),
    _ending("held_back", "kept", says="Not answered, of the questions not to be answered."),
    _ending(
        "over_abstained",
        "over",
        says="Not answered, of the questions to be answered.",
        better=_lower,
    ),
    _ending(
        "premise_first",
        "premise1",
        says="False premises: the first sentence holds a key fact.",
    ),
    _ending("premise_answer", "premise", says="False premises: the answer holds a key fact."),
    _ending(
        "dated",
        "dated",
        says="Status questions and earlier days: every key fact shown, nothing forbidden.",
    ),
    _finding("document_at_5", "doc@5", says="An acceptable document in the first 5 passages."),
    _finding("document_at_10", "doc@10", says="An acceptable document in the first 10 passages."),
    _finding("pinpoint_at_5", "pin@5", says="A governing section in the first 5 passages."),
    _finding("pinpoint_at_10", "pin@10", says="A governing section in the first 10 passages."),
    _finding(
        "reciprocal_rank", "MRR", says="1 over the rank of the first acceptable document's passage."
    ),
    _finding(
        "ndcg_at_10",
        "nDCG@10",
        says="Order of the documents of the first 10 passages; governing ones weigh 2, others 1.",
    ),
    _finding(
        "recall_at_10",
        "R@10",
        says="Share of all acceptable documents in the first 10 passages; they are alternatives.",
    ),
    _finding("facts_found", "found", says="Key facts in the first 5 passages."),
    _answering("facts_answer", "facts", says="Key facts in the answer."),
    _answering("facts_shown", "+notes", says="Key facts in the answer or its notices."),
    _answering(
        "citation_precision", "cites", says="Cited documents that are acceptable, each once."
    ),
    _answering("quote_precision", "quotes", says="Shown citations whose quotation holds a fact."),
    _answering(
        "facts_cited",
        "factcite",
        says="Shown key facts that stand in a sentence and in a passage that it cites.",
    ),
    _answering(
        "verbatim", "verbatim", says="Sentences that stand word for word in what they cite."
    ),
    _answering("pinpoint_cited", "pincite", says="A governing section is cited."),
    _answering("violation", "forbid", says="Something forbidden is shown.", better=_lower),
    _reading("words", "words", says="Words of an answer, without notices."),
    _reading("sentences", "sents", says="Sentences of an answer."),
    _reading("grade", "grade-en", says="English: U.S. school grade (Flesch–Kincaid)."),
    _reading(
        "ease", "ease-es", says="Spanish: ease from 0 to 100 (Szigriszt Pazos); 55 is normal."
    ),
    _reading(
        "median_ms",
        "median",
        says="Time of an answer, median.",
        better=_lower,
        unit=Unit.MILLISECONDS,
        field="milliseconds",
        statistic=_median,
    ),
    _reading(
        "p95_ms",
        "p95",
        says="Time of an answer, 95th percentile.",
        better=_lower,
        unit=Unit.MILLISECONDS,
        field="milliseconds",
        statistic=_p95,
    ),
)
BY_NAME = {measure.name: measure for measure in MEASURES}
# What gates and what an earlier run is compared by: the same in every run on every machine.
STEADY = tuple(m for m in MEASURES if m.unit is Unit.SHARE and m.better is not Better.NEITHER)
HEADLINES = ("passed", "outcome", "facts_shown", "pinpoint_cited", "citation_precision")


def of_family(family: Family) -> tuple[Measure, ...]:
    """The measures of one family, in the order of the tables."""
    return tuple(measure for measure in MEASURES if measure.family is family)
