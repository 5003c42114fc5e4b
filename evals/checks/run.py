"""Every labelled claim through the checker, against all passages of its sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.errors import UsageError
from assistant.index.embed import Embedder
from assistant.index.opened import Index
from assistant.models import Passage, Sentence
from assistant.verify.check import SentenceChecker
from assistant.verify.claim import Check, Claim, Verdict
from assistant.verify.entailment import Entailment
from assistant.verify.support import Array
from evals.checks.claims import Label, Labelled

DAY = date(2026, 11, 30)  # when the set was labelled


@dataclass(frozen=True, slots=True)
class Checked:
    """A labelled claim and what the checker made of it."""

    claim: Labelled
    verdict: Verdict

    @property
    def let_through(self) -> bool | None:
        """Whether a claim that must not be shown is; None of one that may be."""
        return None if self.claim.label is Label.SUPPORTED else self.verdict.stands

    @property
    def withheld(self) -> bool | None:
        """Whether a claim that may be shown is not; None of one that must not be."""
        return not self.verdict.stands if self.claim.label is Label.SUPPORTED else None

    def stands_at(self, meaning: float, borne: float) -> bool:
        """Whether it would be shown if that much support were asked for."""
        others = any(each.check is not Check.SUPPORT for each in self.verdict.objections)
        return not others and self.verdict.meaning >= meaning and self.verdict.borne >= borne


def check_claims(
    index: Index,
    embedder: Embedder,
    claims: Sequence[Labelled],
    entailment: Entailment | None = None,
) -> tuple[Checked, ...]:
    """Checks every claim; all of them are encoded in one go."""
    passages = _by_section(index)
    vectors = dict(
        zip((each.claim for each in claims), embedder.encode(_texts(claims)), strict=True)
    )

    def vector_of(passage: Passage, sentence: Sentence) -> Array:
        return index.languages[passage.source.language].vector_of(passage, sentence)

    checker = SentenceChecker(vectors.__getitem__, vector_of, entailment)
    return tuple(Checked(each, checker.check(_claim(each, passages))) for each in claims)


_Sections = dict[tuple[str, str, str], tuple[Passage, ...]]


def _texts(claims: Sequence[Labelled]) -> list[str]:
    return [each.claim for each in claims]


def _by_section(index: Index) -> _Sections:
    held: defaultdict[tuple[str, str, str], tuple[Passage, ...]] = defaultdict(tuple)
    for language, part in index.languages.items():
        for passage in part.passages:
            held[language, passage.source.id, passage.pinpoint] += (passage,)
    return held


def _claim(labelled: Labelled, passages: _Sections) -> Claim:
    evidence: tuple[Passage, ...] = ()
    for each in labelled.evidence:
        found = passages.get((labelled.language, each.document, each.heading))
        if not found:
            raise UsageError(
                f"{labelled.id}: no section “{each.heading}” in {each.document}"
                f" ({labelled.language}). Name a section that the corpus has."
            )
        evidence += found
    return Claim(labelled.claim, labelled.language, evidence, DAY)
