"""Scores of one tool's results, and the difference between two tools with its interval."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.models import Language
from evals import score
from evals.cases import Case
from evals.peers.mapping import Named

SHOWN = 5
DEEP = 10
_QUOTED = re.compile(r"^>.*\n?", re.MULTILINE)
PAGE = 4000  # characters: what a reader may be ready to read, about a page and a half


@dataclass(frozen=True, slots=True)
class Piece:
    """One result, by the document it is from."""

    document: Named
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """One question's scores; None where the question does not measure it.

    A document counts in the asker's language; ``either_at_5`` takes its twin as well.
    ``facts_page`` reads the results in order up to the same length for every tool, and skips the
    questions that the documents quote: they are there for finding, and take the room of facts.
    """

    document_at_5: float | None
    document_at_10: float | None
    reciprocal_rank: float | None
    either_at_5: float | None
    facts_at_5: float | None
    facts_page: float | None
    characters: float
    ms: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with what a tool found for it."""

    case: Case
    found: tuple[Named, ...]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours less the other's over the same questions, with the paired 95% bootstrap interval."""

    n: int
    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


def judge(case: Case, pieces: Sequence[Piece], ms: float) -> Judged:
    """The scores of one question's results, best first."""
    rank = score.rank_of_first([_good(piece, case, (case.language,)) for piece in pieces])
    either = score.rank_of_first([_good(piece, case, tuple(Language)) for piece in pieces])
    shown = [piece.text for piece in pieces[:SHOWN]]
    page = _QUOTED.sub("", "\n".join(piece.text for piece in pieces))[:PAGE]
    cited = bool(case.cite)
    scores = Scores(
        document_at_5=score.found_by(rank, SHOWN) if cited else None,
        document_at_10=score.found_by(rank, DEEP) if cited else None,
        reciprocal_rank=score.reciprocal_rank(rank) if cited else None,
        either_at_5=score.found_by(either, SHOWN) if cited else None,
        facts_at_5=score.facts_held("\n".join(shown), case.key_facts),
        facts_page=score.facts_held(page, case.key_facts),
        characters=float(sum(map(len, shown))),
        ms=ms,
    )
    return Judged(case, tuple(piece.document for piece in pieces), scores)


def _good(piece: Piece, case: Case, languages: Sequence[Language]) -> bool:
    language, document = piece.document
    return language in languages and document in case.documents


def values(judged: Sequence[Judged], name: str) -> list[float | None]:
    """One score of every question, in order."""
    return [getattr(each.scores, name) for each in judged]


def difference(ours: Sequence[Judged], other: Sequence[Judged], name: str) -> Difference | None:
    """Ours less the other's in one score, question by question; None where nothing measures it.

    Questions are drawn, not scores: both tools' scores of a question stay together.
    """
    theirs = {each.case.id: getattr(each.scores, name) for each in other}
    gains = [
        getattr(each.scores, name) - theirs[each.case.id]
        for each in ours
        if getattr(each.scores, name) is not None and theirs.get(each.case.id) is not None
    ]
    interval = score.bootstrap(gains)
    mean = score.mean(gains)
    return Difference(len(gains), mean, *interval) if interval and mean is not None else None


def groups(judged: Sequence[Judged]) -> dict[str, tuple[Judged, ...]]:
    """All questions, then each language, each split, each language's split; never empty."""
    found: dict[str, tuple[Judged, ...]] = {"all": tuple(judged)}
    by: tuple[Callable[[Case], str], ...] = (
        lambda case: case.language,
        lambda case: case.split,
        lambda case: f"{case.language} {case.split}",
    )
    for name_of in by:
        for name in sorted({name_of(each.case) for each in judged}):
            found[name] = tuple(each for each in judged if name_of(each.case) == name)
    return found
