"""Reports: the table, the failures, the comparison with an earlier run, the record file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.errors import UsageError
from assistant.models import Outcome, Receipt
from evals import score
from evals.run import Record, confusion

_COLUMNS: tuple[tuple[str, str], ...] = (
    ("doc@5", "document_at_5"),
    ("doc@10", "document_at_10"),
    ("pin@5", "pinpoint_at_5"),
    ("pin@10", "pinpoint_at_10"),
    ("MRR", "reciprocal_rank"),
    ("found", "facts_found"),
    ("facts", "facts_answer"),
    ("+notes", "facts_shown"),
    ("cites", "citation_precision"),
    ("forbid", "violation"),
    ("outcome", "outcome"),
    ("kept", "held_back"),
    ("over", "over_abstained"),
)
_LEGEND = """\
doc@k, pin@k: an acceptable document, or section where one governs, among the first k passages.
found: key facts in the first five passages; facts: in the answer; +notes: with its notices.
cites: cited documents that are acceptable; forbid: answers with something forbidden.
outcome: acceptable outcomes; kept: not answered where that is right; over: where it is wrong.
"""
_HEADLINES = ("document_at_5", "pinpoint_at_5", "facts_answer", "citation_precision", "outcome")


def groups(records: Sequence[Record]) -> dict[str, tuple[Record, ...]]:
    """All records, then by language, audience and split, each name once and never empty."""
    found: dict[str, tuple[Record, ...]] = {"all": tuple(records)}
    by: tuple[Callable[[Record], str], ...] = (
        lambda record: record.case.language,
        lambda record: record.case.audience,
        lambda record: record.case.split,
    )
    for name_of in by:
        for name in sorted({name_of(record) for record in records}):
            found[name] = tuple(record for record in records if name_of(record) == name)
    return found


def values(records: Iterable[Record], name: str) -> list[float | None]:
    """One score of every record, in order."""
    return [getattr(record.scores, name) for record in records]


def summary(records: Sequence[Record]) -> dict[str, dict[str, float | int | None]]:
    """Every figure of the table, by group, unrounded."""
    rows: dict[str, dict[str, float | int | None]] = {}
    for group, members in groups(records).items():
        times = [record.scores.milliseconds for record in members]
        rows[group] = {
            "n": len(members),
            **{name: score.mean(values(members, name)) for _, name in _COLUMNS},
            "passed": score.mean([float(record.passed) for record in members]),
            "median_ms": score.percentile(times, 0.5),
            "p95_ms": score.percentile(times, 0.95),
        }
    return rows


def table(records: Sequence[Record]) -> str:
    """The compact table, intervals, outcomes and legend."""
    heads = [head for head, _ in _COLUMNS]
    lines = [f"{'':9}{'n':>4}" + "".join(f"{h:>8}" for h in [*heads, "passed", "median", "p95"])]
    for group, row in summary(records).items():
        cells = [_share(row[name]) for _, name in _COLUMNS] + [_share(row["passed"])]
        cells += [_milliseconds(row["median_ms"]), _milliseconds(row["p95_ms"])]
        lines.append(f"{group:9}{row['n']:>4}" + "".join(f"{cell:>8}" for cell in cells))
    return "\n".join([*lines, "", _intervals(records), "", _outcomes(records), "", _LEGEND])


def _share(value: float | int | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _milliseconds(value: float | int | None) -> str:
    return "-" if value is None else f"{value:.0f} ms"


def _intervals(records: Sequence[Record]) -> str:
    lines = ["95% bootstrap intervals (percentile, 2,000 rounds, seed 6103):"]
    heads = {name: head for head, name in _COLUMNS}
    for group, members in groups(records).items():
        if group not in ("all", "en", "es", "dev", "test"):
            continue
        parts = []
        for name in _HEADLINES:
            interval = score.bootstrap(values(members, name))
            if interval:
                parts.append(f"{heads[name]} {interval[0]:.2f}–{interval[1]:.2f}")
        lines.append(f"{group:9}" + "  ".join(parts))
    return "\n".join(lines)


def _outcomes(records: Sequence[Record]) -> str:
    counts = confusion(records)
    width = max(len(expected) for expected, _ in counts) + 2
    lines = [f"{'acceptable':{width}}" + "".join(f"{outcome:>14}" for outcome in Outcome)]
    for expected in sorted({expected for expected, _ in counts}):
        cells = (counts.get((expected, outcome), 0) for outcome in Outcome)
        lines.append(f"{expected:{width}}" + "".join(f"{cell or '·':>14}" for cell in cells))
    return "\n".join(lines)


def failures(records: Iterable[Record]) -> str:
    """Every question that did not pass: why, and what was shown."""
    return "\n".join(_failure(record) for record in records if not record.passed)


def _failure(record: Record) -> str:
    case, answer = record.case, record.answer
    lines = [
        f"{case.id} [{case.language} {case.audience} {case.type} {case.split}] {case.question}"
    ]
    if not record.scores.outcome:
        lines.append(f"  outcome {answer.outcome}, acceptable {', '.join(case.expect)}")
    if record.missing:
        lines.append(f"  missing {'; '.join(record.missing)}")
    if record.forbidden:
        lines.append(f"  forbidden {'; '.join(record.forbidden)}")
    if case.cite:
        ranks = (record.scores.document_rank, record.scores.pinpoint_rank)
        lines.append(f"  first acceptable document at {ranks[0]}, section at {ranks[1]}")
    cited = ", ".join(dict.fromkeys(c.passage.source.id for c in answer.citations))
    lines.append(f"  cited {cited or 'nothing'}")
    lines += [f"  | {line}" for line in answer.text.splitlines()]
    return "\n".join([*lines, ""])


def record_file(records: Sequence[Record], settings: Settings, questions: Path) -> dict[str, Any]:
    """The whole run as JSON data: settings, hashes, figures, and a record a question.

    Folders are left out: a record must say the same on every machine.
    """
    return {
        "settings": settings.model_dump(mode="json", exclude={"corpus", "index", "chroma_url"}),
        "receipt": asdict(_receipt(records)),
        "questions": sha256(questions.read_bytes()).hexdigest(),
        "summary": summary(records),
        "records": [_entry(record) for record in records],
    }


def _receipt(records: Sequence[Record]) -> Receipt:
    """A receipt that names the corpus: an answer that needed no documents names none."""
    receipts = [record.answer.receipt for record in records]
    return next((receipt for receipt in receipts if receipt.corpus), receipts[0])


def _entry(record: Record) -> dict[str, Any]:
    answer = record.answer
    return {
        "id": record.case.id,
        "passed": record.passed,
        "scores": asdict(record.scores),
        "missing": record.missing,
        "forbidden": record.forbidden,
        "found": [asdict(target) for target in record.found],
        "outcome": answer.outcome,
        "answer": answer.text,
        "notices": answer.notices,
        "cited": [
            {"document": c.passage.source.id, "pinpoint": c.passage.pinpoint, "quote": c.quote}
            for c in answer.citations
        ],
    }


def write(path: Path, data: dict[str, Any]) -> None:
    """Writes a record file, whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be written: {error}. Give another --out.") from error


def read(path: Path) -> dict[str, Any]:
    """A record file read back.

    Raises:
        UsageError: The file is not one.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not all(isinstance(entry["passed"], bool) for entry in data["records"]):
            raise TypeError("passed is not true or false")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path.name} is not a record of an evaluation ({type(error).__name__}: {error})."
            " Give a file that --out wrote."
        ) from error
    return dict(data)


def comparison(earlier: dict[str, Any], records: Sequence[Record]) -> str:
    """The questions gained and lost since an earlier record, and what else differs."""
    before = {entry["id"]: entry["passed"] for entry in earlier["records"]}
    now = {record.case.id: record.passed for record in records}
    both = [name for name in now if name in before]
    gained = [name for name in both if now[name] and not before[name]]
    lost = [name for name in both if before[name] and not now[name]]
    lines = [
        f"gained {len(gained)}: {', '.join(gained) or '-'}",
        f"lost {len(lost)}: {', '.join(lost) or '-'}",
    ]
    fresh = [name for name in now if name not in before]
    if fresh:
        lines.append(f"not in the earlier record: {', '.join(fresh)}")
    if earlier.get("receipt", {}).get("corpus") != _receipt(records).corpus:
        lines.append("the corpus differs: gains and losses may come from the documents")
    return "\n".join(lines)
