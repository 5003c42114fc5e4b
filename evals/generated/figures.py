"""What came of a model's sentences, counted and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.generated.listening import Heard, Sentence


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over all answers; ``unsupported`` are shown sentences that fail when checked again.

    ``withheld_by`` counts a sentence under every check that it fails, ``flaws_shown`` what a
    scripted model had done to the sentences that were shown.
    """

    answers: int
    asked: int
    with_sentences: int
    written: int
    cited: int
    shown: int
    unsupported: int
    withheld_by: dict[str, int]
    fallbacks: dict[str, int]
    flaws_written: dict[str, int]
    flaws_shown: dict[str, int]


def figures_of(heard: Sequence[Heard]) -> Figures:
    """The counts of a run."""
    every = [each for one in heard for each in one.sentences]
    shown = [each for each in every if each.shown]
    return Figures(
        answers=len(heard),
        asked=sum(one.asked for one in heard),
        with_sentences=sum(any(each.shown for each in one.sentences) for one in heard),
        written=len(every),
        cited=sum(each.cited for each in every),
        shown=len(shown),
        unsupported=sum(each.borne is False for each in shown),
        withheld_by=_counted(why for each in every if not each.shown for why in each.objections),
        fallbacks=_counted(one.fallback for one in heard if one.fallback),
        flaws_written=_flaws(every),
        flaws_shown=_flaws(shown),
    )


def told(figures: Figures) -> str:
    """The counts as a table for a terminal."""
    rows: list[tuple[str, object]] = [
        ("answers", figures.answers),
        ("of these the model was asked", figures.asked),
        ("answers with model sentences", figures.with_sentences),
        ("model sentences written", figures.written),
        ("  with a source named", figures.cited),
        ("  shown", figures.shown),
        ("  shown, unsupported when checked again", figures.unsupported),
        ("withheld, by check", _listed(figures.withheld_by)),
        ("fallbacks, by reason", _listed(figures.fallbacks)),
    ]
    if figures.flaws_written:
        rows.append(("written, by flaw", _listed(figures.flaws_written)))
        rows.append(("shown, by flaw", _listed(figures.flaws_shown)))
    lines = "\n".join(f"{name:41}{value}" for name, value in rows)
    return f"WHAT CAME OF THE MODEL'S SENTENCES\n{lines}\n"


def entry(heard: Sequence[Heard]) -> dict[str, Any]:
    """The counts and every sentence, for the record of a run."""
    return {"figures": asdict(figures_of(heard)), "answers": [asdict(one) for one in heard]}


def _flaws(sentences: Iterable[Sentence]) -> dict[str, int]:
    return _counted(each.flaw for each in sentences if each.flaw)


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(names).most_common())


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"
