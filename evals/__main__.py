"""``python -m evals``: ask every question, score the answers, print the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.config import load_settings
from assistant.errors import AssistantError, UsageError
from assistant.service import Assistant
from evals import report
from evals.cases import DEFAULT_FILE, Case, Split, load_cases
from evals.check import Documents, copied, straddling, untrue
from evals.run import run_cases


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; the exit code follows the command contract."""
    options = _parser().parse_args(arguments)
    try:
        return _check(options) if options.check else _evaluate(options)
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("--questions", type=Path, default=DEFAULT_FILE, help="JSON Lines file")
    parser.add_argument("--split", type=Split, choices=list(Split), help="only this half")
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day asked about")
    parser.add_argument("--corpus", type=Path, help="folder of documents")
    parser.add_argument("--index", type=Path, help="folder of the index")
    parser.add_argument("--out", type=Path, help="write a record of the run here")
    parser.add_argument("--against", type=Path, help="name what changed since this record")
    parser.add_argument("--failures", action="store_true", help="show what did not pass")
    parser.add_argument("--check", action="store_true", help="only hold questions to the corpus")
    return parser


def _cases(options: argparse.Namespace) -> tuple[Case, ...]:
    cases = load_cases(options.questions)
    if options.split:
        cases = tuple(case for case in cases if case.split == options.split)
    if not cases:
        raise UsageError(f"No question is in the {options.split} half. Choose the other.")
    return cases


def _check(options: argparse.Namespace) -> int:
    cases = _cases(options)
    documents = Documents(load_settings(corpus=options.corpus).corpus)
    complaints = [*untrue(cases, documents), *copied(cases, documents)]
    complaints += [f"{document}: questions in both halves" for document in straddling(cases)]
    for complaint in complaints:
        sys.stdout.write(f"{complaint}\n")
    sys.stdout.write(f"{len(cases)} questions, {len(complaints)} complaints\n")
    return UsageError.exit_code if complaints else 0


def _evaluate(options: argparse.Namespace) -> int:
    cases = _cases(options)
    earlier = report.read(options.against) if options.against else None
    settings = load_settings(corpus=options.corpus, index=options.index)
    assistant = Assistant(settings)
    if reason := assistant.stale():
        sys.stderr.write(f"Refreshing the index: {reason}\n")
        assistant.refresh(lambda step: _progress(step.done, step.total))
    records = run_cases(assistant, cases, options.as_of, _progress)
    sys.stdout.write(report.table(records))
    if options.failures:
        sys.stdout.write("\n" + report.failures(records))
    if earlier:
        sys.stdout.write("\n" + report.comparison(earlier, records) + "\n")
    if options.out:
        report.write(options.out, report.record_file(records, settings, options.questions))
    return 0


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
