"""What a run says in a terminal: the tables, and the questions that did not pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.models import Outcome
from evals.measures import BY_NAME, TITLES, Family, Measure, of_family
from evals.run import Record, confusion
from evals.summary import INTERVALS, Figures, Gap, gaps, groups, interval, signed, summary, written

_WIDTH = 15


def table(records: Sequence[Record]) -> str:
    """Every measure by group with its interval, the gap of the languages, outcomes and legend."""
    rows = summary(records)
    sizes = {name: len(held) for names in groups(records).values() for name, held in names.items()}
    parts = [_family(family, title, rows, sizes) for family, title in TITLES.items()]
    return "\n\n".join([*parts, INTERVALS, _gaps(gaps(records)), _outcomes(records), _legend()])


def _family(
    family: Family,
    title: str,
    rows: dict[str, dict[str, Figures]],
    sizes: dict[str, int],
) -> str:
    measures = of_family(family)
    lines = [f"{'':15}{'n':>4}" + "".join(f"{m.head:>{_WIDTH}}" for m in measures)]
    for names in rows.values():
        lines += [_row(name, sizes[name], held, measures) for name, held in names.items()]
    return "\n".join([title.upper(), *lines])


def _row(name: str, size: int, held: Figures, measures: Sequence[Measure]) -> str:
    cells = (
        f"{written(held[m.name].value, m.unit)} {_short(interval(held[m.name], m.unit))}"
        for m in measures
    )
    return f"{name:15}{size:>4}" + "".join(f"{cell.strip():>{_WIDTH}}" for cell in cells)


def _short(text: str) -> str:
    """An interval of shares without its zeros, to fit a terminal."""
    return re.sub(r"(?<!\d)0\.", ".", text)


def _gaps(found: dict[str, Gap]) -> str:
    lines = ["SPANISH LESS ENGLISH"]
    for name, gap in found.items():
        measure = BY_NAME[name]
        told = [signed(each, measure.unit) for each in (gap.difference, gap.low, gap.high)]
        lines.append(f"{measure.head:9}{told[0]:>8}   {told[1]} to {told[2]}")
    return "\n".join(lines)


def _outcomes(records: Sequence[Record]) -> str:
    counts = confusion(records)
    width = max(len(expected) for expected, _ in counts) + 2
    lines = [f"{'acceptable':{width}}" + "".join(f"{outcome:>14}" for outcome in Outcome)]
    for expected in sorted({expected for expected, _ in counts}):
        cells = (counts.get((expected, outcome), 0) for outcome in Outcome)
        lines.append(f"{expected:{width}}" + "".join(f"{cell or '·':>14}" for cell in cells))
    return "\n".join(lines)


def _legend() -> str:
    return "\n".join(f"{m.head:9} {m.says}" for family in TITLES for m in of_family(family)) + "\n"


def failures(records: Iterable[Record]) -> str:
    """Every question that did not pass: why, and what was shown."""
    return "\n".join(_failure(record) for record in records if not record.passed)


def reasons(record: Record) -> tuple[str, ...]:
    """Why a question did not pass, a line each, and where what it wanted stood."""
    case, answer, finding = record.case, record.answer, record.scores.finding
    lines = []
    if not record.scores.ending.outcome:
        lines.append(f"outcome {answer.outcome}, acceptable {', '.join(case.expect)}")
    if record.missing:
        lines.append(f"missing {'; '.join(record.missing)}")
    if record.forbidden:
        lines.append(f"forbidden {'; '.join(record.forbidden)}")
    if case.cite:
        ranks = (rank or "none" for rank in (finding.document_rank, finding.pinpoint_rank))
        lines.append("rank of the first acceptable document {}, section {}".format(*ranks))
    cited = ", ".join(dict.fromkeys(c.passage.source.id for c in answer.citations))
    return *lines, f"cited {cited or 'nothing'}"


def title(record: Record) -> str:
    """A question with its id and what it is."""
    case = record.case
    return f"{case.id} [{case.language} {case.audience} {case.type} {case.split}] {case.question}"


def _failure(record: Record) -> str:
    shown = [f"  | {line}" for line in record.answer.text.splitlines()]
    return "\n".join([title(record), *(f"  {reason}" for reason in reasons(record)), *shown, ""])
