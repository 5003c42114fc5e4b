"""The comparison as JSON data, with what it was made from."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from evals import score
from evals.peers.compare import Bench, NotRun, Ran
from evals.peers.judge import difference, groups, values
from evals.peers.table import COLUMNS, NOTE, only, ours_of


def record(runs: Sequence[Ran | NotRun], bench: Bench, questions: Path) -> dict[str, Any]:
    """The whole comparison; folders are left out, so that it says the same on every machine."""
    ours = ours_of([run for run in runs if isinstance(run, Ran)])
    return {
        "questions": hashlib.sha256(questions.read_bytes()).hexdigest(),
        "corpus": _hash_of(bench.corpus),
        "asked": len(bench.cases),
        "threads": bench.limits.threads,
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "note": NOTE,
        "peers": {run.peer.name: _entry(run, ours) for run in runs},
    }


def _entry(run: Ran | NotRun, ours: Ran | None) -> dict[str, Any]:
    about = {"how": run.peer.how, "docs": run.peer.docs}
    if isinstance(run, NotRun):
        return about | {"not_run": run.reason}
    times = [each.scores.ms for each in run.judged]
    return about | {
        "versions": run.versions,
        "pieces": run.pieces,
        "index_seconds": run.index_seconds,
        "median_ms": score.percentile(times, 0.5),
        "p95_ms": score.percentile(times, 0.95),
        "summary": _summary(run),
        "ours_less_this": _gains(run, ours) if ours and ours is not run else None,
        "records": [
            {
                "id": each.case.id,
                "scores": asdict(each.scores),
                "found": [f"{language}/{document}" for language, document in each.found],
            }
            for each in run.judged
        ],
    }


def _summary(run: Ran) -> dict[str, dict[str, float | int | None]]:
    names = [*(name for _, name in COLUMNS), "either_at_5", "characters"]
    return {
        group: {"n": len(members)} | {n: score.mean(values(members, n)) for n in names}
        for group, members in groups(run.judged).items()
    }


def _gains(run: Ran, ours: Ran) -> dict[str, dict[str, Any]]:
    gains: dict[str, dict[str, Any]] = {}
    for group, members in groups(ours.judged).items():
        theirs = only(run.judged, members)
        found = {name: difference(members, theirs, name) for _, name in COLUMNS}
        gains[group] = {
            name: asdict(gain) | {"clear": gain.clear} if gain else None
            for name, gain in found.items()
        }
    return gains


def _hash_of(corpus: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(corpus.glob("*/*/*.md")):
        digest.update(path.relative_to(corpus).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def write(path: Path, data: dict[str, Any]) -> None:
    """Writes a record, whole or not at all.

    Raises:
        UsageError: It cannot be written there.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be written: {error}. Give another --out.") from error
