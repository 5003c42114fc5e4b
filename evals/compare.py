"""What changed since an earlier record: the questions gained and lost, score by score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from evals.measures import STEADY, Better, Measure
from evals.record import flat, receipt_of
from evals.run import Record


@dataclass(frozen=True, slots=True)
class Change:
    """The ids of the questions whose score rose or fell, better and worse being told apart."""

    measure: Measure
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every score's change, in the order of the tables, and what makes the two runs differ."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]

    @property
    def moved(self) -> tuple[Change, ...]:
        """The questions passed, then every other score that rose or fell somewhere."""
        return tuple(c for c in self.changes if c.measure.name == "passed" or c.gained or c.lost)


def compare(earlier: dict[str, Any], records: Sequence[Record], questions: Path) -> Comparison:
    """The questions gained and lost since an earlier record, of those that both runs asked.

    A score that one of the two did not take of a question is not compared there.
    """
    # Older records keep whether a question passed beside its scores only.
    before = {
        entry["id"]: {**entry.get("scores", {}), "passed": float(entry["passed"])}
        for entry in earlier["records"]
    }
    now = {record.case.id: flat(record) for record in records}
    changes = (_change(measure, before, now) for measure in STEADY)
    return Comparison(tuple(changes), _notes(earlier, records, questions))


def _change(
    measure: Measure,
    before: Mapping[str, Mapping[str, float | None]],
    now: Mapping[str, Mapping[str, float | None]],
) -> Change:
    gained: list[str] = []
    lost: list[str] = []
    for name, scores in now.items():
        new, old = scores[measure.name], before.get(name, {}).get(measure.name)
        if new is None or old is None or new == old:
            continue
        better = (new > old) is (measure.better is Better.HIGHER)
        (gained if better else lost).append(name)
    return Change(measure, tuple(gained), tuple(lost))


def _notes(earlier: dict[str, Any], records: Sequence[Record], questions: Path) -> tuple[str, ...]:
    asked = [record.case.id for record in records]
    known = {entry["id"] for entry in earlier["records"]}
    notes = []
    if fresh := [name for name in asked if name not in known]:
        notes.append(f"not in the earlier record: {', '.join(fresh)}")
    if left := known - set(asked):
        notes.append(f"in the earlier record only: {len(left)} questions")
    receipt = receipt_of(records)
    if earlier.get("receipt", {}).get("corpus") != receipt.corpus:
        notes.append("the corpus differs: gains and losses may come from the documents")
    if earlier.get("receipt", {}).get("index") != receipt.index:
        notes.append("the index differs: it was built anew or otherwise")
    if earlier.get("questions") != sha256(questions.read_bytes()).hexdigest():
        notes.append("the questions differ: what counts as right may have changed")
    return tuple(notes)


def told(comparison: Comparison) -> str:
    """The comparison in lines: the questions passed first, then each score that moved."""
    lines: list[str] = []
    for change in comparison.moved:
        indent = ""
        if change.measure.name != "passed":
            lines.append(f"{change.measure.head}: {change.measure.says}")
            indent = "  "
        lines += [indent + _ids("gained", change.gained), indent + _ids("lost", change.lost)]
    return "\n".join([*lines, *comparison.notes])


def _ids(word: str, names: Sequence[str]) -> str:
    return f"{word} {len(names)}: {', '.join(names) or '-'}"
