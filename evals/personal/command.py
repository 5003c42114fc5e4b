"""``python -m evals personal``: what the guard takes out, and what it takes that it must not."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.config import load_settings
from evals.personal.cases import load_cases, load_legal
from evals.personal.made import made_cases
from evals.personal.rates import rates
from evals.personal.report import failures, page, told
from evals.personal.run import Judged, Whole, judge, kept_whole
from evals.record import write_text

Run = tuple[tuple[Judged, ...], Mapping[str, Whole]]

CHANGED = "changed"


def main(arguments: Sequence[str]) -> int:
    """Runs the command; nothing is changed in the assistant, only told."""
    options = _parser().parse_args(arguments)
    judged, kept = run_personal(options.corpus)
    sys.stdout.write(told(judged, kept))
    if options.failures:
        sys.stdout.write("\n" + failures(judged, kept))
    if options.report:
        write_text(options.report, page(judged, kept), "--report")
    return 0


def run_personal(corpus: Path | None) -> Run:
    """Every case, written by hand or made, and every text that must stay whole."""
    judged = judge((*load_cases(), *made_cases()))
    return judged, kept_whole(load_legal(), load_settings(corpus=corpus).corpus)


def short_of(run: Run, goals: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The goals that a run misses, each named; one that nothing measures is missed."""
    judged, kept = run
    found = rates(judged)["group"]
    short = []
    for group, named in goals.items():
        for name, goal in named.items():
            if name == CHANGED:
                value = kept[group].share if group in kept else None
            else:
                value = getattr(found.get(group), name, None)
            if value is None:
                short.append(f"personal {group}, {name}: not measured, goal {goal:g}")
            elif value > goal if name == CHANGED else value < goal:
                side = "over" if name == CHANGED else "below"
                short.append(f"personal {group}, {name}: {value:.4f} is {side} its goal {goal:g}")
    return short


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals personal",
        description="Take personal details out of texts that hold them, and of texts of law that"
        " hold none, and tell what stayed and what was taken wrongly.",
    )
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    parser.add_argument("--failures", action="store_true", help="name what stayed or went wrongly")
    parser.add_argument("--report", type=Path, help="write a page of it here (HTML)")
    return parser
