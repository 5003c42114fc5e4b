"""Graded scores of a ranking, computed by ir-measures, so that they are those of trec_eval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.cases import Target

GOVERNS, ACCEPTABLE = 2, 1
MISSING = (
    "nDCG and recall need ir-measures, which is not installed: pip install --editable '.[evals]'"
)


@dataclass(frozen=True, slots=True)
class Graded:
    """The two graded scores of one ranking."""

    ndcg: float
    recall: float


def available() -> bool:
    """Whether ir-measures is installed; without it ``graded`` gives None."""
    try:
        import ir_measures  # noqa: F401
    except ImportError:
        return False
    return True


def grades(targets: Iterable[Target]) -> dict[str, int]:
    """The grade of each acceptable document: 2 where a section of it is named as governing, else 1.

    Documents are graded, not passages: the questions name every acceptable document, but not
    every section that would do, and an ideal ranking must be known to be scored against.
    """
    found: dict[str, int] = {}
    for target in targets:
        grade = GOVERNS if target.heading else ACCEPTABLE
        found[target.document] = max(grade, found.get(target.document, 0))
    return found


def graded(documents: Sequence[str], targets: Iterable[Target], k: int) -> Graded | None:
    """nDCG@k and recall@k of the documents, each counted where it first stands.

    nDCG: the sum of grade / log2(rank + 1), over that of the ideal order (Jarvelin and Kekalainen
    2002, as trec_eval has it). Recall: the share of acceptable documents among the first k
    (Voorhees and Harman 2005). None where no document is listed, or without ir-measures.
    """
    wanted = grades(targets)
    if not wanted or not available():
        return None
    import ir_measures

    ranked = tuple(dict.fromkeys(documents))
    judged = [ir_measures.Qrel("q", document, grade) for document, grade in wanted.items()]
    # A score of its own for each place: trec_eval orders by score, not as given.
    run = [ir_measures.ScoredDoc("q", name, -float(place)) for place, name in enumerate(ranked)]
    measures = (ir_measures.nDCG @ k, ir_measures.R @ k)
    found = {each.measure: each.value for each in ir_measures.iter_calc(measures, judged, run)}
    return Graded(*(float(found.get(measure, 0.0)) for measure in measures))
